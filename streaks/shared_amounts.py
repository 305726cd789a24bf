"""Amounts that are kept by the thousand, most of which are written like others: each takes 104 bytes, so they share one."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache


def shared(amount: Decimal) -> Decimal:
    """Return an amount that is the same, down to how it is written."""
    return _written(str(amount))


@lru_cache(maxsize=4096)
def _written(text: str) -> Decimal:
    return Decimal(text)
