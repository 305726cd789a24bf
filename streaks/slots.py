"""Slots: the turns of a schedule. Each kind of rule has one maker here; nothing else knows the kinds."""

from __future__ import annotations

import math
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from itertools import count

from ..parsers.calendar_dates import OnDates
from ..parsers.schedule import EveryDays, OnWeekdays, Quota, Rule, SinceLast
from .calendar import DAY, next_period, period_start


@dataclass(frozen=True, slots=True)
class Slot:
    """One turn of a schedule, from its first to its last day.

    `share` is the part of the slot's days that are available (1 unless neutral days shrink a quota; 0 makes
    it neutral), `times` the repetitions that a whole slot asks for and `length` its length in days: n and L of
    the strength formula.
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

    `done` says whether a day satisfies the rule that restarts at each completion.
    """

    start: date
    end: date | None
    neutral: Container[date]
    week_start: int
    done: Callable[[date], bool]

    def holds(self, day: date) -> bool:
        """Return whether `day` is not after the end."""
        return self.end is None or day <= self.end


@singledispatch
def slots(rule: Rule, span: Span) -> Iterator[Slot]:
    """Yield the slots of `rule` in order, without end where the span has none. A rule is one of `Rule`."""
    raise TypeError(f"no slot maker for {rule!r} over {span!r}")


@slots.register
def _(rule: EveryDays, span: Span) -> Iterator[Slot]:
    for number in count():
        day = span.start + number * rule.days * DAY
        if not span.holds(day):
            return
        yield _day_slot(day, float(rule.days), span)


@slots.register
def _(rule: OnWeekdays, span: Span) -> Iterator[Slot]:
    length = 7 * rule.weeks / len(rule.weekdays)
    first_week = period_start(span.start, "week", span.week_start)
    for number in count():
        week = first_week + number * rule.weeks * 7 * DAY
        if not span.holds(week):
            return
        for day in (week + offset * DAY for offset in range(7)):
            if day.weekday() in rule.weekdays and day >= span.start and span.holds(day):
                yield _day_slot(day, length, span)


@slots.register
def _(rule: OnDates, span: Span) -> Iterator[Slot]:
    for day in rule.dates(span.start):
        if not span.holds(day):
            return
        yield _day_slot(day, rule.length, span)


@slots.register
def _(rule: SinceLast, span: Span) -> Iterator[Slot]:
    start = span.start
    while span.holds(start):
        end, done = _window(start, rule.longest, span)
        days = (end - start).days + 1
        available = sum(1 for offset in range(days) if start + offset * DAY not in span.neutral)
        yield Slot(start, end, 1, float(rule.longest), 1 if done else min(available, 1), 1)
        start = end + DAY


@slots.register
def _(rule: Quota, span: Span) -> Iterator[Slot]:
    start = period_start(span.start, rule.period, span.week_start)
    while span.holds(start):
        end = start
        for _repeat in range(rule.every):
            end = next_period(end, rule.period)
        end -= DAY
        days = (end - start).days + 1
        first, last = max(start, span.start), end if span.end is None else min(end, span.end)
        available = sum(
            1 for offset in range((last - first).days + 1) if first + offset * DAY not in span.neutral
        )
        yield Slot(first, last, rule.times, float(days), available, days)
        start = end + DAY


def _day_slot(day: date, length: float, span: Span) -> Slot:
    return Slot(day, day, 1, length, 0 if day in span.neutral else 1, 1)


def _window(start: date, longest: int, span: Span) -> tuple[date, bool]:
    """Return the last day of a window that restarts at a completion, and whether it was completed.

    Neutral days lengthen the window by one day each, up to a year, so that an endless pause ends somewhere.
    """
    day, left = start, longest
    for day in (start + offset * DAY for offset in range(longest + 366)):
        if span.done(day):
            return day, True
        left -= day not in span.neutral
        if left == 0 or not span.holds(day + DAY):
            break
    return day, False
