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
            return "every day" if days == 1 else f"every {days} days"
        case OnWeekdays(weekdays, weeks):
            return _weekdays(weekdays, weeks)
        case SinceLast(shortest, longest):
            if longest == 1:
                return "every day when done"
            span = str(longest) if shortest == 1 else f"{shortest}-{longest}"
            return f"every {span} days when done"
        case Quota(times, period, every):
            if every > 1:
                return f"every {every} {period}s"
            return f"{_TIMES.get(times, f'{times} times')} a {period}"


def _weekdays(weekdays: frozenset[int], weeks: int) -> str:
    if weekdays == WEEKDAY_RULE.weekdays:
        names = "weekday"
    elif weekdays == WEEKEND_RULE.weekdays:
        names = "weekend"
    else:
        names = ", ".join(WEEKDAYS[day][:3].capitalize() for day in sorted(weekdays))
    return f"every {names}" if weeks == 1 else f"every {weeks} weeks on {names}"
