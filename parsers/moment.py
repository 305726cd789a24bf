"""Formats of moment.js 2.29, both ways: a day to text, and text strictly back to the day or period it names.

Obsidian names notes with these formats. Nothing here asks what time it is, and a locale is always an argument;
one that is not known reads as English. Tokens are case-sensitive and greedy; `[…]` and a backslash quote.
"""

from __future__ import annotations

from datetime import date, datetime, time
from functools import lru_cache

from .moment_format import write
from .moment_locale import WeekRule
from .moment_names import find_locale
from .moment_parse import Reading, read
from .period import Kind, Period, period_of

__all__ = [
    "Kind",
    "Period",
    "Reading",
    "WeekRule",
    "format_moment",
    "parse_moment",
    "parse_period",
    "period_of",
    "read_moment",
    "week_rule",
]


@lru_cache(maxsize=16)
def week_rule(locale: str = "en") -> WeekRule:
    """Return how the locale counts weeks."""
    return find_locale(locale).week


def format_moment(fmt: str, when: datetime | date, locale: str = "en", week: WeekRule | None = None) -> str:
    """Return `when` as the format says; a date stands for its midnight, a time without a zone for UTC.

    >>> format_moment("dddd, MMMM Do YYYY [at] HH:mm", datetime(2025, 6, 15, 9, 5))
    'Sunday, June 15th 2025 at 09:05'
    """
    moment = when if isinstance(when, datetime) else datetime.combine(when, time())
    return write(fmt, moment, locale, week or week_rule(locale))


def read_moment(
    fmt: str, text: str, locale: str = "en", week: WeekRule | None = None, *, today: date | None = None
) -> Reading | None:
    """Return what `text` says in this format: None for another shape, an empty reading for a contradiction.

    `today` supplies, as in moment.js, a year or month that the format leaves out; without it the format has to
    name its period in full.
    """
    return read(fmt, text, locale, week or week_rule(locale), today)


def parse_period(
    fmt: str, text: str, locale: str = "en", week: WeekRule | None = None, *, today: date | None = None
) -> Period | None:
    """Return the period that `text` names; which kind it is, the tokens of the format decide.

    >>> parse_period("GGGG-[W]WW", "2025-W24")
    Period(kind='week', start=datetime.date(2025, 6, 9))
    >>> parse_period("YYYY/MM/YYYY-MM-DD", "2025/07/2025-06-15") is None
    True
    """
    reading = read_moment(fmt, text, locale, week, today=today)
    return reading.period if reading else None


def parse_moment(
    fmt: str, text: str, locale: str = "en", week: WeekRule | None = None, *, today: date | None = None
) -> date | None:
    """Return the first day of the period that `text` names, None where it does not match or contradicts itself.

    >>> parse_moment("dddd, MMMM Do YYYY", "sunday, june 15th 2025")
    datetime.date(2025, 6, 15)
    """
    period = parse_period(fmt, text, locale, week, today=today)
    return period.start if period else None
