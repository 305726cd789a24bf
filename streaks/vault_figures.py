"""The figures of a whole vault on a day: what every command and every block shows a part of."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import chain

from ..parsers.problem import Problem
from ..parsers.schedule import EveryDays
from .calendar import NeutralDays, Now
from .day_entries import history_of_days
from .figures import Figures, figures_of
from .goal_figures import GoalFigures
from .micro_win import MicroWin, Phase
from .stacks import Stacks
from .told import Told
from .totals import Totals


@dataclass(frozen=True)
class VaultFigures:
    """All goals with their micro-wins, the totals of all wins, and the streak of days with any win.

    `places` tells at which place of `goals` a goal stands, `wins_a_day` how many wins each day up to now has: that
    table is kept up to date, so that it is the newest figures' alone. `known_stacks` is the order of the
    micro-wins where it was found before.
    """

    now: Now
    goals: tuple[GoalFigures, ...]
    totals: Totals
    days: Figures
    problems: tuple[Problem, ...] = ()
    places: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)
    wins_a_day: Mapping[date, int] = field(default_factory=dict, compare=False, repr=False)
    known_stacks: Stacks | None = field(default=None, compare=False, repr=False)

    @cached_property
    def active(self) -> tuple[GoalFigures, ...]:
        """The goals that are not archived."""
        return tuple([goal for goal in self.goals if not goal.archived])

    @cached_property
    def wins(self) -> tuple[Figures, ...]:
        """The micro-wins of all goals in the order of the goals."""
        return tuple(chain.from_iterable([goal.wins for goal in self.goals]))

    @cached_property
    def stacks(self) -> Stacks:
        """The order of the micro-wins, in which each comes behind the one that it follows."""
        return self.known_stacks or Stacks(tuple(win.win for win in self.wins))

    def goal(self, path: str) -> GoalFigures | None:
        """Return the figures of the goal in the note at `path`."""
        place = self.places.get(path)
        return self.goals[place] if place is not None else None

    def win(self, win_id: str) -> Figures | None:
        """Return the figures of a micro-win by its id."""
        goal = self.goal(self.stacks.goals.get(win_id, ""))
        return next((found for found in (goal.wins if goal else ()) if found.win.id == win_id), None)


def worked_out(before: VaultFigures, after: VaultFigures) -> list[GoalFigures]:
    """Return the goals that were worked out again, in their order; all others are the very same objects as before."""
    if len(before.goals) == len(after.goals):
        return [now for was, now in zip(before.goals, after.goals, strict=True) if was is not now]
    return [now for now in after.goals if before.goal(now.goal.path) is not now]


@dataclass(frozen=True, slots=True)
class _Unasked:
    """Tells for figures that are worked out when somebody asks: those of all days of a large vault take a megabyte for that."""

    days: Callable[[], Sequence[int]]

    def read(self) -> None:
        """Return that nobody has asked yet."""

    def again(self, win: MicroWin, now: Now) -> Told:
        """Work out what they say."""
        return figures_of(win, history_of_days(self.days()), now).told


def any_win_figures(days: Callable[[], Sequence[int]], neutral: NeutralDays, grace: str, now: Now) -> Figures:
    """Return the figures of the vault's own streak: of these days, ordinals in order, on which there was any win."""
    anything = MicroWin("", "any win", "", 0, (Phase(None, None, EveryDays(1)),), "every day", neutral, grace)
    return Figures(anything, now, _Unasked(days))
