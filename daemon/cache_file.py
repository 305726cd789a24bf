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


_FAILURES = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What a file may fail with; a damaged one may have SQLite say so with bytes that are no text."""
_SIGNS_OF_DAMAGE = ("no such", "Could not decode")
"""What SQLite says of a file that has not what it should have, and Python of a text that is none."""


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
        self.damaged = False
        """Whether anything was found in the file that is not as it was written."""
        self.begun_anew = False
        """Whether what stood in the file was given up, since it was damaged or made by a newer version."""
        self._outdated = False
        self._opened: tuple[int, int] | None = None
        self._connection = self._open()

    @property
    def trouble(self) -> str:
        """Why what was last to be noted is not on the disk; empty where it is."""
        return self.kept_out or self.failed

    def rows(self, query: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Return the rows of a query; none where the file fails."""
        try:
            return self._connection.execute(query, values).fetchall()
        except _FAILURES as error:
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
        except _FAILURES as error:
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
        except _FAILURES as error:
            self._recover(error)

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let everything that is read meanwhile be of one moment, whatever other processes change."""
        self.rows("BEGIN")
        try:
            yield
        finally:
            if self._connection.in_transaction:  # it is not where the file was opened again meanwhile
                self.rows("COMMIT")

    def begin_anew(self) -> None:
        """Begin with an empty file: nothing that stands in this one is to be relied on.

        One that another process has put into its place since is that process's, and is opened as it is.
        """
        self._connection.close()
        if self._file is not None and self._opened == _identity(self._file):
            self._take_away(self._file)
        self.damaged, self.begun_anew = False, True
        self._connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _recover(self, error: Exception) -> None:
        """Open the file again if it is damaged, or begin anew if it cannot be; a full disk or another process's lock pass by themselves."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error
        self.failed = str(error)
        if _is_damage(error):
            self.damaged = True
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
        except _FAILURES as error:
            if not _is_damage(error):
                return self._makeshift(str(error))
            self.begun_anew = not self._outdated
        self._take_away(self._file)
        try:
            return self._connect(self._file)
        except _FAILURES as error:
            return self._makeshift(str(error))

    def _take_away(self, file: Path) -> None:
        for tail in ("", "-wal", "-shm"):
            with suppress(OSError):
                file.with_name(file.name + tail).unlink()

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
            self._outdated = 0 < version < self._version
            if version not in {0, self._version}:
                raise sqlite3.DatabaseError("made by another version")
            if version != self._version:
                connection.executescript(self._tables)
                connection.execute(f"PRAGMA user_version = {self._version}")
            connection.execute(self._probe)
        except _FAILURES:
            connection.close()
            raise
        self._opened = _identity(file) if isinstance(file, Path) else None
        weakref.finalize(self, connection.close)  # a reader that forgot to close it leaves nothing open
        return connection


def _is_damage(error: Exception) -> bool:
    """Return whether an error lies in the file itself, and not in the disk, the rights or another process."""
    if not isinstance(error, sqlite3.OperationalError):
        return True
    return any(sign in str(error) for sign in _SIGNS_OF_DAMAGE)


def _identity(file: Path) -> tuple[int, int] | None:
    """Return what tells a file from any other that takes its place; None where there is none."""
    try:
        status = file.stat()
    except OSError:
        return None
    return status.st_dev, status.st_ino


def vault_key(vault: Path) -> str:
    """Return a short name for a vault, the same however its path is written."""
    return sha256(os.fsencode(os.path.realpath(vault))).hexdigest()[:16]
