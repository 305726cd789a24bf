"""The `goals` block: which goals are shown, in which order, how far indented."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from operator import attrgetter

from ..parsers.block_options import Options
from ..streaks.goal_figures import GoalFigures
from .block_subject import Subject
from .tables import goals_table, week_of, wins_of
from .view import DEEPEST, View
from .words import say

_ORDERS: dict[str, Callable[[GoalFigures], str | float]] = {
    "title": lambda goal: goal.goal.title.casefold(),
    "progress": lambda goal: -(goal.progress if goal.progress is not None else -1.0),
    "wins": lambda goal: -wins_of(goal),
    "week": lambda goal: -week_of(goal),
}


def goals_block(view: View, subject: Subject, options: Options) -> str:
    """Return a table of all goals, or of those below one."""
    goals = listed_goals(view, subject.goal, options)
    if goals:
        return "\n".join(goals_table(goals, view, options.parts)) + "\n"
    return say("status.no_goal" if subject.goal is None else "block.no_goal_below") + "\n"


def listed_goals(view: View, above: GoalFigures | None, options: Options) -> list[tuple[GoalFigures, int]]:
    """Return the goals below one, or all of them, each with the levels by which it is indented.

    In the order of the tree each one stands behind that above it; in any other order none is indented.
    """
    wanted = replace(view, show_archived=options.flag("archived") or (above is not None and above.archived))
    goals = wanted.goals if above is None else tuple(_below(wanted, above.goal.path))
    first = 0 if above is None else wanted.depth(above) + 1
    rows = [(goal, max(wanted.depth(goal) - first, 0)) for goal in goals]
    depth, order = options.number("depth"), _ORDERS.get(options.word("sort"))
    rows = [(goal, level) for goal, level in rows if depth is None or level < depth]
    return rows if order is None else [(goal, 0) for goal, _ in sorted(rows, key=lambda row: order(row[0]))]


def newest_goals(view: View, options: Options) -> tuple[list[tuple[GoalFigures, int]], int]:
    """Return the goals that the table of a vault has, each with the levels by which it is indented, and how many are left out.

    Of many those with the newest wins are shown, of equal ones those that are not done, else those that stand first.
    The order is that of the tree; each is indented below those above it that are shown.
    """
    depth, most = options.number("depth"), options.number("count")
    goals = [goal for goal in view.goals if depth is None or view.depth(goal) < depth]
    if most is None or len(goals) <= most:
        return [(goal, view.depth(goal)) for goal in goals], 0
    kept = {goal.goal.path for goal in sorted(goals, key=attrgetter("liveliness"), reverse=True)[:most]}
    levels: dict[str, int] = {}
    rows = []
    for goal in goals:
        path = goal.goal.path
        if path in kept:
            above = next((one for one in _above(goal, view) if one in levels), None)
            levels[path] = min(levels[above] + 1, DEEPEST) if above is not None else 0
            rows.append((goal, levels[path]))
    return rows, len(goals) - most


def _above(goal: GoalFigures, view: View) -> Iterator[str]:
    """Yield the paths of the goals above one, the nearest first."""
    parent = view.figures.goal(goal.parent or "")
    while parent is not None:
        yield parent.goal.path
        parent = view.figures.goal(parent.parent or "")


def _below(view: View, above: str) -> Iterator[GoalFigures]:
    """Yield the goals below one: in the order of the tree each parent comes before what is below it."""
    paths = {above}
    for goal in view.goals:
        if goal.parent in paths:
            paths.add(goal.goal.path)
            yield goal
