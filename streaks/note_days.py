"""The days that the boxes of each note count for, before anybody looks at the boxes themselves."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from .texts import Texts

NoteDaysRow = tuple[bytes, bytes, bytes, bytes]


class NoteDays:
    """Notes in their order with the days (ordinals) of their boxes, some fifteen bytes a note; a note may be taken out."""

    __slots__ = ("_days", "_ends", "_gone", "_paths")

    def __init__(self, paths: bytes = b"", places: bytes = b"", days: bytes = b"", ends: bytes = b"") -> None:
        self._paths = Texts(paths, places)
        self._days = array("i", days)
        self._ends = array("I", ends)
        self._gone: set[str] = set()

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Sequence[int]]]) -> NoteDays:
        """Return these notes, none of which comes twice, with their days."""
        found = cls()
        for path, days in rows:
            found.append(path, days)
        return found.in_order()

    def in_order(self) -> NoteDays:
        """Return the same by path, which is asked for before anything is looked up."""
        ordered = all(one <= other for one, other in pairwise(self._paths.all_held()))
        return self if ordered else NoteDays.of(sorted(self.rows()))

    def append(self, path: str, days: Iterable[int]) -> None:
        """Put a note behind the others."""
        self._paths.append(path)
        self._days.extend(days)
        self._ends.append(len(self._days))

    def __contains__(self, path: object) -> bool:
        return isinstance(path, str) and path not in self._gone and self._paths.find(path) >= 0

    def __iter__(self) -> Iterator[str]:
        return (path for path in self._paths if path not in self._gone)

    def rows(self) -> Iterator[tuple[str, tuple[int, ...]]]:
        """Yield each note with its days."""
        begin = 0
        for path, end in zip(self._paths, self._ends, strict=True):
            if path not in self._gone:
                yield path, tuple(self._days[begin:end])
            begin = end

    def between(self, first: int, last: int) -> list[str]:
        """Return the notes that have any day from `first` to `last`, both included."""
        places = {bisect_right(self._ends, at) for at, day in enumerate(self._days) if first <= day <= last}
        paths = (self._paths.at(place) for place in sorted(places))
        return [path for path in paths if path not in self._gone]

    def take_out(self, path: str) -> None:
        """Have a note that is here be here no more."""
        self._gone.add(path)

    def packed(self) -> NoteDaysRow:
        """Return the same as plain values; of no note that was taken out."""
        if self._gone:
            return NoteDays.of(self.rows()).packed()
        return *self._paths.packed(), self._days.tobytes(), self._ends.tobytes()
