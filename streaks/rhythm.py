"""The schedule that somebody kept in fact: worked out from the days on which something was done."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..parsers.calendar_dates import MonthDay, OnDates
from ..parsers.schedule import WEEKDAY_RULE, WEEKEND_RULE, EveryDays, OnWeekdays, Quota, Rule, SinceLast
from .calendar import DAY, next_period, period_start

OFTEN, SELDOM = 0.65, 0.25
"""A weekday of a schedule is kept at least so often on average, one that is not part of it at most so often."""
EACH = 0.4
"""No weekday of a schedule is kept less often than this."""
NOTED = 0.4
"""A weekday has notes at least so often as the one with most of them, or its notes say nothing."""
KEPT, KEPT_ONCE = 0.6, 0.8
"""The share of weeks, or months, in which so many times were reached: then that many are asked for; for once, more often."""
MOST_NAMED = 4
"""Nobody names more weekdays than that: it is then so many times a week."""
REGULAR = 0.6
"""The share of gaps of one length."""
LONGEST_GAP, LEAST_GAPS = 6, 6
SAME_DATE, LEAST_DATES = 0.8, 4
_ALL = frozenset(range(7))


@dataclass(frozen=True, slots=True)
class Practice:
    """What is known of something that was done: on which days there was a note, on which of them it was done.

    Both in order, from `start`, its first day, to `end`, the last one that counts.
    """

    start: date
    end: date
    noted: Sequence[date]
    done: Sequence[date]
    week_start: int = 0

    def since(self, day: date) -> Practice:
        """Return what is known from a day on."""
        if day <= self.start:
            return self
        noted = self.noted[bisect_left(self.noted, day) :]
        return Practice(day, self.end, noted, self.done[bisect_left(self.done, day) :], self.week_start)


def rule_kept(lately: Practice, long: Practice) -> Rule | None:
    """Return the schedule that was kept `lately`, or, of what is done less than once a week, over a `long` time.

    None where there is none to be seen. It never asks for more than was done in most weeks.
    """
    return (
        _weekdays(lately)
        or _on_dates(long)
        or _gap(lately)
        or _quota(lately, "week")
        or _quota(long, "month")
    )


def _weekdays(practice: Practice) -> Rule | None:
    """Return every day, weekdays, the weekend or named days, where they stand out from the others."""
    shares = _shares(practice)
    for rule in _candidates(shares):
        days = rule.weekdays if isinstance(rule, OnWeekdays) else _ALL
        inside, outside = [shares[day] for day in days], [shares[day] for day in _ALL - days]
        if _mean(inside) >= OFTEN and min(inside) >= EACH and max(outside, default=0.0) <= SELDOM:
            return rule
    return None


def _shares(practice: Practice) -> list[float]:
    """Return, by weekday, on what share of the days with a note it was done; 0 where there is hardly ever a note."""
    noted = Counter(day.weekday() for day in practice.noted)
    done = Counter(day.weekday() for day in practice.done)
    most = max(noted.values(), default=0)
    return [done[day] / noted[day] if noted[day] and noted[day] >= NOTED * most else 0.0 for day in range(7)]


def _candidates(shares: Sequence[float]) -> Iterator[Rule]:
    yield EveryDays(1)
    yield WEEKDAY_RULE
    yield WEEKEND_RULE
    middle = (max(shares) + min(shares)) / 2
    named = frozenset(day for day in _ALL if shares[day] > middle)
    if 0 < len(named) <= MOST_NAMED:
        yield OnWeekdays(named)


def _on_dates(practice: Practice) -> Rule | None:
    """Return a day of the month on which it was mostly done."""
    months = {(day.year, day.month) for day in practice.done}
    if len(practice.done) < LEAST_DATES or len(months) < SAME_DATE * len(practice.done):
        return None
    for named, of_day in _DATES:
        date_of, times = Counter(map(of_day, practice.done)).most_common(1)[0]
        if times >= SAME_DATE * len(practice.done) and (named or date_of == -1):
            return OnDates((MonthDay(date_of),))
    return None


def _from_end(day: date) -> int:
    return -1 if (day + DAY).month != day.month else day.day


_DATES: tuple[tuple[bool, Callable[[date], int]], ...] = ((True, lambda day: day.day), (False, _from_end))


def _gap(practice: Practice) -> Rule | None:
    """Return every few days, counted from the last time, where most gaps are of one length."""
    gaps = Counter(
        (after - before).days for before, after in zip(practice.done, practice.done[1:], strict=False)
    )
    if gaps.total() < LEAST_GAPS:
        return None
    length, times = gaps.most_common(1)[0]
    return SinceLast(1, length) if 2 <= length <= LONGEST_GAP and times >= REGULAR * gaps.total() else None


def _quota(practice: Practice, period: str) -> Rule | None:
    """Return the most times that were reached in most of the whole weeks, or months, in which there were notes."""
    counts = _per_period(practice, period)
    if not counts:
        return None
    times = max((n for n in range(1, max(counts) + 1) if _is_kept(n, counts)), default=0)
    return Quota(times, period) if times else None  # type: ignore[arg-type]


def _is_kept(times: int, counts: Sequence[int]) -> bool:
    share = sum(count >= times for count in counts) / len(counts)
    return share >= (KEPT_ONCE if times == 1 else KEPT)


def _per_period(practice: Practice, period: str) -> list[int]:
    begins = period_start(practice.start, period, practice.week_start)  # type: ignore[arg-type]
    counts = []
    while (after := next_period(begins, period)) <= practice.end + DAY:  # type: ignore[arg-type]
        if begins >= practice.start and _between(practice.noted, begins, after):
            counts.append(_between(practice.done, begins, after))
        begins = after
    return counts


def _between(days: Sequence[date], first: date, after: date) -> int:
    return bisect_left(days, after) - bisect_left(days, first)


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)
