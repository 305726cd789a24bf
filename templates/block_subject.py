"""What a block is about: a goal or the whole vault, and which of their micro-wins."""

from __future__ import annotations

from dataclasses import dataclass

from ..parsers.block_options import BadOptions
from ..parsers.identity import text_key
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from .block_kinds import Chosen, nearest
from .view import View

WHOLE = "all"
"""The `goal` that stands for the whole vault."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A goal, or the vault where it is None, with the micro-wins that are meant."""

    goal: GoalFigures | None
    wins: tuple[Figures, ...]


def subject(path: str, view: View, chosen: Chosen) -> Subject:
    """Return what a block in the note at `path` is about: that goal, another one that it names, or the vault.

    Raise BadOptions where the goal or the micro-win that it names is not there.
    """
    goal = view.figures.goal(path) if chosen.goal is None else _named_goal(chosen.goal, path, view)
    if chosen.win is not None:
        among = goal.wins if goal is not None and chosen.goal is not None else view.figures.wins
        return Subject(goal, (_named_win(chosen.win, among),))
    return Subject(goal, goal.wins if goal is not None else view.wins)


def _named_goal(name: str, path: str, view: View) -> GoalFigures | None:
    written = name.removeprefix("[[").removesuffix("]]")
    found = [view.figures.goal(one) for one in view.goal_names.find(written, path)]
    if len(found) == 1:
        return found[0]
    if not found and written.casefold() == WHOLE:
        return None
    titles = [goal.goal.title for goal in view.figures.goals]
    if found:
        raise BadOptions(f"Several goals are called “{name}”.", "Write the path of the note that is meant.")
    raise BadOptions(f"There is no goal “{name}”.", _choice(name, titles))


def _named_win(name: str, wins: tuple[Figures, ...]) -> Figures:
    wanted = text_key(name)
    exact = [win for win in wins if win.win.id == name] or [
        win for win in wins if wanted in {text_key(win.win.name), text_key(win.win.text)}
    ]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise BadOptions(
            f"Several micro-wins are called “{name}”.", "Name the goal as well, or write the id."
        )
    raise BadOptions(f"There is no micro-win “{name}”.", _choice(name, [win.win.name for win in wins]))


def _choice(name: str, known: list[str]) -> str:
    """Return the nearest name, without all the others: there may be hundreds."""
    return nearest(name, known).partition(" Use one of")[0] if known else "There is none yet."
