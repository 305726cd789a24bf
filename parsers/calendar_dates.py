"""Rules that name dates of the calendar: `every month on the last Friday`, `every January on the 15th`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .day_range import read_weekday

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "last": -1}
_EVERY = {"": 1, "other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "six": 6}
_ORDINAL = re.compile(r"([0-9]{1,2})(?:st|nd|rd|th|\.)?\Z")
_SEPARATOR = re.compile(r"\s*(?:,\s*and\b|,|&|\+|\band\b|\bor\b)\s*")
_MONTH = rf"(?:{'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in MONTHS)}|sept)"
_MONTH_LIST = rf"{_MONTH}(?:(?:\s*,\s*and|\s*[,&+]|\s+and|\s+or)\s*{_MONTH})*"
_DAYS_A_YEAR = 365.25


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of a month: the `nth` day, or the `nth` of a weekday (Monday is 0); counted from the end where negative."""

    nth: int
    weekday: int | None = None

    def in_month(self, first: date) -> date | None:
        """Return this day in the month that begins on `first`.

        A day that a short month does not have is its last day; a fifth Friday that it does not have is none.
        """
        following = (first + timedelta(days=32)).replace(day=1)
        if self.weekday is None:
            length = (following - first).days
            return (
                first + timedelta(days=min(self.nth, length) - 1)
                if self.nth > 0
                else following + timedelta(days=max(self.nth, -length))
            )
        if self.nth > 0:
            day = first + timedelta(days=(self.weekday - first.weekday()) % 7 + 7 * (self.nth - 1))
        else:
            last = following - timedelta(days=1)
            day = last - timedelta(days=(last.weekday() - self.weekday) % 7 + 7 * (-self.nth - 1))
        return day if day.month == first.month else None


@dataclass(frozen=True, slots=True)
class OnDates:
    """Each of these days in every `every`-th month counted from the start, or in these months of every `every`-th year."""

    days: tuple[MonthDay, ...]
    months: tuple[int, ...] = ()
    every: int = 1

    @property
    def length(self) -> float:
        """The mean number of days from one date to the next."""
        if self.months:
            return _DAYS_A_YEAR * self.every / (len(self.months) * len(self.days))
        return _DAYS_A_YEAR / 12 * self.every / len(self.days)

    def dates(self, start: date) -> Iterator[date]:
        """Yield the dates from `start` on, in order."""
        month = start.replace(day=1)
        first = month
        while month.year < date.max.year:
            if self._has(month, first):
                found = {
                    day
                    for day in (one.in_month(month) for one in self.days)
                    if day is not None and day >= start
                }
                yield from sorted(found)
            month = (month + timedelta(days=32)).replace(day=1)

    def _has(self, month: date, first: date) -> bool:
        if self.months:
            return month.month in self.months and (month.year - first.year) % self.every == 0
        return ((month.year - first.year) * 12 + month.month - first.month) % self.every == 0


def read_calendar_dates(words: str) -> OnDates | None:
    """Return the rule that folded words mean, None where any part of them is left over.

    >>> read_calendar_dates("every month on the last friday")
    OnDates(days=(MonthDay(nth=-1, weekday=4),), months=(), every=1)
    >>> read_calendar_dates("every april and december on the 1st and 24th").months
    (4, 12)
    """
    for reader in (_of_months, _of_named_months, _of_the_month, _of_years):
        found = reader(words)
        if found is not None:
            return found
    return None


def _of_months(words: str) -> OnDates | None:
    match = re.fullmatch(r"(?:monthly|(?:every|each) (?:(\w+) )?months?) (?:on )?(?:the )?(.+)", words)
    every = _every(match[1]) if match else None
    days = _days(match[2]) if match else None
    return OnDates(days, (), every) if every and days else None


def _of_named_months(words: str) -> OnDates | None:
    """Read `every January on the 15th`, `every 15 January`, `every March 1`, `24 December`."""
    inside = re.sub(r"\A(?:every|each|yearly on|on) ", "", words)
    before = re.fullmatch(rf"({_MONTH_LIST}) (?:on )?(?:the )?(.+)", inside)
    after = re.fullmatch(rf"(?:the )?(.+?) (?:of |in )?({_MONTH_LIST})", inside)
    days = _days(before[2] if before else after[1] if after else "")
    return OnDates(days, _months(before[1] if before else after[2] if after else "")) if days else None


def _of_the_month(words: str) -> OnDates | None:
    """Read `last Friday`, `every 1st of the month`, `the 1st and 15th of each month`.

    Only `last`, and a plain `2nd Tue`, go without it: `every second Friday` may be meant either way.
    """
    if re.fullmatch(r"[1-5](?:st|nd|rd|th) [a-z]+", words):
        only = _days(words)
        return OnDates(only) if only else None
    match = re.fullmatch(
        r"(?:every |each |on )?(?:the )?(.+?)( (?:of|in) (?:the|each|every|a) month)?", words
    )
    days = _days(match[1]) if match else None
    return OnDates(days) if match and days and (match[2] or all(day.nth == -1 for day in days)) else None


def _of_years(words: str) -> OnDates | None:
    """Read `every 2 years on March 1st`, `every year in March on the 1st`, `yearly on 29 February`."""
    match = re.fullmatch(r"(?:yearly|(?:every|each) (?:(\w+) )?years?) (?:on |in )?(?:the )?(.+)", words)
    every = _every(match[1]) if match else None
    found = _of_named_months(match[2]) if match else None
    return OnDates(found.days, found.months, every) if every and found else None


def _every(word: str | None) -> int | None:
    if word is None or word in _EVERY:
        return _EVERY[word or ""]
    return int(word) if word.isdecimal() and 1 <= int(word) <= 120 else None


def _months(text: str) -> tuple[int, ...]:
    shorts = [month[:3] for month in MONTHS]
    return tuple(sorted({shorts.index(name[:3]) + 1 for name in re.findall(_MONTH, text)}))


def _days(text: str) -> tuple[MonthDay, ...] | None:
    items = [re.sub(r"\A(?:on )?(?:the )?", "", item) for item in _SEPARATOR.split(text.strip(" ,")) if item]
    found = [_day(item) for item in items]
    known = sorted(
        {day for day in found if day}, key=lambda day: (day.nth, -1 if day.weekday is None else day.weekday)
    )
    return tuple(known) if found and None not in found else None


def _day(text: str) -> MonthDay | None:
    """Read `1st`, `last`, `last day`, `2nd last`, `last Friday`, `2nd last Friday`."""
    words = text.split()
    if not words:
        return None
    nth = _nth(words[0])
    rest = words[1:]
    if nth and nth > 0 and rest[:1] == ["last"]:
        nth, rest = -nth, rest[1:]
    if not nth or len(rest) > 1:
        return None
    if not rest or rest == ["day"]:
        return MonthDay(nth) if abs(nth) <= 31 else None
    weekday = read_weekday(rest[0])
    return MonthDay(nth, weekday) if weekday is not None and abs(nth) <= 5 else None


def _nth(word: str) -> int | None:
    if word in _ORDINALS:
        return _ORDINALS[word]
    match = _ORDINAL.match(word)
    return int(match[1]) or None if match else None
