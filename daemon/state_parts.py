"""A large value in the index, piece by piece: it is never held as bytes and as what they say at once."""

from __future__ import annotations

import io
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple
from zlib import crc32

from .cache_file import CacheFile
from .kept_values import dump_all, load_all
from .stamps import Stamps

_PART = 1 << 16


class KeptSum(NamedTuple):
    """What tells whether a state that was kept is whole, and whether the open boxes of its notes are remembered."""

    sum: int
    remembered: bool


class StateParts:
    """The state that is kept in an index, for notes that were read as `made_by` tells: one at most, in rows of its own."""

    def __init__(self, cache: CacheFile, made_by: str) -> None:
        self._cache = cache
        self._made_by = made_by

    def keep(self, made_by: str, stamps: Stamps, state: Sequence[object]) -> None:
        """Keep what a vault whose notes are just these adds up to, worked out as `made_by` tells; none of it is ever held as one piece."""
        with self._cache.changing() as connection:
            connection.execute("DELETE FROM state")
            connection.execute("DELETE FROM parts")
            parts = PartsWriter(connection)
            dump_all(state, parts)
            connection.execute(
                "INSERT INTO state VALUES (?, ?, ?, NULL)",
                (self._made_by + made_by, stamps.digest(), parts.finish()),
            )

    def set_remembered(self) -> None:
        """Note that the open boxes of the state that is kept are remembered."""
        with self._cache.changing() as connection:
            connection.execute("UPDATE state SET remembered = sum")

    def kept(self, made_by: str, stamps: Stamps) -> KeptSum | None:
        """Return what tells of the state that was kept for just these notes; None where it is of others."""
        found = self._cache.rows(
            "SELECT sum, remembered FROM state WHERE print = ? AND stamps = ?",
            (self._made_by + made_by, stamps.digest()),
        )
        return KeptSum(found[0][0], found[0][1] == found[0][0]) if found else None

    def state(self, kept: KeptSum) -> Sequence[Any] | None:
        """Return the state that was kept; None where it is damaged."""
        parts = Parts(self._cache.each("SELECT data FROM parts ORDER BY place", at_once=1))
        try:
            state = load_all(parts.buffered())
        except Exception:  # whatever is wrong with a cache, the notes themselves are read instead
            return None
        return state if parts.sum == kept.sum else None


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
