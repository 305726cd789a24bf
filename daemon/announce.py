"""What a change is answered with: each micro-win that was ticked or unticked, and each goal that moved."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..parsers.note import Note
from ..parsers.task import State
from ..streaks.figures import Figures
from ..streaks.vault_figures import VaultFigures, worked_out
from ..templates import phrases

MOST = 8


@dataclass(frozen=True, slots=True)
class StepChange:
    """A step of a goal whose box was changed; `stays_unwritten` where nothing may be written in its note."""

    path: str
    text: str
    state: State
    stays_unwritten: bool = False


def announcements(
    before: VaultFigures, after: VaultFigures, steps: Sequence[StepChange] = (), *, hidden: bool = False
) -> Iterator[str]:
    """Yield one line for each micro-win and each step that changed, with the goals that it moved; a flood is one line."""
    changed = [
        (was, now)
        for was, now in _wins_worked_out(before, after)
        if _wins(now) != _wins(was) or _is_new_skip(was, now)
    ]
    moved = {now.goal.path: (was, now) for was, now in moved_goals(before, after)}
    if len(changed) + len(steps) > MOST:
        yield phrases.many_changed(len(changed) + len(steps), after.totals.all)
        return
    for was, now in changed:
        lines = [moved.pop(path) for path in _line(now.win.goal, after) if path in moved]
        yield _answer(was, now, lines, hidden=hidden)
    for step in steps:
        lines = [moved.pop(path) for path in _line(step.path, after) if path in moved]
        yield phrases.step(step.text, step.state, lines, step.path if step.stays_unwritten else "")
    if moved:
        yield "  ·  ".join(phrases.movement(*movement) for movement in moved.values())
    if (
        not changed
        and not steps
        and not moved
        and before.totals.all != after.totals.all
        and before.now.today == after.now.today
    ):
        yield phrases.wins_so_far(after.totals.all)


def step_changes(before: Note | None, after: Note | None) -> list[StepChange]:
    """Return the steps of a goal note whose boxes say something else than before; by text, as lines may have moved."""
    if before is None or after is None or after.goal is None:
        return []
    old = Counter(
        (task.fields.text, task.state) for task in before.tasks if before.block_at(task.line) is None
    )
    new = Counter((task.fields.text, task.state) for task in after.tasks if after.block_at(task.line) is None)
    known = {text for text, _ in old}
    return [
        StepChange(after.path, text, state, after.markers_broken)
        for text, state in (new - old)
        if text in known
    ]


def moved_goals(before: VaultFigures, after: VaultFigures) -> Iterator[phrases.Moved]:
    """Yield the goals whose progress or amount changed, as they were and as they are."""
    for now in worked_out(before, after):
        was = before.goal(now.goal.path)
        if was is None or was is now or (now.progress is None and now.measured is None):
            continue
        if now.progress != was.progress or now.measured != was.measured:
            yield was, now


def _wins_worked_out(before: VaultFigures, after: VaultFigures) -> Iterator[tuple[Figures, Figures]]:
    """Yield the micro-wins of the goals that were worked out again, as they were and as they are."""
    goals = worked_out(before, after)
    old = {win.win.id: win for win in before.wins} if goals else {}
    for goal in goals:
        yield from ((old[win.win.id], win) for win in goal.wins if win.win.id in old)


def _answer(was: Figures, now: Figures, moved: list[phrases.Moved], *, hidden: bool) -> str:
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
