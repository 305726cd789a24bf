"""Consistency: the part of the turns in a window that was satisfied."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .slots import Measure
from .turns import Turns

WINDOWS = (7, 30, 90, 365)


@dataclass(frozen=True, slots=True)
class Window:
    """The turns of so many days up to today: how many count, the satisfied part of them, the part of what was asked."""

    closed: int
    rate: float | None
    volume: float | None


def consistency(turns: Turns, today: date) -> Mapping[int, Window]:
    """Return, for each window of days up to today, satisfied ÷ (satisfied + missed) and Σ share·asked ÷ Σ asked.

    Neutral and open turns are left out; the turn that is running counts as soon as it is satisfied. None where
    nothing counts.
    """
    return {days: window(turns, today, days) for days in WINDOWS}


def window(turns: Turns, today: date, days: int) -> Window:
    """Return what one window of days comes to."""
    return _window(turns, bisect_right(turns.ends, today.toordinal() - days))


def _window(turns: Turns, first: int) -> Window:
    outcomes = turns.outcomes[first:]
    satisfied, missed = outcomes.count("#"), outcomes.count("x")
    closed = satisfied + missed
    if not closed:
        return Window(0, None, None)
    got = whole = 0.0
    for outcome, share, measure in zip(outcomes, turns.shares[first:], turns.measures[first:], strict=True):
        if outcome in "#x":
            asked = _asked(measure)
            got, whole = got + share * asked, whole + asked
    return Window(closed, satisfied / closed, min(got / whole, 1.0))


def _asked(measure: Measure) -> float:
    """Return the repetitions that a slot asks for on its available days."""
    times, _, available, days = measure
    return times * max(available, 1) / days
