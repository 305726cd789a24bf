"""Amounts that are kept by the thousand, most of which are written like others: each takes 104 bytes, so they share one."""

from __future__ import annotations

from decimal import Decimal

from .alike import alike


def shared(amount: Decimal) -> Decimal:
    """Return an amount that is the same, down to how it is written."""
    return amount_of(str(amount))


@alike(4096)
def amount_of(text: str) -> Decimal:
    """Return the amount that is written so."""
    return Decimal(text)
