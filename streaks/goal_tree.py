"""The tree of goals with what each contributes: one changed goal costs its own work and that of the goals above it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from heapq import heappop, heappush

from ..parsers.goal import Goal
from ..parsers.goal_status import says_done
from ..parsers.problem import Problem
from ..parsers.units import unit_key
from .archive import NEVER, Archive, own_archive
from .available import AvailableDays
from .calendar import NeutralDays, Now
from .catalog import Catalog, VaultDefaults
from .day_bag import DayBag
from .day_streak import NO_STREAK, DaysBefore, DayStreak
from .entries import Step
from .figures import Figures
from .goal_figures import GoalFigures, weight_in
from .goal_order import GoalOrder
from .history import Entry
from .measure import NOTHING, Amounts, Course, added_up, own_amounts, reached, readings
from .pace import STEPS, Aim, Pace, pace
from .progress import Part, Steps, count_parts, count_steps, mean
from .shared_amounts import shared


@dataclass(frozen=True, slots=True)
class GoalSource:
    """What a goal itself contributes: its micro-wins by line, its steps, and the boxes where a reading may stand."""

    wins: tuple[Figures, ...] = ()
    steps: tuple[Step, ...] = ()
    boxes: tuple[Entry, ...] = ()


@dataclass(slots=True)
class _Node:
    """A goal's place in the tree: what came up from below and what was worked out of it."""

    goal: Goal
    source: GoalSource = GoalSource()
    wins: dict[str, Figures] = field(default_factory=dict)
    days: DayBag = field(default_factory=DayBag)
    own: dict[str, Mapping[date | None, Decimal]] = field(default_factory=dict)
    sums: Amounts = field(default_factory=dict)
    below: dict[str, tuple[float, float | None, int]] = field(default_factory=dict)
    before: DaysBefore | None = None
    streak: DayStreak | None = None
    course: Course | None = None
    pace: Pace | None = None


