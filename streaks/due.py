"""What is due on a day."""

from __future__ import annotations

from datetime import timedelta

from ..parsers.schedule import SinceLast
from .calendar import Now
from .figures import Figures
from .turns import Outcome, Turn


def due_today(figures: Figures, now: Now) -> bool:
    """Return whether a micro-win is still to be done today: its slot can still be satisfied, and today it is not done or too early.

    A limit is nothing to do, so it is never due.
    """
    if figures.is_limit:
        return False
    turn = figures.turn_on(now.today)
    if turn is None or not _can_be_done(turn, now) or figures.win.rests_on(now.today):
        return False
    phase = figures.win.phase_on(now.today)
    entry = figures.history.get(now.today)
    if entry is not None and (entry.skipped or (entry.done and not (phase and phase.target))):
        return False
    return not (phase and isinstance(phase.rule, SinceLast) and _is_early(figures, now, phase.rule))


def _can_be_done(turn: Turn, now: Now) -> bool:
    """Return whether a turn is open, or was closed before a journey west brought its day a second time."""
    came_back = turn.outcome is Outcome.MISSED and turn.slot.end <= now.closed_until
    return turn.outcome is Outcome.OPEN or came_back


def _is_early(figures: Figures, now: Now, rule: SinceLast) -> bool:
    """Return whether fewer than the rule's shortest number of days have passed since the last time."""
    times = [day for day, entry in figures.history.items() if entry.done and day <= now.today]
    return bool(times) and now.today < max(times) + timedelta(days=rule.shortest)


def answered(figures: Figures, now: Now) -> bool:
    """Return whether a micro-win was done or skipped today, due or not; a limit is neither."""
    if figures.is_limit:
        return False
    entry = figures.history.get(now.today)
    return entry is not None and (entry.done or entry.skipped)
