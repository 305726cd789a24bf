"""How far a goal had come on each day, replayed from dated steps and amounts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import partial
from itertools import accumulate
from math import fsum

from ..parsers.goal_status import says_done
from ..parsers.units import unit_key
from .archive import own_archive
from .figures import Figures
from .goal_figures import GoalFigures, weight_in
from .measure import NOTHING, own_amounts, reached
from .progress import Steps

_NO_DAY = 0


@dataclass(frozen=True, slots=True)
class Rise:
    """How far a goal was `before` any day that is known, and by the end of each of the days on which that changed."""

    before: float
    days: tuple[tuple[date, float], ...]

    @property
    def last(self) -> float:
        """How far it is."""
        return self.days[-1][1] if self.days else self.before


@dataclass(frozen=True, slots=True)
class _Part:
    """One part of a goal's progress: the days (ordinals) on which it changed, its share by the end of each and before, its weight."""

    days: Sequence[int]
    shares: Sequence[float]
    before: float = 0.0
    weight: float = 1.0

    def weighed(self, days: Sequence[int]) -> Iterator[float]:
        """Yield what it weighs by the end of each of these days, which are in order."""
        place, count = 0, len(self.days)
        for day in days:
            while place < count and self.days[place] <= day:
                place += 1
            yield self.weight * (self.shares[place - 1] if place else self.before)


def progress_days(
    goal: GoalFigures, below: Callable[[str], GoalFigures | None], today: date, *, undated: bool = True
) -> Rise:
    """Return how a goal's progress changed day by day up to `today`.

    As in the progress itself its steps, its amount and its sub-goals are weighed; `below` gives a sub-goal, and all
    are figures of `today`. What was done on a day that nobody knows was there before, or is left out, if not `undated`.
    That the goal says of itself that it is done has no day and is left out, so this may stay below its progress.
    """
    part = _Replay(below, today, undated).whole(goal)
    return Rise(part.before, tuple(zip(map(date.fromordinal, part.days), part.shares, strict=True)))


def tree_of(goal: GoalFigures, below: Callable[[str], GoalFigures | None]) -> Iterator[GoalFigures]:
    """Yield a goal and all goals below it."""
    waiting = [goal]
    while waiting:
        one = waiting.pop()
        yield one
        waiting += [child for path in one.children if (child := below(path)) is not None]


@dataclass(frozen=True, slots=True)
class _Replay:
    """Replays goals up to `today`, with what has no day or without it."""

    below: Callable[[str], GoalFigures | None]
    today: date
    undated: bool

    def whole(self, goal: GoalFigures) -> _Part:
        """Return a goal's progress."""
        children = [child for path in goal.children if (child := self.below(path)) is not None]
        parts = [
            self.steps(goal.steps),
            self.measured(goal),
            *(self.counted(win, win.win.count) for win in goal.wins if win.win.count),
            *(
                replace(self.child(child), weight=weight_in(goal.goal, child))
                for child in children
                if child.progress is not None and self.today not in own_archive(child.goal)
            ),
        ]
        known = [part for part in parts if part is not None]
        weights = fsum(part.weight for part in known)
        if not weights:
            return _Part((), ())
        days = sorted({day for part in known for day in part.days})
        columns = zip(*(part.weighed(days) for part in known), strict=True)
        before = fsum(part.weight * part.before for part in known) / weights
        return _Part(days, [min(1.0, fsum(column) / weights) for column in columns], min(1.0, before))

    def child(self, goal: GoalFigures) -> _Part:
        """Return a goal below another; since when one is done that only says so, nobody knows."""
        part = self.whole(goal)
        last = part.shares[-1] if part.shares else part.before
        return _Part((), (), 1.0) if self.undated and says_done(goal.goal.status) and last < 1 else part

    def steps(self, steps: Steps) -> _Part | None:
        """Return the part of a goal's steps."""
        if not steps.all:
            return None
        weights, by_day = steps.weighed, dict[int, Decimal]()
        for day, weight in zip(steps.days, weights.dated, strict=True):
            by_day[day.toordinal()] = by_day.get(day.toordinal(), NOTHING) + weight
        return self.rising(by_day, weights.undated, lambda done: float(done / weights.all))

    def measured(self, goal: GoalFigures) -> _Part | None:
        """Return the part of a goal's measure: amounts of its tree that add up, or its own readings."""
        measure, read = goal.goal.measure, goal.readings
        if measure is None:
            return None
        if measure.start is not None:
            return _Part(read.days, read.shares) if read is not None else _Part((), ())
        sums = self.amounts(goal, unit_key(measure.unit))
        undated = sums.pop(_NO_DAY, NOTHING)
        return self.rising(sums, undated, partial(reached, measure))

    def rising(
        self, by_day: Mapping[int, Decimal], undated: Decimal, share: Callable[[Decimal], float]
    ) -> _Part:
        """Return the part of what adds up day by day (ordinals), with the `share` that each sum is."""
        days = sorted(by_day)
        sums = accumulate((by_day[day] for day in days), initial=undated if self.undated else NOTHING)
        before, *shares = map(share, sums)
        return _Part(days, shares, before)

    def amounts(self, goal: GoalFigures, unit: str) -> dict[int, Decimal]:
        """Return what a goal and those below it give in a unit, by day (an ordinal)."""
        sums: dict[int, Decimal] = {}
        last = self.today.toordinal()
        for one in tree_of(goal, self.below):
            for win in one.wins:
                if unit in win.totals.amounts:
                    _add_amounts(sums, win, unit, last)
            for day, amount in own_amounts(unit, (), one.steps.bearing, self.today).items():
                place = day.toordinal() if day is not None else _NO_DAY
                sums[place] = sums.get(place, NOTHING) + amount
        return sums

    def counted(self, win: Figures, count: int) -> _Part:
        """Return the part of a micro-win with a number of times."""
        days = win.ordinals_done
        begin = max(win.totals.wins.all - len(days), 0) if self.undated else 0
        before, *shares = (min(1.0, number / count) for number in range(begin, begin + len(days) + 1))
        return _Part(days, shares, before)


def _add_amounts(sums: dict[int, Decimal], win: Figures, unit: str, last: int) -> None:
    """Add what a micro-win gives in a unit by each day up to one; it has very many days, so these stay numbers."""
    history, undated = win.history, win.totals.amounts[unit]["all"]
    for day, entry in zip(history.days, history.entries, strict=True):
        if day <= last and unit in entry.amounts:
            amount = entry.amounts[unit]
            undated -= amount
            sums[day] = sums.get(day, NOTHING) + amount
    sums[_NO_DAY] = sums.get(_NO_DAY, NOTHING) + undated
