"""How far a goal had come on each day, replayed from dated steps and amounts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from ..parsers.units import unit_key
from .figures import Figures
from .goal_figures import GoalFigures, weight_in
from .measure import NOTHING, reached


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a goal's progress: the days on which it grew, the share reached by the end of each, its weight."""

    days: tuple[date, ...]
    shares: tuple[float, ...]
    weight: float = 1.0

    def on(self, day: date) -> float:
        """Return the share reached by the end of `day`."""
        at = bisect_right(self.days, day)
        return self.shares[at - 1] if at else 0.0


def progress_days(
    goal: GoalFigures,
    below: Callable[[str], GoalFigures | None],
    step_days: Callable[[str], Sequence[date]],
    today: date,
) -> tuple[tuple[date, float], ...]:
    """Return the days up to `today` on which a goal's progress changed, each with its progress by the end of that day.

    As in the progress itself its steps, its amount and its sub-goals are weighed; `below` gives a sub-goal and
    `step_days` the days of a goal's done steps. What has no day is left out, so this may stay below the progress.
    """
    part = _whole(goal, below, step_days, today, 1.0)
    return tuple(zip(part.days, part.shares, strict=True))


def _whole(
    goal: GoalFigures,
    below: Callable[[str], GoalFigures | None],
    step_days: Callable[[str], Sequence[date]],
    today: date,
    weight: float,
) -> _Part:
    children = [child for path in goal.children if (child := below(path)) is not None]
    parts = [
        _steps(goal, [day for day in step_days(goal.goal.path) if day <= today]),
        _measured(goal, list(_wins_of(goal, below)), today),
        *(_counted(win, win.win.count) for win in goal.wins if win.win.count),
        *(
            _whole(child, below, step_days, today, weight_in(goal.goal, child))
            for child in children
            if child.progress is not None and not child.archived
        ),
    ]
    known = [part for part in parts if part is not None]
    days = tuple(sorted({day for part in known for day in part.days}))
    weights = sum(part.weight for part in known)
    shares = (
        tuple(sum(part.weight * part.on(day) for part in known) / weights for day in days) if weights else ()
    )
    return _Part(days if weights else (), shares, weight)


def _wins_of(goal: GoalFigures, below: Callable[[str], GoalFigures | None]) -> Iterator[Figures]:
    """Yield the micro-wins of a goal and of all goals below it."""
    waiting = [goal]
    while waiting:
        one = waiting.pop()
        yield from one.wins
        waiting += [child for path in one.children if (child := below(path)) is not None]


def _steps(goal: GoalFigures, days: Sequence[date]) -> _Part | None:
    if not goal.steps.all:
        return None
    ordered = tuple(sorted(days))
    return _Part(ordered, tuple(number / goal.steps.all for number in range(1, len(ordered) + 1)))


def _measured(goal: GoalFigures, wins: Sequence[Figures], today: date) -> _Part | None:
    """Return the part of a goal's measure: amounts of its tree that add up, or the last reading of its own of each day."""
    measure = goal.goal.measure
    if measure is None:
        return None
    unit = unit_key(measure.unit)
    adds_up = measure.start is None
    by_day: dict[date, Decimal] = {}
    for win in wins if adds_up else goal.wins:
        for day, entry in win.history.items():
            if unit in entry.amounts and day <= today:
                by_day[day] = (by_day.get(day, NOTHING) if adds_up else NOTHING) + entry.amounts[unit]
    days = tuple(sorted(by_day))
    values = accumulate(by_day[day] for day in days) if adds_up else (by_day[day] for day in days)
    return _Part(days, tuple(reached(measure, value) for value in values))


def _counted(win: Figures, count: int) -> _Part:
    days = tuple(sorted(win.days_done))
    return _Part(days, tuple(min(1.0, number / count) for number in range(1, len(days) + 1)))
