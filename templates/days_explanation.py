"""Where the figures of the vault itself come from: its days with any win, and its totals."""

from __future__ import annotations

from collections.abc import Sequence

from ..streaks.history import Entry
from ..streaks.vault_figures import VaultFigures
from . import phrases
from .explanation import explanation


def days_explanation(
    figures: VaultFigures, boxes: Sequence[Entry], *, whole: bool = False, streaks: bool = True
) -> list[str]:
    """Return the lines that lead from all ticked boxes to the vault's own streak and totals."""
    totals = figures.totals
    lines = explanation(figures.days, boxes, whole=whole, streaks=streaks)
    return [
        "Days with any win: a micro-win once a day, any other ticked box each time",
        *lines[1:-1],
        f"Wins: {phrases.number(totals.all)}, of which {phrases.number(totals.today)} today,"
        f" {phrases.number(totals.week)} this week, {phrases.number(totals.month)} this month,"
        f" {phrases.number(totals.year)} this year; those without a day count only in all.",
    ]
