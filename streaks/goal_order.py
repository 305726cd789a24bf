"""How goals stand below each other: whom each has above it, which go round in a circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..parsers.goal import Goal
from ..parsers.problem import Problem


@dataclass(frozen=True, slots=True)
class GoalOrder:
    """The goals' paths, each one after the one above it, and their places, parents, children and depths.

    Parents and depths are those of the goals that have one above them, children those of the goals that have any. The goals of a circle have nothing above them, and none of each other below them.
    """

    paths: tuple[str, ...]
    places: Mapping[str, int]
    parents: Mapping[str, str]
    children: Mapping[str, tuple[str, ...]]
    depths: Mapping[str, int]
    looped: frozenset[str]
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, goals: Mapping[str, Goal]) -> GoalOrder:
        """Return the order of goals whose parents are given by their paths."""
        above = {path: goal.parent if goal.parent in goals else None for path, goal in goals.items()}
        looped = _in_circles(above)
        parents = {path: one for path, one in above.items() if one is not None and path not in looped}
        below: dict[str | None, list[str]] = {}
        for path in sorted(above):
            below.setdefault(parents.get(path), []).append(path)
        paths = tuple(_in_order(below))
        depths: dict[str, int] = {}
        for path in paths:
            if path in parents:
                depths[path] = depths.get(parents[path], 0) + 1
        children = {path: tuple(found) for path, found in below.items() if path is not None}
        places = {path: place for place, path in enumerate(paths)}
        return cls(paths, places, parents, children, depths, looped, tuple(_problems(goals, looped)))


def _in_circles(above: Mapping[str, str | None]) -> frozenset[str]:
    """Return the goals from which following the parents comes back to them; each goal is passed once."""
    seen: set[str] = set()
    found: set[str] = set()
    for path in above:
        line: list[str] = []
        places: dict[str, int] = {}
        current: str | None = path
        while current is not None and current not in seen:
            seen.add(current)
            places[current] = len(line)
            line.append(current)
            current = above[current]
        if current in places:
            found.update(line[places[current] :])
    return frozenset(found)


def _in_order(below: Mapping[str | None, list[str]]) -> Iterator[str]:
    waiting = below.get(None, [])[::-1]
    while waiting:
        path = waiting.pop()
        yield path
        waiting += below.get(path, [])[::-1]


def _problems(goals: Mapping[str, Goal], looped: frozenset[str]) -> Iterator[Problem]:
    for path, goal in goals.items():
        line = goal.parent_line
        if path in looped:
            yield Problem(
                path, line, "goal-cycle", "This goal is, over its parents, a part of itself.",
                "Take the `parent` out of one of the goals in the circle.",
            )  # fmt: skip
        elif goal.parent and goal.parent not in goals:
            yield Problem(
                path, line, "goal-parent-unknown", f"The parent “{goal.parent}” is no goal of this vault.",
                "Correct the link in `parent`, or make that note a goal.",
            )  # fmt: skip
