"""The times of ticks, noticed while somebody ticks and told with the boxes of a day."""

from __future__ import annotations

from datetime import date

from ..parsers.day_range import DayRange
from ..parsers.note import Note
from ..streaks.history import Entry
from .clock import DayClock
from .ledger import Ledger
from .stamp import Stamp
from .tick_times import TickTimes, timed, turned


class LiveTimes:
    """The times of one vault's ticks; without a memory to keep them in only those are known that are written."""

    def __init__(self, memory: TickTimes | None, clock: DayClock, ledger: Ledger) -> None:
        self._memory = memory
        self._clock = clock
        self._ledger = ledger

    def notice(self, before: Note | None, note: Note, stamp: Stamp) -> None:
        """Remember when the boxes of today were ticked that are ticked now and were not a moment ago."""
        if self._memory is None or before is None or not turned(before, note):
            return
        today = self._clock.now().today
        at = self._clock.time_at(stamp.mtime_ns / 1e9, today)
        if at is not None and note.day in {None, today}:
            self._memory.saw(before, note, today, at)

    def set(self, path: str, line: int, *, ticked: bool) -> None:
        """Remember that the box on a line was ticked at this moment, or that it is no longer ticked."""
        note, at = self._ledger.notes.get(path), self._clock.time_of_day()
        if self._memory is not None and note is not None and at is not None:
            self._memory.set(note, line, self._clock.now().today, f"{at:%H:%M}" if ticked else None)

    def boxes_on(self, day: date) -> list[Entry]:
        """Return the boxes of a day with the times at which they were ticked, as far as they are written or were seen."""
        return self._timed(day, self._ledger.boxes_on(day))

    def done_in(self, span: DayRange) -> list[Entry]:
        """Return the wins of these days, with the times at which they were ticked as far as they are known."""
        by_day: dict[date, list[Entry]] = {}
        for box in self._ledger.done_in(span):
            by_day.setdefault(box.day or date.min, []).append(box)
        return [box for day, boxes in by_day.items() for box in self._timed(day, boxes)]

    def _timed(self, day: date, boxes: list[Entry]) -> list[Entry]:
        if self._memory is None or not boxes:
            return boxes
        return timed(boxes, self._memory.known(day, self._ledger.notes))

    def close(self) -> None:
        """Let go of the memory."""
        if self._memory is not None:
            self._memory.close()
