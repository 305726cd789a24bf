"""Checks of the index's rows: SQLite notices neither a page that was lost or mixed up nor one that is as it was long ago."""

from __future__ import annotations

from dataclasses import dataclass
from zlib import crc32

CHECK_BYTES = 4


@dataclass(frozen=True, slots=True)
class RowCheck:
    """Tells a row that is as it was written from a damaged or mixed-up one, from an older one, and from that of another note.

    `seed` is that of the way of reading: what another one found is told apart too.
    """

    seed: int

    @classmethod
    def of(cls, made_by: str) -> RowCheck:
        """Return the checks of what was made in this way."""
        return cls(crc32(made_by.encode()))

    def note(self, path: str, stamp: bytes, body: bytes) -> int:
        """Return the check of a note's row, in 32 bits and never zero."""
        return crc32(body, crc32(path.encode() + stamp, self.seed)) or 1

    def whole(self, path: object, stamp: object, data: object) -> int:
        """Return the check of a note's row that begins with it; zero where it is damaged or of other notes, whatever stands there."""
        if not (isinstance(path, str) and isinstance(stamp, bytes) and isinstance(data, bytes)):
            return 0
        check = self.note(path, stamp, data[CHECK_BYTES:])
        return check if data[:CHECK_BYTES] == in_bytes(check) else 0

    def folder(self, folder: str, names: bytes, numbers: bytes, checks: bytes) -> bytes:
        """Return what seals the row of a folder."""
        return in_bytes(crc32(checks, crc32(numbers, crc32(names, crc32(folder.encode(), self.seed)))))


def in_bytes(check: int) -> bytes:
    """Return a check as it is written."""
    return check.to_bytes(CHECK_BYTES, "big")
