"""The times of day at which boxes were seen being ticked: known on this device alone, so no note ever shows them.

A cache: without it the times of past ticks are not known, and nothing else is lost.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path

from ..parsers.note import Note
from ..parsers.task import State
from ..streaks.history import Entry
from .cache_file import CacheFile, vault_key
from .seen import box_keys

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS times (
  day TEXT NOT NULL, path TEXT NOT NULL, key TEXT NOT NULL, clock TEXT NOT NULL, PRIMARY KEY (day, path, key)
) WITHOUT ROWID;
"""
_PROBE = "SELECT day, path, key, clock FROM times LIMIT 1"


class TickTimes:
    """The memory of one vault: a cache file of its own."""

    def __init__(self, cache: Path, vault: Path) -> None:
        self._file = cache / f"times-{vault_key(vault)}.sqlite3"

    @cached_property
    def _cache(self) -> CacheFile:
        """The file, opened when it is first needed: most commands never ask for a time."""
        return CacheFile(self._file, _VERSION, _TABLES, _PROBE)

    def saw(self, before: Note, after: Note, day: date, clock: str) -> None:
        """Remember the boxes that were not done in `before` and are in `after`, and forget those that no longer are.

        A line that is new is not known to have been ticked just now. A time that is known already stays.
        """
        was, now = _states(before), _states(after)
        ticked = [
            key for key, state in now.items() if state is State.DONE and was.get(key, state) is not state
        ]
        unticked = [
            key for key, state in now.items() if state is not State.DONE and was.get(key) is State.DONE
        ]
        if ticked or unticked:
            self._change(day, after.path, {**dict.fromkeys(unticked), **dict.fromkeys(ticked, clock)})

    def set(self, note: Note, line: int, day: date, clock: str | None) -> None:
        """Remember when the box on a line was ticked, or with None that it is not."""
        key = box_keys(note).get(line)
        if key is not None:
            self._change(day, note.path, {key: clock})

    def known(self, day: date, notes: Mapping[str, Note]) -> dict[tuple[str, int], str]:
        """Return the times of a day's ticks by path and line, of these notes."""
        by_path: dict[str, dict[str, str]] = {}
        for path, key, clock in self._cache.rows(
            "SELECT path, key, clock FROM times WHERE day = ?", (str(day),)
        ):
            by_path.setdefault(path, {})[key] = clock
        return {
            (path, line): times[key]
            for path, times in by_path.items()
            if path in notes
            for line, key in box_keys(notes[path]).items()
            if key in times
        }

    def close(self) -> None:
        """Let go of the file."""
        if "_cache" in vars(self):
            self._cache.close()

    def _change(self, day: date, path: str, clocks: Mapping[str, str | None]) -> None:
        with self._cache.changing() as connection:
            for key, clock in clocks.items():
                place = (str(day), path, key)
                if clock is None:
                    connection.execute("DELETE FROM times WHERE (day, path, key) = (?, ?, ?)", place)
                else:
                    connection.execute("INSERT OR IGNORE INTO times VALUES (?, ?, ?, ?)", (*place, clock))


def turned(before: Note, after: Note) -> bool:
    """Return whether a ticked line of a note is another one than before: the only notes whose boxes are compared."""
    return _done(before) != _done(after)


def timed(entries: list[Entry], known: Mapping[tuple[str, int], str]) -> list[Entry]:
    """Return the boxes with the times at which they were seen being ticked; one that is written on the line stays."""
    return [
        replace(entry, time=known[entry.path, entry.line])
        if entry.time is None and entry.state is State.DONE and (entry.path, entry.line) in known
        else entry
        for entry in entries
    ]


def _done(note: Note) -> list[str]:
    """Return the lines of a note that are ticked, as they stand."""
    return [task.raw for task in note.tasks if task.state is State.DONE]


def _states(note: Note) -> dict[str, State]:
    keys = box_keys(note)
    return {keys[task.line]: task.state for task in note.tasks}
