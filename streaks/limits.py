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
from .slots import Bounds
from .turns import Turns


def limit_turns(
    slots: Iterable[Bounds], rule: Limit, record: Record, now: Now, logged: Container[date] | None
) -> Turns:
    """Return a limit's turns; `logged` are the days that have a note of their own (None: all of them).

    Where no note of its days exists and nothing is ticked it is not known what happened, so it is neutral.
    """
    closed = now.closed_until.toordinal()
    outcomes: list[str] = []
    shares: list[float] = []
    slots = list(slots)
    for first, last, measure in slots:
        total = used(rule, (entry for _, entry in record.between(first, last)))
        shares.append(_share(total, rule.most))
        if not measure[2]:
            outcomes.append("-")
        elif last > closed:
            outcomes.append("?")
        elif not total and not rule.clean_unlogged and not _is_logged(first, last, logged):
            outcomes.append("-")
        else:
            outcomes.append("#" if total <= rule.most else "x")
    starts, ends, measures = zip(*slots, strict=True) if slots else ((), (), ())
    nothing = [0] * len(slots)
    return Turns("".join(outcomes), shares, list(starts), list(ends), nothing, nothing, list(measures))


def used(rule: Limit, entries: Iterable[DayEntry]) -> Decimal:
    """Return what counts towards a limit: the boxes ticked, or the amounts of its unit.

    A tick without an amount stands for the whole limit; where that is nothing at all, for one.
    """
    if not rule.unit:
        return Decimal(sum([entry.times for entry in entries]))
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
