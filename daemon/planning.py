"""What is to be written into a vault, planned when it is asked for or ahead of it."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator

from ..parsers.problem import Problem
from .ahead import Ahead
from .change import Change
from .clock import DayClock
from .found import Found
from .new_notes import NewNotes
from .note_writer import NoteWriter
from .page_plans import PagePlans
from .shown import Shown


class Planning:
    """Plans a pass; a plan that was made ahead is given out if until then nothing was read that could change it."""

    def __init__(
        self,
        clock: DayClock,
        shown: Shown,
        found: Found,
        pages: PagePlans,
        new_notes: NewNotes,
        writer: NoteWriter,
    ) -> None:
        self._clock = clock
        self._shown = shown
        self._found = found
        self._pages = pages
        self._new_notes = new_notes
        self._writer = writer
        self._left_alone: frozenset[str] = frozenset()
        self._ahead: Ahead | None = None

    def leave_alone(self, paths: Iterable[str]) -> None:
        """Plan nothing for these notes until told otherwise: somebody is still writing in them."""
        self._left_alone = frozenset(paths)

    def plan(self, *, create_daily: bool = False) -> Iterator[Change | Problem]:
        """Yield the changes that bring the vault's notes up to date, and a problem for each that cannot be made."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and not create_daily and ahead.grounds == self._grounds():
            yield from ahead.planned
            return
        self._writer.forget_prepared()
        yield from self._planned(create_daily=create_daily)

    @property
    def ahead(self) -> list[Change]:
        """The changes that were planned ahead, none if they would be planned anew."""
        ahead = self._ahead
        return ahead.changes if ahead is not None and ahead.grounds == self._grounds() else []

    def forget(self) -> None:
        """Let go of what was planned ahead."""
        self._ahead = None
        self._writer.forget_prepared()

    def prepare(self) -> None:
        """Make the plan ahead, and put what it writes on the disk out of sight."""
        self._ahead = Ahead.of(list(self._planned()), self._grounds())
        self._writer.prepare(self._ahead.changes if self._ahead is not None else ())

    def _grounds(self) -> Hashable:
        return self._found.readings, self._clock.now(), self._clock.daily_note_due(), self._left_alone

    def _planned(self, *, create_daily: bool = False) -> Iterator[Change | Problem]:
        yield from self._pages.planned(self._shown.view(self._shown.figures()), self._left_alone)
        yield from self._new_notes.due(create_daily=create_daily)
