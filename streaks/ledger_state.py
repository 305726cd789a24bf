"""What the notes of a vault add up to before any figure, as it is held and kept."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..parsers.goal import Goal
from ..parsers.problem import Problem
from .daily_notes import DailyNotes, DailyNotesRow
from .day_numbers import DayNumbers
from .made_values import MadeValues, Table
from .note_days import NoteDays, NoteDaysRow
from .packed_boxes import PackedBoxes, PackedRow

LedgerRow = tuple[
    list[Goal],
    DailyNotesRow,
    NoteDaysRow,
    Table[PackedRow],
    dict[int, bytes],
    int,
    dict[str, tuple[Problem, ...]],
    list[str],
    list[bytes | None],
]


@dataclass(slots=True)
class LedgerState:
    """What the notes of a vault add up to before any figure, in little room.

    `days` are the daily notes by day; `matched` the days that each note's boxes count for; `undated_notes` the notes
    without a day that hold boxes of micro-wins; `steps` what the steps of each goal come to, None where only its note
    tells it.
    """

    goals: list[Goal] = field(default_factory=list)
    days: DailyNotes = field(default_factory=DailyNotes)
    matched: NoteDays = field(default_factory=NoteDays)
    wins: Table[PackedBoxes] = field(default_factory=dict)
    other_wins: DayNumbers = field(default_factory=DayNumbers)
    undated: int = 0
    problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    undated_notes: list[str] = field(default_factory=list)
    steps: list[bytes | None] = field(default_factory=list)

    def packed(self) -> LedgerRow:
        """Return the same as plain values, goals and problems, which are stored and loaded fast."""
        return (
            self.goals,
            self.days.packed(),
            self.matched.packed(),
            MadeValues(self.wins, PackedBoxes.packed),
            self.other_wins.packed(),
            self.undated,
            self.problems,
            self.undated_notes,
            self.steps,
        )

    @classmethod
    def of(cls, row: LedgerRow) -> LedgerState:
        """Return what was packed, and leave no boxes in it; raise TypeError or ValueError where it was anything else."""
        goals, days, matched, wins, other_wins, undated, problems, undated_notes, steps = row
        return cls(
            goals,
            DailyNotes(*days),
            NoteDays(*matched),
            MadeValues(wins, PackedBoxes.of_row),
            DayNumbers(other_wins),
            undated,
            problems,
            undated_notes,
            steps,
        )
