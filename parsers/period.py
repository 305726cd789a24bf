"""A stretch of the calendar that one note is about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from .moment_locale import WeekRule

Kind = Literal["day", "week", "month", "quarter", "year"]
KINDS: tuple[Kind, ...] = ("day", "week", "month", "quarter", "year")


@dataclass(frozen=True, slots=True)
class Period:
    """A day, week, month, quarter or year, and the first day of it."""

    kind: Kind
    start: date

    def days(self) -> Iterator[date]:
        """Yield every day of the period, in order."""
        first = self.start.toordinal()
        return (date.fromordinal(number) for number in range(first, self.end.toordinal() + 1))

    @property
    def end(self) -> date:
        """The last day of the period."""
        if self.kind == "day":
            return self.start
        if self.kind == "week":
            return min(self.start, date.max - timedelta(days=6)) + timedelta(days=6)
        months = {"month": 1, "quarter": 3, "year": 12}[self.kind]
        last = self.start.month + months - 1
        if last == 12:
            return self.start.replace(month=12, day=31)
        return self.start.replace(month=last + 1, day=1) - timedelta(days=1)


def period_of(kind: Kind, day: date, week: WeekRule) -> Period:
    """Return the period of this kind that holds `day`.

    >>> period_of("quarter", date(2025, 6, 15), WeekRule(1, 4))
    Period(kind='quarter', start=datetime.date(2025, 4, 1))
    """
    starts = {
        "day": day,
        "week": week.start_of(day),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }
    return Period(kind, starts[kind])
