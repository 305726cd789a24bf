"""Turns: slots with what became of them, kept as columns so that ten years of days cost little."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum
from itertools import pairwise
from typing import overload

from .slots import DAY_SLIP_WINDOW, Measure, Slot


class Outcome(Enum):
    """What became of a slot, by the character that shows it."""

    SATISFIED = "#"
    MISSED = "x"
    NEUTRAL = "-"
    OPEN = "?"


@dataclass(frozen=True, slots=True)
class Turn:
    """A slot, its outcome, the share of what it asked for (0 to 1), and the days of its first and last completion."""

    slot: Slot
    outcome: Outcome
    share: float
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class Section:
    """The turns of one rule: the place of the first, and in how many of them at most one may be a slip."""

    first: int = 0
    slip_window: int = DAY_SLIP_WINDOW


_OUTCOMES = {one.value: one for one in Outcome}


@dataclass(frozen=True, slots=True)
class Turns(Sequence[Turn]):
    """Turns in their order as columns; a `Turn` is made when it is looked at.

    `outcomes` has one character a turn, `shares` a number from 0 to 1, which may be whole. Days are ordinals, 0 where there is none. `breaks` are the places before
    which a streak ends without a miss: the micro-win was archived there, or had come to its last day. `sections` tell
    the kind of rule that made the turns, from a place on.
    """

    outcomes: str = ""
    shares: Sequence[float] = ()
    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    firsts: Sequence[int] = ()
    lasts: Sequence[int] = ()
    measures: Sequence[Measure] = ()
    breaks: tuple[int, ...] = ()
    sections: tuple[Section, ...] = ()

    @classmethod
    def of(cls, turns: Iterable[Turn]) -> Turns:
        """Return single turns as columns."""
        made = list(turns)
        slots = [turn.slot for turn in made]
        return cls(
            "".join(turn.outcome.value for turn in made),
            [turn.share for turn in made],
            [slot.start.toordinal() for slot in slots],
            [slot.end.toordinal() for slot in slots],
            [turn.first.toordinal() if turn.first else 0 for turn in made],
            [turn.last.toordinal() if turn.last else 0 for turn in made],
            [(slot.times, slot.length, slot.available, slot.days) for slot in slots],
        )

    def __len__(self) -> int:
        """Return the number of turns."""
        return len(self.outcomes)

    def __iter__(self) -> Iterator[Turn]:
        """Yield the turns in order."""
        columns = (self.outcomes, self.shares, self.starts, self.ends, self.firsts, self.lasts, self.measures)
        day = date.fromordinal
        for outcome, share, start, end, first, last, measure in zip(*columns, strict=True):
            yield Turn(
                Slot(day(start), day(end), *measure),
                _OUTCOMES[outcome],
                float(share),
                day(first) if first else None,
                day(last) if last else None,
            )

    @overload
    def __getitem__(self, at: int) -> Turn: ...

    @overload
    def __getitem__(self, at: slice) -> Turns: ...

    def __getitem__(self, at: int | slice) -> Turn | Turns:
        """Return one turn, or some as columns again."""
        if isinstance(at, slice):
            first, _, _ = at.indices(len(self))
            return Turns(
                self.outcomes[at], self.shares[at], self.starts[at], self.ends[at], self.firsts[at],
                self.lasts[at], self.measures[at], tuple(one - first for one in self.breaks if one > first),
                tuple(replace(one, first=max(one.first - first, 0)) for one in self.sections),
            )  # fmt: skip
        return Turn(
            Slot(date.fromordinal(self.starts[at]), date.fromordinal(self.ends[at]), *self.measures[at]),
            _OUTCOMES[self.outcomes[at]],
            float(self.shares[at]),
            _day(self.firsts[at]),
            _day(self.lasts[at]),
        )

    def runs(self) -> Iterator[tuple[int, int]]:
        """Yield the places from and to which the outcomes lie between two breaks."""
        places = [0, *(one for one in self.breaks if one <= len(self)), len(self)]
        return pairwise(places)

    def section(self, place: int) -> Section:
        """Return what is known of the rule that made the turn at a place."""
        return next((one for one in reversed(self.sections) if one.first <= place), Section())

    def within(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """Yield the places from and to which one rule made the turns, from `first` up to before `last`."""
        return pairwise([first, *(one.first for one in self.sections if first < one.first < last), last])


def joined(parts: Sequence[tuple[Turns, bool, Section]]) -> Turns:
    """Return turns one behind the other; each part says whether a streak ends before it, and what rule made it."""
    if len(parts) == 1:
        return replace(parts[0][0], sections=(parts[0][2],))
    columns: tuple[list[float], list[int], list[int], list[int], list[int], list[Measure]] = (
        [], [], [], [], [], [],
    )  # fmt: skip
    outcomes = ""
    breaks: list[int] = []
    sections: list[Section] = []
    for part, apart, section in parts:
        sections.append(replace(section, first=len(outcomes)))
        if apart and outcomes:
            breaks.append(len(outcomes))
        outcomes += part.outcomes
        shares, starts, ends, firsts, lasts, measures = columns
        shares += part.shares
        starts += part.starts
        ends += part.ends
        firsts += part.firsts
        lasts += part.lasts
        measures += part.measures
    return Turns(outcomes, *columns, tuple(breaks), tuple(sections))


def turn_on(turns: Turns, day: date) -> Turn | None:
    """Return the turn in whose slot a day lies, or None."""
    ordinal = day.toordinal()
    place = bisect_right(turns.starts, ordinal) - 1
    return turns[place] if place >= 0 and turns.ends[place] >= ordinal else None


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if ordinal else None
