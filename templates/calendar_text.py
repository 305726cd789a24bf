"""A month or a week of X's in plain characters."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..streaks.calendar import DAY, period_start
from ..streaks.figures import Figures
from ..streaks.turns import Outcome
from .phrases import MONTHS, SYMBOLS, WEEKDAYS
from .safe_text import in_fence

NAME_WIDTH = 28


def month_rows(wins: Sequence[Figures], today: date, width: int = NAME_WIDTH) -> list[str]:
    """Return a header with the days of the month and a row of X's for each micro-win."""
    first = today.replace(day=1)
    days = ((first + timedelta(days=32)).replace(day=1) - first).days
    header = "".join(
        f"{day:<5}" if day == 1 or day % 5 == 0 else ""
        for day in range(1, days + 1)
        if day == 1 or day % 5 == 0
    )
    header = f"1   {header[5:]}".rstrip()
    return [
        f"{MONTHS[first.month - 1]:<{width}} {header}",
        *_rows(wins, [first + offset * DAY for offset in range(days)], width),
    ]


def week_rows(wins: Sequence[Figures], today: date, week_start: int, width: int = NAME_WIDTH) -> list[str]:
    """Return a header with the days of the week and a row of X's for each micro-win."""
    first = period_start(today, "week", week_start)
    days = [first + offset * DAY for offset in range(7)]
    header = " ".join(WEEKDAYS[day.weekday()][:2] for day in days)
    return [f"{'':<{width}} {header}", *_rows(wins, days, width, "  ")]


def marks(figures: Figures, days: Sequence[date]) -> list[str]:
    """Return one character a day: X done, · a turn not done, - neutral, o open, blank where nothing was due."""
    by_day: dict[date, str] = {}
    for turn in figures.turns:
        if turn.slot.start == turn.slot.end or turn.outcome is Outcome.NEUTRAL:
            day = turn.slot.start
            while day <= turn.slot.end:
                by_day[day] = SYMBOLS[turn.outcome.value]
                day += DAY
        elif turn.outcome is Outcome.MISSED and not _is_done(figures, turn.slot.end):
            by_day[turn.slot.end] = SYMBOLS["x"]
    for day, entry in figures.history.items():
        if day > figures.now.today:
            continue
        if entry.done and by_day.get(day) != "·":
            by_day[day] = "X"
        elif entry.skipped and day not in by_day:
            by_day[day] = "-"
    return [by_day.get(day, " ") for day in days]


def _is_done(figures: Figures, day: date) -> bool:
    entry = figures.history.get(day)
    return entry is not None and entry.done


def _rows(wins: Sequence[Figures], days: Sequence[date], width: int, gap: str = "") -> list[str]:
    return [f"{in_fence(win.win.name, width)} {gap.join(marks(win, days))}".rstrip() for win in wins]
