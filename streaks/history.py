"""What happened on each day of one micro-win."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..parsers.task import Quantity, State
from ..parsers.units import unit_key


@dataclass(frozen=True, slots=True)
class Entry:
    """One box: where it stands, what it says, and the day that it counts for (None: not known).

    `time` is the time of day (HH:MM) at which it was ticked, where that is known; `frog` marks the hard one of the day.
    """

    path: str
    line: int
    state: State
    day: date | None
    micro_win: str | None = None
    quantities: tuple[Quantity, ...] = ()
    time: str | None = None
    frog: bool = False


@dataclass(frozen=True, slots=True)
class DayEntry:
    """A day's boxes of one micro-win taken together.

    Done twice is one repetition; amounts add up, by unit. `bare` says that it was ticked with no amount
    given, which stands for the whole target where there is one. `times` is the number of boxes ticked.
    """

    done: bool = False
    bare: bool = False
    skipped: bool = False
    partial: bool = False
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    times: int = 0


_PLAIN = {
    State.OPEN: DayEntry(),
    State.DONE: DayEntry(done=True, bare=True, times=1),
    State.SKIPPED: DayEntry(skipped=True),
    State.PARTIAL: DayEntry(partial=True),
}


def days_of(entries: Iterable[Entry]) -> dict[date, DayEntry]:
    """Return the entries of one micro-win gathered by day; those without a day are left out."""
    by_day: dict[date, list[Entry]] = {}
    for entry in entries:
        if entry.day is not None:
            by_day.setdefault(entry.day, []).append(entry)
    return {day: _gathered(found) for day, found in by_day.items()}


def _gathered(entries: list[Entry]) -> DayEntry:
    if len(entries) == 1 and not entries[0].quantities:
        return _PLAIN[entries[0].state]
    counted = [entry for entry in entries if entry.state in {State.DONE, State.PARTIAL}]
    return DayEntry(
        done=any(entry.state is State.DONE for entry in entries),
        bare=any(entry.state is State.DONE and not entry.quantities for entry in entries),
        skipped=any(entry.state is State.SKIPPED for entry in entries),
        partial=any(entry.state is State.PARTIAL for entry in entries),
        times=sum(entry.state is State.DONE for entry in entries),
        amounts=sum_by_unit(quantity for entry in counted for quantity in entry.quantities),
    )


def sum_by_unit(quantities: Iterable[Quantity]) -> dict[str, Decimal]:
    """Return the sums of amounts, by unit."""
    sums: dict[str, Decimal] = {}
    for quantity in quantities:
        unit = unit_key(quantity.unit)
        sums[unit] = sums.get(unit, Decimal(0)) + quantity.amount
    return sums
