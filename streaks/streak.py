"""Streaks: satisfied slots in a row."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import starmap
from operator import itemgetter, sub
from typing import overload

from .number_columns import days_before, gaps_of, read_columns, written_columns
from .slots import DAY_SLIP_WINDOW
from .turns import Turns

_RUN = re.compile(r"#[#?-]*|x[x?-]*")
"""Satisfied or missed turns with what is transparent behind them."""


@dataclass(frozen=True, slots=True)
class Streak:
    """Satisfied slots in a row: how many, from the day of the first completion to that of the last, and slips inside.

    `wins` are the days inside on which it was done.
    """

    count: int
    start: date
    end: date
    slips: int = 0
    wins: int = 0

    @property
    def days(self) -> int:
        """The days from its first to its last, both included."""
        return (self.end - self.start).days + 1


StreakRow = tuple[int, int, int, int, int]
"""A streak as five numbers: count, first and last day as ordinals, slips, wins."""


@dataclass(frozen=True, slots=True)
class PackedStreaks(Sequence[Streak]):
    """Streaks in little room, as columns; a `Streak` is made when it is looked at."""

    numbers: bytes = b""

    @classmethod
    def of(cls, rows: Iterable[StreakRow]) -> PackedStreaks:
        """Return these streaks in this order."""
        made = list(rows)
        if not made:
            return cls()
        counts, firsts, lasts, slips, wins = map(list, zip(*made, strict=True))
        days = list(map(sub, lasts, firsts))
        return cls(written_columns(firsts[-1], counts, wins, slips, gaps_of(firsts), days))

    def rows(self) -> Iterator[StreakRow]:
        """Yield the streaks in their order as numbers."""
        if self.numbers:
            newest, (counts, wins, slips, gaps, days) = read_columns(self.numbers)
            firsts = days_before(newest, gaps)
            for count, first, length, slipped, won in zip(counts, firsts, days, slips, wins, strict=True):
                yield count, first, first + length, slipped, won

    @property
    def longest(self) -> Streak | None:
        """The longest of them; of equal ones the newer."""
        row = longest(self.rows())
        return streak_of(*row) if row else None

    @property
    def newest(self) -> Streak | None:
        """The last of them."""
        if not self.numbers:
            return None
        first, (counts, wins, slips, _, days) = read_columns(self.numbers)
        return streak_of(counts[-1], first, first + days[-1], slips[-1], wins[-1])

    def __len__(self) -> int:
        return len(read_columns(self.numbers)[1][0]) if self.numbers else 0

    def __iter__(self) -> Iterator[Streak]:
        return starmap(streak_of, self.rows())

    @overload
    def __getitem__(self, at: int) -> Streak: ...

    @overload
    def __getitem__(self, at: slice) -> tuple[Streak, ...]: ...

    def __getitem__(self, at: int | slice) -> Streak | tuple[Streak, ...]:
        return tuple(self)[at]


@dataclass(frozen=True, slots=True)
class Grace:
    """How many misses a streak survives: none, or single ones, at most one in so many slots as their rule allows."""

    forgiving: bool


@dataclass(frozen=True, slots=True)
class Streaks:
    """All streaks, oldest first, whether the newest still runs, and how many misses stand behind the last satisfied slot."""

    all: PackedStreaks
    runs: bool
    pending: int = 0

    @property
    def current(self) -> Streak | None:
        """The one that still runs."""
        return self.all.newest if self.runs else None

    @property
    def best(self) -> Streak | None:
        """The longest of all; of equal ones the newer."""
        return self.all.longest


class Walk:
    """A walk over turns in their order: the streak being built, and the slips that it has used.

    Neutral turns are transparent, open ones affect nothing. The number of a slot counts only the others, so that
    neutral days do not use up the slip window. `pending` is the number of the slot that was missed last and may
    still turn out to be a slip. First and last are days as ordinals; `wins` counts the days done between two of them.
    """

    __slots__ = (
        "_count", "_end", "_forgiving", "_last_slip", "_number", "_pending", "_slips", "_start", "_wins", "slip_window",
    )  # fmt: skip

    def __init__(self, grace: Grace, wins: Callable[[int, int], int] | None = None) -> None:
        self._forgiving = grace.forgiving
        self._wins = wins
        self.slip_window = DAY_SLIP_WINDOW
        self._number = 0
        self._start = self._end = 0
        self._count = self._slips = self._last_slip = self._pending = 0

    @property
    def running(self) -> StreakRow | None:
        """The streak that is running, if one is."""
        if not self._count:
            return None
        wins = self._wins(self._start, self._end) if self._wins is not None else 0
        return self._count, self._start, self._end, self._slips, wins

    @property
    def pending(self) -> int:
        """The misses behind the last satisfied slot of the running streak."""
        return 1 if self._pending else 0

    def satisfied(self, slots: int, first: int, last: int) -> None:
        """Take so many satisfied slots in a row, done from the day `first` to the day `last`."""
        if not self._count:
            self._start = first
        elif self._pending:
            self._slips += 1
            self._last_slip, self._pending = self._pending, 0
        self._number += slots
        self._count += slots
        self._end = last

    def missed(self, slots: int = 1) -> StreakRow | None:
        """Take so many missed slots in a row; return the streak that they ended, if they ended one."""
        if not self._forgiving:
            self._number += slots
            return self.end() if slots and self._count else None
        ended = None
        for _ in range(min(slots, 2)):
            self._number += 1
            if self._count and self._survives(self._number):
                self._pending = self._number
            else:
                ended = self.end() or ended
        self._number += max(slots - 2, 0)
        return ended

    def end(self) -> StreakRow | None:
        """End the running streak; return it, if there was one."""
        ended = self.running
        self._count = self._slips = self._last_slip = self._pending = 0
        return ended

    def _survives(self, number: int) -> bool:
        """Return whether a miss of the slot with this number would leave the streak running."""
        if self._pending:
            return False
        return not self._last_slip or number - self._last_slip >= self.slip_window


def streaks_of(turns: Turns, grace: Grace, wins: Callable[[int, int], int] | None = None) -> Streaks:
    """Return the streaks of these turns; `wins` counts the days done between two days (ordinals)."""
    rows: list[StreakRow] = []
    walk = Walk(grace, wins)
    for first, last in turns.runs():
        ended = walk.end() if first else None
        rows += [ended] if ended else []
        rows += walked(walk, turns, first, last)
    running = walk.running
    rows += [running] if running else []
    return Streaks(PackedStreaks.of(rows), running is not None, walk.pending)


def longest(rows: Iterable[StreakRow]) -> StreakRow | None:
    """Return the longest streak; of equal ones the newer."""
    return max(rows, key=itemgetter(0, 2), default=None)


def streak_of(count: int, first: int, last: int, slips: int, wins: int) -> Streak:
    """Return the streak that these numbers tell of."""
    return Streak(count, date.fromordinal(first), date.fromordinal(last), slips, wins)


def walked(walk: Walk, turns: Turns, first: int, last: int) -> Iterator[StreakRow]:
    """Walk over the turns from `first` up to before `last`; yield each streak that ends on the way."""
    outcomes = turns.outcomes
    for begin, until in turns.within(first, last):
        walk.slip_window = turns.section(begin).slip_window
        for run in _RUN.finditer(outcomes, begin, until):
            start, end = run.span()
            if outcomes[start] == "#":
                slots = outcomes.count("#", start, end)
                final = end - 1 if slots == end - start else outcomes.rindex("#", start, end)
                walk.satisfied(slots, _start(turns, start), _end(turns, final))
            else:
                ended = walk.missed(outcomes.count("x", start, end))
                if ended is not None:
                    yield ended


def _start(turns: Turns, place: int) -> int:
    return turns.firsts[place] or turns.starts[place]


def _end(turns: Turns, place: int) -> int:
    return turns.lasts[place] or turns.ends[place]
