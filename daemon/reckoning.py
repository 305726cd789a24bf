"""The figures of a vault as they were worked out last, and which of them are out of date."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from copy import copy
from dataclasses import dataclass, field, replace

from ..parsers.schedule import Limit
from ..streaks.calendar import Now
from ..streaks.catalog import Catalog, VaultDefaults
from ..streaks.daily_notes import DailyNotes
from ..streaks.day_counts import DayCounts, Days
from ..streaks.day_numbers import DayNumbers
from ..streaks.figures import Figures, figures_of
from ..streaks.goal_figures import GoalFigures
from ..streaks.goal_source import GoalSource
from ..streaks.goal_tree import GoalTree
from ..streaks.stacks import Stacks
from ..streaks.step_sums import StepSums
from ..streaks.vault_figures import VaultFigures, any_win_figures
from .bed import MOST_AWAKE, Bed
from .shelf import ShelfLost
from .win_boxes import WinBoxes


@dataclass(slots=True)
class Counted:
    """What the notes add up to before any figure: boxes of micro-wins, daily notes, other wins by day, those without a day."""

    boxes: WinBoxes = field(default_factory=WinBoxes)
    daily: DailyNotes = field(default_factory=DailyNotes)
    other_wins: DayNumbers = field(default_factory=DayNumbers)
    undated: int = 0


class Reckoning:
    """The figures made of what was counted by one catalog, kept for as long as nothing that they are made of changes."""

    def __init__(
        self,
        catalog: Catalog,
        defaults: VaultDefaults,
        counted: Counted,
        steps_of: Callable[[str], StepSums],
        bed: Bed | None = None,
    ) -> None:
        self._catalog, self._defaults = catalog, defaults
        self._counted, self._steps_of, self._bed = counted, steps_of, bed
        self._wins_of = _wins_of(catalog)
        self._figures: dict[str, Figures] = {}
        self._stale: set[str] = set()
        self._stale_goals: set[str] = set()
        self._counts: DayCounts | None = None
        self._tree: GoalTree | None = None
        self._now: Now | None = None
        self._whole: VaultFigures | None = None
        self._any_win: dict[Days, Figures] = {}
        self._stacks: Stacks | None = None
        self._newest: dict[str, None] = {}

    def figures(self, now: Now) -> VaultFigures:
        """Return the figures of the whole vault as of `now`; the same object as before where nothing changed."""
        if now != self._now:
            self._now = now
            self._forget()
        if self._whole is None:
            self._whole = self._worked_out(now)
        return self._whole

    def as_of(self, now: Now) -> VaultFigures:
        """Return the figures as of another day; those that are kept of today stay as they are."""
        if now == self._now:
            return self.figures(now)
        other = copy(self)
        other._stale, other._stale_goals, other._bed = set(), set(), None
        return other.figures(now)

    def touch(self, wins: Iterable[str] = (), goals: Iterable[str] = ()) -> None:
        """Have the whole be put together again, and these micro-wins and goals be worked out again.

        To be told before anything is changed that a micro-win's figures are made of; raise `ShelfLost` where nothing
        tells any more what these are.
        """
        self._whole = None
        self._stale_goals.update(goals)
        self._let_go(wins)

    def renew_limits(self) -> None:
        """Have limits worked out again, as above: whether a day without a tick is known depends on its having a note."""
        wins = self._catalog.wins.items()
        self._let_go(
            win_id for win_id, win in wins if any(isinstance(phase.rule, Limit) for phase in win.phases)
        )

    def _let_go(self, wins: Iterable[str]) -> None:
        """Have figures be worked out again; those that there are stay awake for whoever still has them."""
        for win_id in wins:
            self._stale.add(win_id)
            before = self._figures.get(win_id)
            if before is not None and not before.wake():
                raise ShelfLost

    def count(self, day: int | None, number: int) -> None:
        """Count more other wins on a day (an ordinal, None where it is not known), or fewer."""
        if day is None:
            self._counted.undated += number
            if self._counts is not None:
                self._counts.add_undated(number)
        elif number:
            self._counted.other_wins.add(day, number)
            if self._counts is not None:
                self._counts.add(day, number)

    def move_to(self, catalog: Catalog) -> None:
        """Follow a catalog in which lines were moved and nothing else is different."""
        self._catalog, self._wins_of, self._stacks = catalog, _wins_of(catalog), None
        self._figures = {
            win_id: replace(found, win=catalog.wins[win_id]) for win_id, found in self._figures.items()
        }
        self._whole = None
        if self._tree is not None:
            self._tree.move_to(catalog, self._wins)

    def _forget(self) -> None:
        """Let everything be worked out anew."""
        self._figures, self._any_win, self._newest = {}, {}, {}
        self._whole = self._counts = self._tree = None

    def _worked_out(self, now: Now) -> VaultFigures:
        if self._counts is None:
            self._counts = DayCounts(now, self._counted.other_wins, self._counted.undated)
        tree = self._tree_with(now, self._counts)
        self._stale, self._stale_goals = set(), set()
        return VaultFigures(
            now=now,
            goals=tree.figures,
            totals=self._counts.totals,
            days=self._any_win_figures(self._counts.days, now),
            problems=(*self._catalog.problems, *tree.problems),
            places=tree.order.places,
            wins_a_day=self._counts.by_day,
            known_stacks=self._stacks_of(tree),
        )

    def _stacks_of(self, tree: GoalTree) -> Stacks:
        if self._stacks is None:
            self._stacks = Stacks(tuple(win.win for goal in tree.figures for win in goal.wins))
        return self._stacks

    def _work_out_win(self, win_id: str, now: Now, counts: DayCounts) -> str:
        """Work a micro-win's figures out, and count its days in the place of those before; return its goal."""
        win = self._catalog.wins[win_id]
        before = self._figures.get(win_id)
        after = self._figures[win_id] = figures_of(
            win, self._counted.boxes.history(win_id), now, self._counted.daily
        )
        counts.replace(before.ordinals_done if before else (), after.ordinals_done)
        counts.add_undated(_undated(after) - (_undated(before) if before else 0))
        return win.goal

    def _tree_with(self, now: Now, counts: DayCounts) -> GoalTree:
        """Return the tree with what is out of date worked out again; the first time that is all of it."""
        if self._tree is None:
            rows = self._bed.shelf if self._bed is not None else None
            tree = GoalTree(self._catalog, self._defaults, now, rows)
            tree.fill(lambda path: self._first_source(path, now, counts), self._put_to_sleep)
            self._tree = tree
        else:
            wins = self._stale & self._catalog.wins.keys()
            touched = {self._work_out_win(win_id, now, counts) for win_id in wins}
            others = {path: self._steps_of(path) for path in self._stale_goals}
            goals = (touched | self._stale_goals) & self._catalog.goals.keys()
            self._tree.change({path: self._source(path, others.get(path)) for path in goals})
            self._stay_awake(wins)
        return self._tree

    def _first_source(self, path: str, now: Now, counts: DayCounts) -> GoalSource:
        """Return the same as below with the micro-wins of the goal worked out only now: then all of them are never held."""
        for win_id in self._wins_of.get(path, ()):
            self._work_out_win(win_id, now, counts)
        return self._source(path, self._steps_of(path))

    def _put_to_sleep(self, goal: GoalFigures) -> None:
        if self._bed is not None:
            goal.answer()
            for win in goal.wins:
                self._bed.put(win)

    def _stay_awake(self, wins: Iterable[str]) -> None:
        """Let the newest figures stay awake, and put those to sleep that were the newest before."""
        if self._bed is None:
            return
        for win_id in wins:
            self._newest.pop(win_id, None)
            self._newest[win_id] = None
        while len(self._newest) > MOST_AWAKE:
            oldest = next(iter(self._newest))
            del self._newest[oldest]
            self._bed.put(self._figures[oldest])

    def _source(self, path: str, steps: StepSums | None) -> GoalSource:
        """Return what a goal itself contributes; boxes are needed only for a reading, whose sums would say nothing."""
        measure, wins = self._catalog.goals[path].measure, self._wins(path)
        boxes = (
            tuple(box for win in wins for box in self._counted.boxes.of(win.win.id))
            if measure is not None and measure.start is not None
            else ()
        )
        return GoalSource(wins, steps, boxes)

    def _wins(self, path: str) -> tuple[Figures, ...]:
        return tuple([self._figures[win_id] for win_id in self._wins_of.get(path, ())])

    def _any_win_figures(self, days: Days, now: Now) -> Figures:
        """Return the figures of any win; those of a moment ago too are kept, as for a tick that is taken back."""
        found = self._any_win.get(days)
        if found is None:
            found = any_win_figures(days.ordinals, self._defaults.neutral, self._defaults.grace, now)
            self._any_win = {**dict(list(self._any_win.items())[-1:]), days: found}
        return found


def _undated(found: Figures) -> int:
    """Return the wins without a day; the ticks of a limit are none."""
    return 0 if found.is_limit else found.undated


def _wins_of(catalog: Catalog) -> dict[str, list[str]]:
    """Return the micro-wins of each goal by their lines."""
    found: dict[str, list[str]] = {}
    for win in sorted(catalog.wins.values(), key=lambda win: win.line):
        found.setdefault(win.goal, []).append(win.id)
    return found
