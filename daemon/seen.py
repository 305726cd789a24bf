"""What was seen when the vault was last read: which boxes were open, and which dates we put on lines ourselves.

A cache: without it no box is stamped that was ticked while nobody looked, and nothing else is lost.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path

from ..parsers.identity import text_key
from ..parsers.note import Note
from ..parsers.task import Task

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS open_boxes (path TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamps (path TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
"""


class Seen:
    """The memory of one vault, in the machine's cache folder; never in the vault.

    Where the folder cannot be used the memory lasts as long as the process, and where the file is damaged it begins
    anew: nothing here is worth a failure.
    """

    def __init__(self, cache: Path, vault: Path) -> None:
        key = hashlib.sha256(os.fsencode(os.path.realpath(vault))).hexdigest()[:16]
        self._file = cache / f"seen-{key}.sqlite3"
        self._connection = self._open()

    def open_boxes(self, path: str) -> frozenset[str] | None:
        """Return the keys of the boxes that were open in a note, or None if the note was never read before."""
        if not self._rows("SELECT 1 FROM notes WHERE path = ?", (path,)):
            return None
        return frozenset(key for (key,) in self._rows("SELECT key FROM open_boxes WHERE path = ?", (path,)))

    def remember(self, boxes: Mapping[str, Iterable[str]]) -> None:
        """Remember the open boxes of these notes in place of what was known of them."""
        with self._changing() as connection:
            for path, keys in boxes.items():
                connection.execute("INSERT OR IGNORE INTO notes VALUES (?)", (path,))
                connection.execute("DELETE FROM open_boxes WHERE path = ?", (path,))
                connection.executemany(
                    "INSERT OR IGNORE INTO open_boxes VALUES (?, ?)", ((path, key) for key in keys)
                )

    def stamped(self, path: str, key: str) -> date | None:
        """Return the date that we put on a line, or None."""
        rows = self._rows("SELECT day FROM stamps WHERE path = ? AND key = ?", (path, key))
        return date.fromisoformat(rows[0][0]) if rows else None

    def set_stamp(self, path: str, key: str, day: date | None) -> None:
        """Remember that we put a date on a line, or that it is gone again."""
        with self._changing() as connection:
            connection.execute("DELETE FROM stamps WHERE path = ? AND key = ?", (path, key))
            if day is not None:
                connection.execute("INSERT INTO stamps VALUES (?, ?, ?)", (path, key, str(day)))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _rows(self, query: str, values: tuple[str, ...]) -> list[tuple[str, ...]]:
        try:
            return self._connection.execute(query, values).fetchall()
        except sqlite3.DatabaseError as error:
            self._recover(error)
            return []

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """Give the connection for one change, which is made whole or, where the disk or the file fails, not at all."""
        try:
            with self._connection:
                yield self._connection
        except sqlite3.DatabaseError as error:
            self._recover(error)

    def _recover(self, error: sqlite3.DatabaseError) -> None:
        """Begin anew if the file is damaged; a full disk or another process's lock pass by themselves."""
        if isinstance(error, sqlite3.ProgrammingError):
            raise error
        if not _is_damage(error):
            return
        self._connection.close()
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection:
        """Open the memory; a damaged or foreign file is replaced."""
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            return self._connect(self._file)
        except OSError:
            return self._connect(":memory:")
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                return self._connect(":memory:")
        for name in (
            self._file,
            *(self._file.with_name(self._file.name + tail) for tail in ("-wal", "-shm")),
        ):
            with suppress(OSError):
                name.unlink()
        try:
            return self._connect(self._file)
        except sqlite3.DatabaseError:
            return self._connect(":memory:")

    def _connect(self, file: Path | str) -> sqlite3.Connection:
        connection = sqlite3.connect(file, timeout=10, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            with closing(connection.execute("PRAGMA user_version")) as rows:
                version = rows.fetchone()[0]
            if version not in {0, _VERSION}:
                raise sqlite3.DatabaseError("made by another version")
            if version != _VERSION:
                connection.executescript(_TABLES)
                connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.execute(
                "SELECT path, key, day FROM stamps, open_boxes USING (path, key), notes USING (path) LIMIT 1"
            )
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether an error lies in the file itself, and not in the disk, the rights or another process."""
    return type(error) is sqlite3.DatabaseError or "no such" in str(error)


def box_keys(note: Note) -> dict[int, str]:
    """Return a key for each box of a note, by line: its text, and which of the same text it is."""
    counts: dict[str, int] = {}
    keys: dict[int, str] = {}
    for task in note.tasks:
        text = _name(task)
        counts[text] = counts.get(text, 0) + 1
        keys[task.line] = hashlib.blake2b(
            f"{text}\n{counts[text]}".encode("utf-8", "replace"), digest_size=12
        ).hexdigest()
    return keys


def _name(task: Task) -> str:
    return task.fields.id or text_key(task.fields.text) or task.fields.text
