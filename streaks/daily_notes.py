"""The daily notes of a vault by their days."""

from __future__ import annotations

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator
from datetime import date
from itertools import pairwise

from .texts import Texts

DailyNotesRow = tuple[bytes, bytes, bytes]


class DailyNotes(Container[date]):
    """The paths of the daily notes of each day, of which there is mostly one; the days that have changed apart."""

    __slots__ = ("_changed", "_days", "_paths")

    def __init__(self, days: bytes = b"", paths: bytes = b"", places: bytes = b"") -> None:
        self._days = array("i", days)
        self._paths = Texts(paths, places)
        self._changed: dict[int, frozenset[str]] = {}

    @classmethod
    def of(cls, rows: Iterable[tuple[int, str]]) -> DailyNotes:
        """Return these notes, given as days (ordinals) with paths."""
        found = cls()
        for row in rows:
            found.append(*row)
        return found.in_order()

    def in_order(self) -> DailyNotes:
        """Return the same by day, which is asked for before anything is looked up."""
        ordered = all(one <= other for one, other in pairwise(self._days))
        return self if ordered else DailyNotes.of(sorted(self.rows()))

    def append(self, day: int, path: str) -> None:
        """Put a note behind the others."""
        self._days.append(day)
        self._paths.append(path)

    def __contains__(self, day: object) -> bool:
        if not isinstance(day, date):
            return False
        ordinal = day.toordinal()
        changed = self._changed.get(ordinal)
        if changed is not None:
            return bool(changed)
        place = bisect_left(self._days, ordinal)
        return place < len(self._days) and self._days[place] == ordinal

    def on(self, day: date) -> list[str]:
        """Return the daily notes of a day, by path."""
        ordinal = day.toordinal()
        changed = self._changed.get(ordinal)
        return sorted(changed) if changed is not None else self._known(ordinal)

    def add(self, day: date, path: str) -> None:
        """Take in a note."""
        self._changed[day.toordinal()] = frozenset((*self.on(day), path))

    def discard(self, day: date, path: str) -> None:
        """Have a note be no daily note of this day any more."""
        self._changed[day.toordinal()] = frozenset(self.on(day)) - {path}

    def rows(self) -> Iterator[tuple[int, str]]:
        """Yield the day (an ordinal) and the path of each note."""
        for day, path in zip(self._days, self._paths, strict=True):
            if day not in self._changed:
                yield day, path
        for day, paths in self._changed.items():
            yield from ((day, path) for path in paths)

    def packed(self) -> DailyNotesRow:
        """Return the same as plain values."""
        if self._changed:
            return DailyNotes.of(self.rows()).packed()
        return self._days.tobytes(), *self._paths.packed()

    def _known(self, ordinal: int) -> list[str]:
        first, last = bisect_left(self._days, ordinal), bisect_right(self._days, ordinal)
        return sorted(self._paths.at(place) for place in range(first, last))
