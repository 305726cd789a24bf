"""When a micro-win is due: the words people use, and the rule that they mean."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from .calendar_dates import OnDates, read_calendar_dates
from .day_range import read_date, read_weekday
from .line_words import NUMBER, joined
from .line_words import number as amount_of

Period = Literal["week", "month", "quarter", "year"]
LimitPeriod = Literal["day", "week", "month", "quarter", "year"]

_WORD_NUMBERS = {"other": 2, "second": 2, "third": 3, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_TIMES = {"once": 1, "twice": 2, "thrice": 3}
_ALIASES = {
    "day": "every day",
    "daily": "every day",
    "everyday": "every day",
    "each day": "every day",
    "weekday": "every weekday",
    "weekdays": "every weekday",
    "weekend": "every weekend",
    "weekends": "every weekend",
    "weekly": "1 times a week",
    "monthly": "1 times a month",
    "quarterly": "1 times a quarter",
    "yearly": "1 times a year",
    "annually": "1 times a year",
}
NO_TURNS = frozenset({"track"})
"""What is written in the place of a schedule where totals are all that is wanted."""
MAX_DAYS = 3660
_MOST = {"week": 7, "month": 31, "quarter": 92, "year": 366}
"""A day counts once, so no period can ask for more."""
_PERIOD = "week|month|quarter|year"
_EACH = r"(?: ?/ ?| (?:a|an|per|each|every) )"
_LIMIT = re.compile(rf"({NUMBER}|[a-z]+)(?:(?: ?x| times?)|[ -]?([^\W\d_]+))?{_EACH}(day|{_PERIOD})\Z")


@dataclass(frozen=True, slots=True)
class EveryDays:
    """Every `days` days, counted from the start of the rule; one is every day."""

    days: int = 1


@dataclass(frozen=True, slots=True)
class OnWeekdays:
    """Each of these weekdays (Monday is 0), in every `weeks`-th week counted from the start of the rule."""

    weekdays: frozenset[int]
    weeks: int = 1


@dataclass(frozen=True, slots=True)
class SinceLast:
    """Once within `longest` days of the last time, at best not before `shortest` days have passed."""

    shortest: int
    longest: int


@dataclass(frozen=True, slots=True)
class Quota:
    """So many times in each calendar week, month, quarter or year (in each `every` of them)."""

    times: int
    period: Period
    every: int = 1


@dataclass(frozen=True, slots=True)
class Rolling:
    """So many times in any `days` days in a row; weeks and months of the calendar play no part."""

    times: int
    days: int


@dataclass(frozen=True, slots=True)
class Once:
    """Once, by the day `by`."""

    by: date


@dataclass(frozen=True, slots=True)
class Limit:
    """At most `most` in each period: of an amount in `unit`, or, where that is empty, of times.

    A period without any note of its own is not known and counts neither way, unless `clean_unlogged`.
    """

    most: Decimal
    period: LimitPeriod
    unit: str = ""
    clean_unlogged: bool = False


Rule = EveryDays | OnWeekdays | OnDates | SinceLast | Quota | Rolling | Once | Limit

WEEKDAY_RULE = OnWeekdays(frozenset(range(5)))
WEEKEND_RULE = OnWeekdays(frozenset((5, 6)))


@lru_cache(maxsize=256)
def read_schedule(text: str) -> Rule | None:
    """Return the rule that `text` means, or None where any part of it is not understood.

    Strict on purpose: a rule that is only half understood would count somebody's days wrong without a word.

    >>> read_schedule("every Mon, Wed and Fri")
    OnWeekdays(weekdays=frozenset({0, 2, 4}), weeks=1)
    >>> read_schedule("every other day"), read_schedule("3/week")
    (EveryDays(days=2), Quota(times=3, period='week', every=1))
    >>> read_schedule("every day and smile") is None
    True
    """
    words = " ".join(text.casefold().replace("×", "x").split()).rstrip(".")
    words = _ALIASES.get(words, words)
    for reader in _READERS:
        rule = reader(words)
        if rule is not None:
            return rule
    return _when_done(words)


def _when_done(words: str) -> Rule | None:
    """Read `every month when done` as once within a month of the last time; named dates are the same either way."""
    rest = words.removesuffix(" when done")
    rule = read_schedule(rest) if rest != words else None
    match rule:
        case OnWeekdays() | OnDates():
            return rule
        case Quota(1, period, every):
            return SinceLast(1, _MOST[period] * every)
        case _:
            return None


def _every_days(words: str) -> Rule | None:
    if words == "every day":
        return EveryDays(1)
    match = re.fullmatch(r"every (\w+)[ -]days?", words)
    number = _number(match[1]) if match else None
    return EveryDays(number) if number else None


def _named_days(words: str) -> Rule | None:
    match = re.fullmatch(r"(?:every (?:(\w+) weeks? on |week on )?)?(?:the )?(.+)", words)
    if match is None:
        return None
    weeks = _number(match[1]) if match[1] else 1
    if weeks is None:
        return None
    if match[2] in {"weekday", "weekdays"}:
        return OnWeekdays(WEEKDAY_RULE.weekdays, weeks)
    if match[2] in {"weekend", "weekends"}:
        return OnWeekdays(WEEKEND_RULE.weekdays, weeks)
    names = [name for name in re.split(r"\s*(?:,|/|\+|&|\band\b|\bor\b)\s*|\s+", match[2]) if name]
    days = [read_weekday(name) for name in names]
    known = frozenset(day for day in days if day is not None)
    return OnWeekdays(known, weeks) if known and None not in days else None


def _since_last(words: str) -> Rule | None:
    match = re.fullmatch(r"every (\w+) days? when done", words) or re.fullmatch(r"within (\w+) days?", words)
    if match:
        number = _number(match[1])
        return SinceLast(1, number) if number else None
    if words == "every day when done":
        return SinceLast(1, 1)
    match = re.fullmatch(r"every ([0-9]+) ?(?:-|–|to) ?([0-9]+) days?(?: when done)?", words)
    if match is None:
        return None
    shortest, longest = int(match[1]), int(match[2])
    return SinceLast(shortest, longest) if 1 <= shortest <= longest <= MAX_DAYS else None


def _quota(words: str) -> Rule | None:
    match = re.fullmatch(rf"(\w+)(?: times?| ?x)? ?(?:/|a |per |each |every ) ?({_PERIOD})", words)
    if match is None:
        return None
    times = _times(match[1])
    return Quota(times, match[2]) if times and times <= _MOST[match[2]] else None  # type: ignore[arg-type]


def _every_period(words: str) -> Rule | None:
    """Read `every week` and `every 2 months`: once, on whichever day suits."""
    match = re.fullmatch(rf"(?:every|each) (?:(\w+) )?({_PERIOD})s?", words)
    if match is None:
        return None
    every = _number(match[1]) if match[1] else 1
    return Quota(1, match[2], every) if every else None  # type: ignore[arg-type]


def _rolling(words: str) -> Rule | None:
    """Read `3 times in 7 days`, `3/7d`, `3x every 7 days`, `once in 10 days`."""
    match = re.fullmatch(
        r"(\w+?)(?: times?| ?x)? (?:in|every|per|within) (?:any )?(\w+)[ -]?days?", words
    ) or re.fullmatch(r"([0-9]+)(?: times?| ?x)? ?/ ?([0-9]+) ?d(?:ays?)?", words)
    times, days = (_times(match[1]), _number(match[2])) if match else (None, None)
    return Rolling(times, days) if times and days and times <= days else None


def _once(words: str) -> Rule | None:
    match = re.fullmatch(r"(?:once )?by (\S+)", words)
    by = read_date(match[1]) if match else None
    return Once(by) if by else None


def _limit(words: str) -> Rule | None:
    if words in {"avoid", "never"}:
        return Limit(Decimal(0), "day")
    match = re.fullmatch(r"(?:at most|no more than) (.+)", words)
    return read_limit(match[1]) if match else None


def read_limit(text: str, *, clean_unlogged: bool = False) -> Limit | None:
    """Return the limit that `2 a week`, `30 min a day` or `once a month` means, or None.

    >>> read_limit("30 min a day")
    Limit(most=Decimal('30'), period='day', unit='min', clean_unlogged=False)
    """
    words = " ".join(text.casefold().replace("×", "x").split()).rstrip(".")
    if words in {"avoid", "never"}:
        return Limit(Decimal(0), "day", "", clean_unlogged)
    match = _LIMIT.match(words.removeprefix("at most "))
    most = _most(match[1], match[2] or "") if match else None
    if match is None or most is None:
        return None
    return Limit(most, match[3], match[2] or "", clean_unlogged)  # type: ignore[arg-type]


def _most(word: str, unit: str) -> Decimal | None:
    if word[0].isdigit():
        return amount_of(joined(word, unit))
    times = _times(word)
    return Decimal(times) if times else None


def _times(word: str) -> int | None:
    return _TIMES.get(word) or _number(re.sub(r"(?<=[0-9])x\Z", "", word))


def _number(word: str) -> int | None:
    if re.fullmatch(r"[0-9]{1,4}", word):
        number = int(word)
        return number if 1 <= number <= MAX_DAYS else None
    return _WORD_NUMBERS.get(word)


_READERS = (
    _every_days,
    _named_days,
    _since_last,
    _quota,
    _every_period,
    _rolling,
    _once,
    _limit,
    read_calendar_dates,
)
