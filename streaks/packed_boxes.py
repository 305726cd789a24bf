"""The boxes of one micro-win in little room: most figures ask for them once, and few boxes ever change."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..parsers.task import Quantity, State
from .history import Entry, History, history_of, read_history

PackedRow = tuple[bytes, bytes, bytes, bytes, bytes]

_MOST_SHARED = 254
_LETTER = {state: state.value[0] for state in State}
_STATE = {letter: state for state, letter in _LETTER.items()}


@dataclass(frozen=True, slots=True)
class PackedBoxes:
    """Columns of boxes: paths, lines, states by their first letters, days with 0 for none.

    `more` has, for each box with an amount, a time or a frog, its place and these, each on a line of its own. Paths are
    much alike: of each stands one byte, how many it shares with the one before and one more, and then the others, with a NUL between two.
    """

    paths: bytes
    lines: bytes
    states: bytes
    days: bytes
    more: bytes

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> PackedBoxes:
        """Return these boxes, which are all of one micro-win."""
        found, paths = GrowingBoxes(), list[bytes]()
        for place, one in enumerate(entries):
            paths.append(_bytes(one.path))
            day = one.day.toordinal() if one.day is not None else 0
            found.append(
                place, one.line, one.state, day, written_more(one.quantities, one.time, frog=one.frog)
            )
        return found.packed(paths)

    def packed(self) -> PackedRow:
        """Return the same as plain values."""
        return self.paths, self.lines, self.states, self.days, self.more

    def entries(self, win_id: str) -> list[Entry]:
        """Return the boxes by path and line, as those of this micro-win."""
        if not self.lines:
            return []
        more = dict(self._more())
        rows = zip(
            _read_paths(self.paths),
            array("I", self.lines),
            _text(self.states),
            array("i", self.days),
            strict=True,
        )
        day_of, nothing = date.fromordinal, ((), None, False)
        found = []
        for place, (path, line, state, day) in enumerate(rows):
            amounts, time, frog = more.get(place, nothing)
            when = day_of(day) if day else None
            found.append(Entry(path, line, _STATE[state], when, win_id, amounts, time, frog))
        found.sort(key=lambda entry: (entry.path, entry.line))
        return found

    def history(self, win_id: str) -> History:
        """Return what these boxes make as those of this micro-win; a box is made only where its place among others counts."""
        days = array("i", self.days)
        if 0 in days or len(set(days)) < len(days):
            return read_history(self.entries(win_id))
        more = dict(self._more())
        dates = map(date.fromordinal, days)
        rows = enumerate(zip(dates, _text(self.states), strict=True))
        return history_of(
            [(day, _STATE[state], more[place][0] if place in more else ()) for place, (day, state) in rows]
        )

    def _more(self) -> Iterator[tuple[int, tuple[tuple[Quantity, ...], str | None, bool]]]:
        words = iter(_text(self.more).split("\n") if self.more else ())
        for place in words:
            time, frog, count = next(words), next(words), int(next(words))
            amounts = tuple([Quantity(Decimal(next(words)), next(words)) for _ in range(count)])
            yield int(place), (amounts, time or None, bool(frog))


@dataclass(slots=True)
class GrowingBoxes:
    """The same columns while boxes are taken in, each with the place of its note among others."""

    notes: array[int] = field(default_factory=lambda: array("I"))
    lines: array[int] = field(default_factory=lambda: array("I"))
    states: bytearray = field(default_factory=bytearray)
    days: array[int] = field(default_factory=lambda: array("i"))
    more: list[bytes] = field(default_factory=list)

    def append(self, note: int, line: int, state: State, day: int, more: bytes) -> None:
        """Put a box behind the others; its day is an ordinal, or 0 for none."""
        if more:
            self.more.append(b"%d\n%b" % (len(self.lines), more))
        self.notes.append(note)
        self.lines.append(line)
        self.states += _LETTER[state].encode()
        self.days.append(day)

    def packed(self, paths: Sequence[bytes]) -> PackedBoxes:
        """Return the boxes as they are kept; the paths are those of their notes."""
        return PackedBoxes(
            _written_paths(paths[note] for note in self.notes),
            self.lines.tobytes(),
            bytes(self.states),
            self.days.tobytes(),
            b"\n".join(self.more),
        )


def written_more(amounts: Sequence[Quantity], time: str | None, *, frog: bool) -> bytes:
    """Return what there is to know of a box besides its state and its day; of most boxes nothing."""
    if not amounts and time is None and not frog:
        return b""
    words = [word for one in amounts for word in (str(one.amount), one.unit)]
    return _bytes("\n".join((time or "", "*" * frog, str(len(amounts)), *words)))


def _written_paths(paths: Iterable[bytes]) -> bytes:
    found, before = [], b""
    for path in paths:
        shared = _shared(before, path)
        found.append(bytes([shared + 1]) + path[shared:])
        before = path
    return b"\0".join(found)


def _shared(before: bytes, path: bytes) -> int:
    """Return how many bytes two paths begin with that are the same, as far as one byte can tell."""
    most = min(len(before), len(path), _MOST_SHARED)
    return next((place for place in range(most) if before[place] != path[place]), most)


def _read_paths(written: bytes) -> Iterator[str]:
    path = b""
    for part in written.split(b"\0"):
        path = path[: part[0] - 1] + part[1:]
        yield _text(path)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
