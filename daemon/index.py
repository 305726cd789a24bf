"""The index: notes as they were parsed, so that a start parses only what has changed.

A cache and nothing more: it may be deleted at any time, it is made anew for another version of the program or other
ways of reading, and a note whose time, size or inode differs from what is noted is read again.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple
from zlib import crc32

from ..parsers.digests import blake2b
from ..parsers.glance import Glance
from ..parsers.glancer import NOTHING
from ..parsers.note import Note, Reading
from ..parsers.tasks import BoxRules, Task, state_of
from .cache_file import CacheFile, CacheLost, vault_key
from .first_reader import WORTH_IT, FirstReader
from .folder import Folder
from .kept_values import dump_all, dumped, load_all, loaded
from .stamp import STAMP_BYTES, Stamp
from .stamp import packed as packed_stamps
from .stamps import Stamps
from .state_parts import Parts, PartsWriter

_VERSION = 11
_TABLES = """
CREATE TABLE IF NOT EXISTS notes (
  path TEXT PRIMARY KEY, stamp BLOB, note BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (folder TEXT PRIMARY KEY, names BLOB, numbers BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (print TEXT PRIMARY KEY, stamps BLOB, sum INTEGER, remembered INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (place INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS made_by (print TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_PROBE = """
SELECT path, stamp, note, made_by.print, stamps, sum, remembered, folder, names, numbers, data
FROM notes, made_by, state, folders, parts LIMIT 1
"""
_CODE = (".py", ".so", ".pyd")
_CHECK = 4
_PICKLED = b"\x80"
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


Fresh = tuple[bytes, Note | Glance | bytes]
"""The stamp of a note as it is held, and what was found of it, or that as it is kept."""


class KeptSum(NamedTuple):
    """What tells whether a state that was kept is whole, and whether the open boxes of its notes are remembered."""

    sum: int
    remembered: bool


def index_file(folder: Path, vault: Path) -> Path:
    """Return the path of a vault's index in the machine's cache folder."""
    return folder / f"index-{vault_key(vault)}.sqlite3"


class NoteIndex:
    """What the notes of one vault were found to be, for one way of reading them.

    Of each folder it holds the stamps of its notes; of each note that has anything to tell a row with its stamp. A note
    whose stamp is the one noted, and that has no row, has nothing to tell.
    """

    def __init__(
        self,
        folder: Path | None,
        vault: Path,
        reading: Reading,
        *,
        most: int = 0,
        first: FirstReader | None = None,
    ) -> None:
        """Open the index; of notes with more than `most` bytes it knows nothing, and another `most` begins it anew.

        Of a large vault `first` can fill it from another process.
        """
        self.cache_folder = folder
        """Where the file is, and others of this machine that can be done without."""
        file = index_file(folder, vault) if folder else None
        self._cache = CacheFile(file, _VERSION, _TABLES, _PROBE)
        self._made_by = fingerprint(reading, most)
        self._reading = reading
        self._first = first

    @classmethod
    def of_this_process(cls, reading: Reading) -> NoteIndex:
        """Return an index that no other process sees, and that lasts as long as this one."""
        return cls(None, Path(), reading)

    def first_reader(self, count: int) -> FirstReader | None:
        """Return what fills the index with so many notes from another process: once, if that is worth it and the file can be shared."""
        if count < WORTH_IT or self._cache.kept_out:
            return None
        first, self._first = self._first, None
        return first

    def stamps(self) -> Stamps:
        """Return the stamps of all notes that are known; none that was read by another program or in another way."""
        known = Stamps()
        try:
            known.folders.update(self.folders())
        except CacheLost:
            return Stamps()
        return known

    def folders(self) -> Iterator[tuple[str, Folder]]:
        """Yield the stamps of the notes that are known, folder by folder; raise `CacheLost` where the file fails."""
        rows = self._cache.each(
            "SELECT folder, names, numbers FROM folders, made_by WHERE print = ?", (self._made_by,), at_once=1
        )
        for folder, names, numbers in rows:
            found = _folder(names, numbers)
            if found is not None:
                yield folder, found

    def folder(self, name: str) -> Folder | None:
        """Return the stamps of the notes in one folder as they are known, if they are."""
        rows = self._cache.rows(
            "SELECT names, numbers FROM folders, made_by WHERE folder = ? AND print = ?",
            (name, self._made_by),
        )
        return _folder(*rows[0]) if rows else None

    def has_just(self, stamps: Stamps) -> bool:
        """Return whether the notes that are known are just these, none of which has another stamp."""
        try:
            return not stamps.differing(self.folders())
        except CacheLost:
            return False

    @contextmanager
    def still(self) -> Iterator[None]:
        """Let everything that is read meanwhile be of one moment, whatever other processes note."""
        self._cache.rows("BEGIN")
        try:
            yield
        finally:
            self._cache.rows("COMMIT")

    def facts(self) -> Iterator[tuple[str, Note | Glance | None]]:
        """Yield what was noted of notes; None of one whose row is damaged. Raise `CacheLost` where the file fails."""
        rows = self._cache.each("SELECT path, note FROM notes, made_by WHERE print = ?", (self._made_by,))
        for path, data in rows:
            yield path, unpacked(data, path, self._reading.rules)

    def store(
        self,
        found: Mapping[str, Fresh],
        stamps: Stamps,
        folders: Iterable[str],
        changed: Iterable[str] | None = None,
    ) -> bool:
        """Note what was found of the notes in these folders, in place of what was known of those that `changed`; return whether that is noted now.

        `stamps` are those of all notes in the folders, with `NEVER` for each that is to be read again. What another
        version of the program noted, or another way of reading, is forgotten.
        """
        fits = bool(self._cache.rows("SELECT 1 FROM made_by WHERE print = ?", (self._made_by,)))
        names = list(folders)
        # Fetched before anything is deleted: what `stamps` do not hold stands here.
        told = [(one, kept) for one in names if (kept := stamps.folders.get(one)) is not None]
        with self._cache.changing() as connection:
            if not fits:
                _empty(connection)
                connection.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))
            elif changed is not None:
                gone = ((path,) for path in changed if _is_text(path))
                connection.executemany("DELETE FROM notes WHERE path = ?", gone)
            connection.executemany(
                "INSERT OR REPLACE INTO notes VALUES (?, ?, ?)",
                (row for path in sorted(found) if (row := _row(path, *found[path])) is not None),
            )
            connection.executemany("DELETE FROM folders WHERE folder = ?", ((one,) for one in names))
            connection.executemany(
                "INSERT INTO folders VALUES (?, ?, ?)",
                ((folder, kept.written, kept.numbers) for folder, kept in told),
            )
        return not self._cache.failed

    def forget(self) -> None:
        """Forget all that was noted: every note is read anew."""
        with self._cache.changing() as connection:
            _empty(connection)

    def note(self, path: str, stamp: Stamp) -> Note | Glance | None:
        """Return what was noted of one note that has this stamp; None where it was another one, or nothing is known."""
        rows = self._cache.rows(
            "SELECT note FROM notes, made_by WHERE path = ? AND stamp = ? AND print = ?",
            (path, packed_stamps([stamp]), self._made_by),
        )
        if rows:
            return unpacked(rows[0][0], path, self._reading.rules)
        folder, _, name = path.rpartition("/")
        rows = self._cache.rows(
            """SELECT names, numbers FROM folders, made_by WHERE folder = ? AND print = ?
            AND NOT EXISTS (SELECT 1 FROM notes WHERE path = ?)""",
            (folder, self._made_by, path),
        )
        found = _folder(*rows[0]) if rows else None
        place = found.place(name) if found else -1
        return NOTHING if found is not None and place >= 0 and found.stamp(place) == stamp else None

    def keep_state(self, made_by: str, stamps: Stamps, state: Sequence[object]) -> None:
        """Keep what a vault whose notes are just these adds up to, worked out as `made_by` tells; none of it is ever held as one piece."""
        with self._cache.changing() as connection:
            connection.execute("DELETE FROM state")
            connection.execute("DELETE FROM parts")
            parts = PartsWriter(connection)
            dump_all(state, parts)
            connection.execute(
                "INSERT INTO state VALUES (?, ?, ?, 0)",
                (self._made_by + made_by, stamps.digest(), parts.finish()),
            )

    def set_remembered(self) -> None:
        """Note that the open boxes of the state that is kept are remembered."""
        with self._cache.changing() as connection:
            connection.execute("UPDATE state SET remembered = 1")

    def kept_state(self, made_by: str, stamps: Stamps) -> KeptSum | None:
        """Return what tells of the state that was kept for just these notes; None where it is of others."""
        found = self._cache.rows(
            "SELECT sum, remembered FROM state WHERE print = ? AND stamps = ?",
            (self._made_by + made_by, stamps.digest()),
        )
        return KeptSum(found[0][0], bool(found[0][1])) if found else None

    def state(self, kept: KeptSum) -> Sequence[Any] | None:
        """Return the state that was kept; None where it is damaged."""
        parts = Parts(self._cache.each("SELECT data FROM parts ORDER BY place", at_once=1))
        try:
            state = load_all(parts.buffered())
        except Exception:  # whatever is wrong with a cache, the notes themselves are read instead
            return None
        return state if parts.sum == kept.sum else None

    def close(self) -> None:
        """Let go of the file."""
        self._cache.close()


def _empty(connection: sqlite3.Connection) -> None:
    for table in ("notes", "folders", "state", "parts", "made_by"):
        connection.execute(f"DELETE FROM {table}")


def _row(path: str, stamp: bytes, found: Note | Glance | bytes) -> tuple[object, ...] | None:
    """Return the row of a note; None where nothing would be missing without it."""
    if isinstance(found, bytes):
        return path, stamp, found
    return (path, stamp, packed(found)) if tells_something(found) else None


def _is_text(path: str) -> bool:
    """Return whether a path can be one that is noted: what a damaged row names need not be text."""
    try:
        return bool(path.encode())
    except UnicodeEncodeError:
        return False


def _folder(names: object, numbers: object) -> Folder | None:
    """Return a folder's stamps as they were kept; None where they are damaged."""
    if not (isinstance(names, bytes) and isinstance(numbers, bytes)) or len(numbers) % STAMP_BYTES:
        return None
    found = Folder(names, numbers)
    return found if len(found) == names.count(b"/") - 1 and len(found) else None


def tells_something(found: Note | Glance) -> bool:
    """Return whether anything would be missing if nothing were known of a note."""
    return isinstance(found, Note) or found != NOTHING


def packed(found: Note | Glance) -> bytes:
    """Return what is known of a note as bytes that say whether they are whole: plain values, and what else it may have.

    Of an ordinary note these are its row.
    """
    if isinstance(found, Glance):
        return _checked(found.row)
    day = found.date.toordinal() if found.date is not None else None
    boxes = tuple(map(_box_row, found.tasks)), tuple(map(_box_row, found.passed_over))
    rest = _rest(found) if _has_more(found) else None
    return _checked(pickle.dumps((found.kind, day, *boxes, rest), pickle.HIGHEST_PROTOCOL))


def unpacked(data: bytes, path: str, rules: BoxRules) -> Note | Glance | None:
    """Return what was packed of the note at `path`, or None where the bytes are damaged."""
    try:
        check, body = data[:_CHECK], data[_CHECK:]
        if crc32(body).to_bytes(_CHECK, "big") != check:
            return None
        return _note(path, loaded(body), rules) if body.startswith(_PICKLED) else Glance(body)
    except Exception:  # whatever is wrong with a cache, the note itself is read instead
        return None


def _note(path: str, packed: Any, rules: BoxRules) -> Note:
    kind, day, tasks, passed_over, rest = packed
    date_of = date.fromordinal(day) if day is not None else None
    note = Note(path, kind, date_of, tasks=_boxes(tasks, rules), passed_over=_boxes(passed_over, rules))
    if rest is None:
        return note
    more = dict(zip(_MORE, loaded(rest), strict=True))
    goal = more["goal"]  # a goal tells its path too: of a thousand goals each is held once
    return replace(note, path=goal.path if goal is not None else path, **more)


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
    return dumped(tuple(getattr(note, name) for name in _MORE))


def _checked(body: bytes) -> bytes:
    return crc32(body).to_bytes(_CHECK, "big") + body


def fingerprint(reading: Reading, most: int = 0) -> str:
    """Return what decides how a note is parsed: the parsers themselves, the settings that they are given, and the most bytes."""
    return _digest(f"{_made_of('microwins.parsers')}\n{reading!r}\n{most}")


def state_print(*settings: object) -> str:
    """Return what decides what notes add up to: the engine, the keeper, and the settings that they are given."""
    return _digest(f"{_made_of('microwins.streaks')}\n{_made_of('microwins.daemon')}\n{settings!r}")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


@cache
def _made_of(package: str) -> str:
    """Return the sizes and times of a package's files: changed code reads and counts everything again."""
    found = []
    for folder in import_module(package).__path__:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_CODE):
                    status = entry.stat()
                    found.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return ";".join(sorted(found))
