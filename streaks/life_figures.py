"""What is told beside the figures: the day, identities, chains, keystones. Each is worked out only when it is asked for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from functools import cached_property, partial

from .chains import Chain, ChainDays, Chains, chain_days, in_order, next_up
from .comebacks import Comebacks, comebacks_of
from .day_wins import USUAL, DayTimes, DayWins, Frog, day_wins, win_minutes
from .due import due_today
from .figures import Figures
from .goal_figures import GoalFigures
from .history import Entry
from .identities import Identity, identities
from .kept import Kept, KeptTogether
from .keystone import Keystone, keystones
from .milestones import Milestone, is_on_the_way, milestones, progress_milestones
from .progress_days import progress_days, tree_of
from .suggestions import Suggestion, suggestion
from .surprises import Fact, surprise
from .vault_figures import VaultFigures


@dataclass(frozen=True, slots=True)
class DayNotes:
    """What the notes say beyond figures: the boxes of a day, and the other wins of each."""

    boxes_on: Callable[[date], Sequence[Entry]]
    other_wins: Mapping[date, int]


@dataclass(frozen=True)
class LifeMemory:
    """What is told of each micro-win and goal, kept from one `LifeFigures` to the next of the same vault and settings."""

    milestones: Kept[Figures, tuple[Milestone, ...]] = field(default_factory=Kept)
    comebacks: Kept[Figures, Comebacks] = field(default_factory=Kept)
    of_goals: KeptTogether[GoalFigures, tuple[Milestone, ...]] = field(default_factory=KeptTogether)


@dataclass(frozen=True)
class LifeFigures:
    """The day's wins, the identities, the chains and the keystones of a vault, and what is told of each micro-win.

    `at` is the time of day for the momentum, None where it is that of the last tick. Without `streaks` no milestone of
    a streak is told. Without `celebrate` neither returns nor milestones are praised, without `surprise` there is no fact
    of the day. What depends on `day` or `at` is never written into a note: the times of ticks differ between devices.
    """

    figures: VaultFigures
    notes: DayNotes
    times: DayTimes = USUAL
    at: time | None = None
    streaks: bool = True
    celebrate: bool = True
    surprise: bool = True
    memory: LifeMemory = field(default_factory=LifeMemory, compare=False, repr=False)

    @cached_property
    def day(self) -> DayWins:
        """The wins of today; a frog that is due and has no box yet is the frog all the same."""
        today = self.figures.now.today
        found = day_wins(today, self._boxes, self.times, self.at)
        if found.frog is not None:
            return found
        due = (win.win for win in self.figures.wins if win.win.frog and due_today(win, self.figures.now))
        frog = next(due, None)
        return replace(found, frog=Frog(frog.id, frog.goal, frog.line, False, None)) if frog else found

    @cached_property
    def identities(self) -> tuple[Identity, ...]:
        """The votes for each identity."""
        return identities(self.figures.goals, self.figures.now)

    @cached_property
    def keystones(self) -> tuple[Keystone, ...]:
        """The micro-wins on whose days there are more of the other wins, and fewer."""
        return keystones(self.figures.wins, wins_of_days(self.figures, self.notes.other_wins))

    @cached_property
    def chains(self) -> Chains:
        """The stacks of micro-wins."""
        return self.figures.stacks.chains

    @cached_property
    def fact(self) -> Fact | None:
        """The one fact of the day that nobody asked for, on the days that are drawn."""
        if not self.surprise:
            return None
        done = (win for goal in self.moved for win in goal.wins)
        return surprise(done, self.figures.now.today, streaks=self.streaks)

    @cached_property
    def by_id(self) -> Mapping[str, Figures]:
        """The figures of the micro-wins by id."""
        return {win.win.id: win for win in self.figures.wins}

    @cached_property
    def _boxes(self) -> Sequence[Entry]:
        return self.notes.boxes_on(self.figures.now.today)

    def comebacks(self, win: Figures) -> Comebacks:
        """Return a micro-win's comebacks."""
        return self.memory.comebacks.of(win.win.id, win, comebacks_of)

    def milestones(self, win: Figures) -> tuple[Milestone, ...]:
        """Return a micro-win's milestones, oldest first."""
        return self.memory.milestones.of(win.win.id, win, partial(milestones, streaks=self.streaks))

    def suggestion(self, win: Figures) -> Suggestion | None:
        """Return the suggestion that stands for a micro-win."""
        return suggestion(win)

    def goal_milestones(self, goal: GoalFigures) -> tuple[Milestone, ...]:
        """Return a goal's milestones, oldest first."""
        if not is_on_the_way(goal.progress):
            return ()
        tree = tuple(tree_of(goal, self.figures.goal))
        return self.memory.of_goals.of(goal.goal.path, tree, partial(self._progress_milestones, goal))

    def _progress_milestones(self, goal: GoalFigures) -> tuple[Milestone, ...]:
        rise = progress_days(goal, self.figures.goal, self.figures.now.today, undated=False)
        return progress_milestones(rise.days, goal.progress)

    @cached_property
    def moved(self) -> tuple[GoalFigures, ...]:
        """The goals that something of today counts for: a step, a micro-win, or one of these in a goal below."""
        found: set[str] = set()
        for goal in [goal for goal in self.figures.goals if goal.moved_today]:
            above: str | None = goal.goal.path
            while above is not None and above not in found:
                found.add(above)
                parent = self.figures.goal(above)
                above = parent.parent if parent else None
        return tuple(goal for goal in self.figures.goals if goal.goal.path in found) if found else ()

    def chain_days(self, chain: Chain) -> ChainDays:
        """Return what became of a chain on its days."""
        return chain_days(chain, self.by_id)

    def next_up(self, chain: Chain) -> str | None:
        """Return the member of a chain that is next today."""
        return next_up(chain, self.by_id, self.figures.now)

    def in_order(self, chain: Chain) -> bool | None:
        """Return whether today's members of a chain were done in their order; None where that is not known."""
        return in_order(chain, win_minutes(self._boxes, self.times))


def wins_of_days(figures: VaultFigures, other_wins: Mapping[date, int]) -> Mapping[date, int]:
    """Return the wins of each day up to now: one for each micro-win done, without limits, and all `other_wins`."""
    days = Counter({day: wins for day, wins in other_wins.items() if wins > 0 and day <= figures.now.today})
    for win in figures.wins:
        if not win.win.is_limit:
            days.update(win.days_done)
    return days
