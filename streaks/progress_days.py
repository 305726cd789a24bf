"""How far a goal had come on each day, replayed from dated steps and amounts."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from ..parsers.units import unit_key
from .goal_figures import GoalFigures


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
    part = _whole(goal, below, step_days, today)
    return tuple(zip(part.days, part.shares, strict=True))


def _whole(
    goal: GoalFigures,
    below: Callable[[str], GoalFigures | None],
    step_days: Callable[[str], Sequence[date]],
    today: date,
) -> _Part:
    parts = [_steps(goal, [day for day in step_days(goal.goal.path) if day <= today]), _amount(goal, today)]
    for path in goal.children:
        child = below(path)
        if child is not None and child.progress is not None:
            parts.append(_whole(child, below, step_days, today))
    known = [part for part in parts if part is not None]
    days = tuple(sorted({day for part in known for day in part.days}))
    weights = sum(part.weight for part in known)
    shares = (
        tuple(sum(part.weight * part.on(day) for part in known) / weights for day in days) if weights else ()
    )
    return _Part(days if weights else (), shares, float(goal.goal.weight))


def _steps(goal: GoalFigures, days: Sequence[date]) -> _Part | None:
    if not goal.steps.all:
        return None
    ordered = tuple(sorted(days))
    return _Part(ordered, tuple(number / goal.steps.all for number in range(1, len(ordered) + 1)))


def _amount(goal: GoalFigures, today: date) -> _Part | None:
    measure = goal.goal.measure
    if measure is None or measure.start is not None or measure.amount <= 0:
        return None
    unit = unit_key(measure.unit)
    by_day: dict[date, Decimal] = {}
    for win in goal.wins:
        for day, entry in win.history.items():
            if unit in entry.amounts and day <= today:
                by_day[day] = by_day.get(day, Decimal(0)) + entry.amounts[unit]
    days: Mapping[date, Decimal] = dict(sorted(by_day.items()))
    sums = accumulate(days.values())
    return _Part(tuple(days), tuple(float(min(Decimal(1), total / measure.amount)) for total in sums))
