"""One change of the index: what was found of the notes in some folders takes the place of what was known of them."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterator, Mapping, Sequence, Set
from itertools import chain

from ..parsers.glance import Glance
from ..parsers.note import Note
from .folder import Folder, prefix_of
from .folder_row import FolderRow
from .packed_note import packed, tells_something
from .row_check import CHECK_BYTES, RowCheck, in_bytes
from .stamp import HELD_NEVER, STAMP_BYTES

Fresh = tuple[bytes, Note | Glance | bytes]
"""The stamp of a note as it is held, and what was found of it, or that as it is kept."""


class RowDamaged(Exception):
    """A row that is to be replaced is not as it was written: the others are not to be relied on either."""


class Noting:
    """Puts folders into the index one after the other, in one transaction; `found` is what was read of those that `changed`, with None of all notes.

    `late` is set where another process noted something else of notes that did not change: they are to be read again.
    """

    def __init__(
        self,
        connection: sqlite3.Connection,
        check: RowCheck,
        found: Mapping[str, Fresh],
        changed: Set[str] | None,
    ) -> None:
        self._connection = connection
        self._check = check
        self._found = found
        self._changed = changed
        self.late = False

    def put_all(self, folders: Sequence[tuple[str, Folder | None]]) -> None:
        """Put folders in the place of what is known of them, with None nothing; raise `RowDamaged` where that is damaged."""
        told = [(folder, stamps) for folder, stamps in folders if stamps is not None]
        if self._changed is not None or len(told) < len(folders) or not self._put_new(told):
            for folder, stamps in folders:
                self._put(folder, stamps)

    def _put_new(self, folders: Sequence[tuple[str, Folder]]) -> bool:
        """Put folders of which nothing is known yet, all at once; return whether that was true of all of them."""
        after = [(folder, FolderRow(stamps, _no_checks(stamps))) for folder, stamps in folders]
        rows = chain.from_iterable(self._rows(folder, row) for folder, row in after)
        self._connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", rows)
        columns = ((folder, *row.columns(self._check, folder)) for folder, row in after)
        put = self._connection.executemany("INSERT OR IGNORE INTO folders VALUES (?, ?, ?, ?)", columns)
        return put.rowcount == len(folders)

    def _put(self, folder: str, stamps: Folder | None) -> None:
        before = self._row(folder)
        after = self._noted(folder, stamps, before) if stamps is not None else FolderRow()
        if any(before.checks):
            self._take_away(folder, set(before.with_rows()).difference(after.with_rows()))
        if stamps is None:
            self._connection.execute("DELETE FROM folders WHERE folder = ?", (folder,))
        else:
            columns = after.columns(self._check, folder)
            self._connection.execute("INSERT OR REPLACE INTO folders VALUES (?, ?, ?, ?)", (folder, *columns))

    def _row(self, folder: str) -> FolderRow:
        """Return what is known of a folder."""
        rows = self._connection.execute(
            "SELECT names, numbers, checks FROM folders WHERE folder = ?", (folder,)
        ).fetchall()
        found = FolderRow.read(self._check, folder, rows[0]) if rows else FolderRow()
        if found is None:
            raise RowDamaged
        return found

    def _noted(self, folder: str, stamps: Folder, before: FolderRow) -> FolderRow:
        """Put the rows of a folder's notes where they belong; return that of the folder."""
        found = FolderRow(stamps, _no_checks(stamps))
        rows = self._rows(folder, found)
        self._connection.executemany("INSERT OR REPLACE INTO notes VALUES (?, ?, ?)", rows)
        if self._changed is None:
            return found
        return FolderRow(self._carried_over(folder, stamps, found.checks, before), found.checks)

    def _rows(self, folder: str, row: FolderRow) -> Iterator[tuple[str, bytes, bytes]]:
        """Yield the rows of the notes that were found, and put the check of each into that of the folder."""
        prefix, found, check_of, checks = prefix_of(folder), self._found.get, self._check.note, row.checks
        for place, name in enumerate(row.stamps.list()):
            path = prefix + name
            fresh = found(path)
            if fresh is not None:
                stamp, what = fresh
                body = what if isinstance(what, bytes) else _body(what)
                if body:
                    check = checks[place] = check_of(path, stamp, body)
                    yield path, stamp, in_bytes(check) + body

    def _carried_over(self, folder: str, stamps: Folder, checks: array[int], before: FolderRow) -> Folder:
        """Let notes that did not change be as they are noted; return the stamps, that of no file for those that another process noted with another."""
        prefix, known = prefix_of(folder), before.notes()
        numbers = bytearray(stamps.numbers)
        for place, name in enumerate(stamps.list()):
            if self._changed is not None and prefix + name not in self._changed:
                stamp, checks[place] = known.get(name, (b"", 0))
                if stamp != stamps.held_stamp(place):
                    numbers[place * STAMP_BYTES : (place + 1) * STAMP_BYTES] = HELD_NEVER
                    self.late = True
        return Folder(stamps.written, bytes(numbers))

    def _take_away(self, folder: str, names: Set[str]) -> None:
        prefix = prefix_of(folder)
        self._connection.executemany("DELETE FROM notes WHERE path = ?", ((prefix + one,) for one in names))


def _no_checks(stamps: Folder) -> array[int]:
    return array("I", bytes(CHECK_BYTES * len(stamps)))


def _body(found: Note | Glance) -> bytes:
    """Return what is kept of a note; nothing where nothing would be missing without it."""
    return packed(found) if tells_something(found) else b""
