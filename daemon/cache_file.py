"""A cache of ours on the disk: an SQLite file that can always be done without."""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

from ..parsers.digests import sha256

_AT_ONCE = 50
_PAGE_BYTES = 8192
"""A piece in which SQLite writes: with smaller ones filling an index of many notes takes longer."""
_CACHE_KB = 512
"""What SQLite may hold of the file: most of it is read once."""


class CacheLost(Exception):
    """The file failed while it was read: what it said until then is not all that it knew."""


class CacheFile:
    """An SQLite file of the machine's cache folder, never of the vault; safe under kill and between processes.

    Without a file, or where the folder cannot be used it lasts as long as the process, and where the file is damaged or made by another
    version it begins anew: nothing in it is worth a failure.
    """

    def __init__(self, file: Path | None, version: int, tables: str, probe: str) -> None:
        self._file = file
        self._version = version
        self._tables = tables
        self._probe = probe
        self.failed = ""
        """Why the last change was not made; empty where it was."""
        self.kept_out = ""
        """Why there is no file, and what is noted lasts as long as the process; empty where it is on the disk."""
        self._connection = self._open()

    @property
    def trouble(self) -> str:
        """Why what was last to be noted is not on the disk; empty where it is."""
        return self.kept_out or self.failed

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where the file fails."""
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return []

    def each(
        self, query: str, values: Sequence[object] = (), *, at_once: int = _AT_ONCE
    ) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a query one after the other; raise `CacheLost` where the file fails before the last one."""
        try:
            rows = self._connection.execute(query, values)
            while chunk := rows.fetchmany(at_once):
                yield from chunk
        except sqlite3.DatabaseError as error:
            self._recover(error)
            raise CacheLost from error

    @contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for one change, which is made whole or, where the disk or the file fails, not at all.

        Whether it was made, `failed` tells afterwards.
        """
        try:
            with self._connection:
                yield self._connection
            self.failed = ""
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        """Begin anew if the file is damaged; a full disk or another process's lock pass by themselves."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error
        self.failed = str(error)
        if _is_damage(error):
            self._connection.close()
            self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        if self._file is None:
            return self._connect(":memory:")
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(self._file)
        except OSError as error:
            return self._makeshift(error.strerror or str(error))
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                return self._makeshift(str(error))
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                self._file.with_name(self._file.name + tail).unlink()
        try:
            return self._connect(self._file)
        except sqlite3.DatabaseError as error:
            return self._makeshift(str(error))

    def _makeshift(self, reason: str) -> sqlite3.Connection:
        self.kept_out = reason
        return self._connect(":memory:")

    def _connect(self, file: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=10, check_same_thread=False)
        try:
            connection.execute(f"PRAGMA page_size = {_PAGE_BYTES}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
            with closing(connection.execute("PRAGMA user_version")) as rows:
                version = rows.fetchone()[0]
            if version not in {0, self._version}:
                raise sqlite3.DatabaseError("made by another version")
            if version != self._version:
                connection.executescript(self._tables)
                connection.execute(f"PRAGMA user_version = {self._version}")
            connection.execute(self._probe)
        except sqlite3.DatabaseError:
            connection.close()
            raise
        weakref.finalize(self, connection.close)  # a reader that forgot to close it leaves nothing open
        return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether an error lies in the file itself, and not in the disk, the rights or another process."""
    return type(error) is sqlite3.DatabaseError or "no such" in str(error)


def vault_key(vault: Path) -> str:
    """Return a short name for a vault, the same however its path is written."""
    return sha256(os.fsencode(os.path.realpath(vault))).hexdigest()[:16]
