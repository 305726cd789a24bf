"""Consistency: the part of the turns in a window that was satisfied."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import takewhile

from .turns import Outcome, Turn

WINDOWS = (7, 30, 90, 365)


def consistency(turns: Sequence[Turn], today: date) -> dict[int, float | None]:
    """Return, for each window of days up to today, satisfied ÷ (satisfied + missed); None where nothing is closed."""
    earliest = today - timedelta(days=WINDOWS[-1])
    lately = list(takewhile(lambda turn: turn.slot.end > earliest, reversed(turns)))
    return {days: _rate(lately, today - timedelta(days=days), today) for days in WINDOWS}


def _rate(turns: Sequence[Turn], after: date, today: date) -> float | None:
    outcomes = [turn.outcome for turn in turns if after < turn.slot.end <= today]
    satisfied, missed = outcomes.count(Outcome.SATISFIED), outcomes.count(Outcome.MISSED)
    return satisfied / (satisfied + missed) if satisfied + missed else None
