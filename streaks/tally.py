"""What the boxes of a whole vault add up to before any figure, taken in note by note and held in little room."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..parsers.glance import Glance
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.tasks import BoxRules
from .box_sums import MakeSums, quickest_sums
from .catalog import Catalog
from .entries import NO_DAYS, NoteEntries, note_entries
from .known_boxes import NO_DAY, KnownBoxes
from .ledger_state import LedgerState
from .packed_boxes import written_more
from .step_sums import StepSums


class Tally:
    """Takes in notes, whose goals are in the catalog already, and adds up what they contribute."""

    def __init__(self, catalog: Catalog, rules: BoxRules, make: MakeSums = quickest_sums) -> None:
        self._catalog = catalog
        self._known = KnownBoxes(catalog, rules)
        self._sums = make(self._known)
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._steps: dict[str, bytes | None] = {}

    def state(self) -> LedgerState:
        """Return what all the notes add up to; nothing may be taken in after that."""
        self._catalog.forget_texts()
        found = self._sums.state()
        found.goals = list(self._catalog.goals.values())
        found.steps = [self._steps.get(goal.path) for goal in found.goals]
        found.problems = dict(sorted({**self._problems, **self._known.problems}.items()))
        return found

    def take(self, path: str, found: Note | Glance, seen: Mapping[int, date] = NO_DAYS) -> None:
        """Take in one note; `seen` gives, by line, the day on which a box was first seen ticked."""
        if isinstance(found, Glance):
            self._sums.take(path, found.row)
        else:
            self._take_note(found, seen)

    def _take_note(self, note: Note, seen: Mapping[int, date]) -> None:
        sums = self._sums
        if note.day is not None:
            sums.put_daily(note.day.toordinal(), note.path)
        entries = note_entries(note, self._catalog, seen)
        if note.goal is not None:
            self._steps[note.path] = StepSums.of(entries.steps).packed()
        problems = (*note.problems, *entries.problems)
        if problems:
            self._problems[note.path] = problems
        for one in entries.micro_wins:
            more = written_more(one.quantities, one.time, frog=one.frog)
            places = self._known.places(one.micro_win or "", more)
            sums.put(note.path, one.line, one.state, _ordinal(one.day), *places)
        if note.goal is not None or entries.micro_wins or entries.wins or entries.frogs:
            sums.put_days(note.path, days_of_entries(entries))
        if entries.micro_wins and note.day is None:
            sums.put_undated(note.path)
        for entry in entries.wins:
            sums.put_win(_ordinal(entry.day))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else NO_DAY


def days_of_entries(found: NoteEntries) -> tuple[int, ...]:
    """Return the days that a note's boxes count for, as ordinals."""
    entries = (*found.micro_wins, *found.wins, *found.frogs)
    return tuple(sorted({entry.day.toordinal() for entry in entries if entry.day is not None}))
