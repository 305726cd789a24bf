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
    """Yield one line for each micro-win that changed, and one for the steps of each note, with the goals that they moved.

    A goal that several of them moved has a line of its own after them: how much each did cannot be told. A flood is one line.
    """
    changed = [
        (was, now)
        for was, now in _wins_worked_out(before, after)
        if _wins(now) != _wins(was) or _is_new_skip(was, now)
    ]
    moved = {now.goal.path: (was, now) for was, now in moved_goals(before, after)}
    if len(changed) + len(steps) > MOST:
        yield phrases.many_changed(len(changed) + len(steps), after.totals.all)
        return
    by_note = _by_note(steps)
    movers = Counter(
        path for one in [*(now.win.goal for _, now in changed), *by_note] for path in _line(one, after)
    )

    def moved_alone(goal: str) -> list[phrases.Moved]:
        return [moved.pop(path) for path in _line(goal, after) if path in moved and movers[path] == 1]

    for was, now in changed:
        yield _answer(was, now, moved_alone(now.win.goal), hidden=hidden)
    for path, found in by_note.items():
        yield phrases.steps(
            [(one.text, one.state) for one in found],
            moved_alone(path),
            path if any(one.stays_unwritten for one in found) else "",
        )
    if moved:
        shared = sorted(moved.values(), key=lambda one: one[1].depth, reverse=True)
        yield "  ·  ".join(phrases.movement(*one) for one in shared)
    if (
        not changed
        and not steps
        and not moved
        and before.totals.all != after.totals.all
        and before.now.today == after.now.today
    ):
        yield phrases.wins_so_far(after.totals.all)


def _by_note(steps: Sequence[StepChange]) -> dict[str, list[StepChange]]:
    found: dict[str, list[StepChange]] = {}
    for step in steps:
        found.setdefault(step.path, []).append(step)
    return found


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
