"""A folder as the index has it: the stamps of its notes, and which of these have rows of their own."""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import compress

from .folder import Folder
from .row_check import CHECK_BYTES, RowCheck
from .stamp import STAMP_BYTES, Stamp

Columns = tuple[bytes, bytes, bytes]
"""The names, the numbers of the stamps, and the checks behind a seal for all of it."""


def read_folder(folder: object, names: object, numbers: object) -> Folder | None:
    """Return the stamps of a folder's row; None where one sees at once that it is damaged."""
    if not (isinstance(folder, str) and isinstance(names, bytes) and isinstance(numbers, bytes)):
        return None
    found = Folder(names, numbers)
    whole = len(numbers) % STAMP_BYTES == 0 and len(found) == names.count(b"/") - 1
    return found if whole and len(found) and names[:1] == names[-1:] == b"/" else None


def sum_of_checks(sealed: object) -> int | None:
    """Return what the checks of a folder's row come to; None where one sees at once that they are damaged."""
    if not isinstance(sealed, bytes) or len(sealed) % CHECK_BYTES:
        return None
    return sum(array("I", sealed[CHECK_BYTES:]))


@dataclass(frozen=True, slots=True)
class FolderRow:
    """The stamps of a folder's notes, and in the same order the check of each note's row: zero where it has none, since there is nothing to tell."""

    stamps: Folder = field(default_factory=lambda: Folder(b"", b""))
    checks: array[int] = field(default_factory=lambda: array("I"))

    @classmethod
    def read(cls, check: RowCheck, folder: str, columns: tuple[object, ...]) -> FolderRow | None:
        """Return the row with these columns; None where it is damaged."""
        names, numbers, sealed = columns
        stamps = read_folder(folder, names, numbers)
        if stamps is None or not isinstance(sealed, bytes):
            return None
        seal, checks = sealed[:CHECK_BYTES], sealed[CHECK_BYTES:]
        if seal != check.folder(folder, stamps.written, stamps.numbers, checks):
            return None
        return cls(stamps, array("I", checks))

    def columns(self, check: RowCheck, folder: str) -> Columns:
        """Return what is written of the row."""
        stamps, checks = self.stamps, self.checks.tobytes()
        return (
            stamps.written,
            stamps.numbers,
            check.folder(folder, stamps.written, stamps.numbers, checks) + checks,
        )

    def tells_nothing(self, name: str, stamp: Stamp) -> bool:
        """Return whether there is a note of this stamp of which nothing is to be told."""
        place = self.stamps.place(name)
        return place >= 0 and not self.checks[place] and self.stamps.stamp(place) == stamp

    def notes(self) -> dict[str, tuple[bytes, int]]:
        """Return the stamp of each note as it is held, and the check of its row."""
        names = self.stamps.list() if self.checks else ()
        stamps = map(self.stamps.held_stamp, range(len(self.checks)))
        return dict(zip(names, zip(stamps, self.checks, strict=True), strict=True))

    def with_rows(self) -> Iterator[str]:
        """Yield the names of the notes that have rows."""
        return compress(self.stamps.list(), self.checks)
