"""What is due on a day."""

from __future__ import annotations

from datetime import timedelta

from ..parsers.schedule import SinceLast
from .calendar import Now
from .figures import Figures
from .turns import Outcome


def due_today(figures: Figures, now: Now) -> bool:
    """Return whether a micro-win is still to be done today: its slot is open, and not too early in it."""
    for turn in reversed(figures.turns):
        if turn.slot.start <= now.today <= turn.slot.end:
            if turn.outcome is not Outcome.OPEN or now.today in figures.win.neutral:
                return False
            phase = figures.win.phase_on(now.today)
            rule = phase.rule if phase else None
            early = timedelta(days=rule.shortest - 1) if isinstance(rule, SinceLast) else timedelta(0)
            first = len(figures.turns) == 1
            return first or now.today >= turn.slot.start + early
    return False
