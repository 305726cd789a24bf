"""What a change is answered with: each micro-win that was ticked or unticked, and each goal that moved."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.vault_figures import VaultFigures
from ..templates import phrases

MOST = 8
Movement = tuple[str, float | None, float | None]


def announcements(before: VaultFigures, after: VaultFigures, *, hidden: bool = False) -> Iterator[str]:
    """Yield one line for each micro-win whose wins changed, with the goals that it moved; a flood is one line."""
    old = {win.win.id: win for win in before.wins}
    changed = [
        (old[win.win.id], win)
        for win in after.wins
        if win.win.id in old and _wins(win) != _wins(old[win.win.id])
    ]
    moved = _moved(before, after)
    if len(changed) > MOST:
        yield f"{len(changed)} micro-wins changed  ·  {phrases.number(after.totals.all)} wins so far"
        return
    for was, now in changed:
        lines = [moved.pop(now.win.goal)] if now.win.goal in moved else []
        yield (
            phrases.ticked(now, lines, hidden=hidden)
            if _wins(now) > _wins(was)
            else phrases.unticked(now, hidden=hidden)
        )
    for movement in moved.values():
        yield phrases.movement(*movement)
    if (
        not changed
        and not moved
        and before.totals.all != after.totals.all
        and before.now.today == after.now.today
    ):
        yield f"{phrases.number(after.totals.all)} wins so far"


def _wins(win: Figures) -> int:
    return win.totals.wins.all


def _moved(before: VaultFigures, after: VaultFigures) -> dict[str, Movement]:
    old: dict[str, GoalFigures] = {goal.goal.path: goal for goal in before.goals}
    return {
        goal.goal.path: (goal.goal.title, old[goal.goal.path].progress, goal.progress)
        for goal in after.goals
        if goal.goal.path in old
        and goal.progress is not None
        and goal.progress != old[goal.goal.path].progress
    }
