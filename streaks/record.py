"""The days up to today on which a micro-win was answered, in order, as ordinals."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import compress

from ..parsers.task import Quantity
from ..parsers.units import unit_key
from .calendar import NeutralDays
from .day_entries import DayEntries
from .history import DayEntry

_NOTHING = Decimal(0)


@dataclass(frozen=True, slots=True)
class Record:
    """The answered days in order, each with its entry; what is ticked for a day to come waits until it is here."""

    days: Sequence[int]
    entries: Sequence[DayEntry]
    done: Sequence[int]
    skipped: Sequence[int]

    @classmethod
    def of(cls, history: Mapping[date, DayEntry], today: date) -> Record:
        """Return the record of a history up to `today`."""
        found = DayEntries.of(history)
        days, entries = found.days, found.entries
        count = bisect_right(days, today.toordinal())
        if count < len(days):
            days, entries = days[:count], entries[:count]
        return cls(
            days,
            entries,
            array("i", compress(days, [entry.done for entry in entries])),
            [day for day, entry in zip(days, entries, strict=True) if entry.skipped],
        )

    def entry(self, day: int) -> DayEntry:
        """Return the entry of a day that has one."""
        return self.entries[bisect_left(self.days, day)]

    def between(self, first: int, last: int) -> Iterator[tuple[int, DayEntry]]:
        """Yield the days from `first` to `last`, both included, that have an entry."""
        low, high = bisect_left(self.days, first), bisect_right(self.days, last)
        return zip(self.days[low:high], self.entries[low:high], strict=True)

    def done_between(self, first: int, last: int) -> Sequence[int]:
        """Return the days from `first` to `last`, both included, on which it was done."""
        return self.done[bisect_left(self.done, first) : bisect_right(self.done, last)]

    def first_done(self, first: int, last: int) -> int | None:
        """Return the first of these days on which it was done, or None."""
        place = bisect_left(self.done, first)
        return self.done[place] if place < len(self.done) and self.done[place] <= last else None

    def wins(self, first: int, last: int) -> int:
        """Return on how many of these days it was done."""
        return bisect_right(self.done, last) - bisect_left(self.done, first)

    def boxes(self, first: int, last: int) -> int:
        """Return how many boxes were ticked on these days."""
        return sum(entry.times for _, entry in self.between(first, last))


@dataclass(frozen=True, slots=True)
class Neutral:
    """The days on which nothing is due: those of rest and pause, and those that were skipped (ordinals, in order)."""

    planned: NeutralDays
    skipped: Sequence[int] = ()

    def mask(self, first: int, last: int) -> bytearray:
        """Return one byte for each day from `first` to `last`: 1 where it is neutral, else 0."""
        days = self.planned.mask(first, last)
        for day in self.skipped[bisect_left(self.skipped, first) : bisect_right(self.skipped, last)]:
            days[day - first] = 1
        return days

    def available(self, first: int, last: int) -> int:
        """Return the number of days from `first` to `last`, both included, that are not neutral."""
        if self.planned.rest or self.planned.pauses:
            return self.mask(first, last).count(0)
        return last - first + 1 - bisect_right(self.skipped, last) + bisect_left(self.skipped, first)


def amount_of(entry: DayEntry, target: Quantity | None) -> Decimal:
    """Return the amount of a day in the target's unit; a bare tick stands for the whole target."""
    if target is None:
        return _NOTHING
    given = entry.amounts.get(unit_key(target.unit), _NOTHING)
    return max(given, target.amount) if entry.bare else given


def satisfies(entry: DayEntry, target: Quantity | None) -> bool:
    """Return whether a day does all that a slot of one day asks for."""
    return entry.done if target is None else amount_of(entry, target) >= target.amount
