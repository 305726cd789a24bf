"""The journal of what was written: by it a change can be taken back, and two versions find their common text.

It lies in the machine's state folder, never in the vault, and is bounded. Without it nothing is lost but the way back.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..parsers.digests import sha256
from ..parsers.problem import Problem
from .cache_file import CacheFile, vault_key
from .change import Change

MOST_CHANGES = 1000
MOST_BYTES = 32_000_000
MOST_COMMON = 8
"""Common texts that are kept of one note."""
_VERSION = 2
_BOUND_EVERY = 50
_TABLES = """
CREATE TABLE IF NOT EXISTS changes (
  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL, at TEXT NOT NULL, why TEXT NOT NULL, before BLOB, after BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS changes_by_path ON changes (path, id);
CREATE TABLE IF NOT EXISTS held (path TEXT PRIMARY KEY, digest BLOB NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS common (path TEXT, seen REAL, text BLOB NOT NULL, PRIMARY KEY (path, seen)) WITHOUT ROWID;
"""
_PROBE = "SELECT id, path, at, why, before, after, digest, seen, text FROM changes, held USING (path), common USING (path) LIMIT 1"
_COMMANDS = "CREATE TABLE IF NOT EXISTS commands (id INTEGER PRIMARY KEY, first INTEGER NOT NULL)"
"""The changes that one command made together; files of earlier versions lack it."""
_INSERT = "INSERT INTO changes (path, at, why, before, after) VALUES (?, ?, ?, ?, ?)"
BLOCKS = "blocks"
"""Why a note was written in which nothing but our own blocks was to change."""
DATES = "done date"
"""Why one was written in which done dates were put or taken away as well."""
ASKED = ("tick", "untick", "skip", "merge", "goal", "today", "review")
"""The changes that somebody asked for; all others follow from the notes and would be made again."""


@dataclass(frozen=True, slots=True)
class Written:
    """One change that was written: its number, the note before (None: it was made) and after, when and why."""

    number: int
    path: str
    at: str
    why: str
    before: bytes | None
    after: bytes


class Journal:
    """What was written in one vault on this machine, the newest last."""

    def __init__(self, state: Path, vault: Path) -> None:
        self._place = state / f"journal-{vault_key(vault)}.sqlite3"
        self._opened: CacheFile | None = None

    @property
    def _file(self) -> CacheFile:
        """The file, opened when it is first needed: most commands write nothing."""
        if self._opened is None:
            self._opened = CacheFile(self._place, _VERSION, _TABLES, _PROBE)
        return self._opened

    def problems(self) -> tuple[Problem, ...]:
        """Return what kept the last changes from being noted, if anything did."""
        if self._opened is None or not self._opened.trouble:
            return ()
        return (
            Problem(
                str(self._place), None, "journal-unwritable", f"What microwins writes cannot be noted here, so it cannot be taken back: {self._opened.trouble}.",
                "Make room on that disk, or make the folder writable.",
            ),
        )  # fmt: skip

    def record(self, change: Change, why: str, at: str) -> int | None:
        """Note a change that is about to be written; return its number, None where the journal cannot be used."""
        return self.record_all([(change, why)], at)[0]

    def record_all(self, changes: Sequence[tuple[Change, str]], at: str) -> list[int | None]:
        """Note changes that are about to be written, each with its reason; return as `record` for each."""
        rows = [
            (change.path, at, why, _packed(change.before), _packed(change.after)) for change, why in changes
        ]
        numbers: list[int | None] = []
        if self._opened is not None and self._opened.kept_out:
            self.close()  # it may be possible to make the file by now
        with self._file.changing() as connection:
            found = [connection.execute(_INSERT, row).lastrowid or 0 for row in rows]
            connection.execute("DELETE FROM changes WHERE id <= ?", (max(found, default=0) - MOST_CHANGES,))
            connection.commit()
            numbers = [*found]
        if any(number is not None and number % _BOUND_EVERY == 0 for number in numbers):
            self._bound()
        return numbers or [None] * len(changes)

    def knows(self, number: int | None) -> bool:
        """Return whether a change with this number is noted."""
        return number is not None and bool(self._file.rows("SELECT 1 FROM changes WHERE id = ?", (number,)))

    def forget(self, number: int | None) -> None:
        """Strike out a change that was not written after all, or that was taken back."""
        if number is not None:
            with self._file.changing() as connection:
                connection.execute("DELETE FROM changes WHERE id = ?", (number,))
                connection.execute(_COMMANDS)
                # Its number may be that of another change one day.
                connection.execute("DELETE FROM commands WHERE id = ?", (number,))

    def newest(self) -> int:
        """Return the number of the newest change, 0 where none is known."""
        rows = self._file.rows("SELECT max(id) FROM changes")
        return (rows[0][0] if rows else None) or 0

    def join(self, since: int, why: str) -> None:
        """Know the changes for one reason that were noted since another one as those of one command."""
        with self._file.changing() as connection:
            connection.execute(_COMMANDS)
            connection.execute("DELETE FROM commands WHERE id NOT IN (SELECT id FROM changes)")
            connection.execute(
                "INSERT OR REPLACE INTO commands SELECT id, ? FROM changes WHERE id > ? AND why = ?",
                (since, since, why),
            )

    def joined(self, number: int) -> frozenset[int]:
        """Return the changes of the same command, this one among them."""
        with self._file.changing() as connection:
            connection.execute(_COMMANDS)
        query = "SELECT id FROM commands WHERE first = (SELECT first FROM commands WHERE id = ?)"
        return frozenset({number, *(one for (one,) in self._file.rows(query, (number,)))})

    def paths(self) -> tuple[str, ...]:
        """Return the notes of which changes are known."""
        return tuple(path for (path,) in self._file.rows("SELECT DISTINCT path FROM changes"))

    def rename(self, old: str, new: str) -> None:
        """Know under a new name what is known of a note."""
        with self._file.changing() as connection:
            for table in ("changes", "held", "common"):
                connection.execute(f"UPDATE OR REPLACE {table} SET path = ? WHERE path = ?", (new, old))

    def changes(
        self, path: str | None = None, *, most: int = MOST_CHANGES, blocks: bool = True
    ) -> Iterator[Written]:
        """Yield the changes, of one note or of all, the newest first; without `blocks` none that is only our blocks."""
        chosen, values = ("AND path = ?", [path]) if path is not None else ("", [])
        left_out = "" if blocks else f"AND why != '{BLOCKS}'"
        query = f"SELECT id FROM changes WHERE 1 {chosen} {left_out} ORDER BY id DESC LIMIT ?"
        for (number,) in self._file.rows(query, (*values, most)):
            yield from self._change(number)

    def hold(self, path: str, data: bytes | None, instead: bytes | None = None) -> None:
        """Leave a note as it is (None: unmade) until somebody changes it: a change of ours to it was taken back.

        With `instead` it is left only as long as this is what it would be changed to.
        """
        known = _digest(data) + (_digest(instead) if instead is not None else b"")
        with self._file.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO held VALUES (?, ?)", (path, known))

    def holds(self, path: str, data: bytes | None, instead: bytes | None = None) -> bool:
        """Return whether a note that holds these bytes is to be left as it is, whatever it would be changed to, or if to `instead`."""
        rows = self._file.rows("SELECT digest FROM held WHERE path = ?", (path,))
        if not rows:
            return False
        known, now = rows[0][0], _digest(data)
        if known.startswith(now):
            return known == now or (instead is not None and known == now + _digest(instead))
        with self._file.changing() as connection:
            connection.execute("DELETE FROM held WHERE path = ?", (path,))
        return False

    def set_common(self, path: str, data: bytes, seen: float) -> None:
        """Note the text of a note that a sync client brought, and when (seconds since the epoch): both devices had it then."""
        with self._file.changing() as connection:
            connection.execute("INSERT OR REPLACE INTO common VALUES (?, ?, ?)", (path, seen, _packed(data)))
            connection.execute(
                "DELETE FROM common WHERE path = ? AND seen NOT IN (SELECT seen FROM common WHERE path = ? ORDER BY seen DESC LIMIT ?)",
                (path, path, MOST_COMMON),
            )

    def common(self, path: str, before: float) -> bytes | None:
        """Return the last text of a note that another device is known to have had too before a moment, or None."""
        rows = self._file.rows(
            "SELECT text FROM common WHERE path = ? AND seen < ? ORDER BY seen DESC LIMIT 1", (path, before)
        )
        return _unpacked(rows[0][0]) if rows else None

    def close(self) -> None:
        """Let go of the file."""
        if self._opened is not None:
            self._opened.close()
            self._opened = None

    def _change(self, number: int) -> Iterator[Written]:
        for path, at, why, before, after in self._file.rows(
            "SELECT path, at, why, before, after FROM changes WHERE id = ?", (number,)
        ):
            text = _unpacked(after)
            if text is not None:
                yield Written(number, path, at, why, _unpacked(before), text)

    def _bound(self) -> None:
        """Forget the oldest changes and common texts beyond the bounds."""
        for table, key, size in (
            ("changes", "id", "length(before) + length(after)"),
            ("common", "seen", "length(text)"),
        ):
            rows = self._file.rows(f"SELECT {key}, coalesce({size}, 0) FROM {table} ORDER BY {key} DESC")
            total = 0
            for name, length in rows:
                total += length
                if total > MOST_BYTES:
                    with self._file.changing() as connection:
                        connection.execute(f"DELETE FROM {table} WHERE {key} <= ?", (name,))
                    break


def _packed(data: bytes | None) -> bytes | None:
    return zlib.compress(data, 1) if data is not None else None


def _unpacked(data: bytes | None) -> bytes | None:
    try:
        return zlib.decompress(data) if data is not None else None
    except zlib.error:
        return None


def _digest(data: bytes | None) -> bytes:
    return sha256(data).digest() if data is not None else b""
