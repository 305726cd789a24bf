"""What the boxes of a whole vault add up to before any figure, taken in note by note and held in little room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from ..parsers.glance import Glance
from ..parsers.goal import Goal
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.tasks import BoxRules
from .box_sums import MakeSums, quickest_sums
from .catalog import Catalog
from .daily_notes import DailyNotes, DailyNotesRow
from .day_numbers import DayNumbers
from .entries import NO_DAYS, NoteEntries, note_entries
from .known_boxes import NO_DAY, KnownBoxes
from .note_days import NoteDays, NoteDaysRow
from .packed_boxes import PackedBoxes, PackedRow, written_more

LedgerRow = tuple[
    list[Goal],
    DailyNotesRow,
    NoteDaysRow,
    dict[str, PackedRow],
    dict[int, bytes],
    int,
    dict[str, tuple[Problem, ...]],
    list[str],
]


@dataclass(slots=True)
class LedgerState:
    """What the notes of a vault add up to before any figure, in little room.

    `days` are the daily notes by day; `matched` the days that each note's boxes count for; `undated_notes` the notes
    without a day that hold boxes of micro-wins.
    """

    goals: list[Goal] = field(default_factory=list)
    days: DailyNotes = field(default_factory=DailyNotes)
    matched: NoteDays = field(default_factory=NoteDays)
    wins: dict[str, PackedBoxes] = field(default_factory=dict)
    other_wins: DayNumbers = field(default_factory=DayNumbers)
    undated: int = 0
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    undated_notes: list[str] = field(default_factory=list)

    def packed(self) -> LedgerRow:
        """Return the same as plain values, goals and problems, which are stored and loaded fast."""
        return (
            self.goals,
            self.days.packed(),
            self.matched.packed(),
            {win_id: boxes.packed() for win_id, boxes in self.wins.items()},
            self.other_wins.packed(),
            self.undated,
            self.problems,
            self.undated_notes,
        )

    @classmethod
    def of(cls, row: LedgerRow) -> LedgerState:
        """Return what was packed; raise TypeError or ValueError where it was anything else."""
        goals, days, matched, wins, other_wins, undated, problems, undated_notes = row
        return cls(
            goals,
            DailyNotes(*days),
            NoteDays(*matched),
            {win_id: PackedBoxes(*boxes) for win_id, boxes in wins.items()},
            DayNumbers(other_wins),
            undated,
            problems,
            undated_notes,
        )


class Tally:
    """Takes in notes, whose goals are in the catalog already, and adds up what they contribute."""

    def __init__(self, catalog: Catalog, rules: BoxRules, sums: MakeSums = quickest_sums) -> None:
        self._found = LedgerState(goals=list(catalog.goals.values()))
        self._days, self._note_days = DailyNotes(), NoteDays()
        self._catalog = catalog
        self._known = KnownBoxes(catalog, rules)
        self._sums = sums(self._known, self._found.other_wins)

    def state(self) -> LedgerState:
        """Return what all the notes add up to; nothing may be taken in after that."""
        found = self._found
        found.wins = self._sums.wins(self._note_days.paths)
        found.days, found.matched = self._days.in_order(), self._note_days.in_order()
        found.undated += self._sums.undated
        found.problems = dict(sorted({**found.problems, **self._known.problems}.items()))
        return found

    def take(self, path: str, found: Note | Glance, seen: Mapping[int, date] = NO_DAYS) -> None:
        """Take in one note; `seen` gives, by line, the day on which a box was first seen ticked."""
        if isinstance(found, Note):
            self._take_note(found, seen)
            return
        kind, day, boxes = found
        ordinal = day.toordinal() if day is not None and kind == "day" else NO_DAY
        if ordinal:
            self._days.append(ordinal, path)
        days = self._sums.take(path, len(self._note_days), ordinal, boxes) if boxes else None
        if days is not None:
            self._note_days.append(path, days)
            if self._sums.has_undated():
                self._found.undated_notes.append(path)

    def _take_note(self, note: Note, seen: Mapping[int, date]) -> None:
        state = self._found
        if note.day is not None:
            self._days.append(note.day.toordinal(), note.path)
        entries = note_entries(note, self._catalog, seen)
        problems = (*note.problems, *entries.problems)
        if problems:
            state.problems[note.path] = problems
        for one in entries.micro_wins:
            more = written_more(one.quantities, one.time, frog=one.frog)
            sort = self._known.sort(one.micro_win or "", more)
            self._sums.put(len(self._note_days), one.line, one.state, _ordinal(one.day), sort)
        if note.goal is not None or entries.micro_wins or entries.wins or entries.frogs:
            self._note_days.append(note.path, days_of_entries(entries))
        if entries.micro_wins and note.day is None:
            state.undated_notes.append(note.path)
        for entry in entries.wins:
            if entry.day is None:
                state.undated += 1
            else:
                state.other_wins.add(entry.day.toordinal(), 1)


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else NO_DAY


def days_of_entries(found: NoteEntries) -> tuple[int, ...]:
    """Return the days that a note's boxes count for, as ordinals."""
    entries = (*found.micro_wins, *found.wins, *found.frogs)
    return tuple(sorted({entry.day.toordinal() for entry in entries if entry.day is not None}))
