"""The index: notes as they were parsed, so that a start parses only what has changed.

A cache and nothing more: it may be deleted at any time, it is made anew for another version of the program or other
ways of reading, and a note whose time, size or inode differs from what is noted is read again.
"""

from __future__ import annotations

import hashlib
import io
import pickle
from collections.abc import Iterable, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..parsers.note import Note, Reading
from .cache_file import CacheFile, vault_key
from .scan import Stamp

_VERSION = 1
_TABLES = """
CREATE TABLE IF NOT EXISTS notes (
  path TEXT PRIMARY KEY, mtime INTEGER, ctime INTEGER, size INTEGER, inode INTEGER, note BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS made_by (print TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_PROBE = "SELECT path, mtime, ctime, size, inode, note, print FROM notes, made_by LIMIT 1"
_CHECK = 8
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

    def close(self) -> None:
        """Let go of the file."""
        self._cache.close()

    def _fits(self) -> bool:
        """Return whether what is stored was read by this program, in this way.

        What does not fit is forgotten only when something is stored in its place: an unmounted disk leaves an empty
        folder, without its settings, and that is no reason.
        """
        return self._cache.rows("SELECT print FROM made_by") == [(self._made_by,)]


def packed(note: Note) -> bytes:
    """Return a note as bytes that say whether they are whole."""
    stream = io.BytesIO()
    _Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(note)
    body = stream.getvalue()
    return hashlib.blake2b(body, digest_size=_CHECK).digest() + body


def unpacked(data: bytes) -> Note | None:
    """Return the note that was packed, or None where the bytes are damaged."""
    check, body = data[:_CHECK], data[_CHECK:]
    if hashlib.blake2b(body, digest_size=_CHECK).digest() != check:
        return None
    try:
        note = _Unpickler(io.BytesIO(body)).load()
    except Exception:  # whatever is wrong with a cache, the note itself is read instead
        return None
    return note if isinstance(note, Note) else None


def fingerprint(reading: Reading) -> str:
    """Return what decides how a note is parsed: the parsers themselves, and the settings that they are given."""
    text = f"{_parsers()}\n{reading!r}"
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
def _parsers() -> str:
    """Return the sizes and times of the parsers' files: a changed parser reads every note again."""
    found = []
    for entry in sorted(files("microwins.parsers").iterdir(), key=lambda entry: entry.name):
        if isinstance(entry, Path) and entry.suffix == ".py":
            status = entry.stat()
            found.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return ";".join(found)
