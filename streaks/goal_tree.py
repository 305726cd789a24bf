"""The tree of goals with what each contributes: one changed goal costs its own work and that of the goals above it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from heapq import heapify, heappop, heappush

from ..parsers.goal import Goal
from ..parsers.goal_status import says_done
from ..parsers.problem import Problem
from .archive import NEVER, own_archive
from .available import AvailableDays
from .calendar import NeutralDays, Now
from .catalog import Catalog, VaultDefaults
from .figures import Figures
from .goal_amounts import GoalAmounts
from .goal_days import GoalDays
from .goal_figures import GoalFigures, weight_in
from .goal_order import GoalOrder
from .goal_source import GoalSource
from .measure import NOTHING, Course, ReadingDays, steps_weighed
from .pace import STEPS, Aim, Pace, pace
from .progress import Part, count_steps, mean, own_parts
from .put_aside import Rows
from .step_sums import StepSums

_Told = tuple[float, float | None, int]
"""What a goal weighs in the one above it, how far it is, and how many parts it has."""


class GoalTree:
    """The goals of a catalog as of `now`. `fill` takes in everything, `change` one goal; `figures` gives all of them.

    Of what goals contribute nothing is held but what their figures say and what is needed to take it off again; that is
    put aside, where there are `rows`, until it is needed.
    """

    def __init__(self, catalog: Catalog, defaults: VaultDefaults, now: Now, rows: Rows | None = None) -> None:
        self._catalog, self._defaults, self._now = catalog, defaults, now
        self.order = GoalOrder.of(catalog.goals)
        self._days = GoalDays(self.order, defaults, now, rows)
        self._amounts = GoalAmounts(self.order, catalog.goals, now.today, rows)
        self._below: dict[str, dict[str, _Told]] = {}
        self._figures: list[GoalFigures] = []
        self._disagreeing: dict[str, Problem] = {}

    @property
    def figures(self) -> tuple[GoalFigures, ...]:
        """The figures of all goals, parents before those below them."""
        return tuple(self._figures)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the tree, and with what goals say of themselves."""
        return (*self.order.problems, *(self._disagreeing[path] for path in sorted(self._disagreeing)))

    def fill(
        self, source_of: Callable[[str], GoalSource], taken: Callable[[GoalFigures], object] = id
    ) -> None:
        """Take in what all goals contribute, from the leaves up; each is asked for once, and told of when it is `taken`."""
        found: list[GoalFigures] = []
        for path in reversed(self.order.paths):
            source = source_of(path)
            self._days.take(path, source.wins)
            self._amounts.take(path, source)
            found.append(self._worked_out(self._nothing_yet(path), source, days=True))
            self._tell_parent(path, found[-1])
            self._days.let_go(path)
            self._amounts.let_go(path)
            taken(found[-1])
        self._figures = found[::-1]

    def change(self, sources: Mapping[str, GoalSource]) -> None:
        """Take in what some goals contribute now; only they and the goals above them are worked out again."""
        places = self.order.places
        days, sums = set[str](), set[str]()
        for path, source in sources.items():
            before = self._figures[places[path]].wins
            gone, come = _differing(before, source.wins)
            days |= self._days.replace(path, before, gone, come)
            sums |= self._amounts.replace(path, gone, come, source.steps)
        waiting = [-places[path] for path in {*sources, *days, *sums}]
        heapify(waiting)
        done: set[int] = set()
        while waiting:  # a goal comes after all those above it, so that the last one is the deepest
            place = -heappop(waiting)
            if place in done:
                continue
            done.add(place)
            path = self.order.paths[place]
            found = self._worked_out(
                self._figures[place], sources.get(path), days=path in days, sums=path in sums
            )
            self._figures[place] = found
            above = self._tell_parent(path, found)
            if above is not None:
                heappush(waiting, -places[above])

    def move_to(self, catalog: Catalog, wins_of: Callable[[str], tuple[Figures, ...]]) -> None:
        """Follow a catalog in which lines were moved and nothing else is different."""
        self._catalog = catalog
        self.order = replace(self.order, problems=GoalOrder.of(catalog.goals).problems)
        self._figures = [
            was.moved(catalog.goals[was.goal.path], wins_of(was.goal.path)) for was in self._figures
        ]
        for path, problem in self._disagreeing.items():
            self._disagreeing[path] = replace(problem, line=catalog.goals[path].status_line)

    def _tell_parent(self, path: str, figures: GoalFigures) -> str | None:
        """Tell the goal above how far this one is; return its path if that is news."""
        parent = self.order.parents.get(path)
        if parent is None or self._now.today in own_archive(figures.goal):
            return None
        told = weight_in(self._catalog.goals[parent], figures), figures.progress, figures.leaves
        below = self._below.setdefault(parent, {})
        if below.get(path) == told:
            return None
        below[path] = told
        return parent

    # What is worked out

    def _nothing_yet(self, path: str) -> GoalFigures:
        """Return the figures of a goal before anything of it is taken in."""
        return GoalFigures(
            self._catalog.goals[path],
            (),
            parent=self.order.parents.get(path),
            children=self.order.children.get(path, ()),
            depth=self.order.depths.get(path, 0),
            archived=self._now.today in self._catalog.archives.get(path, NEVER),
        )

    def _worked_out(
        self, was: GoalFigures, source: GoalSource | None, *, days: bool = False, sums: bool = False
    ) -> GoalFigures:
        """Return a goal's figures in the place of those before; `days` and `sums` tell whether its days and sums are others."""
        goal, path = was.goal, was.goal.path
        wins = source.wins if source is not None else was.wins
        steps = was.steps
        if source is not None and source.steps is not None:
            steps = count_steps(source.steps, self._now.today)
        measured, going, read = was.measured, was.pace, was.readings
        if source is not None or sums:
            measured, going, read = self._measured(was, source or GoalSource(steps=None))
        parts = list(own_parts(goal, steps, measured, wins))
        below = self._below.get(path, {}).values()
        return GoalFigures(
            goal=goal,
            wins=wins,
            steps=steps,
            measured=measured,
            progress=self._progress(goal, parts, below),
            parent=was.parent,
            children=was.children,
            leaves=steps.all + sum(part.kind != "steps" for part in parts) + sum(one[2] for one in below),
            depth=was.depth,
            archived=was.archived,
            days=self._days.streak(goal, self._catalog.archives.get(path, NEVER)) if days else was.days,
            pace=going,
            readings=read,
        )

    def _progress(self, goal: Goal, parts: Sequence[Part], below: Collection[_Told]) -> float | None:
        self._disagreeing.pop(goal.path, None)
        if goal.path in self.order.looped:
            return None
        own = [(part.weight, part.value) for part in parts]
        progress = mean([*own, *((weight, value) for weight, value, _ in below)])
        if not says_done(goal.status):
            return progress
        if progress is not None and progress < 1:
            self._disagreeing[goal.path] = Problem(
                goal.path, goal.status_line, "goal-status-disagrees",
                f"The status is “{goal.status}”, and not all of its parts are done.",
                "Tick what is done, mark with `-` what was dropped, or take `status` out.",
            )  # fmt: skip
        return 1.0

    def _measured(
        self, was: GoalFigures, source: GoalSource
    ) -> tuple[Decimal | None, Pace | None, ReadingDays | None]:
        """Return what a goal's measure stands at, how it goes, by its measure, else by its steps, and when it was read."""
        goal = was.goal
        if goal.measure is not None:
            course = self._amounts.course(goal.path, goal.measure, source.boxes)
            known = goal.measure.start is None or course.days
            aim = goal.measure.origin, goal.measure.amount, goal.measure.unit
            read = ReadingDays.of(goal.measure, course) if goal.measure.start is not None else None
            return course.last if known else None, self._pace(was, course, aim), read
        return None, was.pace if source.steps is None else self._pace_of_steps(was, source.steps), None

    def _pace_of_steps(self, was: GoalFigures, steps: StepSums) -> Pace | None:
        if not steps.all or was.goal.target is None:
            return None
        course = steps_weighed(steps, self._now.today)
        if course.before and not course.days:
            return None
        return self._pace(was, course, (NOTHING, steps.weight, STEPS))

    def _pace(self, was: GoalFigures, course: Course, aim: tuple[Decimal, Decimal, str]) -> Pace | None:
        goal = was.goal
        if goal.target is None or was.archived:
            return None
        begin = goal.start or min((*course.days[:1], self._now.today))
        archive = self._catalog.archives.get(goal.path, NEVER)
        neutral = self._defaults.neutral | NeutralDays(goal.rest, goal.pauses)
        return pace(
            Aim(begin, goal.target, *aim), course, AvailableDays.of(neutral, *archive.days), self._now
        )


def _differing(
    before: Sequence[Figures], after: Sequence[Figures]
) -> tuple[Sequence[Figures], Sequence[Figures]]:
    """Return what is no more of one and the same micro-wins' figures, and what is new; the others are the same objects."""
    was, now = {id(win) for win in before}, {id(win) for win in after}
    return [win for win in before if id(win) not in now], [win for win in after if id(win) not in was]
