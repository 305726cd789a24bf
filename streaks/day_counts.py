"""Wins a day, with the totals and the set of days that they make, kept up to date win by win."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .calendar import Now
from .day_numbers import DayNumbers
from .totals import LATELY, NAMES, Totals, begin_ordinals


class DayCounts:
    """How many wins each day has, as of `now`; those of days to come are not counted yet. Days are ordinals."""

    def __init__(self, now: Now, wins: DayNumbers, undated: int = 0) -> None:
        self._today = now.today.toordinal()
        self._begins = begin_ordinals(now)
        self._lately = min(self._begins[name] for name in LATELY)
        self._wins = DayNumbers()
        self._sums = dict.fromkeys(NAMES, 0)
        self._days: Days | None = None
        self.add_undated(undated)
        for day in wins.ordinals():
            self.add(day, wins.at(day))

    def add(self, day: int, number: int) -> None:
        """Count more wins on a day, or fewer."""
        if day > self._today:
            return
        after = self._wins.add(day, number)
        if (after > 0) != (after - number > 0):
            self._days = None
        self._sums["all"] += number
        if day >= self._lately:
            for name in LATELY:
                self._sums[name] += number * (day >= self._begins[name])

    def add_undated(self, number: int) -> None:
        """Count more wins whose day is not known: they are a part of `all` alone."""
        self._sums["all"] += number

    def replace(self, before: Iterable[int], after: Iterable[int]) -> None:
        """Count one win on each of some days in the place of one on each of others."""
        old, new = frozenset(before), frozenset(after)
        for day in old - new:
            self.add(day, -1)
        for day in new - old:
            self.add(day, 1)

    @property
    def by_day(self) -> Mapping[date, int]:
        """The wins of each day, kept up to date; a day that is not there, or has 0, has none."""
        return self._wins

    @property
    def totals(self) -> Totals:
        """The wins of each period."""
        return Totals(**self._sums)

    @property
    def days(self) -> Days:
        """The days with any win; the same object as before where none came or went."""
        if self._days is None:
            wins = self._wins
            self._days = Days(array("i", (day for day in wins.ordinals() if wins.at(day) > 0)).tobytes())
        return self._days


@dataclass(frozen=True, slots=True)
class Days:
    """Days in order, in little room, as something that others are known by."""

    packed: bytes

    def ordinals(self) -> Sequence[int]:
        """Return the days as ordinals."""
        return array("i", self.packed)
