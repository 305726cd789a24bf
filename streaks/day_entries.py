"""The answered days of one micro-win in little room, for the figures that are kept."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import ItemsView, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from .alike import alike
from .history import PLAIN_DONE, DayEntry, History
from .number_columns import read_base, read_columns, written_columns
from .shared_amounts import amount_of

_PIECE = 1024
"""So many days at once are numbers of their own: of all days of a vault these would take a megabyte."""


@dataclass(frozen=True, slots=True, eq=False)
class DayEntries(Mapping[date, DayEntry]):
    """Days in order, each with its entry: columns of the days, counted from the first up to the last, and of the numbers of entries among `kinds`."""

    numbers: bytes = b""
    kinds: tuple[DayEntry, ...] = ()

    @classmethod
    def of(cls, history: Mapping[date, DayEntry]) -> DayEntries:
        """Return the same days with the same entries."""
        if isinstance(history, DayEntries):
            return history
        days = sorted(history)
        return cls.of_days([day.toordinal() for day in days], [history[day] for day in days])

    @classmethod
    def of_days(cls, days: Sequence[int], entries: Sequence[DayEntry]) -> DayEntries:
        """Return days, which are ordinals in order, with their entries; those that are alike become one."""
        if not days:
            return cls()
        shared = {
            which: _shared(entry)
            for which, entry in dict(zip(map(id, entries), entries, strict=True)).items()
        }
        kinds = {id(entry): entry for entry in shared.values()}
        numbers = {which: number for number, which in enumerate(kinds)}
        places = {which: numbers[id(entry)] for which, entry in shared.items()}
        begin = days[0]
        written = written_columns(
            days[-1], [day - begin for day in days], [places[id(entry)] for entry in entries]
        )
        return cls(written, tuple(kinds.values()))

    def __len__(self) -> int:
        return len(self._columns()[1])

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, self.days)

    def __getitem__(self, day: date) -> DayEntry:
        found = self.get(day)
        if found is None:
            raise KeyError(day)
        return found

    @property
    def days(self) -> array[int]:
        """The days as ordinals, in order."""
        begin, days, _ = self._columns()
        found = array("i")
        for at in range(0, len(days), _PIECE):
            found.extend([begin + day for day in days[at : at + _PIECE]])
        return found

    @property
    def entries(self) -> list[DayEntry]:
        """The entries of the days in their order."""
        return list(map(self.kinds.__getitem__, self._columns()[2]))

    def get(self, day: date, default: DayEntry | None = None) -> DayEntry | None:  # type: ignore[override]
        """Return the entry of a day, if it has one: most days that are asked for have none."""
        ordinal = day.toordinal()
        if not self.numbers or ordinal > read_base(self.numbers):
            return default
        begin, days, places = self._columns()
        after = ordinal - begin
        place = bisect_left(days, after)
        return self.kinds[places[place]] if place < len(days) and days[place] == after else default

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.get(day) is not None

    def items(self) -> ItemsView[date, DayEntry]:
        """Return the days with their entries."""
        return _Items(self)

    def between(self, first: date, last: date) -> Iterator[tuple[date, DayEntry]]:
        """Yield the days from `first` to `last`, both included, that have an entry, with it."""
        begin, days, places = self._columns()
        low = bisect_left(days, first.toordinal() - begin)
        high = bisect_right(days, last.toordinal() - begin)
        for day, place in zip(days[low:high], places[low:high], strict=True):
            yield date.fromordinal(begin + day), self.kinds[place]

    def done(self) -> list[int]:
        """Return the days, as ordinals, on which it was done."""
        begin, days, places = self._columns()
        done = [entry.done for entry in self.kinds]
        return [begin + day for day, place in zip(days, places, strict=True) if done[place]]

    def _columns(self) -> tuple[int, Sequence[int], Sequence[int]]:
        if not self.numbers:
            return 0, (), ()
        last, (days, places) = read_columns(self.numbers)
        return last - days[-1], days, places


def history_of_days(days: Sequence[int]) -> History:
    """Return the history of one ticked box on each of these days, which are ordinals in order; there may be very many."""
    found = DayEntries()
    if days:
        after = array("i", map((-days[0]).__add__, days))
        found = DayEntries(written_columns(days[-1], after, bytes(len(days))), (PLAIN_DONE,))
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


@alike(1024)
def _alike(
    marks: tuple[bool, bool, bool, bool], times: int, written: tuple[tuple[str, str], ...]
) -> DayEntry:
    return DayEntry(*marks, {unit: amount_of(amount) for unit, amount in written}, times)
