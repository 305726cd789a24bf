"""Comebacks: the first win after two or more turns in a row that were missed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice, takewhile
from statistics import median

from .figures import Figures
from .turns import Outcome, Turn, Turns

LAPSE = 2
"""So many turns missed in a row, after at least one completion, are a lapse."""
_CLOSED = frozenset((Outcome.SATISFIED, Outcome.MISSED))
REBUILDING = 3
"""So many turns after a comeback are called a rebuilding."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """A return: its day, how many turns in a row had been missed, and the days since the last completion before it.

    `idle_slots` are the last of the missed turns, those in which nothing at all was done.
    """

    day: date
    missed_slots: int
    gap_days: int
    idle_slots: int

    @property
    def was_away(self) -> bool:
        """Whether nothing at all was done for so long that it is a lapse by itself."""
        return self.idle_slots >= LAPSE


@dataclass(frozen=True, slots=True)
class Comebacks:
    """All comebacks of a micro-win, oldest first, and what they tell.

    `median_missed` is the median of the turns missed before a return, None without any. `longest_since` is the longest
    streak that began on or after the day of the last one. `rebuilding`: fewer than three turns are over since then.
    """

    all: tuple[Comeback, ...] = ()
    median_missed: float | None = None
    longest_since: int = 0
    rebuilding: bool = False

    @property
    def last(self) -> Comeback | None:
        """The newest one."""
        return self.all[-1] if self.all else None


def comebacks_of(figures: Figures) -> Comebacks:
    """Return a micro-win's comebacks as of its day; to go over a limit again is none."""
    turns = figures.turns
    found = () if figures.is_limit else find_comebacks(turns)
    if not found:
        return Comebacks()
    last = found[-1]
    since = [streak.count for streak in figures.streaks if streak.start >= last.day]
    later = islice(_closed_after(turns, last.day), REBUILDING)
    return Comebacks(
        found,
        float(median(one.missed_slots for one in found)),
        max(since, default=0),
        len(list(later)) < REBUILDING,
    )


def _closed_after(turns: Sequence[Turn], day: date) -> Iterator[Turn]:
    """Yield the closed turns that begin after a day, the newest first."""
    newest = takewhile(lambda turn: turn.slot.start > day, reversed(turns))
    return (turn for turn in newest if turn.outcome in _CLOSED)


def find_comebacks(turns: Turns) -> tuple[Comeback, ...]:
    """Return the comebacks in these turns, oldest first. Neutral turns are transparent.

    The turn with the first completion after the lapse is the comeback: satisfied, or still open with something done.
    A turn that was missed although a part of it was done ends no lapse, and is one of those missed.
    """
    found: list[Comeback] = []
    last = missed = idle = 0
    for outcome, first, final in zip(turns.outcomes, turns.firsts, turns.lasts, strict=True):
        if outcome == "x":
            missed += 1 if missed or last else 0
            last, idle = (final, 0) if final else (last, idle + 1)
        elif first:
            if missed >= LAPSE:
                found.append(Comeback(date.fromordinal(first), missed, first - last, idle))
            missed, last, idle = 0, final or first, 0
    return tuple(found)
