"""What was seen when the vault was last read: which boxes were open, and which dates we put on lines ourselves.

A cache: without it no box is stamped that was ticked while nobody looked, and nothing else is lost.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
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
    """The memory of one vault, in the machine's cache folder; never in the vault."""

    def __init__(self, cache: Path, vault: Path) -> None:
        key = hashlib.sha256(os.fsencode(os.path.realpath(vault))).hexdigest()[:16]
        self._file = cache / f"seen-{key}.sqlite3"
        self._connection = self._open()

    def open_boxes(self, path: str) -> frozenset[str] | None:
        """Return the keys of the boxes that were open in a note, or None if the note was never read before."""
        if not self._connection.execute("SELECT 1 FROM notes WHERE path = ?", (path,)).fetchone():
            return None
        rows = self._connection.execute("SELECT key FROM open_boxes WHERE path = ?", (path,))
        return frozenset(key for (key,) in rows)

    def remember(self, boxes: Mapping[str, Iterable[str]]) -> None:
        """Remember the open boxes of these notes in place of what was known of them."""
        with self._connection:
            for path, keys in boxes.items():
                self._connection.execute("INSERT OR IGNORE INTO notes VALUES (?)", (path,))
                self._connection.execute("DELETE FROM open_boxes WHERE path = ?", (path,))
                self._connection.executemany("INSERT OR IGNORE INTO open_boxes VALUES (?, ?)", ((path, key) for key in keys))

    def stamped(self, path: str, key: str) -> date | None:
        """Return the date that we put on a line, or None."""
        row = self._connection.execute("SELECT day FROM stamps WHERE path = ? AND key = ?", (path, key)).fetchone()
        return date.fromisoformat(row[0]) if row else None

    def set_stamp(self, path: str, key: str, day: date | None) -> None:
        """Remember that we put a date on a line, or that it is gone again."""
        with self._connection:
            self._connection.execute("DELETE FROM stamps WHERE path = ? AND key = ?", (path, key))
            if day is not None:
                self._connection.execute("INSERT INTO stamps VALUES (?, ?, ?)", (path, key, str(day)))

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def _open(self) -> sqlite3.Connection:
        """Open the memory; a damaged or foreign file is put aside, for it can be done without."""
        self._file.parent.mkdir(parents=True, exist_ok=True)
        try:
            return self._connect()
        except sqlite3.DatabaseError:
            for name in (self._file, *(self._file.with_name(self._file.name + tail) for tail in ("-wal", "-shm"))):
                with suppress(OSError):
                    name.unlink()
            return self._connect()

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self._file, timeout=10, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = NORMAL")
            with closing(connection.execute("PRAGMA user_version")) as rows:
                version = rows.fetchone()[0]
            if version not in {0, _VERSION}:
                raise sqlite3.DatabaseError("made by another version")
            connection.executescript(_TABLES)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
        except sqlite3.DatabaseError:
            connection.close()
            raise
        return connection


def box_keys(note: Note) -> dict[int, str]:
    """Return a key for each box of a note, by line: its text, and which of the same text it is."""
    counts: dict[str, int] = {}
    keys: dict[int, str] = {}
    for task in note.tasks:
        text = _name(task)
        counts[text] = counts.get(text, 0) + 1
        keys[task.line] = hashlib.blake2b(f"{text}\n{counts[text]}".encode("utf-8", "replace"), digest_size=12).hexdigest()
    return keys


def _name(task: Task) -> str:
    return task.fields.id or text_key(task.fields.text) or task.fields.text
