"""When a rule comes round: the dates of rrule.js 2.8.1, with the two corrections that the Tasks plugin makes.

All arithmetic is on calendar days. A rule whose date never comes (`on the 32nd`) has no date, and the search for one
ends after 40 turns of the calendar rather than in the year 9999.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice

from .recurrence import Recurrence, parse_recurrence
from .recurrence_filter import DayFilter

_DAY = timedelta(days=1)
_HORIZON_YEARS = 40
_LONGEST_MONTH = 31
_STEPS = {"yearly": 1, "monthly": 12, "weekly": 53, "daily": 366}
_MINUTES = {"hourly": 60, "minutely": 1}
_MINUTES_A_DAY = 1440


def occurrences(rule: Recurrence, start: date) -> Iterator[date]:
    """Yield the rule's dates from `start` on, in order; `start` itself is one only if the rule fits it."""
    if rule.frequency in _MINUTES:
        dates = _clock_dates(rule, start)
    else:
        # A rule `at 9, 17 for 3 times` is used up on the second day.
        days = rule.count and -(-rule.count // len(set(rule.hours) or {0}))
        dates = islice(_calendar_dates(rule, start), days)
    for day in dates:
        if rule.until and day > rule.until:
            return
        yield day


def next_date(rule: Recurrence, reference: date | None, completed_on: date | None = None) -> date | None:
    """Return when the next copy of a task is due, None if it has no date or the rule has none left.

    `reference` is its due, else scheduled, else start date; a rule `when done` counts from the day of completion
    instead. The next date may still be in the past.

    >>> next_date(parse_recurrence("every month"), date(2025, 1, 31))
    datetime.date(2025, 2, 28)
    """
    base = completed_on if rule.when_done else reference
    if reference is None or base is None:
        return None
    found = _after(rule, base, base)
    words = rule.text
    if words.startswith(_spelt(rule, "month")) and " on " not in words:
        return _not_skipping(rule, base, found, months=1)
    if words.startswith(_spelt(rule, "year")):
        return _not_skipping(rule, base, found, months=12)
    return found


def next_dates(
    rule: Recurrence, reference: date | None, completed_on: date | None = None, count: int = 5
) -> tuple[date, ...]:
    """Return the dates that follow each other when every copy is completed in turn; one only for `when done`.

    Each copy carries the rule as reworded, and starts anew from its own date.
    """
    found: list[date] = []
    following: Recurrence | None = rule
    day = reference
    while following and len(found) < count:
        day = next_date(following, day, completed_on)
        if day is None:
            break
        found.append(day)
        if rule.when_done:
            break
        following = parse_recurrence(following.text)
    return tuple(found)


def _spelt(rule: Recurrence, unit: str) -> str:
    return f"every {unit}" if rule.interval == 1 else f"every {rule.interval} {unit}s"


def _after(rule: Recurrence, start: date, day: date) -> date | None:
    return next((found for found in occurrences(rule, start) if found > day), None)


def _not_skipping(rule: Recurrence, base: date, found: date | None, months: int) -> date | None:
    """Start the rule a day earlier until it no longer jumps over a month, or year, that is too short.

    More than a month back there is no such cause, and the rule's own date is the answer.
    """
    start, earlier = base, found
    while earlier and _units_between(start, earlier, months) > rule.interval:
        if (base - start).days >= _LONGEST_MONTH or start == date.min:
            return found
        start -= _DAY
        earlier = _after(rule, start, start)
    return earlier


def _units_between(first: date, second: date, months: int) -> int:
    if months == 12:
        return second.year - first.year
    return second.year * 12 + second.month - first.year * 12 - first.month


def _clock_dates(rule: Recurrence, start: date) -> Iterator[date]:
    """Yield each day on which one of the moments falls that are counted from the midnight of `start`."""
    step = rule.interval * _MINUTES[rule.frequency]
    fits = DayFilter(rule, start)
    moment = 0
    for _ in range(_HORIZON_YEARS * 366):
        if rule.count and moment >= rule.count:
            return
        days = moment * step // _MINUTES_A_DAY
        if start.toordinal() + days > date.max.toordinal():
            return
        day = start + timedelta(days=days)
        if fits(day):
            yield day
        moment = -(-(days + 1) * _MINUTES_A_DAY // step)


def _calendar_dates(rule: Recurrence, start: date) -> Iterator[date]:
    fits = DayFilter(rule, start)
    unproductive = 0
    for turn in range(date.max.year * 366):
        span = _span(rule, start, turn * rule.interval)
        if span is None or unproductive > _HORIZON_YEARS * _STEPS[rule.frequency]:
            return
        unproductive += 1
        for number in span:
            day = date.fromordinal(number)
            if number >= start.toordinal() and fits(day):
                unproductive = 0
                yield day


def _span(rule: Recurrence, start: date, units: int) -> range | None:
    """Return the ordinals of the day, week, month or year that lies so many units after that of `start`."""
    if rule.frequency == "daily":
        first = start.toordinal() + units
        last = first
    elif rule.frequency == "weekly":
        first = start.toordinal() - start.weekday() + 7 * units
        last = first + 6
    else:
        months = 12 if rule.frequency == "yearly" else 1
        begin = start.year * 12 + (0 if months == 12 else start.month - 1) + months * units
        if (begin + months) // 12 > date.max.year:
            return None
        first = _month_start(begin)
        last = _month_start(begin + months) - 1
    return range(max(first, 1), last + 1) if last <= date.max.toordinal() else None


def _month_start(months: int) -> int:
    return date(months // 12, months % 12 + 1, 1).toordinal()
