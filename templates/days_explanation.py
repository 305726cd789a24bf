"""Where the figures of the vault itself come from: its days with any win, and its totals."""

from __future__ import annotations

from collections.abc import Sequence

from ..streaks.history import Entry
from ..streaks.vault_figures import VaultFigures
from . import phrases
from .explanation import explanation
from .words import say


def days_explanation(
    figures: VaultFigures,
    boxes: Sequence[Entry],
    *,
    whole: bool = False,
    streaks: bool = True,
    plain: bool = False,
) -> list[str]:
    """Return the lines that lead from all ticked boxes to the vault's own streak and totals."""
    totals = figures.totals
    lines = explanation(figures.days, boxes, whole=whole, streaks=streaks, plain=plain)
    return [
        say("explain.days_title"),
        *lines[1:-1],
        say(
            "explain.totals",
            all=phrases.number(totals.all),
            today=phrases.number(totals.today),
            week=phrases.number(totals.week),
            month=phrases.number(totals.month),
            year=phrases.number(totals.year),
        ),
    ]
