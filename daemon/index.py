"""The index: notes as they were parsed, so that a start parses only what has changed.

A cache and nothing more: it may be deleted at any time, it is made anew for another version of the program or other
ways of reading, and a note whose time, size or inode differs from what is noted is read again. What of it is damaged is
not believed: each row bears a check of its own, and each folder tells the checks of its notes' rows, whose sum tells
whether all of them are there.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import AbstractContextManager
from pathlib import Path

from ..parsers.glance import Glance
from ..parsers.glancer import NOTHING
from ..parsers.note import Note, Reading
from ..parsers.problem import Problem
from .cache_file import CacheFile, CacheLost, vault_key
from .first_reader import WORTH_IT, FirstReader
from .folder import Folder
from .folder_row import FolderRow, read_folder
from .made_by import fingerprint
from .noting import Fresh, Noting, RowDamaged
from .packed_note import unpacked
from .row_check import CHECK_BYTES, RowCheck
from .stamp import Stamp, packed
from .stamps import Stamps
from .state_parts import StateParts
from .whole_rows import WholeRows

_VERSION = 12
_TABLES = """
CREATE TABLE IF NOT EXISTS notes (
  path TEXT PRIMARY KEY, stamp BLOB, note BLOB
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (folder TEXT PRIMARY KEY, names BLOB, numbers BLOB, checks BLOB) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS state (print TEXT PRIMARY KEY, stamps BLOB, sum INTEGER, remembered INTEGER) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (place INTEGER PRIMARY KEY, data BLOB);
CREATE TABLE IF NOT EXISTS made_by (print TEXT PRIMARY KEY) WITHOUT ROWID;
"""
_PROBE = """
SELECT path, stamp, note, made_by.print, stamps, sum, remembered, folder, names, numbers, checks, data
FROM notes, made_by, state, folders, parts LIMIT 1
"""


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
        self._file = file
        self._cache = CacheFile(file, _VERSION, _TABLES, _PROBE)
        self._made_by = fingerprint(reading, most)
        self._check = RowCheck.of(self._made_by)
        self._rows = WholeRows(self._cache, self._check, self._made_by)
        self._rules = reading.rules
        self._first = first
        self.kept = StateParts(self._cache, self._made_by)
        """What the notes add up to, kept from one start to the next."""

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
            found = read_folder(folder, names, numbers)
            if found is None:
                self._rows.lose()
            yield folder, found

    def folder(self, name: str) -> Folder | None:
        """Return the stamps of the notes in one folder as they are known, if they are."""
        rows = self._cache.rows(
            "SELECT names, numbers FROM folders, made_by WHERE folder = ? AND print = ?",
            (name, self._made_by),
        )
        return read_folder(name, *rows[0]) if rows else None

    def has_just(self, stamps: Stamps) -> bool:
        """Return whether the notes that are known are just these, none of which has another stamp."""
        try:
            return not stamps.differing(self.folders())
        except CacheLost:
            return False

    def still(self) -> AbstractContextManager[None]:
        """Let everything that is read meanwhile be of one moment, whatever other processes note."""
        return self._cache.still()

    def facts(self) -> Iterator[tuple[str, Note | Glance]]:
        """Yield what was noted of notes; raise `CacheLost` where the file fails, or any row is not as it was written.

        One that is missing or that is too many shows only at the end. The index stays still meanwhile, or nothing does.
        """
        for path, data in self._rows.each():
            found = self._unpacked(path, data)
            if found is None:
                self._rows.lose()
            yield path, found

    def is_whole(self) -> bool:
        """Return whether every row of a note is there and as it was written; else the index is damaged."""
        try:
            with self.still():
                deque(self._rows.each(), maxlen=0)
        except CacheLost:
            return False
        return True

    def store(
        self,
        found: Mapping[str, Fresh],
        stamps: Stamps,
        folders: Iterable[str],
        changed: Set[str] | None = None,
    ) -> bool:
        """Note what was found of the notes in these folders that `changed`, with None of all, in place of what was known; return whether they are noted just so.

        `stamps` are those of all notes in the folders, with `NEVER` for each that is to be read again. What another
        version of the program noted, or another way of reading, is forgotten.
        """
        # Fetched before anything is changed: what `stamps` do not hold stands here.
        told = [(one, stamps.folders.get(one)) for one in sorted(folders)]
        try:
            with self._cache.changing() as connection:
                # From here on no other process changes what is read before it is replaced.
                connection.execute("BEGIN IMMEDIATE")
                self._forget_others(connection)
                noting = Noting(connection, self._check, found, changed)
                noting.put_all(told)
        except RowDamaged:
            self._cache.damaged = True
            return False
        return not self._cache.failed and not noting.late

    def _forget_others(self, connection: sqlite3.Connection) -> None:
        """Forget what was made in another way."""
        rows = connection.execute("SELECT 1 FROM made_by WHERE print = ?", (self._made_by,))
        if rows.fetchone() is None:
            for table in ("notes", "folders", "state", "parts", "made_by"):
                connection.execute(f"DELETE FROM {table}")
            connection.execute("INSERT INTO made_by VALUES (?)", (self._made_by,))

    def note(self, path: str, stamp: Stamp) -> Note | Glance | None:
        """Return what was noted of one note that has this stamp; None where it was another one, or nothing is known."""
        held = packed([stamp])
        rows = self._cache.rows(
            "SELECT note FROM notes, made_by WHERE path = ? AND stamp = ? AND print = ?",
            (path, held, self._made_by),
        )
        if rows:
            data = rows[0][0]
            return self._unpacked(path, data) if self._check.whole(path, held, data) else None
        return NOTHING if self._tells_nothing(path, stamp) else None

    def _tells_nothing(self, path: str, stamp: Stamp) -> bool:
        """Return whether it is noted of a note of this stamp that nothing is to be told of it."""
        folder, _, name = path.rpartition("/")
        rows = self._cache.rows(
            "SELECT names, numbers, checks FROM folders, made_by WHERE folder = ? AND print = ?",
            (folder, self._made_by),
        )
        found = FolderRow.read(self._check, folder, rows[0]) if rows else None
        return found is not None and found.tells_nothing(name, stamp)

    def _unpacked(self, path: str, data: bytes) -> Note | Glance | None:
        return unpacked(data[CHECK_BYTES:], path, self._rules)

    def problems(self) -> tuple[Problem, ...]:
        """Return that the index is made anew, where anything in it was not to be relied on."""
        if not (self._cache.damaged or self._cache.begun_anew):
            return ()
        return (
            Problem(
                str(self._file), None, "index-rebuilt", "The index was damaged or made by a newer version, so it is made anew from the notes.",
                "Nothing is to be done.",
            ),
        )  # fmt: skip

    def renew(self) -> None:
        """Begin anew if the index was found to be damaged: every note is read again."""
        if self._cache.damaged:
            self._cache.begin_anew()

    def close(self) -> None:
        """Let go of the file; one that was found to be damaged is not left for the next start."""
        self.renew()
        self._cache.close()
