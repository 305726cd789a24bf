"""At most one true fact a day that nobody asked for: drawn by the date alone, so that nothing can be rolled again.

A day is drawn with odds of one in seven, and no more than two days of any seven are. On such a day one fact is told of
what was ticked; which one depends on the date and on what is ticked, and on nothing else.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..parsers.digests import sha256
from .figures import Figures
from .history import DayEntry

ODDS = 7
"""One day in so many is drawn."""
MOST_IN_A_WEEK = 2
FEWEST_AMOUNTS = 10
FEWEST_WEEKS = 8
FEWEST_IN_A_ROW = 4
FEWEST_IN_A_MONTH = 5


@dataclass(frozen=True, slots=True)
class Fact:
    """Something true of a micro-win that was done today.

    `kind` is `amount` (`value` of `unit`, more than on any day before), `row` (a streak of `value` of `unit`, the longest),
    `weekday` (`value` weeks in which it was done on this weekday), `month` (`value` days, more than in the whole month
    before) or `year_ago`.
    """

    kind: str
    win: Figures
    value: Decimal = Decimal(0)
    unit: str = ""


def is_drawn(day: date) -> bool:
    """Return whether a fact may be told on this day."""
    week = [day - timedelta(days=back) for back in range(1, 7)]
    return _is_lucky(day) and sum(map(_is_lucky, week)) < MOST_IN_A_WEEK


def surprise(wins: Iterable[Figures], day: date, *, streaks: bool = True) -> Fact | None:
    """Return the one fact of a day, or None; without `streaks` none of a streak."""
    if not is_drawn(day):
        return None
    found = [fact for win in wins for fact in facts(win, day) if streaks or fact.kind != "row"]
    return min(found, key=lambda fact: _number(f"{day} {fact.kind} {fact.win.win.id}"), default=None)


def facts(win: Figures, day: date) -> Iterator[Fact]:
    """Yield what is worth telling of a micro-win on `day`, the last day of its figures; nothing of a limit."""
    entry = win.history.get(day)
    if entry is None or not entry.done or win.is_limit:
        return
    yield from _amounts(win, entry, day)
    yield from _row(win)
    weeks = _weeks(win, day)
    if weeks >= FEWEST_WEEKS:
        yield Fact("weekday", win, Decimal(weeks))
    yield from _month(win, day)
    before = _year_before(day)
    if before is not None and _is_done(win, before):
        yield Fact("year_ago", win)


def _amounts(win: Figures, today: DayEntry, day: date) -> Iterator[Fact]:
    for unit, amount in sorted(today.amounts.items()):
        if unit == win.win.reading:
            continue
        earlier = [
            entry.amounts[unit] for one, entry in win.history.items() if one < day and unit in entry.amounts
        ]
        if len(earlier) >= FEWEST_AMOUNTS and amount > max(earlier):
            yield Fact("amount", win, amount, unit)


def _row(win: Figures) -> Iterator[Fact]:
    if win.streak is None:
        return
    others = [one.count for one in win.streaks if one.start != win.streak.start]
    if max(others, default=0) >= FEWEST_IN_A_ROW and win.streak.count > max(others):
        yield Fact("row", win, Decimal(win.streak.count), win.unit)


def _weeks(win: Figures, day: date) -> int:
    """Return in how many weeks up to now without a gap it was done on this weekday."""
    weeks = 0
    while _is_done(win, day - timedelta(weeks=weeks)):
        weeks += 1
    return weeks


def _month(win: Figures, day: date) -> Iterator[Fact]:
    last = day.replace(day=1) - timedelta(days=1)
    days = [one for one in win.days_done if one >= last.replace(day=1)]
    before = sum(one <= last for one in days)
    if before >= FEWEST_IN_A_MONTH and len(days) - before > before:
        yield Fact("month", win, Decimal(len(days) - before))


def _year_before(day: date) -> date | None:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return None


def _is_done(win: Figures, day: date) -> bool:
    entry = win.history.get(day)
    return entry is not None and entry.done


def _is_lucky(day: date) -> bool:
    return _number(f"surprise {day}") % ODDS == 0


def _number(text: str) -> int:
    return int.from_bytes(sha256(text.encode()).digest()[:8])
