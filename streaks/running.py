"""Progress of the turn that is running: so many of so many this week."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..parsers.schedule import Limit, Quota, Rule
from .history import DayEntry
from .limits import used
from .micro_win import MicroWin, Phase
from .record import amount_of
from .replay import Facts, needed_amount
from .slots import Slot
from .turns import Turns, turn_on


@dataclass(frozen=True, slots=True)
class Running:
    """What was done and what is asked for, in times (`unit` is empty) or an amount, in the `period` that is running.

    `at_most` says that `needed` is a limit. A period that is no calendar one is empty.
    """

    got: Decimal
    needed: Decimal
    unit: str
    period: str
    at_most: bool = False


def progress_now(facts: Facts, turns: Turns) -> Running | None:
    """Return the progress of the slot that holds today, where it asks for an amount, for several times, or for less."""
    turn = turn_on(turns, facts.now.today)
    if turn is None:
        return None
    slot = turn.slot
    entries = [entry for _, entry in facts.record.between(slot.start.toordinal(), slot.end.toordinal())]
    return progress_of(facts.win, slot, facts.now.today, entries)


def progress_of(win: MicroWin, slot: Slot, day: date, entries: Iterable[DayEntry]) -> Running | None:
    """Return the progress of a slot by the rule that holds on `day`, with what was done in it, or None as above."""
    phase = win.phase_on(day)
    if phase is None or phase.rule is None:
        return None
    if isinstance(phase.rule, Limit):
        return Running(
            used(phase.rule, entries), phase.rule.most, phase.rule.unit, phase.rule.period, at_most=True
        )
    return _towards(phase, phase.rule, slot, entries)


def _towards(phase: Phase, rule: Rule, slot: Slot, entries: Iterable[DayEntry]) -> Running | None:
    if not slot.available:
        return None
    period = _period(rule, slot.start, slot.end)
    if phase.target is not None:
        got = sum((amount_of(entry, phase.target) for entry in entries), Decimal(0))
        return Running(
            got,
            needed_amount((slot.times, slot.length, slot.available, slot.days), phase.target),
            phase.target.unit,
            period,
        )
    if isinstance(rule, Quota):
        return Running(Decimal(sum(entry.done for entry in entries)), Decimal(slot.needed), "", period)
    return None


def _period(rule: Rule, start: date, end: date) -> str:
    if isinstance(rule, Quota):
        return rule.period if rule.every == 1 else ""
    return "day" if start == end else ""
