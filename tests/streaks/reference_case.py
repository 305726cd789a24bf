"""One micro-win, its boxes and a day, asked day by day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from microwins.parsers.task import Quantity, State
from microwins.parsers.units import unit_key
from microwins.streaks.calendar import Now
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin, Phase

DAY = timedelta(1)
FARTHEST = timedelta(1000)


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
        self.last_box = min(max(dated, default=date.min), now.today)
        self.phases: dict[date, Phase | None] = {}
        self.boxes: dict[date, list[Entry]] = {}
        for entry in entries:
            if entry.day is not None and entry.day <= now.today and entry.state is not State.OPEN:
                self.boxes.setdefault(entry.day, []).append(entry)

    def as_of(self, today: date) -> Case:
        """Return the same case on a later day, at its end: it is closed too, and nothing has been done since."""
        later = Case(self.win, [], Now(today, today, self.now.week_start), self.logged)
        later.first_day, later.last_box = self.first_day, self.last_box
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
        retired = self.win.retired and day > self.last_box
        return retired or any(day in inactive for inactive in self.win.inactive)

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
        rest = phase is not None and day.weekday() in phase.rest
        return day in self.win.neutral or rest or (skipped and not whole)

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


def days_between(start: date, end: date) -> Iterator[date]:
    """Yield the days from `start` to `end`, both included."""
    while start <= end:
        yield start
        start += DAY


def owned_from(case: Case, start: date, end: date = date.max) -> Iterator[date]:
    """Yield the days from `start` on that belong to the same phase without a gap, up to `end`."""
    phase = case.phase(start)
    for day in days_between(start, end):
        if phase is None or case.phase(day) is not phase:
            return
        yield day


def week_of(day: date, week_start: int) -> date:
    while day.weekday() != week_start:
        day -= DAY
    return day


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
