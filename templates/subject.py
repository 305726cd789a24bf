"""What a block is about: the vault, a goal, or one micro-win."""

from __future__ import annotations

from dataclasses import dataclass

from ..parsers.block_options import Options
from ..parsers.identity import text_key
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from .heat import Heat, Span, goal_heat, vault_heat, win_heat
from .safe_text import in_text
from .view import View
from .words import say


@dataclass(frozen=True, slots=True)
class Subject:
    """A goal or one of its micro-wins; with neither it is the vault. `unknown` says what was named and is not there."""

    goal: GoalFigures | None = None
    win: Figures | None = None
    unknown: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        if self.win is not None:
            return self.win.win.name
        return self.goal.goal.title if self.goal is not None else say("picture.wins")

    @property
    def names(self) -> tuple[str, ...]:
        """What tells it from every other one in the name of a picture."""
        if self.win is not None:
            return (self.win.win.id,)
        return (self.goal.goal.path,) if self.goal is not None else ()

    def heat(self, view: View, span: Span) -> Heat:
        """Return its days with their wins."""
        if self.win is not None:
            return win_heat(view.figures, self.win, span)
        if self.goal is not None:
            return goal_heat(view.figures, self.goal, span)
        return vault_heat(view.figures, span)


def subject_of(view: View, goal: GoalFigures | None, options: Options) -> Subject:
    """Return what the options `goal` and `win` name; without them the goal in whose note the block stands."""
    if wanted := options.word("goal"):
        goal = named_goal(view, wanted)
        if goal is None:
            return Subject(unknown=say("picture.no_goal", name=in_text(wanted, 60)))
    if not (wanted := options.word("win")):
        return Subject(goal)
    win = _named_win(goal.wins if goal is not None else view.figures.wins, wanted)
    if win is None:
        return Subject(unknown=say("picture.no_win", name=in_text(wanted, 60)))
    return Subject(goal, win)


def named_goal(view: View, wanted: str) -> GoalFigures | None:
    """Return the goal that a name, a path or a link names; of several the first."""
    plain = wanted.strip().removeprefix("[[").removesuffix("]]")
    key = plain.partition("|")[0].partition("#")[0].strip().removesuffix(".md").casefold()
    return next((goal for goal in view.figures.goals if key in _names(goal)), None)


def _names(goal: GoalFigures) -> set[str]:
    path = goal.goal.path.removesuffix(".md").casefold()
    return {path, path.rpartition("/")[2], goal.goal.title.casefold()}


def _named_win(wins: tuple[Figures, ...], wanted: str) -> Figures | None:
    key = text_key(wanted)
    return next((win for win in wins if wanted == win.win.id or key == text_key(win.win.text)), None)
