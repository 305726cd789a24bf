"""Strength: how settled a habit is, from 0 to 1."""

from __future__ import annotations

from collections.abc import Iterable

from .turns import Outcome, Turn

HALF_LIFE = 13


def strength(turns: Iterable[Turn]) -> float:
    """Return the strength after these turns: s ← s·M + c·(1−M), with M = 0.5^(√(n·L)/13).

    n is the number of repetitions that a slot asks for, L its length in days, c the share achieved. For a daily
    habit this is the score of Loop Habit Tracker: half-way after 13 days. Open and neutral slots do not touch it.
    """
    value = keep = days = 0.0
    for turn in turns:
        if turn.outcome is Outcome.SATISFIED or turn.outcome is Outcome.MISSED:
            if turn.slot.times * turn.slot.length != days:
                days = turn.slot.times * turn.slot.length
                keep = 0.5 ** (days**0.5 / HALF_LIFE)
            value = value * keep + turn.share * (1 - keep)
    return value
