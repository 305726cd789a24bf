"""A schedule in the language that is spoken; in notes it is written in English, which is the grammar."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from ..parsers.calendar_dates import MonthDay, OnDates
from ..parsers.schedule import (
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
    read_schedule,
)
from . import phrases
from .words import names, say, speaking, spoken


def schedule_words(canonical: str) -> str:
    """Return a schedule, given in its canonical wording, in the language that is spoken."""
    return _schedule_words(canonical, spoken())


@lru_cache(maxsize=1000)
def _schedule_words(canonical: str, language: str) -> str:
    with speaking(language):
        return rule_words(read_schedule(canonical)) or canonical


def rule_words(rule: Rule | None) -> str:  # noqa: C901, PLR0911 - one line a kind
    """Return a rule in words; nothing for none."""
    match rule:
        case None:
            return ""
        case EveryDays(days):
            return _days(str(days))
        case OnWeekdays(weekdays, weeks):
            return _weekdays(weekdays, weeks)
        case OnDates():
            return _dates(rule)
        case SinceLast(shortest, longest):
            every = _days(str(longest) if shortest == 1 else f"{shortest}-{longest}")
            return say("schedule.when_done", every=every)
        case Rolling(times, days):
            return say("schedule.rolling", times=_times(times), count=days)
        case Once(by):
            return say("schedule.once_by", day=by)
        case Limit(most, period, unit):
            amount = " ".join(filter(None, (_plain(most), unit)))
            return say("schedule.limit", amount=amount, period=say(f"schedule.a_{period}"))
        case Quota(times, period, every) if every == 1:
            return say("schedule.quota", times=_times(times), period=say(f"schedule.a_{period}"))
        case Quota(_, period, every):
            return say(f"schedule.every_{period}s", count=every)


def _plain(number: Decimal) -> str:
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _times(times: int) -> str:
    return say({1: "schedule.once", 2: "schedule.twice"}.get(times, "schedule.times"), count=times)


def _days(number: str) -> str:
    return say("schedule.every_day") if number == "1" else say("schedule.every_days", count=number)


def _weekdays(weekdays: frozenset[int], weeks: int) -> str:
    every = "" if weeks == 1 else "weeks_"
    if weekdays == WEEKDAY_RULE.weekdays:
        return say(f"schedule.{every}weekday", count=weeks)
    if weekdays == WEEKEND_RULE.weekdays:
        return say(f"schedule.{every}weekend", count=weeks)
    short = names("dates.weekdays_short")
    named = say("numbers.list").join(short[day] for day in sorted(weekdays))
    return say(f"schedule.{every}named", names=named, count=weeks)


def _dates(rule: OnDates) -> str:
    dates = phrases.listed(list(_month_days(rule.days)))
    if not rule.months:
        return say(
            "schedule.month_dates" if rule.every == 1 else "schedule.months_dates",
            dates=dates,
            count=rule.every,
        )
    months = phrases.listed([phrases.month_name(month) for month in rule.months])
    key = "schedule.year_dates" if rule.every == 1 else "schedule.years_dates"
    return say(key, dates=dates, months=months, count=rule.every)


def _month_days(days: tuple[MonthDay, ...]) -> Iterator[str]:
    """Yield `1st`, `last`, `2nd last`, `1st Friday`, `last Friday`."""
    for day in days:
        nth = say("schedule.last") if day.nth == -1 else names("schedule.ordinals")[abs(day.nth) - 1]
        nth = say("schedule.nth_last", nth=nth) if day.nth < -1 else nth
        yield (
            nth
            if day.weekday is None
            else say("schedule.nth_weekday", nth=nth, weekday=phrases.weekday_name(day.weekday))
        )
