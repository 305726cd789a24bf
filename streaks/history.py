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


Answer = tuple[date, State, tuple[Quantity, ...]]
"""A box as its day sees it: the day, what it says, the amounts."""

_OPEN, _DONE, _SKIPPED, _PARTIAL = State.OPEN, State.DONE, State.SKIPPED, State.PARTIAL
_PLAIN = {
    State.OPEN: DayEntry(),
    State.DONE: DayEntry(done=True, bare=True, times=1),
    State.SKIPPED: DayEntry(skipped=True),
    State.PARTIAL: DayEntry(partial=True),
}


PLAIN_DONE = _PLAIN[State.DONE]
"""What a day says on which one box was ticked, and nothing else."""


@dataclass(frozen=True, slots=True)
class History:
    """A micro-win's boxes by day: what was answered, the first and the last day of any box, those without a day.

    An open box answers nothing, so it has no entry; it still says that the micro-win was there on its day.
    """

    days: Mapping[date, DayEntry]
    first: date | None = None
    last: date | None = None
    undated: tuple[Entry, ...] = ()


def read_history(entries: Iterable[Entry]) -> History:
    """Return the history that the boxes of one micro-win make; their order makes no difference."""
    answers: list[Answer] = []
    undated: list[Entry] = []
    for entry in entries:
        if entry.day is None:
            undated.append(entry)
        else:
            answers.append((entry.day, entry.state, entry.quantities))
    return history_of(answers, tuple(entry for entry in undated if entry.state is _DONE))


def history_of(answers: Iterable[Answer], undated: tuple[Entry, ...] = ()) -> History:
    """Return the history that boxes with a day make, and these done ones without."""
    single: dict[date, Answer] = {}
    several: dict[date, list[Answer]] = {}
    opened: list[date] = []
    for answer in answers:
        day = answer[0]
        if answer[1] is _OPEN:
            opened.append(day)
        elif day in single:
            several.setdefault(day, [single[day]]).append(answer)
        else:
            single[day] = answer
    days = {day: alone(state, quantities) for day, state, quantities in single.values()}
    days.update((day, _gathered(boxes)) for day, boxes in several.items())
    known = [*((min(days), max(days)) if days else ()), *((min(opened), max(opened)) if opened else ())]
    return History(days, min(known, default=None), max(known, default=None), undated)


def days_of(entries: Iterable[Entry]) -> Mapping[date, DayEntry]:
    """Return the answered boxes of one micro-win gathered by day; those without a day are left out."""
    return read_history(entries).days


def alone(state: State, quantities: tuple[Quantity, ...]) -> DayEntry:
    """Return what the only answered box of a day says; most days have one."""
    if not quantities or state is _SKIPPED:
        return _PLAIN[state]
    done = state is _DONE
    return DayEntry(done=done, partial=not done, amounts=sum_by_unit(quantities), times=1 if done else 0)


def _gathered(answers: list[Answer]) -> DayEntry:
    """Return a day's boxes taken together; none of them is open."""
    done = [quantities for _, state, quantities in answers if state is _DONE]
    partial = [quantities for _, state, quantities in answers if state is _PARTIAL]
    return DayEntry(
        done=bool(done),
        bare=not all(done),
        skipped=len(done) + len(partial) < len(answers),
        partial=bool(partial),
        times=len(done),
        amounts=sum_by_unit([quantity for quantities in (*done, *partial) for quantity in quantities]),
    )


def sum_by_unit(quantities: Iterable[Quantity]) -> dict[str, Decimal]:
    """Return the sums of amounts, by unit."""
    sums: dict[str, Decimal] = {}
    for quantity in quantities:
        unit = unit_key(quantity.unit)
        sums[unit] = sums[unit] + quantity.amount if unit in sums else quantity.amount
    return sums


def without_reading(amounts: Mapping[str, Decimal], reading: str | None) -> Mapping[str, Decimal]:
    """Return amounts by unit without the unit of a reading, which is never added up."""
    if reading not in amounts:
        return amounts
    return {unit: amount for unit, amount in amounts.items() if unit != reading}
