"""Counting the days on which something can be done: all but those of rest and pause."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from ..parsers.day_range import DayRange
from .calendar import DAY, NeutralDays

FARTHEST = timedelta(days=366 * 100)
"""How far ahead a day is looked for."""


@dataclass(frozen=True, slots=True)
class AvailableDays:
    """The days that are no weekday of rest and in no pause; counted without walking over them."""

    rest: frozenset[int] = frozenset()
    pauses: tuple[DayRange, ...] = ()

    @classmethod
    def of(cls, neutral: NeutralDays, *more: DayRange) -> AvailableDays:
        """Return the days that are left by what is neutral and by more ranges."""
        return cls(neutral.rest, tuple(_merged((*neutral.pauses, *more))))

    def count(self, first: date, last: date) -> int:
        """Return how many of the days from `first` to `last` are available.

        >>> AvailableDays(frozenset((5, 6))).count(date(2026, 3, 2), date(2026, 3, 15))
        10
        """
        paused = (
            self._working(max(first, one.start), min(last, one.end or last))
            for one in self.pauses
            if one.start <= last
        )
        return self._working(first, last) - sum(paused)

    def after(self, day: date, number: int) -> date | None:
        """Return the day by which so many available days have passed after `day`; None within a hundred years."""
        low, high = day, day + FARTHEST
        if self.count(day + DAY, high) < number:
            return None
        while low < high:
            middle = low + (high - low) // 2
            if self.count(day + DAY, middle) >= number:
                high = middle
            else:
                low = middle + DAY
        return low

    def back(self, day: date, number: int, earliest: date) -> tuple[date, int]:
        """Return the first of the last `number` available days up to `day`, none before `earliest`, and their number."""
        number = min(number, self.count(earliest, day))
        low, high = earliest, day
        while low < high:
            middle = high - (high - low) // 2
            if self.count(middle, day) >= number:
                low = middle
            else:
                high = middle - DAY
        return low, number

    def _working(self, first: date, last: date) -> int:
        """Return the days from `first` to `last` that are no weekday of rest."""
        days = (last - first).days + 1
        if days <= 0:
            return 0
        weeks, rest = divmod(days, 7)
        beyond = ((first.weekday() + offset) % 7 for offset in range(rest))
        return weeks * (7 - len(self.rest)) + sum(weekday not in self.rest for weekday in beyond)


def _merged(ranges: Iterable[DayRange]) -> list[DayRange]:
    """Return ranges that do not overlap and cover the same days."""
    found: list[DayRange] = []
    for one in sorted(ranges, key=lambda one: one.start):
        last = found[-1] if found else None
        if last is None or (last.end is not None and last.end < one.start):
            found.append(one)
        elif last.end is not None and (one.end is None or one.end > last.end):
            found[-1] = DayRange(last.start, one.end)
    return found
