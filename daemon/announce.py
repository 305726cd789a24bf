"""What a change is answered with: each micro-win that was ticked or unticked, and each goal that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..parsers.note import Note
from ..parsers.task import State
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.vault_figures import VaultFigures
from ..templates import phrases

MOST = 8
Movement = tuple[str, float | None, float | None]


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of a goal whose box was changed."""

    path: str
    text: str
    state: State


def announcements(
    before: VaultFigures, after: VaultFigures, steps: Sequence[StepChange] = (), *, hidden: bool = False
) -> Iterator[str]:
    """Yield one line for each micro-win and each step that changed, with the goals that it moved; a flood is one line."""
    old = {win.win.id: win for win in before.wins}
    changed = [
        (old[win.win.id], win)
        for win in after.wins
        if win.win.id in old and (_wins(win) != _wins(old[win.win.id]) or _is_new_skip(old[win.win.id], win))
    ]
    moved = _moved(before, after)
    if len(changed) + len(steps) > MOST:
        yield f"{len(changed) + len(steps)} boxes changed  ·  {phrases.number(after.totals.all)} wins so far"
        return
    for was, now in changed:
        lines = [moved.pop(now.win.goal)] if now.win.goal in moved else []
        yield _answer(was, now, lines, hidden=hidden)
    for step in steps:
        yield phrases.step(
            step.text, step.state, [moved.pop(path) for path in _line(step.path, after) if path in moved]
        )
    if moved:
        yield "  ·  ".join(phrases.movement(*movement) for movement in moved.values())
    if (
        not changed
        and not steps
        and not moved
        and before.totals.all != after.totals.all
        and before.now.today == after.now.today
    ):
        yield f"{phrases.number(after.totals.all)} wins so far"


def step_changes(before: Note | None, after: Note | None) -> list[StepChange]:
    """Return the steps of a goal note whose boxes say something else than before; by text, as lines may have moved."""
    if before is None or after is None or after.goal is None:
        return []
    old = Counter(
        (task.fields.text, task.state) for task in before.tasks if before.block_at(task.line) is None
    )
    new = Counter((task.fields.text, task.state) for task in after.tasks if after.block_at(task.line) is None)
    known = {text for text, _ in old}
    return [StepChange(after.path, text, state) for text, state in (new - old) if text in known]


def _answer(was: Figures, now: Figures, moved: list[Movement], *, hidden: bool) -> str:
    if _wins(now) > _wins(was):
        return phrases.ticked(now, moved, hidden=hidden)
    return phrases.skipped(now) if _is_new_skip(was, now) else phrases.unticked(now, hidden=hidden)


def _is_new_skip(was: Figures, now: Figures) -> bool:
    return now.state == "skipped" and was.state != "skipped" and was.now.today == now.now.today


def _line(path: str, figures: VaultFigures) -> Iterator[str]:
    """Yield a goal's path and those of the goals above it."""
    above: str | None = path
    for _ in range(len(figures.goals)):
        if above is None:
            return
        yield above
        goal = figures.goal(above)
        above = goal.parent if goal else None


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
