"""Reading one note again: all that is known of it follows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from ..parsers.glance import plain
from ..parsers.note import Note
from ..streaks.entries import NO_DAYS
from .clock import DayClock
from .found import Found, is_page
from .ledger import Ledger
from .live_times import LiveTimes
from .note_read import RawNote, ReadNote
from .reader import RACY, Reader
from .stamp import Stamp
from .undated_ticks import UndatedTicks
from .unseen import is_unseen


@dataclass(frozen=True, slots=True)
class _Before:
    """What was known of a note until it was read again: its text too, if it is a page, and ticks that no line bears yet."""

    note: Note | None
    raw: RawNote | None
    is_page: bool
    ticked: Mapping[int, date]


class Rereading:
    """Reads notes of which there is news; `read_anew` reads the whole vault, where nothing tells any more what a note was."""

    def __init__(
        self,
        clock: DayClock,
        reader: Reader,
        ledger: Ledger,
        found: Found,
        ticks: UndatedTicks,
        times: LiveTimes,
        read_anew: Callable[[], object],
    ) -> None:
        self._clock = clock
        self._reader = reader
        self._ledger = ledger
        self._found = found
        self._ticks = ticks
        self._times = times
        self._read_anew = read_anew

    def read(
        self, path: str, *, seen_live: bool = False, written: ReadNote | None = None, again: bool = False
    ) -> bool:
        """Read one note again if its bytes may have changed, or `again`; return whether anything was taken in.

        What was just `written` there need not be read.
        """
        stamp = self._reader.locate(path)
        if stamp is None:
            # Where it cannot be told whether a note is gone it is what it was.
            return not is_unseen(self._reader.vault.root, path) and self._forget(path)
        if not again and path not in self._found.again and self._is_same(path, stamp):
            return False
        self._found.readings += 1
        before = self._before(path)
        if self._reader.in_doubt:
            self._read_anew()
            return True
        if path not in self._reader.stamps:
            self._found.names.forget()
        if before.note is None:
            self._found.notes.leave_out(path)
        note = self._note(path, written)
        if note is not None and self._says_the_same(note, before):
            self._keep(note, stamp, before)
            return False
        self._take(path, note, stamp, before, seen_live=seen_live)
        return True

    def _is_same(self, path: str, stamp: Stamp) -> bool:
        """Return whether a note whose stamp is what it was holds what it held; of a young one only its text tells."""
        if stamp != self._reader.stamps.get(path):
            return False
        if not self._is_racy(stamp):
            return True
        known = self._found.pages.held(path)
        return known is not None and self._reader.raw(path) == known

    def _is_racy(self, stamp: Stamp) -> bool:
        """Return whether a note was changed so lately that another change might not show in its time stamp."""
        return abs(self._clock.clock().timestamp() * 1e9 - stamp.mtime_ns) < RACY

    def _before(self, path: str) -> _Before:
        pages = self._found.pages
        is_page, raw = path in pages, pages.held(path)
        return _Before(self._ledger.notes.get(path), raw, is_page, self._found.ticked.get(path, NO_DAYS))

    def _note(self, path: str, written: ReadNote | None) -> Note | None:
        """Return a note as it is now, with what is odd about its blocks found; None where it cannot be read."""
        self._found.forget(path)
        raw = written.raw if written else self._reader.raw(path)
        if raw is None:
            return None
        note = written.note if written else self._reader.whole(raw)
        self._found.take_in(note)
        if is_page(note) or (note.blocks and note.day == self._clock.now().today):
            self._found.pages[path] = raw
        return note

    def _says_the_same(self, note: Note, before: _Before) -> bool:
        """Return whether nothing follows from a note that did not follow before; of a page every byte counts."""
        if before.is_page:
            return before.raw is not None and self._found.pages.get(note.path) == before.raw
        if before.note is None:
            return False
        reading = self._reader.reading
        return before.note == note or plain(before.note, reading) == plain(note, reading)

    def _keep(self, note: Note, stamp: Stamp, before: _Before) -> None:
        self._reader.stamps[note.path] = stamp
        self._found.notes[note.path] = note
        if before.ticked:
            self._found.ticked[note.path] = before.ticked

    def _take(self, path: str, note: Note | None, stamp: Stamp, before: _Before, *, seen_live: bool) -> None:
        self._found.settled.forget(path)
        self._ledger.update(path, note)
        self._reader.stamps[path] = stamp
        if self._reader.in_doubt:
            self._read_anew()
        elif note is not None:
            # A note that was not there a moment ago was not seen while its boxes were ticked: its own time tells more.
            live = seen_live and before.note is not None
            self._ticks.notice([note], live=live, before=before.note, ticked=before.ticked)
            if seen_live:
                self._times.notice(before.note, note, stamp)

    def _forget(self, path: str) -> bool:
        """Take a note for gone; return whether it was known."""
        self._found.readings += 1
        known = path in self._reader.stamps
        self._ledger.update(path, None)
        self._reader.stamps.pop(path, None)
        self._reader.problems.pop(path, None)
        self._found.forget(path)
        self._found.settled.forget(path)
        self._found.names.forget()
        if self._reader.in_doubt:
            self._read_anew()
            return True
        return known

    def inode(self, path: str) -> int | None:
        """Return the inode of a note as it was last read."""
        stamp = self._reader.stamps.get(path)
        return stamp.inode if stamp else None

    def age(self, path: str) -> float | None:
        """Return the seconds since a note that was read was changed, as its file system tells the time."""
        stamp = self._reader.stamps.get(path)
        return self._clock.clock().timestamp() - stamp.ctime_ns / 1e9 if stamp else None

    def inodes_now(self, paths: Iterable[str]) -> frozenset[int]:
        """Return the inodes of those of these notes that are there."""
        stamps = map(self._reader.locate, paths)
        return frozenset(stamp.inode for stamp in stamps if stamp is not None)
