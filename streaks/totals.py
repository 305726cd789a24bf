"""Totals: plain counts and sums that nothing ever takes away."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache

from .alike import alike
from .calendar import Now, period_start
from .history import Entry, sum_by_unit
from .record import Record
from .shared_amounts import amount_of

NAMES = ("today", "week", "month", "year", "all", "quarter")
LATELY = tuple(name for name in NAMES if name != "all")
"""The periods that older days do not lie in."""
WrittenAmounts = tuple[tuple[str, tuple[str, ...]], ...]
"""Amounts by unit as texts, each in the order of `NAMES`."""


@dataclass(frozen=True, slots=True)
class Totals:
    """Wins of today, of this calendar week, month and year, of all time, and of this quarter."""

    today: int = 0
    week: int = 0
    month: int = 0
    year: int = 0
    all: int = 0
    quarter: int = 0


@dataclass(frozen=True, slots=True)
class MicroWinTotals:
    """A micro-win's repetitions (one a day at most) and its amounts by unit, over the same periods."""

    wins: Totals = Totals()
    amounts: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)

    @classmethod
    def of(cls, wins: Totals, written: WrittenAmounts) -> MicroWinTotals:
        """Return totals with the amounts that are written so."""
        return cls(wins, _same_amounts(written))

    @property
    def written(self) -> WrittenAmounts:
        """Its amounts as texts."""
        return tuple([(unit, tuple(map(str, sums.values()))) for unit, sums in self.amounts.items()])


def period_begins(now: Now) -> dict[str, date]:
    """Return the first day of each period that a total is kept for."""
    return {
        "today": now.today,
        "week": period_start(now.today, "week", now.week_start),
        "month": period_start(now.today, "month"),
        "year": period_start(now.today, "year"),
        "all": date.min,
        "quarter": period_start(now.today, "quarter"),
    }


@lru_cache(maxsize=4)
def begin_ordinals(now: Now) -> Mapping[str, int]:
    """Return the same days as ordinals; every micro-win of a vault asks for those of one day."""
    return {name: begin.toordinal() for name, begin in period_begins(now).items()}


def count_days(days: Iterable[tuple[date, int]], now: Now, undated: int = 0) -> Totals:
    """Return the totals of so many wins a day; wins of days to come are not counted yet, undated ones only in `all`."""
    past = [(day, wins) for day, wins in days if day <= now.today]
    begins = period_begins(now)
    earliest = min(begins[name] for name in NAMES if name != "all")
    lately = [(day, wins) for day, wins in past if day >= earliest]
    sums = {name: sum(wins for day, wins in lately if day >= begin) for name, begin in begins.items()}
    sums["all"] = undated + sum(wins for _, wins in past)
    return Totals(**sums)


def micro_win_totals(
    record: Record,
    undated: Iterable[Entry],
    now: Now,
    count: Callable[[int, int], int] | None = None,
    reading: str | None = None,
) -> MicroWinTotals:
    """Return a micro-win's totals; a box whose day is not known counts once, with its amounts, in `all`.

    `count` gives the wins from one day to another (ordinals): each day once, however many boxes it has, if it is None.
    Amounts in the unit of a `reading` are none to add up.
    """
    unknown = list(undated)
    begins = begin_ordinals(now)
    today = now.today.toordinal()
    wins = {name: (count or record.wins)(begin, today) for name, begin in begins.items()}
    wins["all"] += len(unknown)
    amounts: dict[str, dict[str, Decimal]] = {}
    lately = min(begins[name] for name in LATELY)
    for day, entry in zip(record.days, record.entries, strict=True):
        for unit, amount in entry.amounts.items():
            if unit not in amounts:
                amounts[unit] = dict.fromkeys(NAMES, Decimal(0))
            sums = amounts[unit]
            sums["all"] += amount
            if day >= lately:
                for name in LATELY:
                    sums[name] += amount * (day >= begins[name])
    for unit, amount in sum_by_unit(quantity for entry in unknown for quantity in entry.quantities).items():
        amounts.setdefault(unit, dict.fromkeys(NAMES, Decimal(0)))["all"] += amount
    if reading is not None:
        amounts.pop(reading, None)
    written = tuple([(unit, tuple(map(str, sums.values()))) for unit, sums in amounts.items()])
    return MicroWinTotals(_same_wins(*[wins[name] for name in NAMES]), _same_amounts(written))


@alike(512)
def _same_wins(*wins: int) -> Totals:
    """Return totals in the order of `NAMES`; of micro-wins that are over many have the same."""
    return Totals(*wins)


@alike(512)
def _same_amounts(written: WrittenAmounts) -> Mapping[str, Mapping[str, Decimal]]:
    """Return the amounts that are written so, as above."""
    return {unit: dict(zip(NAMES, map(amount_of, sums), strict=True)) for unit, sums in written}
