"""A goal's figures as the values of its properties: plain numbers and dates, for Obsidian's Bases and Dataview."""

from __future__ import annotations

from collections.abc import Mapping

from ..streaks.goal_figures import GoalFigures
from .phrases import whole
from .tables import wins_of


def property_values(goal: GoalFigures, *, streaks: bool = True) -> Mapping[str, str]:
    """Return what each of our properties is to say of a goal, '' where it is not known; shares are 0 to 1 in hundredths.

    `streak` and `best` count days with a win of the goal or of one below it, `wins` and `last_win` its own micro-wins;
    `strength` is the mean of those that have a schedule. Without `streaks` the two of them are not told.
    """
    running, best = goal.days.streak, goal.days.best
    days = {day for win in goal.wins if not win.is_limit for day in win.days_done}
    return {
        "streak": str(running.count if running else 0) if streaks else "",
        "best": str(best.count if best else 0) if streaks else "",
        "wins": str(wins_of(goal)),
        "strength": _share(_strength(goal)),
        "last_win": str(max(days)) if days else "",
        "progress": _share(goal.progress),
    }


def _strength(goal: GoalFigures) -> float | None:
    found = [win.strength for win in goal.wins if win.win.is_scheduled]
    return sum(found) / len(found) if found else None


def _share(share: float | None) -> str:
    return "" if share is None else f"{whole(share) / 100:g}"
