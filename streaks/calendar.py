"""The day that figures are worked out for, and the days on which nothing is due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from ..parsers.day_range import DayRange
from ..parsers.schedule import LimitPeriod

DAY = timedelta(days=1)
_ONE = b"\x01"


@dataclass(frozen=True, slots=True)
class Now:
    """The day it is, and the last day that is closed: what was missed up to then counts as missed.

    That day lies before today, or is today itself where a journey west has brought it a second time.
    """

    today: date
    closed_until: date
    week_start: int = 0

    @classmethod
    def at(cls, today: date, week_start: int = 0) -> Now:
        """Return the view in which every day before `today` is closed and `today` is open."""
        return cls(today, today - DAY, week_start)


@dataclass(frozen=True, slots=True)
class NeutralDays:
    """Days on which nothing is due: weekdays of rest and ranges of pause."""

    rest: frozenset[int] = frozenset()
    pauses: tuple[DayRange, ...] = ()

    def __contains__(self, day: date) -> bool:
        """Return whether `day` is neutral."""
        if not self.rest and not self.pauses:
            return False
        return day.weekday() in self.rest or any(day in pause for pause in self.pauses)

    def mask(self, first: int, last: int) -> bytearray:
        """Return one byte for each day from the ordinal `first` to `last`: 1 where it is neutral, else 0."""
        days = bytearray(max(last - first + 1, 0))
        for weekday in self.rest:
            offset = (weekday - (first - 1)) % 7
            days[offset::7] = _ONE * len(range(offset, len(days), 7))
        for pause in self.pauses:
            start = max(pause.start.toordinal(), first)
            end = last if pause.end is None else min(pause.end.toordinal(), last)
            if start <= end:
                days[start - first : end - first + 1] = _ONE * (end - start + 1)
        return days

    def __or__(self, other: NeutralDays) -> NeutralDays:
        """Return the days that are neutral in either."""
        if not (other.rest or other.pauses):
            return self
        if not (self.rest or self.pauses):
            return other
        return NeutralDays(self.rest | other.rest, self.pauses + other.pauses)


def period_start(day: date, period: LimitPeriod, week_start: int = 0) -> date:
    """Return the first day of the calendar week, month, quarter or year that holds `day`; a day is its own."""
    if period == "day":
        return day
    if period == "week":
        return day - timedelta(days=(day.weekday() - week_start) % 7)
    if period == "quarter":
        return day.replace(month=day.month - (day.month - 1) % 3, day=1)
    return day.replace(day=1) if period == "month" else day.replace(month=1, day=1)


def next_period(start: date, period: LimitPeriod) -> date:
    """Return the first day of the period after the one that begins on `start`."""
    if period == "day":
        return start + DAY
    if period == "week":
        return start + 7 * DAY
    if period == "month":
        return (start + 32 * DAY).replace(day=1)
    if period == "quarter":
        return (start + 95 * DAY).replace(day=1)
    return start.replace(year=start.year + 1)
