"""What a block is about: a goal or the whole vault, and which of their micro-wins."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches

from ..parsers.block_options import Mistake, Options
from ..parsers.identity import text_key
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from .view import View

WHOLE = "all"
"""The `goal` that stands for the whole vault."""


class NotThere(Exception):
    """The options of a block name a goal or a micro-win that the vault does not have, or that several are called."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.mistake = Mistake(message, remedy)


@dataclass(frozen=True, slots=True)
class Subject:
    """A goal, or the vault where it is None, with the micro-wins that are meant."""

    goal: GoalFigures | None
    wins: tuple[Figures, ...]


def subject(path: str, view: View, options: Options) -> Subject:
    """Return what a block in the note at `path` is about: that goal, another one that it names, or the vault.

    Raise NotThere where the goal or the micro-win that it names is not there.
    """
    goal_name, win_name = options.word("goal"), options.word("win")
    goal = _named_goal(goal_name, path, view) if goal_name else view.figures.goal(path)
    if win_name:
        among = goal.wins if goal is not None and goal_name else view.figures.wins
        return Subject(goal, (_named_win(win_name, among),))
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
        raise NotThere(f"Several goals are called “{name}”.", "Write the path of the note that is meant.")
    raise NotThere(f"There is no goal “{name}”.", _choice(name, titles))


def _named_win(name: str, wins: tuple[Figures, ...]) -> Figures:
    wanted = text_key(name)
    exact = [win for win in wins if win.win.id == name] or [
        win for win in wins if wanted in {text_key(win.win.name), text_key(win.win.text)}
    ]
    if len(exact) == 1:
        return exact[0]
    if exact:
        raise NotThere(f"Several micro-wins are called “{name}”.", "Name the goal as well, or write the id.")
    raise NotThere(f"There is no micro-win “{name}”.", _choice(name, [win.win.name for win in wins]))


def _choice(name: str, known: list[str]) -> str:
    near = get_close_matches(name, known, 1, 0.3)
    return (
        f"Did you mean “{near[0]}”?"
        if near
        else "Name another one (see `microwins goals`), or take the block out."
    )
