"""How far a goal has come: its steps, its amount, its sub-goals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..parsers.goal import Goal
from ..parsers.problem import Problem
from ..parsers.units import unit_key
from .catalog import Catalog
from .figures import Figures


@dataclass(frozen=True, slots=True)
class Steps:
    """The boxes of a goal note that are steps: how many are done, of how many that were not dropped.

    `undated` of those that are done were so on a day that is not known.
    """

    done: int = 0
    all: int = 0
    undated: int = 0


NO_STEPS = Steps()


@dataclass(frozen=True, slots=True)
class GoalFigures:
    """A goal with the figures of its micro-wins; `progress` is in [0, 1], or None where nothing tells it."""

    goal: Goal
    wins: tuple[Figures, ...]
    steps: Steps
    measured: Decimal | None
    progress: float | None
    parent: str | None
    children: tuple[str, ...]

    @property
    def votes(self) -> int:
        """Dated completions of its micro-wins, one a day each: votes for the goal's identity."""
        return sum(figures.votes for figures in self.wins)


def goal_figures(
    catalog: Catalog, wins: Mapping[str, Figures], steps: Mapping[str, Steps]
) -> tuple[tuple[GoalFigures, ...], tuple[Problem, ...]]:
    """Return the figures of all goals, parents before their children, and what is wrong with the tree."""
    parents = {path: _parent(goal, catalog) for path, goal in catalog.goals.items()}
    looped = {path for path in parents if _in_cycle(path, parents)}
    children: dict[str | None, list[str]] = {}
    for path, parent in parents.items():
        children.setdefault(None if path in looped else parent, []).append(path)
    by_goal: dict[str, list[Figures]] = {}
    for figures in wins.values():
        by_goal.setdefault(figures.win.goal, []).append(figures)
    found: dict[str, GoalFigures] = {}
    ordered = list(_in_tree_order(children))
    for path in reversed(ordered):
        below = tuple(children.get(path, ()))
        parts = [found[child].progress for child in below]
        parent = None if path in looped else parents[path]
        own = sorted(by_goal.get(path, []), key=lambda figures: figures.win.line)
        found[path] = _one(
            catalog.goals[path], own, steps.get(path, NO_STEPS), parts, (parent, below, path in looped)
        )
    return tuple(found[path] for path in ordered), tuple(_problems(catalog, parents, looped))


def _one(
    goal: Goal,
    wins: Sequence[Figures],
    steps: Steps,
    sub_goals: Iterable[float | None],
    tree: tuple[str | None, tuple[str, ...], bool],
) -> GoalFigures:
    parent, children, looped = tree
    measured = _measured(goal, wins)
    parts = [steps.done / steps.all if steps.all else None, _reached(goal, measured), *sub_goals]
    known = [part for part in parts if part is not None]
    progress = sum(known) / len(known) if known and not looped else None
    return GoalFigures(goal, tuple(wins), steps, measured, progress, parent, children)


def _measured(goal: Goal, wins: Iterable[Figures]) -> Decimal | None:
    """Return the sum of the goal's amount over its micro-wins, or None where the goal has no amount to reach."""
    if goal.measure is None:
        return None
    unit = unit_key(goal.measure.unit)
    sums = (figures.totals.amounts.get(unit, {}).get("all", Decimal(0)) for figures in wins)
    return sum(sums, Decimal(0))


def _reached(goal: Goal, measured: Decimal | None) -> float | None:
    if goal.measure is None or measured is None:
        return None
    return float(min(Decimal(1), measured / goal.measure.amount))


def _parent(goal: Goal, catalog: Catalog) -> str | None:
    return catalog.goal_path(goal.parent) if goal.parent else None


def _in_cycle(path: str, parents: Mapping[str, str | None]) -> bool:
    """Return whether following parents from `path` comes back to it."""
    seen: set[str] = set()
    above = parents[path]
    while above is not None and above not in seen:
        if above == path:
            return True
        seen.add(above)
        above = parents.get(above)
    return False


def _in_tree_order(children: Mapping[str | None, list[str]]) -> Iterable[str]:
    waiting = sorted(children.get(None, ()), reverse=True)
    while waiting:
        path = waiting.pop()
        yield path
        waiting += sorted(children.get(path, ()), reverse=True)


def _problems(catalog: Catalog, parents: Mapping[str, str | None], looped: set[str]) -> Iterable[Problem]:
    for path, goal in catalog.goals.items():
        if path in looped:
            yield Problem(
                path, None, "goal-cycle", "This goal is, over its parents, a part of itself.",
                "Take the `parent` out of one of the goals in the circle.",
            )  # fmt: skip
        elif goal.parent and parents[path] is None:
            yield Problem(
                path, None, "goal-parent-unknown", f"The parent “{goal.parent}” is no goal of this vault.",
                "Correct the link in `parent`, or make that note a goal.",
            )  # fmt: skip
