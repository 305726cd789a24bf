"""A schedule in one wording, however it was written."""

from __future__ import annotations

from .day_range import WEEKDAYS
from .schedule import WEEKDAY_RULE, WEEKEND_RULE, EveryDays, OnWeekdays, Quota, Rule, SinceLast

_TIMES = {1: "once", 2: "twice"}


def schedule_text(rule: Rule | None) -> str:
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
        case SinceLast(shortest, longest):
            return f"{_days(str(longest) if shortest == 1 else f'{shortest}-{longest}')} when done"
        case Quota(times, period, every):
            if every > 1:
                return f"every {every} {period}s"
            return f"{_TIMES.get(times, f'{times} times')} a {period}"


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
