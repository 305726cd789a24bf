"""The turns of a micro-win worked out slowly: day by day, from the definitions, as a reader would check them by hand.

Nothing here is shared with the engine but the values that go in: rules, phases, boxes, the day.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from math import ceil

from microwins.parsers.calendar_dates import MonthDay, OnDates
from microwins.parsers.schedule import EveryDays, Limit, Once, OnWeekdays, Quota, Rolling, SinceLast
from microwins.parsers.task import Quantity
from microwins.streaks.micro_win import Phase

from .reference_case import DAY, Case, Slot, days_between, owned_from, period_of, slot_of, week_of
from .reference_rolling import rolling_days

MONTH = 365.25 / 12
LONGEST_REST = 366
"""So many neutral days make a window longer, and no more."""


def slots_of(case: Case) -> tuple[list[Slot], int]:
    """Return the turns that have begun, oldest first, and the number of today's chapter.

    A chapter begins where a phase does after days that belonged to none or on which the micro-win was archived. No
    streak reaches from one chapter into the next; what is archived for good keeps the one that it ended with.
    """
    found: list[Slot] = []
    chapter = 0
    stretch: list[date] = []
    begun = gap = False
    for day in days_between(first_of(case), case.now.today):
        here = case.phase(day)
        if stretch and here is not case.phase(stretch[-1]):
            found += made(case, stretch, chapter)
            stretch, begun = [], True
        if here is None:
            gap = begun
            continue
        if gap:
            chapter, gap = chapter + 1, False
        stretch.append(day)
    if stretch:
        found += made(case, stretch, chapter)
    return found, chapter


def made(case: Case, stretch: list[date], chapter: int) -> list[Slot]:
    slots = slots_of_stretch(case, stretch)
    for slot in slots:
        slot.chapter = chapter
    return slots


def first_of(case: Case) -> date:
    starts = [phase.since or case.first_day for phase in case.win.phases]
    return min([*starts, case.now.today])


def slots_of_stretch(case: Case, stretch: list[date]) -> list[Slot]:  # noqa: PLR0911
    """Return the turns that begin on these days: days in a row, up to today at most, under one phase."""
    phase = case.phase(stretch[0])
    assert phase is not None
    start = phase.since or case.first_day
    match phase.rule:
        case EveryDays(days):
            return due_days(case, stretch, days, 7, lambda day: (day - start).days % days == 0)
        case OnWeekdays(weekdays, weeks):
            first = week_of(start, case.now.week_start)
            return due_days(
                case,
                stretch,
                7 * weeks / len(weekdays),
                7,
                lambda day: (
                    day.weekday() in weekdays
                    and (week_of(day, case.now.week_start) - first).days // 7 % weeks == 0
                ),
            )
        case OnDates() as dates:
            yearly = 365.25 / len(dates.months) if dates.months else MONTH
            length = dates.every * yearly / len(dates.days)
            return due_days(case, stretch, length, 4, lambda day: is_date_of(dates, day, start))
        case SinceLast(_, longest):
            return windows(case, stretch, longest)
        case Quota(times, period, every):
            return [
                quota_slot(case, phase, days, whole, times)
                for days, whole in periods(case, stretch, period, every, start)
            ]
        case Limit() as rule:
            return [
                limit_slot(case, days, whole, rule)
                for days, whole in periods(case, stretch, rule.period, 1, start)
            ]
        case Rolling(times, days):
            return rolling_days(case, stretch, times, days)
        case Once(by):
            left = list(owned_from(case, stretch[0], by))
            return [slot_of(case, left, case.share(left, 1, phase.target), 1, len(left), 7)] if left else []
        case None:
            return []
    raise AssertionError(phase.rule)


def is_date_of(rule: OnDates, day: date, start: date) -> bool:
    if rule.months:
        if day.month not in rule.months or (day.year - start.year) % rule.every:
            return False
    elif (12 * (day.year - start.year) + day.month - start.month) % rule.every:
        return False
    return any(is_month_day(one, day) for one in rule.days)


def is_month_day(one: MonthDay, day: date) -> bool:
    """Return whether `day` is the n-th of its month or of its weekday; where a month is too short, its last or first day."""
    length = monthrange(day.year, day.month)[1]
    from_start, from_end = day.day, length - day.day + 1
    if one.weekday is None:
        return from_start == min(one.nth, length) if one.nth > 0 else from_end == min(-one.nth, length)
    if day.weekday() != one.weekday:
        return False
    return (from_start + 6) // 7 == one.nth if one.nth > 0 else (from_end + 6) // 7 == -one.nth


def due_days(
    case: Case, stretch: list[date], length: float, slip_window: int, due: Callable[[date], bool]
) -> list[Slot]:
    found = []
    for day in stretch:
        if due(day):
            phase = case.phase(day)
            assert phase is not None
            found.append(slot_of(case, [day], case.share([day], 1, phase.target), 1, length, slip_window))
    return found


def windows(case: Case, stretch: list[date], longest: int) -> list[Slot]:
    phase = case.phase(stretch[0])
    assert phase is not None
    found = []
    start = stretch[0]
    while start <= stretch[-1]:
        days: list[date] = []
        share = 0.0
        ordinary = rested = 0
        for day in owned_from(case, start):
            days.append(day)
            share = case.share(days, 1, phase.target)
            if share == 1:
                break
            if case.neutral(day) and rested < LONGEST_REST:
                rested += 1
            else:
                ordinary += 1
            if ordinary == longest:
                break
        found.append(slot_of(case, days, share, 1, longest, 7))
        start = days[-1] + DAY
    return found


def periods(
    case: Case, stretch: list[date], period: str, every: int, start: date
) -> list[tuple[list[date], int]]:
    """Return the days of each turn that belong to its phase, and how many days the whole of it has."""
    week_start = case.now.week_start
    begin = start
    while period_of(begin - DAY, period, week_start) == period_of(start, period, week_start):
        begin -= DAY
    found = []
    while begin <= stretch[-1]:
        end = begin
        for _ in range(every):
            here = period_of(end, period, week_start)
            while period_of(end, period, week_start) == here:
                end += DAY
        whole = list(days_between(begin, end - DAY))
        inside = [day for day in whole if day >= stretch[0]]
        if inside and inside[0] <= stretch[-1]:
            found.append((list(owned_from(case, inside[0], end - DAY)), len(whole)))
        begin = end
    return found


def quota_slot(case: Case, phase: Phase, days: list[date], whole: int, times: int) -> Slot:
    """Return the turn of a period, which asks for its available days' part; for that of one day where there is none."""
    available = max(sum(not case.neutral(day) for day in days), 1)
    asked = min(ceil(times * available / whole), available)
    target = phase.target
    if target is not None:
        target = Quantity(target.amount * available / whole, target.unit)
    return slot_of(case, days, case.share(days, asked, target), times, whole, 4)


def limit_slot(case: Case, days: list[date], whole: int, rule: Limit) -> Slot:
    total = Decimal(0)
    for day in days:
        if rule.unit:
            total += case.amount(day, rule.unit) + (rule.most if case.bare(day) else 0)
        else:
            total += case.ticks(day)
    share = 1.0
    if total > rule.most:
        share = max(0.0, float(1 - (total - rule.most) / rule.most)) if rule.most else 0.0
    ticked = any(case.done(day) for day in days)
    if rule.most == 0 and any(case.bare(day) or (not rule.unit and case.done(day)) for day in days):
        share = 0.0
    known = case.logged is None or any(day in case.logged for day in days) or ticked or rule.clean_unlogged
    if all(case.neutral(day) for day in days):
        mark = "-"
    elif not case.closed(days[-1]):
        mark = "?"
    else:
        mark = "-" if not known else "#" if share == 1 else "x"
    slip_window = 7 if rule.period == "day" else 4
    return Slot(days[0], days[-1], mark, share, 1, whole, days[0], days[-1], slip_window)
