"""What a goal's measure stands at, day by day: amounts that add up, or the latest reading."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from ..parsers.measure import Measure
from ..parsers.task import Quantity, State
from ..parsers.units import unit_key
from .entries import Step
from .figures import Figures
from .history import Entry
from .shared_amounts import shared
from .step_sums import StepSums

NOTHING = Decimal(0)
Amounts = dict[date | None, Decimal]
"""Amounts of one unit by the day that they count for; None where the day is not known."""


@dataclass(frozen=True, slots=True)
class Course:
    """The values of a measure: `before` until the first of the days, then each of `values` from its day on."""

    before: Decimal
    days: tuple[date, ...] = ()
    values: tuple[Decimal, ...] = ()

    @property
    def last(self) -> Decimal:
        """The value at which it stands."""
        return self.values[-1] if self.values else self.before

    def at(self, day: date) -> Decimal:
        """Return the value at the end of a day."""
        place = bisect_right(self.days, day)
        return self.values[place - 1] if place else self.before


@dataclass(frozen=True, slots=True)
class ReadingDays:
    """The days (ordinals) of a reading, and how far it had come by the end of each."""

    days: array[int]
    shares: array[float]

    @classmethod
    def of(cls, measure: Measure, course: Course) -> ReadingDays:
        """Return those of the course of a reading."""
        days = array("i", map(date.toordinal, course.days))
        return cls(days, array("d", [reached(measure, value) for value in course.values]))


def own_amounts(
    unit: str, wins: Iterable[Figures], steps: Iterable[Step], today: date
) -> Mapping[date | None, Decimal]:
    """Return what a goal's own micro-wins and done steps give in a unit, up to `today`."""
    found: Amounts = {}
    for win in wins:
        if unit not in win.totals.amounts:
            continue
        undated = win.totals.amounts[unit]["all"]
        for day, entry in win.history.items():
            if day <= today and unit in entry.amounts:
                undated -= entry.amounts[unit]
                _add(found, day, entry.amounts[unit])
        _add(found, None, undated)
    for step in steps:
        if step.done and (step.entry.day is None or step.entry.day <= today):
            for quantity in _in_unit(step.entry, unit):
                _add(found, step.entry.day, quantity.amount)
    return found


def added_up(amounts: Mapping[date | None, Decimal]) -> Course:
    """Return the course of amounts that add up; those without a day are there from the beginning."""
    days = tuple(sorted(day for day in amounts if day is not None))
    before = amounts.get(None, NOTHING)
    values = accumulate((amounts[day] for day in days), initial=before)
    return Course(before, days, tuple(map(shared, values))[1:])


def steps_weighed(steps: StepSums, today: date) -> Course:
    """Return the course of what done steps weigh, up to `today`."""
    weights: Amounts = {}
    for day, weight in steps.done_by(today):
        weights[day] = weights.get(day, NOTHING) + weight
    return added_up(weights)


def readings(measure: Measure, boxes: Iterable[Entry], today: date) -> Course:
    """Return the course of a reading: on each day the last of those that stand on done boxes with a day.

    Of several on one day the one with the latest time counts, then the one that stands last by path and line.
    """
    unit = unit_key(measure.unit)
    ordered = sorted(
        (box.day, box.time or "", box.path, box.line, list(_in_unit(box, unit)))
        for box in boxes
        if box.state is State.DONE and box.day is not None and box.day <= today
    )
    found = {day: quantities[-1].amount for day, *_, quantities in ordered if quantities}
    return Course(measure.origin, tuple(found), tuple(found.values()))


def reached(measure: Measure, value: Decimal) -> float:
    """Return how far a value has come from the measure's start to its target, from 0 to 1."""
    share = (value - measure.origin) / (measure.amount - measure.origin)
    return float(min(max(share, Decimal(0)), Decimal(1)))


def _in_unit(entry: Entry, unit: str) -> Iterable[Quantity]:
    return (quantity for quantity in entry.quantities if unit_key(quantity.unit) == unit)


def _add(amounts: Amounts, day: date | None, amount: Decimal) -> None:
    if amount:
        amounts[day] = shared(amounts.get(day, NOTHING) + amount)
