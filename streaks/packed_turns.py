"""Turns in little room: most are like the ones before, so that a byte tells each thing of them."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from operator import add, sub
from typing import TypeVar

from .alike import alike
from .number_columns import Numbers, days_before, gaps_of, read_base, read_columns, written_columns
from .slots import Measure, Slot
from .turns import Outcome, Section, Turn, Turns

Kind = TypeVar("Kind", bound=Hashable)

_WHOLE = (0.0, 1.0)


@dataclass(frozen=True, slots=True)
class PackedTurns:
    """Columns of numbers, and what they number: `measures` and `shares`; `breaks` and `sections` as in `Turns`.

    The columns are the outcomes' characters, the days from one start to the next, the days from start to end, the
    number of the share, the first and the last day counted from the start (0 where there is none), the number of the measure.
    """

    numbers: bytes
    measures: tuple[Measure, ...]
    shares: tuple[float, ...]
    breaks: tuple[int, ...]
    sections: tuple[Section, ...]

    @classmethod
    def of(cls, turns: Turns) -> PackedTurns:
        """Return the same turns in a tenth of the room."""
        starts, size = turns.starts, len(turns)
        measures, measured = _numbered(turns.measures)
        shares, shared = _numbered_shares(turns.shares)
        # Of days in a row what was done was done on the day itself: lists of 25,000 of them would be large.
        in_a_row = isinstance(starts, range) and turns.ends is starts
        firsts = bytes(map(bool, turns.firsts)) if in_a_row else _counted(turns.firsts, starts)
        columns = (
            turns.outcomes.encode("ascii"),
            gaps_of(starts),
            bytes(size) if turns.ends is starts else list(map(sub, turns.ends, starts)),
            shared,
            firsts,
            firsts if turns.lasts is turns.firsts else _counted(turns.lasts, starts),
            measured,
        )
        numbers = written_columns(turns.ends[-1] if size else 0, *columns)
        return cls(numbers, _one_of(measures), _one_of(shares), turns.breaks, _one_of(turns.sections))

    @property
    def until(self) -> int:
        """The last day of the last turn, 0 where there is none."""
        return read_base(self.numbers)

    def on(self, day: date) -> Turn | None:
        """Return the turn in whose slot a day lies, or None, looking from the last one back: mostly the day is today."""
        ordinal = day.toordinal()
        if ordinal > self.until:
            return None
        until, (outcomes, gaps, lengths, shared, firsts, lasts, measured) = read_columns(self.numbers)
        place = len(outcomes) - 1
        start = until - lengths[place]
        while place and start > ordinal:
            start -= gaps[place]
            place -= 1
        if not start <= ordinal <= start + lengths[place]:
            return None
        days, begin = date.fromordinal, (start,)
        first, last = _days(firsts[place : place + 1], begin)[0], _days(lasts[place : place + 1], begin)[0]
        return Turn(
            Slot(days(start), days(start + lengths[place]), *self.measures[measured[place]]),
            Outcome(chr(outcomes[place])),
            float(self.shares[shared[place]]),
            days(first) if first else None,
            days(last) if last else None,
        )

    def turns(self) -> Turns:
        """Return the turns in columns again."""
        until, (outcomes, gaps, lengths, shared, firsts, lasts, measured) = read_columns(self.numbers)
        starts = days_before(until - lengths[-1], gaps) if gaps else []
        return Turns(
            bytes(outcomes).decode("ascii"),
            list(map(self.shares.__getitem__, shared)),
            starts,
            starts if not any(lengths) else list(map(add, starts, lengths)),
            done := _days(firsts, starts),
            done if lasts is firsts else _days(lasts, starts),
            [*self.measures] * len(starts)
            if len(self.measures) == 1
            else list(map(self.measures.__getitem__, measured)),
            self.breaks,
            self.sections,
        )


def _numbered(measures: Sequence[Measure]) -> tuple[tuple[Measure, ...], Numbers]:
    """Return each measure once, and for each place its number among them; mostly there is one."""
    if measures and measures.count(measures[0]) == len(measures):
        return (measures[0],), bytes(len(measures))
    numbers = {measure: number for number, measure in enumerate(dict.fromkeys(measures))}
    return tuple(numbers), list(map(numbers.__getitem__, measures))


def _numbered_shares(shares: Sequence[float]) -> tuple[tuple[float, ...], Numbers]:
    """Return each share once, and for each place its number among them; mostly they are none or all."""
    kinds = set(shares)
    if kinds.issubset(_WHOLE):
        return _WHOLE, shares if isinstance(shares, bytes) else bytes(map(int, shares))
    ordered = tuple(sorted(kinds))
    numbers = {share: number for number, share in enumerate(ordered)}
    return ordered, list(map(numbers.__getitem__, shares))


def _counted(days: Sequence[int], starts: Sequence[int]) -> list[int]:
    """Return days counted from the starts of their turns: 1 for the start itself, -1 for the day before it, 0 for none."""
    pairs = zip(days, starts, strict=True)
    return [day - start + (day >= start) if day else 0 for day, start in pairs]


def _days(counted: Sequence[int], starts: Sequence[int]) -> list[int]:
    """Return the days that were counted so."""
    pairs = zip(counted, starts, strict=True)
    return [start + number - (number > 0) if number else 0 for number, start in pairs]


@alike(512)
def _one_of(kinds: Kind) -> Kind:
    """Return kinds that are the same; many micro-wins have them alike."""
    return kinds
