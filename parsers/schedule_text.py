"""A schedule in one wording, however it was written."""

from __future__ import annotations

from decimal import Decimal

from .calendar_dates import MONTHS, MonthDay, OnDates
from .day_range import WEEKDAYS
from .schedule import (
    WEEKDAY_RULE,
    WEEKEND_RULE,
    EveryDays,
    Limit,
    Once,
    OnWeekdays,
    Quota,
    Rolling,
    Rule,
    SinceLast,
)

_TIMES = {1: "once", 2: "twice"}


def schedule_text(rule: Rule | None) -> str:  # noqa: C901, PLR0911 - one line a kind
    """Return the canonical wording of a rule; `read_schedule` reads it back as the same rule.

    >>> schedule_text(Quota(3, "week")), schedule_text(OnWeekdays(frozenset((0, 2))))
    ('3 times a week', 'every Mon, Wed')
    """
    match rule:
        case None:
            return ""
        case EveryDays(days):
            return _days(str(days))
        case OnWeekdays(weekdays, weeks):
            return _weekdays(weekdays, weeks)
        case OnDates(days, months, every):
            return _dates(days, months, every)
        case SinceLast(shortest, longest):
            return f"{_days(str(longest) if shortest == 1 else f'{shortest}-{longest}')} when done"
        case Rolling(times, days):
            return f"{_TIMES.get(times, f'{times} times')} in {days} {'day' if days == 1 else 'days'}"
        case Once(by):
            return f"once by {by}"
        case Limit(most, period, unit):
            return f"at most {_plain(most)}{f' {unit}' if unit else ''} a {period}"
        case Quota(times, period, every):
            if every > 1:
                return f"every {every} {period}s"
            return f"{_TIMES.get(times, f'{times} times')} a {period}"


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _days(number: str) -> str:
    return "every day" if number == "1" else f"every {number} days"


def _weekdays(weekdays: frozenset[int], weeks: int) -> str:
    if weekdays == WEEKDAY_RULE.weekdays:
        names = "weekday"
    elif weekdays == WEEKEND_RULE.weekdays:
        names = "weekend"
    else:
        names = ", ".join(WEEKDAYS[day][:3].capitalize() for day in sorted(weekdays))
    return f"every {names}" if weeks == 1 else f"every {weeks} weeks on {names}"


def _dates(days: tuple[MonthDay, ...], months: tuple[int, ...], every: int) -> str:
    which = _listed([_month_day(day) for day in days])
    if not months:
        return f"every {'month' if every == 1 else f'{every} months'} on the {which}"
    named = _listed([MONTHS[month - 1].capitalize() for month in months])
    return f"every {named} on the {which}" if every == 1 else f"every {every} years in {named} on the {which}"


def _month_day(day: MonthDay) -> str:
    """Return `1st`, `last`, `2nd last`, `1st Friday`, `last Friday`."""
    nth = "last" if day.nth == -1 else ordinal(abs(day.nth)) + (" last" if day.nth < 0 else "")
    return nth if day.weekday is None else f"{nth} {WEEKDAYS[day.weekday].capitalize()}"


def ordinal(number: int) -> str:
    """Return `1st`, `2nd`, `3rd`, `4th`, `11th`, `21st`."""
    suffix = "th" if number % 100 in {11, 12, 13} else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
