"""Stretches: days in a row on which one rule of a micro-win holds and it is not archived."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..parsers.day_range import DayRange
from .calendar import DAY
from .micro_win import MicroWin, Phase

EARLIEST, LATEST = date(1900, 1, 1), date(9000, 1, 1)
"""No turns are made outside of these days: a slip of the pen in a year must not cost minutes."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days from `first` to `last` (None: without end) on which `phase` holds; its rule counts from `anchor`.

    `apart` says that days on which the micro-win was not active lie before it, so that a streak ends there.
    """

    phase: Phase
    anchor: date
    first: date
    last: date | None
    apart: bool = False


def stretches(win: MicroWin, start: date, last_box: date | None) -> Iterator[Stretch]:
    """Yield the stretches of a micro-win in order.

    `start` is where a first phase begins that has no date of its own; `last_box` is the day of the last box, from
    the day after which a retired micro-win is archived.
    """
    away = list(win.inactive)
    if win.retired:
        away.append(DayRange(last_box + DAY if last_box else EARLIEST))
    before: date | None = None
    for phase, anchor, until in _phases(win, start):
        for first, last in _without(anchor, until, sorted(away, key=lambda one: one.start)):
            yield Stretch(phase, anchor, first, last, apart=before is not None and first > before + DAY)
            before = last or LATEST


def _phases(win: MicroWin, start: date) -> Iterator[tuple[Phase, date, date | None]]:
    """Yield each phase with its first and last day; a phase ends where the next one begins."""
    begins = [min(max(phase.since or start, EARLIEST), LATEST) for phase in win.phases]
    for position, phase in enumerate(win.phases):
        last = begins[position + 1] - DAY if position + 1 < len(begins) else None
        until = min((day for day in (last, phase.until) if day is not None), default=None)
        if until is None or begins[position] <= until:
            yield phase, begins[position], until


def _without(first: date, last: date | None, away: Sequence[DayRange]) -> Iterator[tuple[date, date | None]]:
    """Yield what is left of the days from `first` to `last` without the ranges `away`, which are in order."""
    for one in away:
        if one.end is not None and one.end < first:
            continue
        if last is not None and one.start > last:
            break
        if one.start > first:
            yield first, one.start - DAY
        if one.end is None or one.end >= LATEST:
            return
        first = one.end + DAY
    if last is None or first <= last:
        yield first, last
