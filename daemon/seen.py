"""What was seen when the vault was last read: which boxes were open, and which dates we put on lines ourselves.

A cache: without it no box is stamped that was ticked while nobody looked, and nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from ..parsers.digests import blake2b
from ..parsers.identity import text_key
from ..parsers.note import Note
from ..parsers.tasks import Task
from .cache_file import CacheFile, vault_key

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS open_boxes (path TEXT NOT NULL, key TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS notes (path TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS stamps (path TEXT NOT NULL, key TEXT NOT NULL, day TEXT NOT NULL, PRIMARY KEY (path, key)) WITHOUT ROWID;
"""
_PROBE = "SELECT path, key, day FROM stamps, open_boxes USING (path, key), notes USING (path) LIMIT 1"


class Seen:
    """The memory of one vault: a cache file of its own."""

    def __init__(self, cache: Path, vault: Path) -> None:
        self._cache = CacheFile(cache / f"seen-{vault_key(vault)}.sqlite3", _VERSION, _TABLES, _PROBE)

    def paths(self) -> frozenset[str]:
        """Return the notes of which anything is remembered."""
        rows = self._cache.rows("SELECT path FROM notes UNION SELECT path FROM stamps")
        return frozenset(path for (path,) in rows)

    def open_boxes(self, path: str) -> frozenset[str] | None:
        """Return the keys of the boxes that were open in a note, or None if the note was never read before."""
        if not self._cache.rows("SELECT 1 FROM notes WHERE path = ?", (path,)):
            return None
        return frozenset(
            key for (key,) in self._cache.rows("SELECT key FROM open_boxes WHERE path = ?", (path,))
        )

    def remember(self, boxes: Mapping[str, Iterable[str]]) -> None:
        """Remember the open boxes of these notes in place of what was known of them."""
        with self._cache.changing() as connection:
            for path, keys in boxes.items():
                connection.execute("INSERT OR IGNORE INTO notes VALUES (?)", (path,))
                connection.execute("DELETE FROM open_boxes WHERE path = ?", (path,))
                connection.executemany(
                    "INSERT OR IGNORE INTO open_boxes VALUES (?, ?)", ((path, key) for key in keys)
                )

    def stamped(self, path: str, key: str) -> date | None:
        """Return the date that we put on a line, or None."""
        rows = self._cache.rows("SELECT day FROM stamps WHERE path = ? AND key = ?", (path, key))
        return date.fromisoformat(rows[0][0]) if rows else None

    def set_stamp(self, path: str, key: str, day: date | None) -> None:
        """Remember that we put a date on a line, or that it is gone again."""
        with self._cache.changing() as connection:
            connection.execute("DELETE FROM stamps WHERE path = ? AND key = ?", (path, key))
            if day is not None:
                connection.execute("INSERT INTO stamps VALUES (?, ?, ?)", (path, key, str(day)))

    def close(self) -> None:
        """Let go of the file."""
        self._cache.close()


class _Latest:
    """The keys of the notes that were asked for last: one pass asks for those of a note over and over."""

    _MOST = 4

    def __init__(self) -> None:
        self._kept: list[tuple[tuple[Task, ...], Mapping[int, str]]] = []

    def keys(self, tasks: tuple[Task, ...]) -> Mapping[int, str]:
        """Return the keys of these boxes."""
        for known, keys in self._kept:
            if known is tasks:
                return keys
        keys = _keys(tasks)
        self._kept = [(tasks, keys), *self._kept[: self._MOST - 1]]
        return keys


_LATEST = _Latest()


def box_keys(note: Note) -> Mapping[int, str]:
    """Return a key for each box of a note, by line: its text, and which of the same text it is."""
    return _LATEST.keys(note.tasks)


def _keys(tasks: Iterable[Task]) -> dict[int, str]:
    counts: dict[str, int] = {}
    keys: dict[int, str] = {}
    for task in tasks:
        text = _name(task)
        counts[text] = counts.get(text, 0) + 1
        keys[task.line] = blake2b(
            f"{text}\n{counts[text]}".encode("utf-8", "replace"), digest_size=12
        ).hexdigest()
    return keys


def _name(task: Task) -> str:
    return task.fields.id or text_key(task.fields.text) or task.fields.text
