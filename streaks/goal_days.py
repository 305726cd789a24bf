"""The days with a win of each goal and of those below it, and the streaks that they make."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ..parsers.goal import Goal
from .archive import Archive
from .calendar import NeutralDays, Now
from .catalog import VaultDefaults
from .day_bag import DayBag
from .day_streak import NO_STREAK, DaysBefore, DayStreak
from .figures import Figures
from .goal_order import GoalOrder
from .put_aside import PutAside, Rows


class GoalDays:
    """The days of goals as of `now`: each micro-win of a goal counts, and each goal below it.

    They are held of goals with others below them, and of those of which any changed; of the others their micro-wins tell them.
    """

    def __init__(self, order: GoalOrder, defaults: VaultDefaults, now: Now, rows: Rows | None = None) -> None:
        self._order, self._defaults, self._now = order, defaults, now
        self._bags = PutAside(rows, DayBag.packed, DayBag.of)
        self._before: dict[str, DaysBefore] = {}

    def take(self, path: str, wins: Iterable[Figures]) -> None:
        """Take in a goal's own days, those below it being here already, and hand all of them on to the goal above."""
        for win in wins:
            self._add(path, win.ordinals_done)
        bag, parent = self._bags.get(path), self._order.parents.get(path)
        if bag is not None and parent is not None:
            self._add(parent, list(bag.ordinals()))

    def let_go(self, path: str) -> None:
        """Hold no days of a goal whose micro-wins tell them, and put those of others aside; after a change they are held."""
        if path not in self._order.children:
            self._bags.discard(path)
            self._before.pop(path, None)
        elif self._bags.put_aside(path):
            self._before.pop(path, None)

    def replace(
        self, path: str, before: Iterable[Figures], gone: Iterable[Figures], come: Iterable[Figures]
    ) -> set[str]:
        """Put micro-wins of a goal, out of all before, in the place of others; return the goals that have other days now."""
        changes = Counter(day for win in come for day in win.ordinals_done)
        changes.subtract(day for win in gone for day in win.ordinals_done)
        changed = {day: number for day, number in changes.items() if number}
        if changed and path not in self._bags:
            for win in before:
                self._add(path, win.ordinals_done)
        return self._change(path, changed)

    def streak(self, goal: Goal, archive: Archive) -> DayStreak:
        """Return the streak of a goal's days."""
        bag = self._bags.get(goal.path)
        if not bag:
            return NO_STREAK
        before = self._before.get(goal.path)
        if before is None:
            neutral = self._defaults.neutral | NeutralDays(goal.rest, goal.pauses)
            grace = goal.grace or self._defaults.grace
            before = DaysBefore.of(bag.ordinals(), neutral, grace, self._now, archive)
            self._before[goal.path] = before
        return before.and_today(done=bag.count(self._now.today.toordinal()) > 0)

    def _add(self, path: str, days: list[int]) -> None:
        if days:
            self._bags.of(path, DayBag).take(days)

    def _change(self, path: str, changes: Mapping[int, int]) -> set[str]:
        touched: set[str] = set()
        above: str | None = path
        while above is not None and changes:
            bag = self._bags.of(above, DayBag)
            further: dict[int, int] = {}
            for day, number in changes.items():
                before = bag.count(day)
                bag.add(day, number)
                if (before > 0) != (before + number > 0):
                    further[day] = 1 if number > 0 else -1
            if further:
                touched.add(above)
                if further.keys() != {self._now.today.toordinal()}:
                    self._before.pop(above, None)
            above, changes = self._order.parents.get(above), further
        return touched
