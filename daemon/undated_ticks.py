"""The ticks in notes without a date: the day on which each was seen is written on its line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from ..parsers.note import Note
from ..streaks.entries import NO_DAYS
from .clock import DayClock
from .found import Found
from .ledger import Ledger
from .reader import Reader
from .seen import Seen
from .stamping import (
    BoxStamp,
    Stamping,
    carried_over,
    newly_ticked,
    open_box_keys,
    stamp_edits,
    unticked_stamps,
)


class UndatedTicks:
    """The boxes that were open when they were last seen and are ticked now; they count from the moment they are noticed."""

    def __init__(
        self, stamping: Stamping, seen: Seen, clock: DayClock, reader: Reader, ledger: Ledger, found: Found
    ) -> None:
        self._stamping = stamping
        self._seen = seen
        self._clock = clock
        self._reader = reader
        self._ledger = ledger
        self._found = found

    def notice(
        self,
        notes: Iterable[Note],
        *,
        live: bool = False,
        before: Note | None = None,
        ticked: Mapping[int, date] = NO_DAYS,
    ) -> None:
        """Find the boxes that were ticked since the notes were last read, and count them from now on.

        `before` is the one note as it was until now, and `ticked` the days of those of its ticks that no line bears yet.
        """
        if self._stamping.scope == "off":
            return
        today = self._clock.now().today
        for note in notes:
            if (
                note.day is not None
                or not note.tasks
                or not self._stamping.concerns_any(note, self._ledger.catalog)
            ):
                continue
            day = today if live else self._clock.day_at(self._reader.stamps[note.path].mtime_ns / 1e9, today)
            self._take(note, self._ticked_in(note, day, before, ticked))

    def notice_unseen(self) -> None:
        """Find the boxes that were ticked since anything was remembered of their notes."""
        known = self._seen.paths()
        among = self._ledger.stamped_notes if self._stamping.scope == "auto" else known
        notes = (self._ledger.notes.get(path) for path in sorted(known & among))
        self.notice(note for note in notes if note is not None)

    def _ticked_in(
        self, note: Note, day: date, before: Note | None, ticked: Mapping[int, date]
    ) -> Mapping[int, date]:
        was_open = self._seen.open_boxes(note.path)
        if before is not None:
            was_open = (was_open or frozenset()) | frozenset(open_box_keys(before))
        found = newly_ticked(note, self._ledger.catalog, self._stamping, was_open, day)
        return carried_over(note, found, before, ticked) if before is not None and ticked else found

    def _take(self, note: Note, found: Mapping[int, date]) -> None:
        if found:
            self._found.ticked[note.path] = found
            self._ledger.update(note.path, note, found)
        if found or unticked_stamps(note, self._seen):
            self._found.keep_page(note.path, note)

    def stamps_of(self, path: str) -> list[BoxStamp]:
        """Return the dates to put on lines of a note, and those of ours to take off."""
        raw, note = self._found.pages.get(path), self._ledger.notes.get(path)
        if raw is None or note is None or self._stamping.scope == "off" or note.day is not None:
            return []
        if not raw.valid or note.markers_broken:
            return []
        ticked = self._found.ticked.get(path, NO_DAYS)
        return list(stamp_edits(note, raw.text, ticked, self._stamping, self._seen))

    def before_writing(self, path: str, stamps: Iterable[BoxStamp]) -> None:
        """Remember the dates that are about to be put on lines of a note.

        A date is remembered before it is written and forgotten after it is gone: a kill between leaves none unknown.
        """
        for stamp in stamps:
            if stamp.day is not None:
                self._seen.set_stamp(path, stamp.key, stamp.day)

    def written(self, path: str, stamps: Iterable[BoxStamp]) -> None:
        """Take note that a note bears these dates now, and no longer those that were taken off."""
        for stamp in stamps:
            self._seen.set_stamp(path, stamp.key, stamp.day)
