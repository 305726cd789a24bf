"""The answered days of one micro-win in little room, for the figures that are kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .history import PLAIN_DONE, DayEntry, History


@dataclass(frozen=True, slots=True)
class DayEntries(Mapping[date, DayEntry]):
    """Days in order as ordinals, each with its entry; days that are alike share one."""

    days: array[int]
    entries: tuple[DayEntry, ...]

    @classmethod
    def of(cls, history: Mapping[date, DayEntry]) -> DayEntries:
        """Return the same days with the same entries."""
        if isinstance(history, DayEntries):
            return history
        days = sorted(history)
        return cls(
            array("i", [day.toordinal() for day in days]), tuple([_shared(history[day]) for day in days])
        )

    def __len__(self) -> int:
        return len(self.days)

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, self.days)

    def __getitem__(self, day: date) -> DayEntry:
        found = self.get(day)
        if found is None:
            raise KeyError(day)
        return found

    def get(self, day: date, default: DayEntry | None = None) -> DayEntry | None:  # type: ignore[override]
        """Return the entry of a day, if it has one: most days that are asked for have none."""
        ordinal = day.toordinal()
        place = bisect_left(self.days, ordinal)
        return self.entries[place] if place < len(self.days) and self.days[place] == ordinal else default

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.get(day) is not None

    def items(self) -> ItemsView[date, DayEntry]:
        """Return the days with their entries."""
        return _Items(self)

    def done(self) -> Iterator[int]:
        """Yield the days, as ordinals, on which it was done."""
        return (day for day, entry in zip(self.days, self.entries, strict=True) if entry.done)


def history_of_days(days: Sequence[int]) -> History:
    """Return the history of one ticked box on each of these days, which are ordinals in order."""
    found = DayEntries(array("i", days), (PLAIN_DONE,) * len(days))
    ends = (date.fromordinal(days[0]), date.fromordinal(days[-1])) if days else ()
    return History(found, *ends)


class _Items(ItemsView[date, DayEntry]):
    """Days with their entries, none of which is searched for."""

    _mapping: DayEntries

    def __iter__(self) -> Iterator[tuple[date, DayEntry]]:
        return zip(self._mapping, self._mapping.entries, strict=True)


def _shared(entry: DayEntry) -> DayEntry:
    """Return an entry that says the same, down to how its amounts are written; most say what others say too."""
    if not entry.amounts and entry.times <= 1:
        return entry
    written = tuple([(unit, str(amount)) for unit, amount in entry.amounts.items()])
    return _alike((entry.done, entry.bare, entry.skipped, entry.partial), entry.times, written)


@lru_cache(maxsize=1024)
def _alike(
    marks: tuple[bool, bool, bool, bool], times: int, written: tuple[tuple[str, str], ...]
) -> DayEntry:
    return DayEntry(*marks, {unit: Decimal(amount) for unit, amount in written}, times)
