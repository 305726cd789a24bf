"""The days that a look back is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ..parsers.day_range import DayRange
from ..parsers.period import Period as NotePeriod
from ..parsers.schedule import Period
from .calendar import DAY, Now, next_period, period_start


@dataclass(frozen=True, slots=True)
class Lookback:
    """A calendar period from `start` to `end`, of which the days up to `until` have come."""

    kind: Period
    start: date
    end: date
    until: date

    @property
    def days(self) -> DayRange:
        """The days that have come."""
        return DayRange(self.start, self.until)

    @property
    def is_whole(self) -> bool:
        """Whether the period is over, or at its last day."""
        return self.until == self.end

    def before(self, until: date) -> DayRange:
        """Return the period before; where this one counts up to `until` only, as many days of that."""
        last = self.start - DAY
        first = _first_day(self.kind, last, self.start)
        return DayRange(first, last if until == self.end else min(first + (until - self.start), last))


def lookback(kind: Period, day: date, now: Now, back: int = 0) -> Lookback | None:
    """Return the period that holds `day`, or the one so many periods `back`; None where it has not begun yet."""
    start = period_start(day, kind, now.week_start)
    for _ in range(back):
        start = period_start(start - DAY, kind, now.week_start)
    if start > now.today:
        return None
    end = next_period(start, kind) - DAY
    return Lookback(kind, start, end, min(end, now.today))


def lookback_at(period: NotePeriod, now: Now) -> Lookback | None:
    """Return the look back over the period that a note is about; None for a day, and where it has not begun yet."""
    if period.kind == "day" or period.start > now.today:
        return None
    return Lookback(period.kind, period.start, period.end, min(period.end, now.today))


def is_settled(look: Lookback, today: date) -> bool:
    """Return whether a period lies so far back that what was written of it stays: as many days as it has are over."""
    return today - look.end > look.end - look.start + DAY


def now_at(day: date, now: Now) -> Now:
    """Return how things stood on `day`, or, where that is today or later, how they stand now."""
    return now if day >= now.today else Now(day, min(day, now.closed_until), now.week_start)


def days_in(span: DayRange) -> Iterator[date]:
    """Yield the days of a span that has an end."""
    last = span.end or span.start
    return (date.fromordinal(number) for number in range(span.start.toordinal(), last.toordinal() + 1))


def _first_day(kind: Period, day: date, next_start: date) -> date:
    """Return the first day of the period that ends on `day`; that of a week lies seven days before the next."""
    return next_start - 7 * DAY if kind == "week" else period_start(day, kind)
