"""The figures of a micro-win worked out slowly, from the definitions alone; the engine is held against them.

The definitions stand in docs/explanation/how-streaks-are-counted.md.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from microwins.parsers.schedule import Limit, Rolling, Rule
from microwins.parsers.task import State
from microwins.parsers.units import unit_key
from microwins.streaks.calendar import Now
from microwins.streaks.history import Entry
from microwins.streaks.micro_win import MicroWin

from .reference_case import DAY, Case, Slot, days_between, period_of
from .reference_rolling import timeline
from .reference_slots import slots_of

PERIODS = ("today", "week", "month", "quarter", "year", "all")
FAR = timedelta(400)
"""A streak that lives so many days without anything done needs no deadline."""


@dataclass
class Run:
    """Satisfied turns in a row."""

    count: int
    start: date
    end: date
    slips: int


@dataclass
class Reference:
    """What is known of a micro-win on a day."""

    slots: list[Slot]
    streak: Run | None
    best: Run | None
    streaks: list[Run]
    strict: Run | None
    strength: float
    consistency: dict[int, float | None]
    wins: dict[str, int]
    amounts: dict[str, dict[str, Decimal]]
    case: Case

    @property
    def limited(self) -> bool:
        """Return whether a limit holds today: nothing is to be done by a day."""
        phase = self.case.phase(self.case.now.today)
        return phase is not None and isinstance(phase.rule, Limit)

    @property
    def states(self) -> str:
        return "".join(slot.mark for slot in self.slots)


def reference(
    win: MicroWin, entries: list[Entry], now: Now, logged: frozenset[date] | None = None
) -> Reference:
    """Return all figures but the deadline, which is held against `is_deadline`."""
    case = Case(win, entries, now, logged)
    slots, chapter = slots_of(case)
    streaks, streak = runs_of(slots, chapter, forgiving=win.grace == "never-twice")
    best = None
    for run in streaks:
        if best is None or run.count >= best.count:
            best = run
    return Reference(
        slots=slots,
        streak=streak,
        best=best,
        streaks=streaks,
        strict=runs_of(slots, chapter, forgiving=False)[1],
        strength=strength_of(slots),
        consistency={days: consistency_of(slots, now, days) for days in (7, 30, 90, 365)},
        wins={name: wins_in(name, entries, case) for name in PERIODS},
        amounts=amounts_of(entries, now),
        case=case,
    )


# Streaks


def runs_of(slots: list[Slot], today: int, *, forgiving: bool) -> tuple[list[Run], Run | None]:
    """Return all runs, oldest first, and the one that still goes on; open and neutral turns are as if they were not."""
    found: list[Run] = []
    current = None
    for chapter in range(today + 1):
        row = [slot for slot in slots if slot.mark in "#x" and slot.chapter == chapter]
        current = None
        slips: list[int] = []
        for place, slot in enumerate(row):
            if slot.mark == "#" and current is None:
                current = Run(1, slot.first, slot.last, 0)
                found.append(current)
                slips = []
            elif slot.mark == "#" and current is not None:
                current.count += 1
                current.end = slot.last
                current.slips = len(slips)
            elif forgiving and all(place - slip >= slot.slip_window for slip in slips):
                slips.append(place)
            else:
                current = None
    return found, current


# Strength, consistency, totals


def strength_of(slots: list[Slot]) -> float:
    strength = 0.0
    for slot in slots:
        if slot.mark in "#x":
            keep = 0.5 ** ((slot.times * slot.length) ** 0.5 / 13)
            strength = strength * keep + slot.share * (1 - keep)
    return strength


def consistency_of(slots: list[Slot], now: Now, days: int) -> float | None:
    satisfied = missed = 0
    for slot in slots:
        if slot.mark == "#" and slot.end > now.today - days * DAY:
            satisfied += 1
        if slot.mark == "x" and slot.end > now.today - days * DAY:
            missed += 1
    return satisfied / (satisfied + missed) if satisfied + missed else None


def in_period(day: date | None, name: str, now: Now) -> bool:
    """Return whether a box of `day` counts in the period that holds today; one without a day counts in `all` alone."""
    if day is None or day > now.today:
        return day is None and name == "all"
    period = "day" if name == "today" else name
    return name == "all" or period_of(day, period, now.week_start) == period_of(
        now.today, period, now.week_start
    )


def wins_in(name: str, entries: list[Entry], case: Case) -> int:
    """Return the days on which it was done, and each ticked box that has no day; under a limit each box."""
    ticked = [
        entry.day for entry in entries if entry.state is State.DONE and in_period(entry.day, name, case.now)
    ]
    wins = ticked.count(None)
    for day in {day for day in ticked if day is not None}:
        wins += ticked.count(day) if isinstance(rule_of(case.win, day), Limit) else 1
    return wins


def rule_of(win: MicroWin, day: date) -> Rule | None:
    """Return the rule that held on `day`: the last one that had begun; before all of them, the first."""
    begun = [phase for phase in win.phases if phase.since is None or phase.since <= day]
    return (begun[-1] if begun else win.phases[0]).rule


def amounts_of(entries: list[Entry], now: Now) -> dict[str, dict[str, Decimal]]:
    """Return the sums by unit and period; a unit of which nothing has counted yet is not named."""
    found: dict[str, dict[str, Decimal]] = {}
    for entry in entries:
        if entry.state not in {State.DONE, State.PARTIAL} or not in_period(entry.day, "all", now):
            continue
        for quantity in entry.quantities:
            sums = found.setdefault(unit_key(quantity.unit), dict.fromkeys(PERIODS, Decimal(0)))
            for name in PERIODS:
                if in_period(entry.day, name, now):
                    sums[name] += quantity.amount
    return found


# The deadline


def survives(case: Case, running: Run, day: date) -> bool:
    """Return whether a running streak goes on if nothing more is done before `day`, and all that is due from then on.

    It must go on then, and still when all turns that have begun by then are over.
    """
    then = max(day, case.now.today)
    idle = case.as_of(then)
    last = max([then, *(slot.end for slot in slots_of(idle)[0])])
    phase = idle.phase(then)
    if phase is not None and isinstance(phase.rule, Rolling):
        last = [then, *timeline(idle, phase, then, phase.rule.days)][-1]
    return all(goes_on(case, running, day, today) for today in (then, last))


def goes_on(case: Case, running: Run, day: date, today: date) -> bool:
    """Return whether a running streak still goes on at the end of `today` if all was done that was due from `day` on."""
    later = case.as_of(today)
    for each in days_between(day, today):
        owner = later.phase(each)
        if owner is not None and not isinstance(owner.rule, Limit) and not case.neutral(each):
            later.boxes.setdefault(each, []).append(Entry("", 0, State.DONE, each))
    slots, chapter = slots_of(later)
    found = runs_of(slots, chapter, forgiving=case.win.grace == "never-twice")[1]
    return found is not None and found.start <= running.start


def is_deadline(case: Case, running: Run, day: date | None) -> bool:
    """Return whether `day` is the last one on which the streak can still be saved; None: there is no such day.

    Who begins a day earlier does no less, so both sides of the day tell all. Where the streak lives as long as the
    micro-win is not archived, or for `FAR`, nothing needs to be saved; where no day is early enough, nothing can be.

    Of the days of a rolling window that lie before today and are still open it is only asked that they are: two wins
    in a row there move windows back over days that were missed, which nobody is told to count on.
    """
    phase = case.phase(day) if day is not None and day < case.now.today else None
    if phase is not None and day is not None and isinstance(phase.rule, Rolling):
        return day > case.now.closed_until
    first = case.now.closed_until + DAY
    if day is not None and (day < first or not survives(case, running, day)):
        return False
    if day is not None:
        following = day + DAY
        return not survives(case, running, following) or not goes_on(
            case, running, following, last_of_chapter(case)
        )
    day = last_of_chapter(case)
    return survives(case, running, day) or not goes_on(case, running, first, day)


def last_of_chapter(case: Case) -> date:
    """Return the last day before the micro-win is taken up again after a gap to come, or a far day."""
    gap = False
    for day in days_between(case.now.today, case.now.today + FAR):
        if case.phase(day) is not None and gap:
            return day - DAY
        gap = case.phase(day) is None
    return case.now.today + FAR
