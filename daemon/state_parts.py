"""A large value in the index, piece by piece: it is never held as bytes and as what they say at once."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable
from zlib import crc32

_PART = 1 << 16


class PartsWriter:
    """Puts bytes into rows of their own; `finish` returns the sum that tells whether they are whole."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting = bytearray()
        self._sum = 0

    def write(self, data: bytes) -> int:
        """Take the next bytes."""
        rest = memoryview(data)
        while len(self._waiting) + len(rest) >= _PART:
            room = _PART - len(self._waiting)
            self._keep(b"".join((self._waiting, rest[:room])))
            self._waiting.clear()
            rest = rest[room:]
        self._waiting += rest
        return len(data)

    def finish(self) -> int:
        """Keep what is left."""
        self._keep(bytes(self._waiting))
        return self._sum

    def _keep(self, part: bytes) -> None:
        self._sum = crc32(part, self._sum)
        self._connection.execute("INSERT INTO parts (data) VALUES (?)", (part,))


class Parts(io.RawIOBase):
    """Reads the bytes of such rows; `sum` is that of what was read."""

    def __init__(self, rows: Iterable[tuple[bytes]]) -> None:
        super().__init__()
        self._rows = iter(rows)
        self._part = memoryview(b"")
        self.sum = 0

    def readable(self) -> bool:
        """Return that it can be read."""
        return True

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Read at most as many bytes as fit; 0 at the end."""
        if not self._part:
            (part,) = next(self._rows, (b"",))
            self.sum = crc32(part, self.sum)
            self._part = memoryview(part)
        count = min(len(buffer), len(self._part))
        buffer[:count] = self._part[:count]
        self._part = self._part[count:]
        return count

    def buffered(self) -> io.BufferedReader:
        """Return the same as a file to read from."""
        return io.BufferedReader(self, _PART)
