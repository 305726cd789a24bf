"""The turns of a micro-win worked out slowly: day by day, from the definitions, as a reader would check them by hand.

Nothing here is shared with the engine but the values that go in (rules, phases, boxes, the day).
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from math import ceil

from microwins.parsers.calendar_dates import MonthDay, OnDates
from microwins.parsers.schedule import EveryDays, Limit, Once, OnWeekdays, Quota, Rolling, SinceLast
from microwins.parsers.task import Quantity, State
from microwins.parsers.units import unit_key
from microwins.streaks.calendar import Now
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

DAY = timedelta(1)
FARTHEST = timedelta(1000)
MONTH = 365.25 / 12
LONGEST_REST = 366
"""So many neutral days make a window longer, and no more."""


@dataclass
class Slot:
    """One turn: how it stands, the share achieved, and the first and the last day on which something was done for it."""

    start: date
    end: date
    mark: str
    share: float
    times: float
    length: float
    first: date
    last: date
    slip_window: int
    chapter: int = 0


class Case:
    """One micro-win, its boxes and a day: what can be asked of single days."""

    def __init__(
        self, win: MicroWin, entries: list[Entry], now: Now, logged: frozenset[date] | None = None
    ) -> None:
        self.win, self.now, self.logged = win, now, logged
        dated = [entry.day for entry in entries if entry.day is not None]
        self.first_day = min([*dated, now.today])
        self.phases: dict[date, Phase | None] = {}
        self.boxes: dict[date, list[Entry]] = {}
        for entry in entries:
            if entry.day is not None and entry.day <= now.today and entry.state is not State.OPEN:
                self.boxes.setdefault(entry.day, []).append(entry)

    def as_of(self, today: date) -> Case:
        """Return the same case on a later day, with every day before it closed and nothing done since."""
        later = Case(self.win, [], Now(today, today - DAY, self.now.week_start), self.logged)
        later.first_day = self.first_day
        later.boxes = {day: list(boxes) for day, boxes in self.boxes.items()}
        return later

    def phase(self, day: date) -> Phase | None:
        """Return the phase that makes turns on `day`."""
        if day not in self.phases:
            found = self.win.phase_on(day)
            if found is not None and (self.archived(day) or day < (found.since or self.first_day)):
                found = None
            self.phases[day] = found
        return self.phases[day]

    def archived(self, day: date) -> bool:
        return any(day in inactive for inactive in self.win.inactive)

    def done(self, day: date) -> bool:
        return any(entry.state is State.DONE for entry in self.boxes.get(day, []))

    def ticks(self, day: date) -> int:
        return sum(entry.state is State.DONE for entry in self.boxes.get(day, []))

    def bare(self, day: date) -> bool:
        return any(entry.state is State.DONE and not entry.quantities for entry in self.boxes.get(day, []))

    def amount(self, day: date, unit: str) -> Decimal:
        total = Decimal(0)
        for entry in self.boxes.get(day, []):
            if entry.state in {State.DONE, State.PARTIAL}:
                for quantity in entry.quantities:
                    if unit_key(quantity.unit) == unit_key(unit):
                        total += quantity.amount
        return total

    def neutral(self, day: date) -> bool:
        """Return whether nothing is due on `day`: rest, pause, or a box `-` where not all was done all the same."""
        phase = self.phase(day)
        skipped = any(entry.state is State.SKIPPED for entry in self.boxes.get(day, []))
        whole = phase is not None and self.share([day], 1, phase.target) == 1
        return day in self.win.neutral or (skipped and not whole)

    def closed(self, day: date) -> bool:
        return day <= self.now.closed_until

    def share(self, days: list[date], times: float, target: Quantity | None) -> float:
        """Return the part done, on these days, of so many days done or of a target amount; 1 is all of it."""
        if target is None:
            got = sum(self.done(day) for day in days)
            return 1.0 if got >= times else got / times
        if any(self.bare(day) for day in days):
            return 1.0
        total = sum((self.amount(day, target.unit) for day in days), Decimal(0))
        return 1.0 if total >= target.amount else max(0.0, float(total / target.amount))

    def counted(self, days: list[date], target: Quantity | None) -> list[date]:
        """Return the days among these on which something was done for the turn."""
        return [
            day
            for day in days
            if self.done(day) or (target is not None and self.amount(day, target.unit) > 0)
        ]


def slots_of(case: Case) -> tuple[list[Slot], int]:
    """Return the turns that have begun, oldest first, and the number of today's chapter.

    A chapter ends where the micro-win is archived, and where a phase begins after days that belonged to none.
    No streak reaches from one chapter into the next.
    """
    found: list[Slot] = []
    chapter = 0
    stretch: list[date] = []
    begun = gap = archived = False
    for day in days_between(first_of(case), case.now.today):
        here = case.phase(day)
        if stretch and here is not case.phase(stretch[-1]):
            found += made(case, stretch, chapter)
            stretch, begun = [], True
        if here is None:
            gap = begun
            archived = archived or (begun and case.archived(day))
            continue
        if gap:
            chapter, gap, archived = chapter + 1, False, False
        stretch.append(day)
    if stretch:
        found += made(case, stretch, chapter)
    return found, chapter + archived


def made(case: Case, stretch: list[date], chapter: int) -> list[Slot]:
    slots = slots_of_stretch(case, stretch)
    for slot in slots:
        slot.chapter = chapter
    return slots


def first_of(case: Case) -> date:
    starts = [phase.since or case.first_day for phase in case.win.phases]
    return min([*starts, case.now.today])


def days_between(start: date, end: date) -> Iterator[date]:
    """Yield the days from `start` to `end`, both included."""
    while start <= end:
        yield start
        start += DAY


def slots_of_stretch(case: Case, stretch: list[date]) -> list[Slot]:
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


# Turns of one day


def week_of(day: date, week_start: int) -> date:
    while day.weekday() != week_start:
        day -= DAY
    return day


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


# Windows since the last time


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


def owned_from(case: Case, start: date, end: date = date.max) -> Iterator[date]:
    """Yield the days from `start` on that belong to the same phase without a gap, up to `end`."""
    phase = case.phase(start)
    for day in days_between(start, end):
        if phase is None or case.phase(day) is not phase:
            return
        yield day


# Periods of the calendar


def period_of(day: date, period: str, week_start: int) -> Mapping[str, object]:
    """Return what tells the periods of the calendar from one another."""
    match period:
        case "day":
            return {"day": day}
        case "week":
            return {"week": week_of(day, week_start)}
        case "month":
            return {"month": (day.year, day.month)}
        case "quarter":
            return {"quarter": (day.year, (day.month + 2) // 3)}
    return {"year": day.year}


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
    available = sum(not case.neutral(day) for day in days)
    asked = min(ceil(times * available / whole), available)
    target = phase.target
    if target is not None:
        target = Quantity(target.amount * available / whole, target.unit)
    if available:
        share = case.share(days, asked, target)
    else:
        share = float(bool(case.counted(days, target)))
    return slot_of(case, days, share, times, whole, 4)


def slot_of(
    case: Case, days: list[date], share: float, times: float, length: float, slip_window: int
) -> Slot:
    """Return the turn of these days, of which this share was done."""
    phase = case.phase(days[0])
    assert phase is not None
    neutral = all(case.neutral(day) for day in days)
    mark = "#" if share == 1 else "-" if neutral else "x" if case.closed(days[-1]) else "?"
    counted = case.counted(days, phase.target) or [days[0]]
    return Slot(days[0], days[-1], mark, share, times, length, counted[0], counted[-1], slip_window)


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


# So many times in any so many days


def rolling_days(case: Case, stretch: list[date], times: int, size: int) -> list[Slot]:
    phase = case.phase(stretch[0])
    assert phase is not None
    line = timeline(case, phase, stretch[0], size)
    done = [day for day in line if case.share([day], times, phase.target) > 0]
    covered = {
        line[place]
        for begin, end in intervals(case, phase, line, done, times, size)
        for place in range(max(begin, 0), min(end + 1, len(line)))
        if done[0] <= line[place] <= case.now.today
    }
    found = []
    for day in stretch:
        held = windows_holding(line, done, day, size)
        share = max((case.share(within(one, done), times, phase.target) for one in held), default=0.0)
        if day in covered:
            mark, share = "#", 1.0
        elif case.neutral(day):
            mark = "-"
        else:
            can_be = any(fillable(case, phase, one, done, times) for one in held)
            mark = "x" if case.closed(day) and not can_be else "?"
        found.append(Slot(day, day, mark, share, times / size, 1, day, day, 7))
    return found


def timeline(case: Case, phase: Phase, start: date, size: int) -> list[date]:
    """Return the days on which something was due or done, and `size` of the days to come."""
    line: list[date] = []
    for day in owned_from(case, start):
        if not case.neutral(day) or case.share([day], 1, phase.target) > 0:
            line.append(day)
        to_come = sum(one > case.now.today for one in line)
        if to_come == size or day > case.now.today + FARTHEST:
            break
    return line


def within(window: list[date], done: list[date]) -> list[date]:
    return [day for day in window if day in done]


def intervals(
    case: Case, phase: Phase, line: list[date], done: list[date], times: int, size: int
) -> list[tuple[int, int]]:
    """Return the stretches of the line that count as done, as places: Loop's rule, the newest one first."""
    found: list[list[int]] = []
    for first in reversed(done):
        begin = line.index(first)
        for center in range(begin, min(begin + size, len(line))):
            if line[center] > case.now.today:
                break
            if case.share(within(line[begin : center + 1], done), times, phase.target) == 1:
                found.append([begin, center, begin + size - 1])
                break
    for newer, current in pairwise(found):
        overlap = current[2] - newer[0]
        if overlap >= 0:
            shift = min(current[2] - current[1], overlap + 1)
            current[0] -= shift
            current[2] -= shift
    return [(begin, end) for begin, _, end in found]


def windows_holding(line: list[date], done: list[date], day: date, size: int) -> list[list[date]]:
    found = []
    for first in done:
        begin = line.index(first)
        window = line[begin : begin + size]
        if day in window:
            found.append(window)
    return found


def fillable(case: Case, phase: Phase, window: list[date], done: list[date], times: int) -> bool:
    free = [day for day in window if not case.closed(day) and not case.done(day)]
    if phase.target is not None:
        return bool(free)
    return len(within(window, done)) + len(free) >= times
