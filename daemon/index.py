"""The index: notes as they were parsed, so that a start parses only what has changed.

A cache and nothing more: it may be deleted at any time, it is made anew for another version of the program or other
ways of reading, and a note whose time, size or inode differs from what is noted is read again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from array import array
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass, replace
from datetime import date
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

from ..parsers.note import Note, Reading
from ..parsers.tasks import BoxRules, Task, state_of
from .cache_file import CacheFile, vault_key
from .stamps import Stamp

_VERSION = 3
_TABLES = """
CREATE TABLE IF NOT EXISTS notes (
  path TEXT PRIMARY KEY, mtime INTEGER, ctime INTEGER, size INTEGER, inode INTEGER, note BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (print TEXT PRIMARY KEY, stamps BLOB, ledger BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_by (print TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_PROBE = "SELECT path, mtime, ctime, size, inode, note, made_by.print, stamps, ledger FROM notes, made_by, state LIMIT 1"
_CHECK = 4
_MORE = (
    "frontmatter",
    "goal",
    "blocks",
    "heading_dates",
    "problems",
    "markers_broken",
    "kanban",
    "unfiltered",
)
_FIELD_NAMES: dict[type[Any], tuple[str, ...]] = {}
_OURS = ("microwins.parsers.", "datetime", "decimal")


def index_file(folder: Path, vault: Path) -> Path:
    """Return the path of a vault's index in the machine's cache folder."""
    return folder / f"index-{vault_key(vault)}.sqlite3"


class NoteIndex:
    """The parsed notes of one vault by path and stamp, for one way of reading them."""

    def __init__(self, folder: Path, vault: Path, reading: Reading) -> None:
        self._cache = CacheFile(index_file(folder, vault), _VERSION, _TABLES, _PROBE)
        self._made_by = fingerprint(reading)

    def rows(self) -> dict[str, tuple[Stamp, bytes]]:
        """Return all notes that are known, still packed; none that was read by another program or in another way."""
        if not self._fits():
            return {}
        found = self._cache.rows("SELECT path, mtime, ctime, size, inode, note FROM notes")
        return {path: (Stamp(*stamp), packed) for path, *stamp, packed in found}

    def store(self, notes: Mapping[str, tuple[Stamp, Note]], gone: Iterable[str] = ()) -> None:
        """Put these notes in the place of what was known of them, and forget those that are gone."""
        fits = self._fits()
        with self._cache.changing() as connection:
            if not fits:
                connection.execute("DELETE FROM notes")
                connection.execute("DELETE FROM made_by")
                connection.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
            connection.executemany("DELETE FROM notes WHERE path = ?", ((path,) for path in gone))
            connection.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?, ?, ?, ?)",
                (
                    (path, stamp.mtime_ns, stamp.ctime_ns, stamp.size, stamp.inode, packed(note))
                    for path, (stamp, note) in notes.items()
                ),
            )

    def note(self, path: str, stamp: Stamp, rules: BoxRules) -> Note | None:
        """Return one note, if it is known as it is now."""
        found = self._cache.rows(
            "SELECT note FROM notes, made_by WHERE path = ? AND (mtime, ctime, size, inode) = (?, ?, ?, ?) AND print = ?",
            (path, *stamp, self._made_by),
        )
        return unpacked(found[0][0], path, rules) if found else None

    def keep_state(self, made_by: str, stamps: Mapping[str, Stamp], state: object) -> None:
        """Keep what a vault whose notes are just these adds up to, worked out as `made_by` tells."""
        with self._cache.changing() as connection:
            connection.execute("DELETE FROM state")
            connection.execute(
                "INSERT INTO state VALUES (?, ?, ?)",
                (
                    self._made_by + made_by,
                    _stamps_digest(stamps),
                    _checked(_dumped(state)),
                ),
            )

    def state(self, made_by: str, stamps: Mapping[str, Stamp]) -> Any | None:
        """Return what was kept for just these notes; None where one of them has changed since, or the rest has."""
        found = self._cache.rows(
            "SELECT ledger FROM state WHERE print = ? AND stamps = ?",
            (self._made_by + made_by, _stamps_digest(stamps)),
        )
        return _loaded(found[0][0]) if found else None

    def close(self) -> None:
        """Let go of the file."""
        self._cache.close()

    def _fits(self) -> bool:
        """Return whether what is stored was read by this program, in this way.

        What does not fit is forgotten only when something is stored in its place: an unmounted disk leaves an empty
        folder, without its settings, and that is no reason.
        """
        return self._cache.rows("SELECT print FROM made_by") == [(self._made_by,)]


def _stamps_digest(stamps: Mapping[str, Stamp]) -> bytes:
    """Return what tells whether the notes of a vault are just these, each as it is now; their order makes no difference."""
    paths = sorted(stamps)
    digest = hashlib.blake2b("\0".join(paths).encode("utf-8", "surrogatepass"), digest_size=32)
    numbers = array("q")
    try:
        for path in paths:
            numbers.extend(stamps[path])
        digest.update(numbers)
    except OverflowError:  # a time or an inode that takes more than 63 bits
        digest.update(repr([tuple(stamps[path]) for path in paths]).encode())
    return digest.digest()


def packed(note: Note) -> bytes:
    """Return a note as bytes that say whether they are whole: its boxes as plain values, and what else it may have."""
    day = note.date.toordinal() if note.date is not None else None
    boxes = tuple(map(_box_row, note.tasks)), tuple(map(_box_row, note.passed_over))
    rest = _rest(note) if _has_more(note) else None
    return _checked(pickle.dumps((note.kind, day, *boxes, rest), pickle.HIGHEST_PROTOCOL))


def unpacked(data: bytes, path: str, rules: BoxRules) -> Note | None:
    """Return the note at `path` that was packed, or None where the bytes are damaged."""
    found: Any = _loaded(data)
    try:
        kind, day, tasks, passed_over, rest = found
        note = Note(
            path,
            kind,
            date.fromordinal(day) if day is not None else None,
            tasks=_boxes(tasks, rules),
            passed_over=_boxes(passed_over, rules),
        )
        if rest is not None:
            note = replace(note, **dict(zip(_MORE, _Unpickler(io.BytesIO(rest)).load(), strict=True)))
    except Exception:  # whatever is wrong with a cache, the note itself is read instead
        return None
    return note


def _box_row(task: Task) -> tuple[object, ...]:
    """Return a box as it stands; what it means is a matter of the rules, and its body is the end of its line."""
    return (*task[:5], task.raw, len(task.body))


def _boxes(rows: Iterable[tuple[Any, ...]], rules: BoxRules) -> tuple[Task, ...]:
    return tuple(_box(row, rules) for row in rows)


def _box(row: tuple[Any, ...], rules: BoxRules) -> Task:
    line, depth, parent, symbol, column, raw, length = row
    state = state_of(symbol, rules.statuses)
    return Task(line, depth, parent, symbol, column, state, raw, raw[len(raw) - length :], rules)


def _has_more(note: Note) -> bool:
    return bool(
        note.goal or note.blocks or note.heading_dates or note.problems or note.kanban or note.unfiltered
    )


def _rest(note: Note) -> bytes:
    return _dumped(tuple(getattr(note, name) for name in _MORE))


def _dumped(value: object) -> bytes:
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def _checked(body: bytes) -> bytes:
    return crc32(body).to_bytes(_CHECK, "big") + body


def _loaded(data: bytes) -> Any | None:
    """Return what was kept, or None where the bytes are damaged."""
    check, body = data[:_CHECK], data[_CHECK:]
    if crc32(body).to_bytes(_CHECK, "big") != check:
        return None
    try:
        return _Unpickler(io.BytesIO(body)).load()
    except Exception:  # whatever is wrong with a cache, the notes themselves are read instead
        return None


def fingerprint(reading: Reading) -> str:
    """Return what decides how a note is parsed: the parsers themselves, and the settings that they are given."""
    return _digest(f"{_made_of('microwins.parsers')}\n{reading!r}")


def state_print(*settings: object) -> str:
    """Return what decides what notes add up to: the engine, the keeper, and the settings that they are given."""
    return _digest(f"{_made_of('microwins.streaks')}\n{_made_of('microwins.daemon')}\n{settings!r}")


def _digest(text: str) -> str:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


class _Pickler(pickle.Pickler):
    """Packs a dataclass as its class and its fields: made again by a plain call, several times as fast as by state."""

    def reducer_override(self, value: Any) -> Any:
        """Return how a value is made again; some versions of Python would make an enum's member with `getattr`."""
        if isinstance(value, Enum):
            return type(value), (value.value,)
        names = _field_names(type(value))
        return (type(value), tuple(getattr(value, name) for name in names)) if names else NotImplemented


def _field_names(kind: type[Any]) -> tuple[str, ...]:
    """Return the names of a dataclass's fields, looked up once a class; of another class none."""
    if kind not in _FIELD_NAMES:
        _FIELD_NAMES[kind] = tuple(one.name for one in fields(kind)) if is_dataclass(kind) else ()
    return _FIELD_NAMES[kind]


class _Unpickler(pickle.Unpickler):
    """Loads values of the parsers and of the standard library's dates and numbers, and nothing else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Return a class that a note is made of."""
        if not f"{module_name}.".startswith(_OURS):
            raise pickle.UnpicklingError(f"a note holds no {module_name}.{global_name}")
        return super().find_class(module_name, global_name)


@cache
def _made_of(package: str) -> str:
    """Return the sizes and times of a package's files: changed code reads and counts everything again."""
    found = []
    for entry in sorted(files(package).iterdir(), key=lambda entry: entry.name):
        if isinstance(entry, Path) and entry.suffix == ".py":
            status = entry.stat()
            found.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return ";".join(found)
