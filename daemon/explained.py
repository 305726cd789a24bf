"""What a name given to `explain` means, and the boxes that a goal's amounts come from."""

from __future__ import annotations

from collections.abc import Callable

from ..parsers.identity import text_key
from ..parsers.task import State
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.history import Entry
from ..streaks.vault_figures import VaultFigures
from ..templates.view import View
from .keeper import Keeper
from .ledger import Ledger
from .named_box import NoSuchBox, SeveralBoxes, Step, Target, find_target

_COUNTED = frozenset((State.DONE, State.PARTIAL))


def find_explained(keeper: Keeper, view: View, words: str) -> Figures | GoalFigures | Step:
    """Return the micro-win or goal that `words` mean; a step only where nothing else does.

    A micro-win of just that name comes first, then a goal of just that name, then a micro-win of which it is a part,
    then such a goal, then a micro-win of whose smaller version it is a part.
    """
    wanted = text_key(words)
    names = {name for win in view.figures.wins for name in (win.win.id, text_key(win.win.text))}
    if not {words, wanted} & names:
        goal = _goal(view.figures, words, lambda name: name == wanted)
        if goal is not None:
            return goal
    try:
        found = find_target(keeper, view, words, _is_step, smaller=False)
    except (NoSuchBox, SeveralBoxes):
        goal = _goal(view.figures, words, lambda name: bool(wanted) and wanted in name)
        return goal or find_target(keeper, view, words, _is_step)
    if isinstance(found, Step):
        return _goal(view.figures, words, lambda name: bool(wanted) and wanted in name) or found
    return found


def boxes_of(ledger: Ledger, figures: VaultFigures, goal: GoalFigures) -> list[Entry]:
    """Return the boxes that a goal's amounts may come from: its own, and those of all goals below where they add up."""
    measure = goal.goal.measure
    found: list[Entry] = []
    waiting = [goal]
    while waiting:
        one = waiting.pop()
        found += [
            box
            for win in one.wins
            for box in ledger.entries_of(win.win.id)
            if box.state in _COUNTED and (box.day is not None or box.state is State.DONE)
        ]
        found += [step.entry for step in ledger.entries(one.goal.path).steps if step.done]
        if measure is not None and measure.start is None:
            waiting += [below for path in one.children if (below := figures.goal(path)) is not None]
    return found


def _is_step(target: Target) -> bool:
    return isinstance(target, Step)


def _goal(figures: VaultFigures, words: str, fits: Callable[[str], bool]) -> GoalFigures | None:
    """Return the one goal whose path, file name, title or alias fits."""
    found = [goal for goal in figures.goals if any(map(fits, _names(goal)))]
    exact = [goal for goal in found if goal.goal.path in {words, f"{words}.md"}]
    found = exact or found
    return found[0] if len(found) == 1 else None


def _names(goal: GoalFigures) -> list[str]:
    whole = goal.goal.path.removesuffix(".md")
    names = (goal.goal.path, whole, whole.rpartition("/")[2], goal.goal.title, *goal.goal.aliases)
    return [text_key(name) for name in names]
