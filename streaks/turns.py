"""Turns: slots with what became of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from functools import partial

from ..parsers.task import Quantity
from ..parsers.units import unit_key
from .calendar import DAY, NeutralDays, Now
from .history import DayEntry
from .micro_win import MicroWin, Phase
from .slots import Slot, Span, slots

NOTHING = DayEntry()
EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)
"""No turns are made outside of these days: a slip of the pen in a year must not cost minutes."""


class Outcome(Enum):
    """What became of a slot, by the character that shows it."""

    SATISFIED = "#"
    MISSED = "x"
    NEUTRAL = "-"
    OPEN = "?"


@dataclass(frozen=True, slots=True)
class Turn:
    """A slot, its outcome, the share of what it asked for (0 to 1), and the days of its first and last completion."""

    slot: Slot
    outcome: Outcome
    share: float
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class _Neutral:
    """The days on which nothing is due: those of rest and pause, and those that were skipped."""

    planned: NeutralDays
    skipped: frozenset[date]

    def __contains__(self, day: object) -> bool:
        return day in self.skipped or (isinstance(day, date) and day in self.planned)


def turns(win: MicroWin, history: Mapping[date, DayEntry], now: Now, start: date) -> Iterator[Turn]:
    """Yield a micro-win's turns in order, without end: those to come are open, and nobody has done them yet.

    `start` is where a first phase begins that has no date of its own.
    """
    for phase, since, until in _phases(win, start):
        if phase.rule is None:
            continue
        neutral = _Neutral(win.neutral, frozenset(_skipped(phase, history, now)))
        span = Span(since, until, neutral, now.week_start, partial(_satisfies, phase, history, now))
        for slot in slots(phase.rule, span):
            yield _turn(slot, phase, history, now)


def _skipped(phase: Phase, history: Mapping[date, DayEntry], now: Now) -> Iterator[date]:
    """Yield the days that were skipped: `-` is neutral, unless all that the day asks for was done all the same."""
    return (
        day
        for day, entry in history.items()
        if entry.skipped and day <= now.today and not _satisfies(phase, history, now, day)
    )


def _phases(win: MicroWin, start: date) -> Iterator[tuple[Phase, date, date | None]]:
    """Yield each phase with its first and last day; a phase ends where the next one begins."""
    begins = [min(max(phase.since or start, EARLIEST), LATEST) for phase in win.phases]
    for position, phase in enumerate(win.phases):
        last = begins[position + 1] - DAY if position + 1 < len(begins) else None
        until = min((day for day in (last, phase.until) if day is not None), default=None)
        if until is None or begins[position] <= until:
            yield phase, begins[position], until


def _turn(slot: Slot, phase: Phase, history: Mapping[date, DayEntry], now: Now) -> Turn:
    if slot.start == slot.end and phase.target is None:
        return _day_turn(slot, history.get(slot.start), now)
    found = list(_entries(slot, history, now))
    entries = [entry for _, entry in found]
    share = _share(slot, phase.target, entries) if found else 0.0
    done = [day for day, entry in found if entry.done or _amount(entry, phase.target)]
    first, last = (done[0], done[-1]) if done else (None, None)
    return Turn(slot, _outcome(slot, share, now), share, first, last)


def _day_turn(slot: Slot, entry: DayEntry | None, now: Now) -> Turn:
    """Return the turn of a single day that asks for one repetition: most turns are of this kind."""
    day = slot.start
    if entry is not None and day <= now.today and entry.done:
        return Turn(slot, Outcome.SATISFIED, 1.0, day, day)
    if slot.available == 0:
        return Turn(slot, Outcome.NEUTRAL, 0.0)
    return Turn(slot, Outcome.MISSED if day <= now.closed_until else Outcome.OPEN, 0.0)


def _entries(slot: Slot, history: Mapping[date, DayEntry], now: Now) -> Iterator[tuple[date, DayEntry]]:
    """Yield the slot's days that have an entry; what is ticked for a day to come counts when that day is here."""
    day, last = slot.start, min(slot.end, now.today)
    while day <= last:
        entry = history.get(day)
        if entry is not None:
            yield day, entry
        day += DAY


def _outcome(slot: Slot, share: float, now: Now) -> Outcome:
    if share >= 1:
        return Outcome.SATISFIED
    if slot.available == 0:
        return Outcome.NEUTRAL
    return Outcome.MISSED if slot.end <= now.closed_until else Outcome.OPEN


def _share(slot: Slot, target: Quantity | None, entries: list[DayEntry]) -> float:
    """Return how much of what the slot asks for was achieved, from 0 to 1; the available days shrink a quota."""
    if target is not None:
        needed = target.amount * max(slot.available, 1) / slot.days
        got = sum((_amount(entry, target) for entry in entries), Decimal(0))
        return float(min(Decimal(1), got / needed)) if needed > 0 else 1.0
    repetitions = sum(entry.done for entry in entries)
    return min(1.0, repetitions / max(slot.needed, 1))


def _amount(entry: DayEntry, target: Quantity | None) -> Decimal:
    """Return the amount of a day in the target's unit; a bare tick stands for the whole target."""
    if target is None:
        return Decimal(0)
    given = entry.amounts.get(unit_key(target.unit), Decimal(0))
    return max(given, target.amount) if entry.bare else given


def _satisfies(phase: Phase, history: Mapping[date, DayEntry], now: Now, day: date) -> bool:
    entry = history.get(day, NOTHING)
    if day > now.today:
        return False
    return entry.done if phase.target is None else _amount(entry, phase.target) >= phase.target.amount
