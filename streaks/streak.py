"""Streaks: satisfied slots in a row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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


class Walk:
    """A walk over turns in their order: the streak being built, and the slips that it has used.

    Neutral turns are transparent, open ones affect nothing. The number of a slot counts only the others, so that
    neutral days do not use up the slip window. `pending` is the number of the slot that was missed last and may
    still turn out to be a slip.
    """

    __slots__ = ("_count", "_end", "_grace", "_last_slip", "_number", "_pending", "_slips", "_start")

    def __init__(self, grace: Grace) -> None:
        self._grace = grace
        self._number = 0
        self._count = self._slips = self._last_slip = self._pending = 0
        self._start = self._end = date.min

    @property
    def streak(self) -> Streak | None:
        """The streak that is running, if one is."""
        return Streak(self._count, self._start, self._end, self._slips) if self._count else None

    def take(self, turn: Turn) -> Streak | None:
        """Take one turn; return the streak that it ended, if it ended one."""
        if turn.outcome is Outcome.SATISFIED:
            self._number += 1
            self._satisfied(turn)
        elif turn.outcome is Outcome.MISSED:
            return self.miss()
        return None

    def miss(self) -> Streak | None:
        """Take a slot that was missed; return the streak that it ended, if it ended one."""
        self._number += 1
        if self._count and self._survives():
            self._pending = self._number
            return None
        ended = self.streak
        self._count = self._slips = self._last_slip = self._pending = 0
        return ended

    def _satisfied(self, turn: Turn) -> None:
        if not self._count:
            self._start = turn.first or turn.slot.start
        elif self._pending:
            self._slips += 1
            self._last_slip, self._pending = self._pending, 0
        self._count += 1
        self._end = turn.last or turn.slot.end

    def _survives(self) -> bool:
        if not self._grace.forgiving or self._pending:
            return False
        return not self._last_slip or self._number - self._last_slip >= self._grace.window


def streaks_of(turns: Iterable[Turn], grace: Grace) -> tuple[tuple[Streak, ...], Streak | None]:
    """Return all streaks, oldest first, and the one that is still running, if one is."""
    walk = Walk(grace)
    found = [ended for turn in turns if (ended := walk.take(turn)) is not None]
    current = walk.streak
    return (*found, *([current] if current else [])), current


def best_of(streaks: Iterable[Streak]) -> Streak | None:
    """Return the longest streak; of equal ones the newer."""
    return max(streaks, key=lambda streak: (streak.count, streak.end), default=None)


def deadline(turns: Iterable[Turn], grace: Grace, now: Now) -> date | None:
    """Return the last day that still saves the running streak, or None where none runs or nothing can end it.

    Found by letting every open turn be missed until the streak ends, so that it cannot contradict the streak.
    `turns` reach as far into the future as the answer may lie.
    """
    walk = Walk(grace)
    for turn in turns:
        ended = walk.miss() if turn.outcome is Outcome.OPEN else walk.take(turn)
        if ended is not None and turn.slot.end > now.closed_until:
            return turn.slot.end
    return None
