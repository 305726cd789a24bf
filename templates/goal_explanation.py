"""Where the figures of a goal come from: its parts with their weights, the boxes of its amounts, its pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..parsers.goal_status import says_done
from ..parsers.units import unit_key
from ..streaks.archive import own_archive
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures, weight_in
from ..streaks.history import Entry
from ..streaks.pace import WINDOWS, Pace
from ..streaks.progress import Part
from ..streaks.vault_figures import VaultFigures
from . import phrases

SHOWN_BOXES = 10


@dataclass(frozen=True, slots=True)
class Shown:
    """A goal as it is explained: its figures, those of the vault, and the boxes that its amounts may come from."""

    goal: GoalFigures
    figures: VaultFigures
    boxes: Sequence[Entry]

    @property
    def parts(self) -> list[Part]:
        """All parts of its progress: its own, and the goals below that are not archived by themselves."""
        below = (self.figures.goal(path) for path in self.goal.children)
        return [
            *self.goal.parts,
            *(
                Part("goal", child.goal.path, weight_in(self.goal.goal, child), child.progress)
                for child in below
                if child is not None and self.figures.now.today not in own_archive(child.goal)
            ),
        ]

    @property
    def amounts(self) -> list[tuple[Entry, Decimal]]:
        """The boxes that give an amount in the unit of its measure, by day."""
        measure = self.goal.goal.measure
        unit = unit_key(measure.unit) if measure else None
        found = [
            (box, sum((one.amount for one in box.quantities if unit_key(one.unit) == unit), Decimal(0)))
            for box in self.boxes
        ]
        today = self.figures.now.today
        known = [(box, amount) for box, amount in found if amount and (box.day is None or box.day <= today)]
        return sorted(known, key=lambda one: (str(one[0].day or ""), one[0].path, one[0].line))


def goal_explanation(shown: Shown, *, whole: bool = False, streaks: bool = True) -> list[str]:
    """Return the lines that lead from the parts of a goal to its progress and its pace; the last boxes unless `whole`.

    Without `streaks` none is told.
    """
    goal = shown.goal
    return [
        f"{goal.goal.title}  ({goal.goal.path})",
        "",
        *_progress(shown),
        *_amounts(shown, whole=whole),
        *(_pace(goal.pace) if goal.pace else ()),
        "",
        *_days(goal, shown.figures, streaks=streaks),
    ]


def part_shape(part: Part) -> dict[str, object]:
    """Return a part as JSON shows it."""
    return {"kind": part.kind, "name": part.name, "weight": part.weight, "progress": part.value}


def _progress(shown: Shown) -> Iterator[str]:
    goal, parts = shown.goal, shown.parts
    yield f"Progress: {phrases.percent(goal.progress)}, by Σ weight · share ÷ Σ weight"
    for part in parts:
        yield f"  {part.kind}  {_number(part.weight)} · {phrases.percent(part.value)}  {_detail(part, shown)}".rstrip()
    known = [part for part in parts if part.value is not None]
    if len(known) > 1:
        sums = " + ".join(f"{_number(part.weight)}·{part.value:.4f}" for part in known)
        mean = sum(part.weight * (part.value or 0) for part in known) / sum(part.weight for part in known)
        yield f"  ({sums}) ÷ {_number(sum(part.weight for part in known))} = {mean:.4f}"
    if not known:
        yield "  Nothing tells it: it has no steps, no measure and no goal below with progress."
    if says_done(goal.goal.status):
        yield f"  Its status is “{goal.goal.status}”, which stands for 100 %."
    if known and goal.progress is None:
        yield "  It is, over its parents, a part of itself, so it has no progress until that is solved."
    if goal.archived:
        yield "  It is archived on this day."


def _detail(part: Part, shown: Shown) -> str:
    goal = shown.goal
    if part.kind == "steps":
        return f"{goal.steps.done} of {phrases.count(goal.steps.all, 'steps')}"
    if part.kind == "measure":
        return phrases.measured(goal)
    if part.kind == "count":
        return _count(next(win for win in goal.wins if win.win.id == part.name))
    below = shown.figures.goal(part.name)
    return f"{below.goal.title} ({part.name})" if below else part.name


def _count(win: Figures) -> str:
    return f"{win.win.name}: {phrases.number(win.totals.wins.all)} of {phrases.count(win.win.count or 0, 'times')}"


def _amounts(shown: Shown, *, whole: bool) -> Iterator[str]:
    measure = shown.goal.goal.measure
    if measure is None:
        return
    found = shown.amounts if whole else shown.amounts[-SHOWN_BOXES:]
    hidden = len(shown.amounts) - len(found)
    kind = (
        "Amounts, which add up"
        if measure.start is None
        else "Readings, of which the last one with a day counts"
    )
    yield ""
    yield kind + (f" (the last {len(found)} of {len(shown.amounts)})" if hidden else "")
    for box, amount in found:
        yield f"  {box.day or phrases.UNKNOWN}  {phrases.number(amount)} {measure.unit}  {box.path}:{box.line}"


def _pace(pace: Pace) -> Iterator[str]:
    aim = pace.aim
    yield ""
    yield f"Pace: {aim.begin} to {aim.end}, {pace.days_in_all} days available, {pace.days_passed} of them closed by {pace.closed}"
    span = f"({phrases.number(aim.amount)} − {phrases.number(aim.start)})"
    yield (
        f"  expected {phrases.number(aim.start)} + {span} · {pace.days_passed} ÷ {pace.days_in_all}"
        f" = {phrases.number(pace.expected)} {aim.unit}"
    )
    if pace.ratio is not None:
        start = phrases.number(aim.start)
        yield (
            f"  pace ({phrases.number(pace.measured)} − {start}) ÷ ({phrases.number(pace.expected)} − {start})"
            f" = {pace.ratio:.2f}, {pace.status.replace('_', ' ')}"
        )
    if pace.needed is not None and pace.days_left:
        yield (
            f"  needed ({phrases.number(aim.amount)} − {phrases.number(pace.measured)}) ÷ {pace.days_left} days,"
            f" rounded up: {phrases.count(pace.needed, aim.unit)} a day"
        )
    rates = (
        f"{days} days {phrases.number(round(float(rate), 2)) if rate is not None else phrases.UNKNOWN}"
        for days, rate in zip(WINDOWS, pace.rates, strict=True)
    )
    yield f"  rates a day over available closed days: {', '.join(rates)}"
    if pace.forecast:
        latest = pace.forecast.latest or "later"
        yield f"  at the rate of 28 days {pace.forecast.likely}; fastest and slowest {pace.forecast.earliest} to {latest}"


def _days(goal: GoalFigures, figures: VaultFigures, *, streaks: bool) -> Iterator[str]:
    rows = (("Days with a win in a row", goal.days.streak), ("Best", goal.days.best))
    for name, found in rows if streaks else ():
        span = f", {found.start} to {found.end}" if found else ""
        yield f"{name}: {phrases.streak(found, 'days')}{span}"
    yield f"Votes: {phrases.number(goal.votes)}, of the last 30 days {goal.votes_lately(figures.now)}"


def _number(value: float) -> str:
    return phrases.number(round(value, 6))
