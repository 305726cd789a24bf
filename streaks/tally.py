"""What the boxes of a whole vault add up to before any figure, taken in note by note and held in little room."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from ..parsers.box_lines import BoxLine
from ..parsers.declaration import is_frog
from ..parsers.glance import Glance
from ..parsers.goal import Goal
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.task import LineFields, Quantity, State
from ..parsers.tasks import BoxRules, fields_of
from .catalog import NO_MATCH, Catalog, Match
from .daily_notes import DailyNotes, DailyNotesRow
from .day_numbers import DayNumbers
from .entries import NO_DAYS, NoteEntries, ambiguous, counted_quantities, note_entries
from .note_days import NoteDays, NoteDaysRow
from .packed_boxes import GrowingBoxes, PackedBoxes, PackedRow

_MOST_BODIES = 1 << 14

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


class _Known(NamedTuple):
    """What a box of this text means wherever it stands; without a match where that depends on the note.

    `done` and `cancelled` are the days (ordinals) that the text itself gives, `amounts` what it counts for a micro-win.
    """

    fields: LineFields
    match: Match | None = NO_MATCH
    frog: bool = False
    done: int | None = None
    cancelled: int | None = None
    amounts: tuple[Quantity, ...] = ()

    def day(self, state: State) -> int | None:
        """Return the day that the text gives to a box of this state."""
        return self.done if state is State.DONE else self.cancelled if state is State.SKIPPED else None


_ONLY_WORDS = _Known(LineFields(""))


class Tally:
    """Takes in notes, whose goals are in the catalog already, and adds up what they contribute."""

    def __init__(self, catalog: Catalog, rules: BoxRules) -> None:
        self._found = LedgerState(goals=list(catalog.goals.values()))
        self._days, self._matched = DailyNotes(), NoteDays()
        self._wins: dict[str, GrowingBoxes] = {}
        self._catalog = catalog
        self._rules = rules
        self._known: dict[str, _Known] = {}

    def state(self) -> LedgerState:
        """Return what all the notes add up to; nothing may be taken in after that."""
        self._known.clear()
        found = self._found
        found.days, found.matched = self._days.in_order(), self._matched.in_order()
        while self._wins:
            win_id, boxes = self._wins.popitem()
            found.wins[win_id] = boxes.packed()
        return found

    def take(self, path: str, found: Note | Glance, seen: Mapping[int, date] = NO_DAYS) -> None:
        """Take in one note; `seen` gives, by line, the day on which a box was first seen ticked."""
        if isinstance(found, Note):
            self._take_note(found, seen)
            return
        day = found.day
        if day is not None:
            self._days.append(day.toordinal(), path)
        if found.lines:
            self._take_lines(path, day.toordinal() if day is not None else None, found.lines)

    def _take_note(self, note: Note, seen: Mapping[int, date]) -> None:
        state = self._found
        if note.day is not None:
            self._days.append(note.day.toordinal(), note.path)
        entries = note_entries(note, self._catalog, seen)
        problems = (*note.problems, *entries.problems)
        if problems:
            state.problems[note.path] = problems
        if note.goal is not None or entries.micro_wins or entries.wins or entries.frogs:
            self._matched.append(note.path, days_of_entries(entries))
        for one in entries.micro_wins:
            box_day = one.day.toordinal() if one.day is not None else None
            box = (one.path, one.line, one.state, box_day, one.quantities, one.time, one.frog)
            self._boxes(one.micro_win or "").append(box)
        if entries.micro_wins and note.day is None:
            state.undated_notes.append(note.path)
        for entry in entries.wins:
            self._count(entry.day.toordinal() if entry.day is not None else None)

    def _take_lines(self, path: str, note_day: int | None, lines: Iterable[BoxLine]) -> None:
        """Do for the boxes of an ordinary note what `note_entries` does for any, without making a value of each."""
        statuses, known_of, match_of = self._rules.statuses, self._known.get, self._catalog.match
        is_unknown = self._catalog.is_unknown
        days: list[int | None] = []
        wins: list[int | None] = []
        is_undated = False
        for line, symbol, body in lines:
            known = known_of(body) or (_ONLY_WORDS if is_unknown(body) else self._learn(body))
            state = statuses.get(symbol, State.OPEN)
            match = known.match
            if match is not NO_MATCH:
                found = match or match_of(known.fields, path)
                if found.win is not None:
                    day = note_day if note_day is not None else known.day(state)
                    days.append(day)
                    frog = known.frog or found.win.frog
                    box = (path, line, state, day, known.amounts, known.fields.time, frog)
                    self._boxes(found.win.id).append(box)
                    is_undated |= note_day is None
                    continue
                if found.rivals:
                    self._take_ambiguous(path, line, found)
            if state is State.DONE:
                day = known.done if known.done is not None else note_day
                days.append(day)
                wins.append(day)
            elif known.frog:
                written = known.day(state)
                days.append(written if written is not None else note_day)
        if wins:
            self._count_all(wins)
        if days:
            self._matched.append(path, sorted({day for day in days if day is not None}))
        if is_undated:
            self._found.undated_notes.append(path)

    def _boxes(self, win_id: str) -> GrowingBoxes:
        found = self._wins.get(win_id)
        if found is None:
            found = self._wins[win_id] = GrowingBoxes()
        return found

    def _take_ambiguous(self, path: str, line: int, found: Match) -> None:
        problems = self._found.problems
        problems[path] = (*problems.get(path, ()), ambiguous(path, line, found.rivals))

    def _learn(self, body: str) -> _Known:
        if len(self._known) >= _MOST_BODIES:
            self._known.clear()
        fields = fields_of(body, self._rules)
        frog = bool(fields.tags) and is_frog(fields.tags)
        match = self._catalog.match_anywhere(fields)
        amounts = counted_quantities(fields) if match is not NO_MATCH else ()
        known = _Known(fields, match, frog, _ordinal(fields.done), _ordinal(fields.cancelled), amounts)
        self._known[body] = known
        return known

    def _count_all(self, days: Sequence[int | None]) -> None:
        """Count wins on these days, which are mostly one and the same."""
        first = days[0]
        if days.count(first) == len(days):
            self._count(first, len(days))
            return
        for day in days:
            self._count(day)

    def _count(self, day: int | None, wins: int = 1) -> None:
        if day is None:
            self._found.undated += wins
        else:
            self._found.other_wins.add(day, wins)


def _ordinal(day: date | None) -> int | None:
    return day.toordinal() if day is not None else None


def days_of_entries(found: NoteEntries) -> tuple[int, ...]:
    """Return the days that a note's boxes count for, as ordinals."""
    entries = (*found.micro_wins, *found.wins, *found.frogs)
    return tuple(sorted({entry.day.toordinal() for entry in entries if entry.day is not None}))
