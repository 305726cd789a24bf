"""A month or a week of X's in plain characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import takewhile
from typing import NamedTuple

from ..streaks.calendar import DAY
from ..streaks.figures import Figures
from ..streaks.kept import Kept, KeptInOrder
from ..streaks.turns import Outcome, Turn
from .phrases import SYMBOLS, month_name, span
from .safe_text import in_fence, pad
from .words import names

NAME_WIDTH = 28


def month_rows(wins: Sequence[Figures], first: date, today: date, width: int = NAME_WIDTH) -> list[str]:
    """Return a header with the days of the month around `first`, and a row of X's for each micro-win that it knows of."""
    first = first.replace(day=1)
    length = ((first + timedelta(days=32)).replace(day=1) - first).days
    header = "1   " + "".join(f"{day:<5}" for day in range(5, length + 1, 5)).rstrip()
    year = f" {first.year}" if first.year != today.year else ""
    days = [first + offset * DAY for offset in range(length)]
    return [f"{pad(f'{month_name(first.month)}{year}', width)} {header}", *_rows(wins, days, width)]


def week_rows(wins: Sequence[Figures], first: date, width: int = NAME_WIDTH) -> list[str]:
    """Return a header with the days of the week that begins with `first`, and a row of X's for each micro-win."""
    days = [first + offset * DAY for offset in range(7)]
    short = names("dates.weekdays_two")
    header = " ".join(short[day.weekday()] for day in days)
    return [f"{pad(span(days[0], days[-1]), width)} {header}", *_rows(wins, days, width, "  ")]


def marks(figures: Figures, days: Sequence[date]) -> list[str]:
    """Return one character a day: X done, · a turn not done, - neutral, o open, blank where nothing was due.

    The ticks of a limit are no wins: of a limit only its turns are shown.

    `days` are in order; only the turns that reach into them are looked at.
    """
    by_day: dict[date, str] = {}
    for turn in takewhile(lambda turn: turn.slot.end >= days[0], reversed(figures.turns_since(days[0]))):
        _mark_turn(figures, turn, by_day)
    last = min(days[-1], figures.now.today)
    for day, entry in figures.history.between(days[0], last) if not figures.is_limit else ():
        if entry.done and by_day.get(day) not in {SYMBOLS["x"], SYMBOLS["?"]}:
            by_day[day] = "X"
        elif entry.skipped and day not in by_day:
            by_day[day] = "-"
    return [by_day.get(day, " ") for day in days]


def _mark_turn(figures: Figures, turn: Turn, by_day: dict[date, str]) -> None:
    if turn.slot.start == turn.slot.end or turn.outcome is Outcome.NEUTRAL:
        for offset in range((turn.slot.end - turn.slot.start).days + 1):
            by_day[turn.slot.start + offset * DAY] = SYMBOLS[turn.outcome.value]
    elif turn.outcome is Outcome.MISSED and not _is_done(figures, turn.slot.end):
        by_day[turn.slot.end] = SYMBOLS["x"]


def _is_done(figures: Figures, day: date) -> bool:
    entry = figures.history.get(day)
    return entry is not None and entry.done


def _rows(wins: Sequence[Figures], days: Sequence[date], width: int, gap: str = "") -> list[str]:
    """Return the rows of those that have anything to show: what ended long ago takes no place."""
    return _made.of(wins, _Kind(days[0], len(days), width, gap))


class _Kind(NamedTuple):
    """What a row shows besides a micro-win: its days, the width of the name, what stands between two days."""

    first: date
    length: int
    width: int
    gap: str


class _Made:
    """The rows of today, kept for figures that nothing has touched since: of each micro-win one a kind."""

    def __init__(self) -> None:
        self._today: date | None = None
        self._rows: dict[_Kind, Kept[Figures, str]] = {}
        self._whole: dict[tuple[_Kind, int], KeptInOrder[Figures, str]] = {}

    def of(self, wins: Sequence[Figures], kind: _Kind) -> list[str]:
        """Return the rows of some micro-wins, without those in which no day has anything to show."""
        if wins and wins[0].now.today != self._today:
            self._today, self._rows, self._whole = wins[0].now.today, {}, {}
        kept, make = self._rows.setdefault(kind, Kept()), partial(_row, kind=kind)
        whole = self._whole.setdefault((kind, len(wins)), KeptInOrder())
        return [row for row in whole.of(wins, lambda win: kept.of(win.win.id, win, make)) if row]


_made = _Made()


def _row(figures: Figures, kind: _Kind) -> str:
    """Return one row, or nothing where no day has anything to show."""
    shown = marks(figures, [kind.first + offset * DAY for offset in range(kind.length)])
    if not any(map(str.strip, shown)):
        return ""
    return f"{in_fence(figures.win.name, kind.width)} {kind.gap.join(shown)}".rstrip()
