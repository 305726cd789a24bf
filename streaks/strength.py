"""Strength: how settled a habit is, from 0 to 1."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from datetime import date

from .slots import Measure
from .turns import Turns

HALF_LIFE = 13


def strength(turns: Turns) -> float:
    """Return the strength after these turns: s ← s·M + c·(1−M), with M = 0.5^(√(n·L)/13).

    n is the number of repetitions that a slot asks for, L its length in days, c the share achieved. For a daily
    habit this is the score of Loop Habit Tracker: half-way after 13 days. Open and neutral slots do not touch it.
    """
    last = deque(strengths(turns), maxlen=1)
    return last[0] if last else 0.0


def strengths(turns: Turns) -> Iterator[float]:
    """Yield the strength after each of these turns."""
    value = keep = 0.0
    before: Measure | None = None
    for outcome, share, measure in zip(turns.outcomes, turns.shares, turns.measures, strict=True):
        if measure is not before:
            before = measure
            keep = 0.5 ** ((measure[0] * measure[1]) ** 0.5 / HALF_LIFE)
        if outcome == "#" or outcome == "x":  # noqa: PLR1714 - a tuple would be looked through for every day
            value = value * keep + share * (1 - keep)
        yield value


def strength_days(turns: Turns) -> Iterator[tuple[date, float]]:
    """Yield the last day of each closed turn with the strength after it; neutral and open ones leave it as it is."""
    for end, outcome, value in zip(turns.ends, turns.outcomes, strengths(turns), strict=True):
        if outcome in {"#", "x"}:
            yield date.fromordinal(end), value
