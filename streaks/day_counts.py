"""Wins a day, with the totals and the set of days that they make, kept up to date win by win."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from .calendar import Now
from .totals import NAMES, Totals, period_begins


class DayCounts:
    """How many wins each day has, as of `now`; those of days to come are not counted yet."""

    def __init__(self, now: Now, wins: Mapping[date, int], undated: int = 0) -> None:
        self._now = now
        self._begins = period_begins(now)
        self._wins: Counter[date] = Counter()
        self._sums = dict.fromkeys(NAMES, 0)
        self._days: frozenset[date] | None = None
        self.add_undated(undated)
        for day, number in wins.items():
            self.add(day, number)

    def add(self, day: date, number: int) -> None:
        """Count more wins on a day, or fewer."""
        if day > self._now.today:
            return
        had = self._wins[day] > 0
        self._wins[day] += number
        if had != (self._wins[day] > 0):
            self._days = None
        for name in NAMES:
            self._sums[name] += number * (day >= self._begins[name])

    def add_undated(self, number: int) -> None:
        """Count more wins whose day is not known: they are a part of `all` alone."""
        self._sums["all"] += number

    def replace(self, before: Iterable[date], after: Iterable[date]) -> None:
        """Count one win on each of some days in the place of one on each of others."""
        old, new = frozenset(before), frozenset(after)
        for day in old - new:
            self.add(day, -1)
        for day in new - old:
            self.add(day, 1)

    @property
    def by_day(self) -> Mapping[date, int]:
        """The wins of each day, kept up to date; a day that is not there, or has 0, has none."""
        return MappingProxyType(self._wins)

    @property
    def totals(self) -> Totals:
        """The wins of each period."""
        return Totals(**self._sums)

    @property
    def days(self) -> frozenset[date]:
        """The days with any win; the same object as before where none came or went."""
        if self._days is None:
            self._days = frozenset(day for day, wins in self._wins.items() if wins > 0)
        return self._days
