"""The `month` and `week` blocks: X's in plain characters, for as many months or weeks as are asked for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..parsers.block_options import Options
from ..streaks.calendar import DAY, period_start
from .block_subject import Subject
from .calendar_text import month_rows, week_rows
from .view import View
from .words import say


def month_block(view: View, subject: Subject, options: Options) -> str:
    """Return the month of each micro-win, the earliest month first; this month's unless another one is named."""
    today = view.figures.now.today
    return _fenced([month_rows(subject.wins, first, today) for first in last_months(today, options)])


def week_block(view: View, subject: Subject, options: Options) -> str:
    """Return the week of each micro-win, the earliest week first; this week unless another one is named."""
    now = view.figures.now
    last = period_start(options.day("week") or now.today, "week", now.week_start)
    firsts = [last - back * 7 * DAY for back in reversed(range(options.number("weeks") or 1))]
    return _fenced([week_rows(subject.wins, first) for first in firsts])


def last_months(today: date, options: Options) -> list[date]:
    """Return the first days of the months that a block's options ask for, the earliest first."""
    months = [(options.day("month") or today).replace(day=1)]
    while len(months) < (options.number("months") or 1):
        months.append((months[-1] - DAY).replace(day=1))
    return months[::-1]


def _fenced(parts: list[list[str]]) -> str:
    if all(len(rows) == 1 for rows in parts):
        return say("block.no_rows") + "\n"
    return "\n".join(("```text", *_with_gaps(parts), "```")) + "\n"


def _with_gaps(parts: list[list[str]]) -> Iterator[str]:
    for number, rows in enumerate(parts):
        yield from ("", *rows) if number else rows
