"""Streaks: satisfied slots in a row."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from .calendar import Now
from .turns import Outcome, Turn

DAY_SLIP_WINDOW = 7
LONG_SLIP_WINDOW = 4


@dataclass(frozen=True, slots=True)
class Streak:
    """Satisfied slots in a row: how many, from the day of the first completion to that of the last, and slips inside."""

    count: int
    start: date
    end: date
    slips: int = 0


@dataclass(frozen=True, slots=True)
class Grace:
    """How many misses a streak survives: none, or single ones, at most one in `window` slots."""

    forgiving: bool
    window: int = DAY_SLIP_WINDOW


@dataclass(frozen=True, slots=True)
class Run:
    """Where a walk over the turns stands: the streak being built, and the slips that it has used.

    `pending` is the number of the slot that was missed last and may still turn out to be a slip.
    """

    streak: Streak | None = None
    last_slip: int | None = None
    pending: int | None = None

    def satisfied(self, turn: Turn) -> Run:
        """Return the run with one more satisfied slot; a pending miss becomes a slip."""
        day, last = turn.first or turn.slot.start, turn.last or turn.slot.end
        if self.streak is None:
            return Run(Streak(1, day, last))
        slipped = self.pending is not None
        longer = replace(
            self.streak, count=self.streak.count + 1, end=last, slips=self.streak.slips + slipped
        )  # fmt: skip
        return Run(longer, self.pending if slipped else self.last_slip)

    def survives(self, number: int, grace: Grace) -> bool:
        """Return whether the streak goes on if the slot with this number is missed."""
        if not grace.forgiving or self.pending is not None:
            return False
        return self.last_slip is None or number - self.last_slip >= grace.window


def walk(turns: Iterable[Turn], grace: Grace) -> Iterator[tuple[Turn, Run, Streak | None]]:
    """Yield each satisfied or missed turn with the run after it, and the streak that it ended, if it ended one.

    Neutral turns are transparent, open ones affect nothing: neither is seen here. The number of a slot counts
    only those that are, so that neutral days do not use up the slip window.
    """
    run, number = Run(), 0
    for turn in turns:
        if turn.outcome in {Outcome.NEUTRAL, Outcome.OPEN}:
            continue
        number += 1
        ended = None
        if turn.outcome is Outcome.SATISFIED:
            run = run.satisfied(turn)
        elif run.streak is not None and run.survives(number, grace):
            run = replace(run, pending=number)
        else:
            ended, run = run.streak, Run()
        yield turn, run, ended


def streaks_of(turns: Iterable[Turn], grace: Grace) -> tuple[tuple[Streak, ...], Streak | None]:
    """Return all streaks, oldest first, and the one that is still running, if one is."""
    found: list[Streak] = []
    current: Streak | None = None
    for _, run, ended in walk(turns, grace):
        current = run.streak
        if ended is not None:
            found.append(ended)
    return (*found, *([current] if current else [])), current


def best_of(streaks: Iterable[Streak]) -> Streak | None:
    """Return the longest streak; of equal ones the newer."""
    return max(streaks, key=lambda streak: (streak.count, streak.end), default=None)


def deadline(turns: Iterable[Turn], grace: Grace, now: Now) -> date | None:
    """Return the last day that still saves the running streak, or None where none runs or nothing can end it.

    Found by letting every open turn be missed until the streak ends, so that it cannot contradict the streak.
    `turns` reach as far into the future as the answer may lie.
    """
    missed = (replace(turn, outcome=Outcome.MISSED) if turn.outcome is Outcome.OPEN else turn for turn in turns)
    for turn, _, ended in walk(missed, grace):
        if ended is not None and turn.slot.end > now.closed_until:
            return turn.slot.end
    return None
