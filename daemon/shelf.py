"""A shelf: rows of bytes that seldom anybody asks for, in a file without a name instead of in memory."""

from __future__ import annotations

import os
import weakref
from contextlib import suppress
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from zlib import crc32

MOST_HELD = 1000
"""Micro-wins with boxes that are held in memory: what a thousand come to is a megabyte or two, and a shelf costs some time."""
_PIECE = 256
"""Rows begin at multiples of so many bytes, so that the room of one that is gone is soon taken by another."""
_SIZE_BITS = 24
_SUM_BITS = 32
_PRIVATE = os.O_RDWR | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_PASSING = os.O_CREAT | os.O_EXCL | getattr(os, "O_TEMPORARY", 0)


class ShelfLost(Exception):
    """A row cannot be read any more: what it said is to be worked out anew."""


class Shelf:
    """Rows by their places. A place tells where a row lies, how long it is, and its sum: another row is never taken for it.

    What cannot be put there the caller keeps: with a disk that is full, or a folder that nothing can be written in, that
    is all of it. The file goes when the shelf does, however the process ends.
    """

    def __init__(self, file: FileIO | None) -> None:
        """Take over an empty file; None where none can be made."""
        self._file = file
        if file is not None:
            weakref.finalize(self, file.close)
        self._open = True
        self._end = 0
        self._free: dict[int, list[int]] = {}

    def put(self, row: bytes) -> int | None:
        """Return the place of a row that is on the shelf now; None where it cannot be put there."""
        pieces = -(-len(row) // _PIECE)
        if self._file is None or not self._open or len(row) >> _SIZE_BITS:
            return None
        free = self._free.get(pieces)
        begin = free.pop() if free else self._end
        try:
            self._file.seek(begin * _PIECE)
            self._open = self._file.write(row) == len(row)
        except OSError:
            self._open = False
        if not self._open:
            return None
        self._end = max(self._end, begin + pieces)
        return (begin << _SIZE_BITS | len(row)) << _SUM_BITS | crc32(row)

    def get(self, place: int) -> bytes:
        """Return the row at a place; raise `ShelfLost` where it cannot be read, or is another."""
        begin, size = _begin_and_size(place)
        row: bytes | None = None
        if self._file is not None:
            with suppress(OSError):
                self._file.seek(begin * _PIECE)
                row = self._file.read(size)
        if row is None or len(row) != size or crc32(row) != place & ((1 << _SUM_BITS) - 1):
            raise ShelfLost
        return row

    def drop(self, place: int) -> None:
        """Have the room of a row be taken by another."""
        begin, size = _begin_and_size(place)
        self._free.setdefault(-(-size // _PIECE), []).append(begin)


@dataclass(frozen=True, slots=True)
class Shelves:
    """Where shelves are made, if anywhere, and for how many micro-wins there is none."""

    folder: Path | None
    most_held: int = MOST_HELD

    def shelf_for(self, wins: int) -> Shelf | None:
        """Return a shelf for what so many micro-wins come to; None where that is held."""
        if self.folder is None or wins <= self.most_held:
            return None
        return Shelf(file_without_name(self.folder))


NO_SHELVES = Shelves(None)


def _begin_and_size(place: int) -> tuple[int, int]:
    where = place >> _SUM_BITS
    return where >> _SIZE_BITS, where & ((1 << _SIZE_BITS) - 1)


def file_without_name(folder: Path) -> FileIO | None:
    """Return a new file that nobody else finds; None where none can be made."""
    nameless = getattr(os, "O_TMPFILE", 0)
    if nameless:
        with suppress(OSError):
            return FileIO(os.open(folder, _PRIVATE | nameless, 0o600), "r+")
    path = folder / f"shelf-{os.urandom(8).hex()}.tmp"
    try:
        descriptor = os.open(path, _PRIVATE | _PASSING, 0o600)
    except OSError:
        return None
    with suppress(OSError):
        path.unlink()  # on Windows it goes when it is closed
    return FileIO(descriptor, "r+")
