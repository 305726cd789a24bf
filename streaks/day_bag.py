"""Days, each as often as something was done on it, in little room."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date


class DayBag:
    """Days as ordinals: in order, some of them several times; what was taken in lately is sorted when somebody asks."""

    __slots__ = ("_days", "_sorted")

    def __init__(self) -> None:
        self._days = array("i")
        self._sorted = True

    @classmethod
    def of(cls, packed: bytes) -> DayBag:
        """Return what was packed."""
        found = cls()
        found._days.frombytes(packed)
        return found

    def packed(self) -> bytes:
        """Return all days as bytes."""
        return self._in_order().tobytes()

    def take(self, days: Iterable[int]) -> None:
        """Take in many days."""
        self._days.extend(days)
        self._sorted = False

    def count(self, day: int) -> int:
        """Return how often a day is here."""
        days = self._in_order()
        return bisect_right(days, day) - bisect_left(days, day)

    def add(self, day: int, number: int) -> None:
        """Have a day be here so many times more, or fewer where the number is negative."""
        days = self._in_order()
        place = bisect_left(days, day)
        if number < 0:
            del days[place : place - number]
        for _ in range(number):
            days.insert(place, day)

    def ordinals(self) -> Iterator[int]:
        """Yield each day once, in order."""
        before = 0
        for day in self._in_order():
            if day != before:
                yield day
            before = day

    def dates(self) -> Iterator[date]:
        """Yield the same as dates."""
        return map(date.fromordinal, self.ordinals())

    def __len__(self) -> int:
        return len(self._days)

    def _in_order(self) -> array[int]:
        if not self._sorted:
            self._days = array("i", sorted(self._days))
            self._sorted = True
        return self._days
