"""Ranges of days and lists of weekdays as people write them in `pause` and `rest`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")


@dataclass(frozen=True, slots=True, order=True)
class DayRange:
    """Days from `start` to `end`, both included; without an end it goes on."""

    start: date
    end: date | None = None

    def __contains__(self, day: date) -> bool:
        """Return whether `day` lies in the range."""
        return self.start <= day and (self.end is None or day <= self.end)


def read_date(text: object) -> date | None:
    """Return the day that `YYYY-MM-DD` names, or None; anything else is no date here.

    >>> read_date("2026-02-28")
    datetime.date(2026, 2, 28)
    >>> read_date("2026-02-30") is None
    True
    """
    if not isinstance(text, str) or not _DATE.match(text.strip()):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def read_day_range(text: object) -> DayRange | None:
    """Return the range that `2026-07-01..2026-07-14`, `2026-07-01..` or a single day names, or None."""
    if not isinstance(text, str):
        return None
    first, dots, last = text.partition("..")
    start = read_date(first)
    if start is None:
        return None
    if not dots:
        return DayRange(start, start)
    if not last.strip():
        return DayRange(start)
    end = read_date(last)
    return DayRange(start, end) if end is not None and end >= start else None


NO_REST: frozenset[int] = frozenset()
"""No weekday, the same object for all that have none."""


def read_weekday(text: object) -> int | None:
    """Return the weekday (Monday is 0) that a name of three or more letters means, or None.

    >>> read_weekday("Thurs"), read_weekday("sundays"), read_weekday("mo")
    (3, 6, None)
    """
    if not isinstance(text, str):
        return None
    word = text.strip().rstrip(".").casefold()
    if word.endswith("days"):
        word = word[:-1]
    if len(word) < 3:
        return None
    return next((number for number, name in enumerate(WEEKDAYS) if name.startswith(word)), None)
