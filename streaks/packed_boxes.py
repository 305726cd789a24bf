"""The boxes of one micro-win in little room: most figures ask for them once, and few boxes ever change."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from ..parsers.task import Quantity, State
from .alike import alike
from .box_paths import path_of, pattern_of, written_patterns
from .day_entries import DayEntries
from .history import DayEntry, Entry, History, alone, read_history
from .number_columns import days_before, gaps_of, read_columns, written_columns
from .texts import read_in_row

PackedRow = tuple[bytes, bytes, bytes]

_LETTER = {state: state.value[0] for state in State}
_STATE = {letter: state for state, letter in _LETTER.items()}


class _Kind(NamedTuple):
    """What a box says besides its day, and what that says of a day that has no other; of an open box nothing."""

    state: State
    quantities: tuple[Quantity, ...]
    time: str | None
    frog: bool
    alone: DayEntry | None


@dataclass(frozen=True, slots=True)
class PackedBoxes:
    """Columns of boxes: days, 0 for none, as they follow one another; the numbers of kinds; lines; the numbers of patterns.

    `patterns` are those of the paths. A kind is written as lines: a state by its first letter with the number of lines that
    follow, and these, which are what `written_more` gives.
    """

    numbers: bytes
    patterns: bytes
    kinds: bytes

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> PackedBoxes:
        """Return these boxes, which are all of one micro-win."""
        found = GrowingBoxes()
        for one in entries:
            day = one.day.toordinal() if one.day is not None else 0
            more = written_more(one.quantities, one.time, frog=one.frog)
            found.append(pattern_of(_bytes(one.path), day), one.line, one.state, day, more)
        return found.packed()

    @classmethod
    def of_columns(
        cls,
        patterns: Iterable[bytes],
        days: list[int],
        lines: list[int],
        numbers: list[int],
        kinds: Iterable[bytes],
    ) -> PackedBoxes:
        """Return boxes, of which there is one at least, with the patterns of their paths and the numbers of their kinds."""
        found: dict[bytes, int] = {}
        places = [found.setdefault(pattern, len(found)) for pattern in patterns]
        columns = written_columns(days[-1], gaps_of(days), numbers, lines, places)
        return cls(columns, _one_of(written_patterns(found)), b"\n".join(kinds))

    @classmethod
    def of_row(cls, row: PackedRow) -> PackedBoxes:
        """Return what `packed` gave."""
        numbers, patterns, kinds = row
        return cls(numbers, _one_of(patterns), kinds)

    def packed(self) -> PackedRow:
        """Return the same as plain values."""
        return self.numbers, self.patterns, self.kinds

    def entries(self, win_id: str) -> list[Entry]:
        """Return the boxes by path and line, as those of this micro-win."""
        if not self.numbers:
            return []
        days, *columns = self._columns()
        kinds, patterns = list(self._kinds()), list(read_in_row(self.patterns))
        found = []
        for day, kind, line, pattern in zip(days, *columns, strict=True):
            state, amounts, time, frog, _ = kinds[kind]
            when = date.fromordinal(day) if day else None
            path = path_of(patterns[pattern], day)
            found.append(Entry(path, line, state, when, win_id, amounts, time, frog))
        found.sort(key=lambda entry: (entry.path, entry.line))
        return found

    def history(self, win_id: str) -> History:
        """Return what these boxes make as those of this micro-win; a box is made only where its place among others counts."""
        if not self.numbers:
            return History({})
        days, numbers, *_ = self._columns()
        if 0 in days or len(set(days)) < len(days):
            return read_history(self.entries(win_id))
        said = [kind.alone for kind in self._kinds()]
        by_day = {day: entry for day, number in zip(days, numbers, strict=True) if (entry := said[number])}
        ordered = sorted(by_day)
        found = DayEntries.of_days(ordered, [by_day[day] for day in ordered])
        return History(found, date.fromordinal(min(days)), date.fromordinal(max(days)))

    def _columns(self) -> tuple[list[int], Sequence[int], Sequence[int], Sequence[int]]:
        last, (gaps, kinds, lines, patterns) = read_columns(self.numbers)
        return days_before(last, gaps), kinds, lines, patterns

    def _kinds(self) -> Iterator[_Kind]:
        words, place = _text(self.kinds).split("\n"), 0
        while place < len(words):
            begin, place = place, place + 1 + int(words[place][1:])
            yield _kind(tuple(words[begin:place]))


@dataclass(slots=True)
class GrowingBoxes:
    """The same columns while boxes are taken in."""

    patterns: list[bytes] = field(default_factory=list)
    lines: array[int] = field(default_factory=lambda: array("I"))
    days: array[int] = field(default_factory=lambda: array("i"))
    numbers: array[int] = field(default_factory=lambda: array("I"))
    kinds: dict[bytes, int] = field(default_factory=dict)

    def append(self, pattern: bytes, line: int, state: State, day: int, more: bytes) -> None:
        """Put a box behind the others; its day is an ordinal, or 0 for none, and the pattern that of its path on this day."""
        self.patterns.append(pattern)
        self.lines.append(line)
        self.days.append(day)
        self.numbers.append(self.kinds.setdefault(written_kind(_LETTER[state], more), len(self.kinds)))

    def packed(self) -> PackedBoxes:
        """Return the boxes as they are kept."""
        if not self.patterns:
            return PackedBoxes(b"", b"", b"")
        columns = self.days.tolist(), self.lines.tolist(), self.numbers.tolist()
        return PackedBoxes.of_columns(self.patterns, *columns, self.kinds)


def written_kind(letter: str, more: bytes) -> bytes:
    """Return how a kind of box is written: its state by the first letter, and what else there is to know."""
    return b"%b%d\n%b" % (letter.encode(), more.count(b"\n") + 1, more) if more else letter.encode() + b"0"


def written_more(amounts: Sequence[Quantity], time: str | None, *, frog: bool) -> bytes:
    """Return what there is to know of a box besides its state and its day; of most boxes nothing.

    The time and a star for a frog, a line each, and for each amount a line with it and one with its unit.
    """
    if not amounts and time is None and not frog:
        return b""
    words = [word for one in amounts for word in (str(one.amount), one.unit)]
    return _bytes("\n".join((time or "", "*" * frog, *words)))


@alike(1024)
def _kind(words: tuple[str, ...]) -> _Kind:
    state = _STATE[words[0][0]]
    time, frog, *told = words[1:] or ("", "")
    pairs = zip(told[::2], told[1::2], strict=True)
    amounts = tuple([Quantity(Decimal(amount), unit) for amount, unit in pairs])
    entry = None if state is State.OPEN else alone(state, amounts)
    return _Kind(state, amounts, time or None, bool(frog), entry)


@lru_cache(maxsize=64)
def _one_of(patterns: bytes) -> bytes:
    """Return patterns that are the same: most micro-wins stand in the same daily notes."""
    return patterns


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
