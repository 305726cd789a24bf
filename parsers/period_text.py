"""The names of calendar periods as people write them on a command line."""

from __future__ import annotations

import re
from datetime import date

from .day_range import read_date
from .period import Kind

_FORMS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    ("week", re.compile(r"([0-9]{4})-?W([0-9]{1,2})\Z", re.IGNORECASE)),
    ("quarter", re.compile(r"([0-9]{4})-?Q([1-4])\Z", re.IGNORECASE)),
    ("month", re.compile(r"([0-9]{4})-([0-9]{1,2})\Z")),
    ("year", re.compile(r"([0-9]{4})()\Z")),
)


def read_period(text: str) -> tuple[Kind, date] | None:
    """Return the kind of the period that `text` names and a day in it, or None; a plain date is the period of a day.

    A week is one of ISO 8601; the day is its Thursday, which lies in the week of that number wherever weeks begin.

    >>> read_period("2026-W47"), read_period("2026-11"), read_period("2026-Q4")
    (('week', datetime.date(2026, 11, 19)), ('month', datetime.date(2026, 11, 1)), ('quarter', datetime.date(2026, 10, 1)))
    >>> read_period("2026-13") is None
    True
    """
    written = text.strip()
    day = read_date(written)
    if day is not None:
        return "day", day
    for kind, form in _FORMS:
        match = form.match(written)
        if match:
            return _period(kind, int(match[1]), int(match[2] or 0))
    return None


def _period(kind: Kind, year: int, number: int) -> tuple[Kind, date] | None:
    try:
        if kind == "week":
            return kind, date.fromisocalendar(year, number, 4)
        month = {"quarter": 3 * number - 2, "month": number}.get(kind, 1)
        return kind, date(year, month, 1)
    except ValueError:
        return None