class GoalTree:
    """The goals of a catalog as of `now`. `fill` takes in everything, `change` one goal; `figures` gives all of them."""

    def __init__(self, catalog: Catalog, defaults: VaultDefaults, now: Now) -> None:
        self._catalog, self._defaults, self._now = catalog, defaults, now
        self.order = GoalOrder.of(catalog.goals)
        self._nodes = {path: _Node(catalog.goals[path]) for path in self.order.paths}
        self._carriers = _carriers(self.order, catalog.goals)
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

    def fill(self, sources: Mapping[str, GoalSource]) -> None:
        """Take in what all goals contribute, from the leaves up."""
        found: list[GoalFigures] = []
        for path in reversed(self.order.paths):
            node, parent = self._nodes[path], self.order.parents[path]
            self._take(path, sources.get(path, GoalSource()))
            if parent is not None:
                self._nodes[parent].days.take(node.days.ordinals())
                self._send_up(path, parent)
            found.append(self._worked_out(path))
            self._tell_parent(path, found[-1])
        self._figures = found[::-1]

    def change(self, sources: Mapping[str, GoalSource]) -> None:
        """Take in what some goals contribute now; only they and the goals above them are worked out again."""
        places = self.order.places
        waiting: list[int] = []
        for path, source in sources.items():
            for touched in {path, *self._replace(path, source)}:
                heappush(waiting, -places[touched])
        done: set[int] = set()
        while waiting:  # a goal comes after all those above it, so that the last one is the deepest
            place = -heappop(waiting)
            if place in done:
                continue
            done.add(place)
            path = self.order.paths[place]
            self._figures[place] = self._worked_out(path)
            above = self._tell_parent(path, self._figures[place])
            if above is not None:
                heappush(waiting, -places[above])

    # What comes up from below

    def _take(self, path: str, source: GoalSource) -> None:
        """Take in a goal's own days and amounts where nothing of it is known yet."""
        node = self._nodes[path]
        node.source = source
        node.wins = {win.win.id: win for win in source.wins}
        for win in node.wins.values():
            node.days.take(win.ordinals_done)
        for unit, carrier in self._carriers[path].items():
            node.own[unit] = own_amounts(unit, source.wins, source.steps, self._now.today)
            _add_to(self._nodes[carrier].sums, node.own[unit])

    def _send_up(self, path: str, parent: str) -> None:
        """Add a goal's sums to those of the next goal above that measures in the same unit."""
        unit = _summed_unit(self._nodes[path].goal)
        carrier = self._carriers[parent].get(unit) if unit else None
        if carrier is not None:
            _add_to(self._nodes[carrier].sums, self._nodes[path].sums)

    def _replace(self, path: str, source: GoalSource) -> set[str]:
        """Put what a goal contributes now in the place of what it did; return the goals whose days or sums changed."""
        node = self._nodes[path]
        node.source, node.course = source, None
        come = {win.win.id: win for win in source.wins}
        changes: Counter[int] = Counter()
        for win_id in node.wins.keys() | come.keys():
            before, after = node.wins.get(win_id), come.get(win_id)
            if before is not after:
                old, new = (frozenset(one.ordinals_done if one else ()) for one in (before, after))
                changes.update(new - old)
                changes.subtract(old - new)
        node.wins = come
        return self._change_days(path, changes) | self._change_sums(path)

    def _change_days(self, path: str, changes: Mapping[int, int]) -> set[str]:
        touched: set[str] = set()
        above: str | None = path
        while above is not None and changes:
            node = self._nodes[above]
            further: dict[int, int] = {}
            for day, number in changes.items():
                before = node.days.count(day)
                node.days.add(day, number)
                if (before > 0) != (before + number > 0):
                    further[day] = 1 if number > 0 else -1
            if further:
                node.streak = None
                node.before = node.before if further.keys() == {self._now.today.toordinal()} else None
                touched.add(above)
            above, changes = self.order.parents[above], further
        return touched

    def _change_sums(self, path: str) -> set[str]:
        touched: set[str] = set()
        node = self._nodes[path]
        for unit, before in list(node.own.items()):
            after = own_amounts(unit, node.source.wins, node.source.steps, self._now.today)
            if after == before:
                continue
            node.own[unit] = after
            days = before.keys() | after.keys()
            changes = {day: after.get(day, NOTHING) - before.get(day, NOTHING) for day in days}
            carrier = self._carriers[path].get(unit)
            while carrier is not None:
                _add_to(self._nodes[carrier].sums, changes)
                self._nodes[carrier].course = None
                touched.add(carrier)
                parent = self.order.parents[carrier]
                carrier = self._carriers[parent].get(unit) if parent is not None else None
        return touched

    def _tell_parent(self, path: str, figures: GoalFigures) -> str | None:
        """Tell the goal above how far this one is; return its path if that is news."""
        parent = self.order.parents[path]
        if parent is None or self._now.today in own_archive(figures.goal):
            return None
        node = self._nodes[parent]
        told = (weight_in(node.goal, figures), figures.progress, figures.leaves)
        if node.below.get(path) == told:
            return None
        node.below[path] = told
        return parent

    # What is worked out

    def _worked_out(self, path: str) -> GoalFigures:
        node = self._nodes[path]
        goal, source = node.goal, node.source
        archive = self._catalog.archives.get(path, NEVER)
        archived = self._now.today in archive
        steps = count_steps(source.steps, self._now.today)
        if node.course is None:
            node.course = self._course(node)
            node.pace = None if archived else self._pace(node, archive)
        if node.streak is None:
            node.streak = self._streak(node, archive)
        parts = (*_own_parts(goal, steps, node.course), *count_parts(source.wins))
        known = not goal.measure or goal.measure.start is None or bool(node.course.days)
        return GoalFigures(
            goal=goal,
            wins=source.wins,
            steps=steps,
            measured=node.course.last if goal.measure and known else None,
            progress=self._progress(path, parts),
            parent=self.order.parents[path],
            children=self.order.children.get(path, ()),
            parts=parts,
            leaves=steps.all + sum(part.kind != "steps" for part in parts) + sum(one[2] for one in node.below.values()),
            depth=self.order.depths[path],
            archived=archived,
            days=node.streak,
            pace=node.pace,
        )  # fmt: skip

    def _progress(self, path: str, parts: Iterable[Part]) -> float | None:
        node = self._nodes[path]
        self._disagreeing.pop(path, None)
        if path in self.order.looped:
            return None
        own = [(part.weight, part.value) for part in parts]
        progress = mean([*own, *((weight, value) for weight, value, _ in node.below.values())])
        if not says_done(node.goal.status):
            return progress
        if progress is not None and progress < 1:
            self._disagreeing[path] = Problem(
                path, node.goal.status_line, "goal-status-disagrees",
                f"The status is “{node.goal.status}”, and not all of its parts are done.",
                "Tick what is done, mark with `-` what was dropped, or take `status` out.",
            )  # fmt: skip
        return 1.0

    def _course(self, node: _Node) -> Course:
        measure, source = node.goal.measure, node.source
        if measure is None:
            today = self._now.today
            done = ((step.entry.day, step.weight) for step in source.steps if step.done_by(today))
            weights: Amounts = {}
            for day, weight in done:
                weights[day] = weights.get(day, NOTHING) + weight
            return added_up(weights)
        if measure.start is None:
            return added_up(node.sums)
        return readings(measure, (*source.boxes, *(step.entry for step in source.steps)), self._now.today)

    def _pace(self, node: _Node, archive: Archive) -> Pace | None:
        goal, course = node.goal, node.course
        if goal.target is None or course is None:
            return None
        begin = goal.start or min((*course.days[:1], self._now.today))
        if goal.measure is not None:
            aim = Aim(begin, goal.target, goal.measure.origin, goal.measure.amount, goal.measure.unit)
        elif node.source.steps and (course.days or not course.before):
            weights = sum((step.weight for step in node.source.steps), NOTHING)
            aim = Aim(begin, goal.target, NOTHING, weights, STEPS)
        else:
            return None
        days = AvailableDays.of(self._neutral(goal), *archive.days)
        return pace(aim, course, days, self._now)

    def _streak(self, node: _Node, archive: Archive) -> DayStreak:
        if not node.days:
            return NO_STREAK
        if node.before is None:
            grace = node.goal.grace or self._defaults.grace
            node.before = DaysBefore.of(
                node.days.ordinals(), self._neutral(node.goal), grace, self._now, archive
            )
        return node.before.and_today(done=node.days.count(self._now.today.toordinal()) > 0)

    def _neutral(self, goal: Goal) -> NeutralDays:
        return self._defaults.neutral | NeutralDays(goal.rest, goal.pauses)


def _own_parts(goal: Goal, steps: Steps, course: Course) -> Iterator[Part]:
    if steps.share is not None:
        yield Part("steps", "steps", 1.0, steps.share)
    if goal.measure is not None:
        yield Part("measure", goal.measure.unit, 1.0, reached(goal.measure, course.last))


def _summed_unit(goal: Goal) -> str | None:
    return unit_key(goal.measure.unit) if goal.measure is not None and goal.measure.start is None else None


def _carriers(order: GoalOrder, goals: Mapping[str, Goal]) -> dict[str, dict[str, str]]:
    """Return, for each goal and unit, the goal that adds its amounts up: itself, else the next one above."""
    found: dict[str, dict[str, str]] = {}
    nothing: dict[str, str] = {}
    for path in order.paths:
        parent, unit = order.parents[path], _summed_unit(goals[path])
        inherited = found[parent] if parent is not None else nothing
        found[path] = {**inherited, unit: path} if unit is not None else inherited
    return found


def _add_to(sums: Amounts, changes: Mapping[date | None, Decimal]) -> None:
    for day, amount in changes.items():
        total = sums.get(day, NOTHING) + amount
        if total:
            sums[day] = shared(total)
        else:
            sums.pop(day, None)
