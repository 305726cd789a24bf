"""Slots: the turns of a schedule. Each kind of rule has one maker here; nothing else knows the kinds."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from itertools import takewhile

from ..parsers.calendar_dates import OnDates
from ..parsers.schedule import EveryDays, Limit, LimitPeriod, Once, OnWeekdays, Quota, Rule, SinceLast
from .calendar import DAY, next_period, period_start


@dataclass(frozen=True, slots=True)
class Slot:
    """One turn of a schedule, from its first to its last day.

    `available` of its `days` are not neutral: fewer shrink a quota, none at all make it neutral. `times` are the
    repetitions that a whole slot asks for and `length` its length in days: n and L of the strength formula.
    """

    start: date
    end: date
    times: int
    length: float
    available: int
    days: int

    @property
    def needed(self) -> int:
        """Repetitions asked for on the days that are available: ceil(n · available ÷ days), one a day at most."""
        return min(math.ceil(self.times * self.available / self.days), self.available)


@dataclass(frozen=True, slots=True)
class Span:
    """The days for which slots are made: all from `start`, up to `end` where there is one.

    `anchor` is the day from which the rule counts its days, weeks and months. `available` counts the days from one
    to another, both included, that are not neutral; `done` says whether a day satisfies the rule that restarts at
    each completion.
    """

    anchor: date
    start: date
    end: date | None
    week_start: int
    available: Callable[[date, date], int]
    done: Callable[[date], bool]

    def holds(self, day: date) -> bool:
        """Return whether `day` is not after the end."""
        return self.end is None or day <= self.end

    def last(self, day: date) -> date:
        """Return `day`, or the end where that comes first."""
        return day if self.end is None else min(day, self.end)


def due_days(rule: Rule, anchor: date, first: int, last: int, week_start: int) -> Iterable[int] | None:
    """Return the ordinals from `first` to `last` on which a rule that names days is due; None for any other rule."""
    match rule:
        case EveryDays(days):
            return range(first + (anchor.toordinal() - first) % days, last + 1, days)
        case OnWeekdays(weekdays, weeks):
            week = period_start(anchor, "week", week_start).toordinal()
            due = {offset for offset in range(7) if (week + offset - 1) % 7 in weekdays}
            return (day for day in range(first, last + 1) if (day - week) % (7 * weeks) in due)
        case OnDates():
            after = (day.toordinal() for day in rule.dates(anchor))
            return (day for day in takewhile(lambda day: day <= last, after) if day >= first)
        case _:
            return None


def day_length(rule: Rule) -> float:
    """Return the mean number of days from one due day to the next: L of the strength formula."""
    match rule:
        case EveryDays(days):
            return float(days)
        case OnWeekdays(weekdays, weeks):
            return 7 * weeks / len(weekdays)
        case OnDates():
            return rule.length
        case _:
            raise TypeError(f"{rule!r} names no days")


@singledispatch
def slots(rule: Rule, span: Span) -> Iterator[Slot]:
    """Yield the slots of a rule whose slots may be longer than a day, in order; without end where the span has none."""
    raise TypeError(f"no slot maker for {rule!r} over {span!r}")


@slots.register
def _(rule: SinceLast, span: Span) -> Iterator[Slot]:
    start = span.start
    while span.holds(start):
        end, done = _window(start, rule.longest, span)
        yield Slot(start, end, 1, float(rule.longest), 1 if done else min(span.available(start, end), 1), 1)
        start = end + DAY


@slots.register
def _(rule: Quota, span: Span) -> Iterator[Slot]:
    for start, end in _periods(rule.period, rule.every, span):
        first, last = max(start, span.start), span.last(end)
        days = (end - start).days + 1
        yield Slot(first, last, rule.times, float(days), span.available(first, last), days)


@slots.register
def _(rule: Limit, span: Span) -> Iterator[Slot]:
    for start, end in _periods(rule.period, 1, span):
        first, last = max(start, span.start), span.last(end)
        days = (end - start).days + 1
        yield Slot(first, last, 1, float(days), span.available(first, last), days)


@slots.register
def _(rule: Once, span: Span) -> Iterator[Slot]:
    if span.start <= rule.by:
        last = span.last(rule.by)
        days = (last - span.start).days + 1
        yield Slot(span.start, last, 1, float(days), span.available(span.start, last), days)


def _periods(period: LimitPeriod, every: int, span: Span) -> Iterator[tuple[date, date]]:
    """Yield the first and last day of each period of the calendar, or of so many together, that reaches into the span."""
    start = period_start(span.anchor, period, span.week_start)
    while span.holds(start):
        following = start
        for _repeat in range(every):
            following = next_period(following, period)
        if following > span.start:
            yield start, following - DAY
        start = following


def _window(start: date, longest: int, span: Span) -> tuple[date, bool]:
    """Return the last day of a window that restarts at a completion, and whether it was completed.

    Neutral days lengthen the window by one day each, up to a year, so that an endless pause ends somewhere.
    """
    day, left = start, longest
    for day in (start + offset * DAY for offset in range(longest + 366)):
        if span.done(day):
            return day, True
        left -= span.available(day, day)
        if left == 0 or not span.holds(day + DAY):
            break
    return day, False
