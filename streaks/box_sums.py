"""What the boxes of notes add up to: those of each micro-win, and how many others are done on each day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Protocol

from ..parsers.box_lines import BoxLine
from ..parsers.box_text import box_lines
from ..parsers.task import State
from .box_paths import pattern_of
from .known_boxes import DEPENDS, MOST_BODIES, NO_DAY, OF_NONE, Known, KnownBoxes
from .ledger_state import LedgerState
from .packed_boxes import GrowingBoxes

_DAY = b"day "


class BoxSums(Protocol):
    """Adds up the boxes of notes, each of which comes once."""

    def take(self, path: str, row: bytes) -> None:
        """Take in an ordinary note, as its glance holds it; ValueError where the row is of another kind."""

    def put(self, path: str, line: int, state: State, day: int, win: int, more: int) -> None:
        """Take in one box of a micro-win; `win` and `more` are places."""

    def put_days(self, path: str, days: Sequence[int]) -> None:
        """Take in the days that the boxes of a note count for."""

    def put_daily(self, day: int, path: str) -> None:
        """Take in a daily note."""

    def put_win(self, day: int) -> None:
        """Take in one box that is done and no micro-win's."""

    def put_undated(self, path: str) -> None:
        """Take in that a note without a day holds boxes of micro-wins."""

    def state(self) -> LedgerState:
        """Return what was taken in, without goals and problems; nothing may be taken in after that."""


class SumsInPython:
    """The sums as they are made where nothing is compiled."""

    def __init__(self, known: KnownBoxes) -> None:
        self._boxes = known
        self._known: dict[str, Known] = {}
        self._found = LedgerState()
        self._growing: dict[int, GrowingBoxes] = {}
        self._mores: list[bytes] = []
        self._patterns: dict[bytes, bytes] = {}

    def take(self, path: str, row: bytes) -> None:  # noqa: D102 - told above, as for the others
        period, _, boxes = row.partition(b"\n")
        day = int(period[len(_DAY) :]) if period.startswith(_DAY) else NO_DAY
        if day:
            self.put_daily(day, path)
        if boxes:
            self._take_boxes(path, day, box_lines(boxes))

    def put(self, path: str, line: int, state: State, day: int, win: int, more: int) -> None:  # noqa: D102
        growing = self._growing.get(win)
        if growing is None:
            growing = self._growing[win] = GrowingBoxes()
        if more >= len(self._mores):
            self._mores = list(self._boxes.mores)
        pattern = pattern_of(path.encode("utf-8", "surrogatepass"), day)
        growing.append(self._patterns.setdefault(pattern, pattern), line, state, day, self._mores[more])

    def put_days(self, path: str, days: Sequence[int]) -> None:  # noqa: D102
        self._found.matched.append(path, days)

    def put_daily(self, day: int, path: str) -> None:  # noqa: D102
        self._found.days.append(day, path)

    def put_win(self, day: int) -> None:  # noqa: D102
        if day == NO_DAY:
            self._found.undated += 1
        else:
            self._found.other_wins.add(day, 1)

    def put_undated(self, path: str) -> None:  # noqa: D102
        self._found.undated_notes.append(path)

    def state(self) -> LedgerState:  # noqa: D102
        found = self._found
        growing = self._growing
        found.wins = {
            win_id: growing.pop(win).packed() for win_id, win in self._boxes.wins.items() if win in growing
        }
        found.days, found.matched = found.days.in_order(), found.matched.in_order()
        return found

    def _take_boxes(self, path: str, day: int, boxes: Iterable[BoxLine]) -> None:
        known_of, statuses = self._known.get, self._boxes.statuses
        days: list[int] = []
        is_undated = False
        for line, symbol, body in boxes:
            known = known_of(body) or self._learn(body)
            state = statuses.get(symbol, State.OPEN)
            win, more = known.win, known.more
            if win == DEPENDS:
                win, more = self._boxes.places_in(path, line, body)
            if win != OF_NONE:
                when = day or _written(known, state)
                self.put(path, line, state, when, win, more)
                is_undated |= not day
            elif state is State.DONE:
                when = known.done or day
                self.put_win(when)
            elif known.frog:
                when = _written(known, state) or day
            else:
                continue
            days.append(when)
        if days:
            self.put_days(path, sorted({*days} - {NO_DAY}))
        if is_undated:
            self.put_undated(path)

    def _learn(self, body: str) -> Known:
        if len(self._known) >= MOST_BODIES:
            self._known.clear()
        known = self._known[body] = self._boxes.learn(body)
        return known


def _written(known: Known, state: State) -> int:
    """Return the day that the text gives to a box of this state."""
    return known.done if state is State.DONE else known.cancelled if state is State.SKIPPED else NO_DAY


MakeSums = Callable[[KnownBoxes], BoxSums]


def quickest_sums(known: KnownBoxes) -> BoxSums:
    """Return sums to take boxes in, compiled if that may be."""
    try:
        from .quick_sums import QuickSums
    except ImportError:  # it was not compiled
        return SumsInPython(known)
    return QuickSums(known)
