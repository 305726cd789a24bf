"""Identities: each dated win of a goal is a vote for who its owner wants to be."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from .calendar import Now
from .goal_figures import GoalFigures, is_late


@dataclass(frozen=True, slots=True)
class Identity:
    """The votes for one identity over all goals that name it: one a day for each micro-win, never fewer by a miss.

    `lately` are those of the last 30 days, today included. `evidence` has each vote: its day and its micro-win's id.
    """

    name: str
    goals: tuple[str, ...]
    votes: int
    lately: int
    evidence: tuple[tuple[date, str], ...]


def identities(goals: Iterable[GoalFigures], now: Now) -> tuple[Identity, ...]:
    """Return the identities in the order of the goals that name them first; case and spacing make no difference."""
    groups: dict[str, list[GoalFigures]] = {}
    for goal in goals:
        if goal.goal.identity:
            groups.setdefault(" ".join(goal.goal.identity.casefold().split()), []).append(goal)
    return tuple(_identity(group, now) for group in groups.values())


def _identity(goals: list[GoalFigures], now: Now) -> Identity:
    evidence = sorted(
        (day, win.win.id)
        for goal in goals
        for win in goal.wins
        if not win.win.is_limit
        for day in win.days_done
    )
    return Identity(
        name=" ".join((goals[0].goal.identity or "").split()),
        goals=tuple(goal.goal.path for goal in goals),
        votes=len(evidence),
        lately=sum(is_late(day, now) for day, _ in evidence),
        evidence=tuple(evidence),
    )
