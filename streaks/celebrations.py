"""What a day has to celebrate: returns to micro-wins, then milestones of these and of goals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from .comebacks import Comeback
from .figures import Figures
from .goal_figures import GoalFigures
from .life_figures import LifeFigures
from .milestones import RANK, Milestone, reached_on


@dataclass(frozen=True, slots=True)
class Return:
    """A micro-win that was taken up again today, and after what."""

    win: Figures
    comeback: Comeback

    @property
    def key(self) -> tuple[str, ...]:
        """What it is a return to, whatever that is called."""
        return ("return", self.win.win.id)

    @property
    def goal(self) -> str:
        """The path of the goal that it is of."""
        return self.win.win.goal


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone of today: of a micro-win, or of the goal itself where `win` is None."""

    of: GoalFigures
    win: Figures | None
    milestone: Milestone

    @property
    def key(self) -> tuple[str, ...]:
        """Which milestone of what it is, whatever that is called."""
        found = self.milestone
        subject = self.win.win.id if self.win else f"goal {self.goal}"
        return (found.kind, subject, str(found.value), found.unit)

    @property
    def goal(self) -> str:
        """The path of the goal that it is of."""
        return self.of.goal.path

    @property
    def name(self) -> str:
        """What the micro-win or the goal is called."""
        return self.win.win.name if self.win else self.of.goal.title


Celebration = Return | Reached


def celebrations(life: LifeFigures) -> Iterator[Celebration]:
    """Yield all that today has to celebrate, that which is told before the others first; none where that is unwanted."""
    if life.celebrate:
        yield from chain(returns(life), milestones_of_today(life))


def returns(life: LifeFigures) -> Iterator[Return]:
    """Yield the returns of today, in the order of the vault."""
    today = life.figures.now.today
    for win in (win for goal in life.moved for win in goal.wins if today in win.history):
        last = life.comebacks(win).last
        if last is not None and last.day == today:
            yield Return(win, last)


def milestones_of_today(life: LifeFigures) -> list[Reached]:
    """Return the milestones of today, the one of the highest rank first; of equal ones that which stands first in the vault."""
    today = life.figures.now.today
    found: list[Reached] = []
    for goal in life.moved:
        found += [Reached(goal, None, one) for one in reached_on(life.goal_milestones(goal), today)]
        for win in goal.wins:
            if today in win.history:
                found += [Reached(goal, win, one) for one in reached_on(life.milestones(win), today)]
    return sorted(found, key=lambda one: RANK.index(one.milestone.kind))
