"""When notes are written: once all of them, or those that changed, have been still for long enough."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import timedelta

from ..parsers.identity import text_key
from ..parsers.note import Note
from .lull import Lull
from .note_writer import AT_ONCE

CAP = 30.0
"""Seconds after which a note is written although news keeps coming from others."""
AHEAD = 0.25
"""Seconds before a writing at which it is prepared: it holds files open, so that a disk cannot be taken out meanwhile."""
READY = 0.01
"""Seconds before a writing at which it is made ready, also because a processor that has slept is slow at first."""
DRAFT = 30.0
"""Seconds from the last new micro-win on for which today's note waits: half-typed names get no boxes."""
LONGEST_DRAFT = 120.0
"""Seconds from the first new micro-win on for which it waits at most."""


class Stillness:
    """The next writing, and when each note was touched last. Times are those of the clock that counts the seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._writing = Lull()
        self._touched: dict[str, float] = {}
        self._draft = Lull()
        self._gone: set[str] = set()
        self._is_unprepared = False
        self._ready_for: float | None = None

    @property
    def writing_at(self) -> float | None:
        """When notes are written; None where nothing is to be."""
        return self._writing.at

    @property
    def prepare_at(self) -> float | None:
        """When what is to be written is planned and put on the disk out of sight: shortly before it is written."""
        at = self._writing.at
        return at - AHEAD if self._is_unprepared and at is not None else None

    @property
    def ready_at(self) -> float | None:
        """When all is done for the next writing that can be done before it."""
        at = self._writing.at
        return at - READY if at is not None and self._ready_for is None and not self._is_unprepared else None

    @property
    def was_put_off(self) -> bool:
        """Whether the writing that was made ready has been put off since."""
        return self._ready_for is not None and self._ready_for != self._writing.at

    def next_time(self) -> float | None:
        """Return when there is something to do for the next writing."""
        return next((at for at in (self.prepare_at, self.ready_at) if at is not None), self.writing_at)

    def put_off(self, time: timedelta = timedelta(0), since: float | None = None) -> None:
        """Set the next writing to so long from now, or from a moment ago: each new change puts it off, up to a cap."""
        seconds = time.total_seconds()
        self._writing.put_off(self._monotonic() if since is None else since, seconds, max(CAP, seconds))

    def touched(self, notes: Mapping[str, float], quiet: timedelta) -> None:
        """Take note of when somebody wrote in these; few of them are prepared for."""
        self._touched |= notes
        self._is_unprepared = len(notes) <= AT_ONCE
        self.put_off(quiet, max(notes.values()))

    def compare(self, before: Note | None, after: Note | None) -> None:
        """Take note of whether somebody is adding micro-wins to a note, or giving them other names.

        Those of a note that has just gone are not new: it came under another name.
        """
        was, now = _declared(before), _declared(after)
        if after is None:
            self._gone |= was
        if now - was - self._gone:
            self._draft.put_off(self._monotonic(), DRAFT, LONGEST_DRAFT)

    def is_drafted(self, at: float) -> bool:
        """Return whether at that time somebody may still be declaring micro-wins."""
        return self._draft.at is not None and at < self._draft.at

    def restless(self, at: float, quiet: timedelta) -> set[str]:
        """Return the notes that will not have been still for so long at that time."""
        seconds = quiet.total_seconds()
        return {path for path, touched_at in self._touched.items() if at - touched_at < seconds}

    def prepared(self) -> None:
        """Take note that the next writing is prepared, as far as it can be."""
        self._is_unprepared, self._ready_for = False, None

    def made_ready(self) -> None:
        """Take note that the next writing is ready, for as long as it is not put off."""
        self._ready_for = self._writing.at

    def forget_ready(self) -> None:
        """Take note that nothing is ready any more."""
        self._ready_for = None

    def begin(self) -> None:
        """Take note that notes are being written now."""
        self._writing.clear()
        self._is_unprepared, self._ready_for = False, None
        self._gone.clear()
        if self._draft.over(self._monotonic()):
            self._draft.clear()

    def end(self, busy: Collection[str]) -> None:
        """Take note that all notes were written but these."""
        self._touched = {path: at for path, at in self._touched.items() if path in busy}


def _declared(note: Note | None) -> set[str]:
    declarations = note.goal.declarations if note is not None and note.goal is not None else ()
    return {text_key(one.text) for one in declarations}
