"""How far a goal had come on each day, replayed from dated steps and amounts."""

from __future__ import annotations

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
    """One part of a goal's progress: the days (ordinals) on which it grew, the share reached by the end of each, its weight."""

    days: Sequence[int]
    shares: Sequence[float]
    weight: float = 1.0

    def weighed(self, days: Sequence[int]) -> Iterator[float]:
        """Yield what it weighs by the end of each of these days, which are in order."""
        place, count = 0, len(self.days)
        for day in days:
            while place < count and self.days[place] <= day:
                place += 1
            yield self.weight * (self.shares[place - 1] if place else 0.0)


def progress_days(
    goal: GoalFigures,
    below: Callable[[str], GoalFigures | None],
    today: date,
) -> tuple[tuple[date, float], ...]:
    """Return the days up to `today` on which a goal's progress changed, each with its progress by the end of that day.

    As in the progress itself its steps, its amount and its sub-goals are weighed; `below` gives a sub-goal, and all
    are figures of `today`. What has no day is left out, so this may stay below the progress.
    """
    part = _whole(goal, below, today, 1.0)
    return tuple(zip(map(date.fromordinal, part.days), part.shares, strict=True))


def _whole(
    goal: GoalFigures,
    below: Callable[[str], GoalFigures | None],
    today: date,
    weight: float,
) -> _Part:
    children = [child for path in goal.children if (child := below(path)) is not None]
    parts = [
        _steps(goal),
        _measured(goal, [win for one in tree_of(goal, below) for win in one.wins], today),
        *(_counted(win, win.win.count) for win in goal.wins if win.win.count),
        *(
            _whole(child, below, today, weight_in(goal.goal, child))
            for child in children
            if child.progress is not None and not child.archived
        ),
    ]
    known = [part for part in parts if part is not None]
    weights = sum(part.weight for part in known)
    if not weights:
        return _Part((), (), weight)
    days = sorted({day for part in known for day in part.days})
    columns = zip(*(part.weighed(days) for part in known), strict=True)
    return _Part(days, [sum(column) / weights for column in columns], weight)


def tree_of(goal: GoalFigures, below: Callable[[str], GoalFigures | None]) -> Iterator[GoalFigures]:
    """Yield a goal and all goals below it."""
    waiting = [goal]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for path in one.children if (child := below(path)) is not None]


def _steps(goal: GoalFigures) -> _Part | None:
    if not goal.steps.all:
        return None
    days = sorted(day.toordinal() for day in goal.steps.days)
    return _Part(days, [number / goal.steps.all for number in range(1, len(days) + 1)])


def _measured(goal: GoalFigures, wins: Sequence[Figures], today: date) -> _Part | None:
    """Return the part of a goal's measure: amounts of its tree that add up, or the last reading of its own of each day."""
    measure = goal.goal.measure
    if measure is None:
        return None
    unit = unit_key(measure.unit)
    adds_up = measure.start is None
    by_day: dict[int, Decimal] = {}
    last = today.toordinal()
    for win in wins if adds_up else goal.wins:
        for day, entry in zip(win.history.days, win.history.entries, strict=True):
            if unit in entry.amounts and day <= last:
                by_day[day] = (by_day.get(day, NOTHING) if adds_up else NOTHING) + entry.amounts[unit]
    days = sorted(by_day)
    values = accumulate(by_day[day] for day in days) if adds_up else (by_day[day] for day in days)
    return _Part(days, [reached(measure, value) for value in values])


def _counted(win: Figures, count: int) -> _Part:
    days = win.ordinals_done
    return _Part(days, [min(1.0, number / count) for number in range(1, len(days) + 1)])
