"""Projection: what the last four weeks come to, if they go on as they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

LOOK_BACK = 28
DAYS = {"week": 7, "month": 30, "year": 365}


@dataclass(frozen=True, slots=True)
class Projection:
    """Wins and amounts by unit of a week, of 30 days and of a year, at the mean of the last active closed days."""

    wins: Mapping[str, Decimal]
    amounts: Mapping[str, Mapping[str, Decimal]]


def projection(wins: Iterable[int], amounts: Iterable[Mapping[str, Decimal]], days: int) -> Projection | None:
    """Return the projection of what was done on so many active closed days; None where there are none."""
    if not days:
        return None
    sums: dict[str, Decimal] = {}
    for one in amounts:
        for unit, amount in one.items():
            sums[unit] = sums.get(unit, Decimal(0)) + amount
    return Projection(_of(Decimal(sum(wins)), days), {unit: _of(total, days) for unit, total in sums.items()})


def _of(total: Decimal, days: int) -> dict[str, Decimal]:
    """Return what each period comes to, to two decimals: a guess is not more exact than that."""
    return {name: (total * length / days).quantize(Decimal("0.01")) for name, length in DAYS.items()}
