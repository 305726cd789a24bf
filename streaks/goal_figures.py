"""How far a goal has come, and what its micro-wins add up to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from decimal import Decimal

from ..parsers.goal import Goal
from .calendar import Now
from .day_streak import NO_STREAK, DayStreak
from .due import answered, due_today
from .figures import Figures
from .measure import ReadingDays
from .pace import Pace
from .progress import NO_STEPS, Part, Steps, own_parts

LATELY = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class _Asked:
    """What is asked of a goal in every view, worked out once."""

    today: tuple[Figures, ...]
    moved_today: bool
    liveliness: int
    votes: int

    @classmethod
    def of(cls, goal: GoalFigures) -> _Asked:
        """Work it out."""
        today = tuple(
            win
            for win in goal.wins
            if (not goal.archived and due_today(win, win.now)) or answered(win, win.now)
        )
        moved = goal.steps.today > 0 or any(win.now.today in win.history for win in goal.wins)
        last = goal.days.last.toordinal() if goal.days.last else 0
        votes = sum(win.votes for win in goal.wins)
        return cls(today, moved, last * 2 + (goal.progress != 1.0), votes)

    def of_moved(self, wins: tuple[Figures, ...]) -> _Asked:
        """Return the same of micro-wins whose lines were moved."""
        today = {win.win.id for win in self.today}
        return replace(self, today=tuple(win for win in wins if win.win.id in today))


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """A goal with the figures of its micro-wins; `progress` is in [0, 1], or None where nothing tells it.

    Those below it, `children`, are parts of it too. `leaves` is the number of all parts in its tree.
    `measured` is what its measure stands at, None where it has none or no reading yet. `archived` says that it is put
    aside on this day, by itself or by a goal above it. `readings` are the days of a measure that is read. `days` is the streak of days with a win of it or of one below.
    """

    goal: Goal
    wins: tuple[Figures, ...]
    steps: Steps = NO_STEPS
    measured: Decimal | None = None
    progress: float | None = None
    parent: str | None = None
    children: tuple[str, ...] = ()
    leaves: int = 0
    depth: int = 0
    archived: bool = False
    days: DayStreak = NO_STREAK
    pace: Pace | None = None
    readings: ReadingDays | None = None
    _asked: _Asked | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Its own parts."""
        return tuple(own_parts(self.goal, self.steps, self.measured, self.wins))

    @property
    def today(self) -> tuple[Figures, ...]:
        """Its micro-wins that are due today or answered today; of a goal that is put aside those that are answered."""
        return self._answers.today

    @property
    def moved_today(self) -> bool:
        """Whether something of today counts for it: a step, or a box of one of its own micro-wins."""
        return self._answers.moved_today

    @property
    def liveliness(self) -> int:
        """A number by which goals are sorted: by the newest win, of goals below too, then what is not done before what is."""
        return self._answers.liveliness

    @property
    def _answers(self) -> _Asked:
        found = self._asked
        if found is None:
            found = _Asked.of(self)
            object.__setattr__(self, "_asked", found)
        return found

    @property
    def votes(self) -> int:
        """Dated completions of its micro-wins, one a day each: votes for the goal's identity."""
        return self._answers.votes

    def moved(self, goal: Goal, wins: tuple[Figures, ...]) -> GoalFigures:
        """Return the same of a goal in whose note lines were moved, and nothing else."""
        found = replace(self, goal=goal, wins=wins)
        if self._asked is not None:
            object.__setattr__(found, "_asked", self._asked.of_moved(wins))
        return found

    def answer(self) -> None:
        """Work out now what every view asks."""
        _ = self._answers

    def votes_lately(self, now: Now) -> int:
        """Return the votes of the last 30 days."""
        return sum(1 for win in self.wins for day in win.days_done if is_late(day, now))

    @property
    def weight(self) -> float:
        """What it weighs in the goal above, where that one does not go by the number of parts."""
        return float(self.goal.weight)


def weight_in(parent: Goal, child: GoalFigures) -> float:
    """Return what a goal weighs in the one above it: its own weight, times the number of its parts if that one says so."""
    return child.weight * (max(child.leaves, 1) if parent.by_leaves else 1)


def is_late(day: date, now: Now) -> bool:
    """Return whether a day is one of the last 30, today included."""
    return now.today - LATELY < day <= now.today
