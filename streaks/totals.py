"""Totals: plain counts and sums that nothing ever takes away."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from .calendar import Now, period_start
from .history import DayEntry, Entry, sum_by_unit

NAMES = ("today", "week", "month", "year", "all")
_LATELY = NAMES[:-1]


@dataclass(frozen=True, slots=True)
class Totals:
    """Wins of today, of this calendar week, month and year, and of all time."""

    today: int = 0
    week: int = 0
    month: int = 0
    year: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True)
class MicroWinTotals:
    """A micro-win's repetitions (one a day at most) and its amounts by unit, over the same periods."""

    wins: Totals = Totals()
    amounts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)


def period_begins(now: Now) -> dict[str, date]:
    """Return the first day of each period that a total is kept for."""
    return {
        "today": now.today,
        "week": period_start(now.today, "week", now.week_start),
        "month": period_start(now.today, "month"),
        "year": period_start(now.today, "year"),
        "all": date.min,
    }


def count_days(days: Iterable[tuple[date, int]], now: Now, undated: int = 0) -> Totals:
    """Return the totals of so many wins a day; wins of days to come are not counted yet, undated ones only in `all`."""
    begins = period_begins(now)
    earliest = min(begins[name] for name in NAMES if name != "all")
    sums = dict.fromkeys(NAMES, 0)
    sums["all"] = undated
    for day, wins in days:
        if day <= now.today:
            sums["all"] += wins
            if day >= earliest:
                for name in _LATELY:
                    sums[name] += wins * (day >= begins[name])
    return Totals(**sums)


def micro_win_totals(history: Mapping[date, DayEntry], undated: Iterable[Entry], now: Now) -> MicroWinTotals:
    """Return a micro-win's totals; a box whose day is not known counts once, with its amounts, in `all`."""
    unknown = list(undated)
    wins = count_days(((day, 1) for day, entry in history.items() if entry.done), now, len(unknown))
    begins = period_begins(now)
    amounts: dict[str, dict[str, Decimal]] = {}
    for day, entry in history.items():
        for unit, amount in entry.amounts.items() if day <= now.today else ():
            sums = amounts.setdefault(unit, dict.fromkeys(NAMES, Decimal(0)))
            for name in NAMES:
                sums[name] += amount * (day >= begins[name])
    for unit, amount in sum_by_unit(quantity for entry in unknown for quantity in entry.quantities).items():
        amounts.setdefault(unit, dict.fromkeys(NAMES, Decimal(0)))["all"] += amount
    return MicroWinTotals(wins, amounts)
