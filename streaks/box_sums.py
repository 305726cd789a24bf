"""What the boxes of notes add up to: those of each micro-win, and how many others are done on each day."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from ..parsers.box_text import box_lines
from ..parsers.task import State
from .day_numbers import DayNumbers
from .known_boxes import DEPENDS, MOST_BODIES, NO_DAY, OF_NONE, Known, KnownBoxes
from .packed_boxes import GrowingBoxes, PackedBoxes
from .texts import Texts


class BoxSums(Protocol):
    """Adds up boxes, note by note."""

    undated: int
    """How many boxes that are done and no micro-win's have no day."""

    def take(self, path: str, note: int, day: int, boxes: bytes) -> Sequence[int] | None:
        """Take in the boxes of an ordinary note, in one piece; return the days that any of them counts for, or None where none counts.

        `note` is its place among the notes whose boxes count, `day` that of a daily note or `NO_DAY`.
        """

    def put(self, note: int, line: int, state: State, day: int, sort: int) -> None:
        """Take in one box of a micro-win."""

    def has_undated(self) -> bool:
        """Return whether the last note has boxes of micro-wins, and is no daily note."""

    def wins(self, notes: Texts) -> dict[str, PackedBoxes]:
        """Return the boxes of each micro-win; `notes` are the paths of those whose boxes count. Nothing may be taken in after that."""


class SumsInPython:
    """The sums as they are made where nothing is compiled."""

    def __init__(self, known: KnownBoxes, other_wins: DayNumbers) -> None:
        self.undated = 0
        self._boxes = known
        self._other_wins = other_wins
        self._known: dict[str, Known] = {}
        self._growing: dict[str, GrowingBoxes] = {}
        self._is_undated = False

    def take(self, path: str, note: int, day: int, boxes: bytes) -> Sequence[int] | None:  # noqa: D102 - told above
        known_of, statuses = self._known.get, self._boxes.statuses
        days: list[int] = []
        wins: list[int] = []
        self._is_undated = False
        for line, symbol, body in box_lines(boxes):
            known = known_of(body) or self._learn(body)
            state = statuses.get(symbol, State.OPEN)
            sort = known.sort
            if sort == DEPENDS:
                sort = self._boxes.sort_in(path, line, body)
            if sort != OF_NONE:
                when = day or _written(known, state)
                days.append(when)
                self.put(note, line, state, when, sort)
                self._is_undated |= not day
            elif state is State.DONE:
                when = known.done or day
                days.append(when)
                wins.append(when)
            elif known.frog:
                days.append(_written(known, state) or day)
        if wins:
            self._count(wins)
        return _each_once(days) if days else None

    def has_undated(self) -> bool:  # noqa: D102
        return self._is_undated

    def put(self, note: int, line: int, state: State, day: int, sort: int) -> None:  # noqa: D102
        win_id, more = self._boxes.sorts[sort]
        growing = self._growing.get(win_id)
        if growing is None:
            growing = self._growing[win_id] = GrowingBoxes()
        growing.append(note, line, state, day, more)

    def wins(self, notes: Texts) -> dict[str, PackedBoxes]:  # noqa: D102
        found = {}
        while self._growing:
            win_id, growing = self._growing.popitem()
            found[win_id] = growing.packed(notes)
        return found

    def _learn(self, body: str) -> Known:
        if len(self._known) >= MOST_BODIES:
            self._known.clear()
        known = self._known[body] = self._boxes.learn(body)
        return known

    def _count(self, days: Sequence[int]) -> None:
        """Count wins on these days, which are mostly one and the same."""
        first = days[0]
        runs = [(first, len(days))] if days.count(first) == len(days) else [(day, 1) for day in days]
        for day, wins in runs:
            if day == NO_DAY:
                self.undated += wins
            else:
                self._other_wins.add(day, wins)


def _written(known: Known, state: State) -> int:
    """Return the day that the text gives to a box of this state."""
    return known.done if state is State.DONE else known.cancelled if state is State.SKIPPED else NO_DAY


def _each_once(days: Sequence[int]) -> Sequence[int]:
    """Return the days in their order; mostly all are the same."""
    first = days[0]
    if first != NO_DAY and days.count(first) == len(days):
        return (first,)
    return sorted({day for day in days if day != NO_DAY})


MakeSums = Callable[[KnownBoxes, DayNumbers], BoxSums]


def quickest_sums(known: KnownBoxes, other_wins: DayNumbers) -> BoxSums:
    """Return sums to take boxes in, compiled if that may be."""
    try:
        from .quick_sums import QuickSums
    except ImportError:  # it was not compiled
        return SumsInPython(known, other_wins)
    return QuickSums(known, other_wins)
