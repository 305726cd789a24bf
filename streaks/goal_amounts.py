"""The amounts of goals that add up, day by day: of each goal and of those below it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from ..parsers.goal import Goal
from ..parsers.measure import Measure
from ..parsers.units import unit_key
from .entries import Step
from .figures import Figures
from .goal_order import GoalOrder
from .goal_source import GoalSource
from .history import Entry
from .measure import NOTHING, Amounts, Course, added_up, own_amounts, readings
from .put_aside import PutAside, Rows
from .shared_amounts import amount_of, shared
from .step_sums import NO_SUMS, StepSums

_NONE: Mapping[str, str] = {}


class GoalAmounts:
    """The sums of the goals that have a measure, up to `today`.

    A goal's amounts go to the next goal that measures in their unit, itself or above it, and from there further up.
    """

    def __init__(
        self, order: GoalOrder, goals: Mapping[str, Goal], today: date, rows: Rows | None = None
    ) -> None:
        self._order, self._today = order, today
        self._carriers = _carriers(order, goals)
        self._read = {path for path, goal in goals.items() if goal.measure and goal.measure.start is not None}
        self._sums = PutAside[Amounts](rows, written_sums, read_sums)
        self._steps: dict[str, tuple[Step, ...]] = {}

    def take(self, path: str, source: GoalSource) -> None:
        """Take in a goal's own amounts, those below it being here already, and hand its sums on to the goal above."""
        self._hold(path, source.steps or NO_SUMS)
        for unit, carrier in self._carriers_of(path).items():
            steps = self._steps.get(path, ())
            self._add(carrier, own_amounts(unit, source.wins, steps, self._today))
            parent = self._order.parents.get(path)
            above = self._carriers_of(parent).get(unit) if carrier == path else None
            if above is not None:
                self._add(above, self._sums.get(path) or {})

    def let_go(self, path: str) -> None:
        """Put a goal's sums aside until they change; they were handed on."""
        self._sums.put_aside(path)

    def replace(
        self, path: str, gone: Sequence[Figures], come: Sequence[Figures], steps: StepSums | None
    ) -> set[str]:
        """Put micro-wins of a goal in the place of others, and its steps if any are given; return the goals with other sums."""
        old = self._steps.pop(path, ()) if steps is not None else ()
        new = self._hold(path, steps) if steps is not None else ()
        touched: set[str] = set()
        for unit in self._carriers_of(path):
            was, now = own_amounts(unit, gone, old, self._today), own_amounts(unit, come, new, self._today)
            days = was.keys() | now.keys()
            changes = {day: now.get(day, NOTHING) - was.get(day, NOTHING) for day in days}
            touched |= self._change(path, unit, {day: amount for day, amount in changes.items() if amount})
        return touched

    def course(self, path: str, measure: Measure, boxes: Iterable[Entry]) -> Course:
        """Return the course of a goal's measure; of a reading `boxes` are those of its micro-wins."""
        if measure.start is None:
            return added_up(self._sums.get(path) or {})
        steps = (step.entry for step in self._steps.get(path, ()))
        return readings(measure, (*boxes, *steps), self._today)

    def _hold(self, path: str, steps: StepSums) -> tuple[Step, ...]:
        """Hold those of a goal's steps that bear an amount, where anything asks for amounts; return them."""
        if not steps.bearing or not (path in self._carriers or path in self._read):
            return ()
        self._steps[path] = steps.bearing
        return steps.bearing

    def _carriers_of(self, path: str | None) -> Mapping[str, str]:
        return self._carriers.get(path, _NONE) if path is not None else _NONE

    def _change(self, path: str, unit: str, changes: Mapping[date | None, Decimal]) -> set[str]:
        touched: set[str] = set()
        carrier = self._carriers_of(path).get(unit) if changes else None
        while carrier is not None:
            self._add(carrier, changes)
            touched.add(carrier)
            carrier = self._carriers_of(self._order.parents.get(carrier)).get(unit)
        return touched

    def _add(self, path: str, changes: Mapping[date | None, Decimal]) -> None:
        if not changes:
            return
        sums = self._sums.of(path, dict)
        for day, amount in changes.items():
            total = sums.get(day, NOTHING) + amount
            if total:
                sums[day] = shared(total)
            else:
                sums.pop(day, None)


def written_sums(sums: Amounts) -> bytes:
    """Return sums as lines: a day as an ordinal, 0 for none, and the amount."""
    lines = (f"{day.toordinal() if day is not None else 0} {amount}" for day, amount in sums.items())
    return "\n".join(lines).encode("ascii")


def read_sums(row: bytes) -> Amounts:
    """Return sums that were written so."""
    pairs = (line.split(" ") for line in row.decode("ascii").split("\n") if line)
    return {date.fromordinal(int(day)) if day != "0" else None: amount_of(amount) for day, amount in pairs}


def _carriers(order: GoalOrder, goals: Mapping[str, Goal]) -> dict[str, Mapping[str, str]]:
    """Return, for each goal that has any, the goals that add its amounts up by unit: itself, else the next one above."""
    found: dict[str, Mapping[str, str]] = {}
    for path in order.paths:
        parent, measure = order.parents.get(path), goals[path].measure
        carriers = found.get(parent, _NONE) if parent is not None else _NONE
        if measure is not None and measure.start is None:
            carriers = {**carriers, unit_key(measure.unit): path}
        if carriers:
            found[path] = carriers
    return found
