"""Limits: something to do less of. A slot is satisfied at its close if the limit was not exceeded."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date
from decimal import Decimal

from ..parsers.schedule import Limit
from ..parsers.units import unit_key
from .calendar import Now
from .history import DayEntry
from .record import Record
from .slots import Slot
from .turns import Outcome, Turn


def limit_turn(slot: Slot, rule: Limit, record: Record, now: Now, logged: Container[date] | None) -> Turn:
    """Return a limit's turn; `logged` are the days that have a note of their own (None: all of them).

    Where no note of its days exists and nothing is ticked it is not known what happened, so it is neutral.
    """
    first, last = slot.start.toordinal(), slot.end.toordinal()
    total = used(rule, (entry for _, entry in record.between(first, last)))
    share = _share(total, rule.most)
    if slot.available == 0:
        return Turn(slot, Outcome.NEUTRAL, share)
    if slot.end > now.closed_until:
        return Turn(slot, Outcome.OPEN, share)
    if not total and not rule.clean_unlogged and not _is_logged(first, last, logged):
        return Turn(slot, Outcome.NEUTRAL, share)
    return Turn(slot, Outcome.SATISFIED if total <= rule.most else Outcome.MISSED, share)


def used(rule: Limit, entries: Iterable[DayEntry]) -> Decimal:
    """Return what counts towards a limit: the boxes ticked, or the amounts of its unit.

    A tick without an amount stands for the whole limit; where that is nothing at all, for one.
    """
    if not rule.unit:
        return Decimal(sum(entry.times for entry in entries))
    unit = unit_key(rule.unit)
    return sum(
        (entry.amounts.get(unit, Decimal(0)) + entry.bare * (rule.most or 1) for entry in entries), Decimal(0)
    )


def _share(total: Decimal, most: Decimal) -> float:
    """Return 1 up to the limit, less in proportion above it, 0 at twice the limit."""
    if total <= most:
        return 1.0
    return float(max(Decimal(0), 1 - (total - most) / most)) if most else 0.0


def _is_logged(first: int, last: int, logged: Container[date] | None) -> bool:
    return logged is None or any(date.fromordinal(day) in logged for day in range(first, last + 1))
