"""Slots: the turns of a schedule. Each kind of rule has one maker here; nothing else knows the kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import singledispatch
from itertools import count, pairwise, takewhile

from ..parsers.calendar_dates import OnDates
from ..parsers.schedule import EveryDays, Limit, LimitPeriod, Once, OnWeekdays, Quota, Rule, SinceLast
from .calendar import next_period, period_start

DAY_SLIP_WINDOW = 7
LONG_SLIP_WINDOW = 4


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
        return needed_times((self.times, self.length, self.available, self.days))


Measure = tuple[int, float, int, int]
"""What a slot asks for: repetitions, length in days, days available, days in all (as in `Slot`)."""
Bounds = tuple[int, int, Measure]
"""A slot as the engine makes it: its first and its last day as ordinals, and its measure."""


def needed_times(measure: Measure) -> int:
    """Return the repetitions asked for on the days that are available: ceil(n · available ÷ days), one a day at most."""
    times, _, available, days = measure
    return min(-(-times * available // days), available)


@dataclass(frozen=True, slots=True)
class Span:
    """The days (ordinals) for which slots are made: all from `start`, up to `end` where there is one.

    `anchor` is the day from which the rule counts its days, weeks and months. `available` counts the days from one
    to another, both included, that are not neutral; `completed` is the first day between two days, both included, on
    which all is done that a window from the first of them asks for, or None.
    """

    anchor: date
    start: int
    end: int | None
    week_start: int
    available: Callable[[int, int], int]
    completed: Callable[[int, int], int | None] = lambda _first, _last: None

    def holds(self, day: int) -> bool:
        """Return whether `day` is not after the end."""
        return self.end is None or day <= self.end

    def last(self, day: int) -> int:
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


def slip_window(rule: Rule) -> int:
    """Return in how many turns of a rule at most one may be a slip: fewer where a turn is a week or longer."""
    long = isinstance(rule, Quota | OnDates) or (isinstance(rule, Limit) and rule.period != "day")
    return LONG_SLIP_WINDOW if long else DAY_SLIP_WINDOW


@singledispatch
def slots(rule: Rule, span: Span) -> Iterator[Bounds]:
    """Yield the slots of a rule whose slots may be longer than a day, in order; without end where the span has none."""
    raise TypeError(f"no slot maker for {rule!r} over {span!r}")


@slots.register
def _(rule: SinceLast, span: Span) -> Iterator[Bounds]:
    start, length = span.start, float(rule.longest)
    open_window, paused = (1, length, 1, 1), (1, length, 0, 1)
    while span.holds(start):
        done = span.completed(start, span.last(start + rule.longest - 1))
        end = start
        if done is None:
            end = _window(start, rule.longest, span)
            done = span.completed(start, end)
        end = end if done is None else done
        yield start, end, open_window if done is not None or span.available(start, end) else paused
        start = end + 1


@slots.register
def _(rule: Quota, span: Span) -> Iterator[Bounds]:
    for start, end in _periods(rule.period, rule.every, span):
        yield _part(rule.times, start, end, span)


@slots.register
def _(rule: Limit, span: Span) -> Iterator[Bounds]:
    for start, end in _periods(rule.period, 1, span):
        yield _part(1, start, end, span)


@slots.register
def _(rule: Once, span: Span) -> Iterator[Bounds]:
    """Yield the one slot; a thing to be done once is not less of a thing because of days of rest."""
    start, end = span.start, span.last(rule.by.toordinal())
    if start <= end:
        yield start, end, (1, float(end - start + 1), min(span.available(start, end), 1), 1)


def _part(times: int, start: int, end: int, span: Span) -> Bounds:
    """Return the slot of a period, of which the part outside of the span is not available."""
    first, last, days = max(start, span.start), span.last(end), end - start + 1
    return first, last, (times, float(days), span.available(first, last), days)


def _periods(period: LimitPeriod, every: int, span: Span) -> Iterator[tuple[int, int]]:
    """Yield the first and last day of each period of the calendar, or of so many together, that reaches into the span."""
    first = period_start(span.anchor, period, span.week_start)
    for start, following in pairwise(_starts(first, period, every)):
        if not span.holds(start):
            return
        if following > span.start:
            yield start, following - 1


def _starts(first: date, period: LimitPeriod, every: int) -> Iterator[int]:
    """Yield the first days of the periods from `first` on, without end."""
    if period in {"day", "week"}:
        yield from count(first.toordinal(), every * (7 if period == "week" else 1))
    while True:
        yield first.toordinal()
        for _repeat in range(every):
            first = next_period(first, period)


def _window(start: int, longest: int, span: Span) -> int:
    """Return the last day of a window, if nothing completes it before.

    Neutral days lengthen the window by one day each, up to a year, so that an endless pause ends somewhere.
    """
    left, end = longest, start
    furthest = span.last(start + longest + 365)
    while True:
        end = min(end + left - 1, furthest)
        left = longest - span.available(start, end)
        if not left or end == furthest:
            return end
        end += 1
