"""Where the figures of a goal come from: its parts with their weights, the boxes of its amounts, its pace."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..parsers.goal_status import says_done
from ..parsers.units import unit_key, written_unit
from ..streaks.archive import own_archive
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures, weight_in
from ..streaks.history import Entry
from ..streaks.pace import WINDOWS, Pace
from ..streaks.progress import Part
from ..streaks.vault_figures import VaultFigures
from . import phrases
from .explanation import streak_and_days
from .words import say

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


def goal_explanation(
    shown: Shown, *, whole: bool = False, streaks: bool = True, plain: bool = False
) -> list[str]:
    """Return the lines that lead from the parts of a goal to its progress and its pace; the last boxes unless `whole`.

    Without `streaks` none is told. `plain` leaves out formulas, which a screen reader cannot say.
    """
    goal = shown.goal
    return [
        f"{goal.goal.title}  ({goal.goal.path})",
        "",
        *_progress(shown, plain=plain),
        *_amounts(shown, whole=whole),
        *(_pace(goal.pace, plain=plain) if goal.pace else ()),
        "",
        *_days(goal, shown.figures, streaks=streaks),
    ]


def part_shape(part: Part) -> dict[str, object]:
    """Return a part as JSON shows it."""
    return {"kind": part.kind, "name": part.name, "weight": part.weight, "progress": part.value}


def _progress(shown: Shown, *, plain: bool) -> Iterator[str]:
    goal, parts = shown.goal, shown.parts
    percent = phrases.percent(goal.progress)
    yield say("explain_goal.progress_said" if plain else "explain_goal.progress", percent=percent)
    for part in parts:
        kind, weight = say(f"explain_goal.{part.kind}"), _number(part.weight)
        share = say("explain_goal.weight", weight=weight) + "  " if plain else f"{weight} · "
        yield f"  {kind}  {share}{phrases.percent(part.value)}  {_detail(part, shown)}".rstrip()
    known = [part for part in parts if part.value is not None]
    if len(known) > 1 and not plain:
        sums = " + ".join(
            f"{_number(part.weight)}·{phrases.decimals(part.value or 0, '.4f')}" for part in known
        )
        mean = sum(part.weight * (part.value or 0) for part in known) / sum(part.weight for part in known)
        yield f"  ({sums}) ÷ {_number(sum(part.weight for part in known))} = {phrases.decimals(mean, '.4f')}"
    if not known:
        yield f"  {say('explain_goal.nothing')}"
    if says_done(goal.goal.status):
        yield f"  {say('explain_goal.said_done', status=goal.goal.status)}"
    if known and goal.progress is None:
        yield f"  {say('explain_goal.loop')}"
    if goal.archived:
        yield f"  {say('explain_goal.archived')}"


def _detail(part: Part, shown: Shown) -> str:
    goal = shown.goal
    if part.kind == "steps":
        return say("block.steps", done=goal.steps.done, steps=phrases.count(goal.steps.all, "steps"))
    if part.kind == "measure":
        return phrases.measured(goal)
    if part.kind == "count":
        return _count(next(win for win in goal.wins if win.win.id == part.name))
    below = shown.figures.goal(part.name)
    return f"{below.goal.title} ({part.name})" if below else part.name


def _count(win: Figures) -> str:
    done, times = phrases.number(win.totals.wins.all), phrases.count(win.win.count or 0, "times")
    return say("explain_goal.count_of", name=win.win.name, done=done, times=times)


def _amounts(shown: Shown, *, whole: bool) -> Iterator[str]:
    measure = shown.goal.goal.measure
    if measure is None:
        return
    found = shown.amounts if whole else shown.amounts[-SHOWN_BOXES:]
    hidden = len(shown.amounts) - len(found)
    kind = say("explain_goal.amounts" if measure.start is None else "explain_goal.readings")
    yield ""
    yield say("explain_goal.last", kind=kind, shown=len(found), all=len(shown.amounts)) if hidden else kind
    for box, amount in found:
        yield f"  {box.day or phrases.UNKNOWN}  {phrases.amount(amount, measure.unit)}  {box.path}:{box.line}"


def _pace(pace: Pace, *, plain: bool) -> Iterator[str]:
    yield ""
    yield say(
        "explain_goal.pace",
        begin=pace.aim.begin,
        end=pace.aim.end,
        days=pace.days_in_all,
        passed=pace.days_passed,
        closed=pace.closed,
    )
    yield from (f"  {line}" for line in (_pace_said(pace) if plain else _pace_sums(pace)))
    yield from (f"  {line}" for line in _pace_rates(pace))


def _pace_said(pace: Pace) -> Iterator[str]:
    """Yield what is expected, the pace and what is needed, without how they are worked out."""
    yield say("explain_goal.expected", sum=phrases.number(pace.expected), unit=written_unit(pace.aim.unit))
    if pace.ratio is not None:
        yield say(
            "explain_goal.ratio",
            sum=phrases.decimals(pace.ratio, ".2f"),
            status=say(f"pace_status.{pace.status}"),
        )
    if pace.needed is not None and pace.days_left:
        yield say("explain_goal.needed_said", amount=phrases.count(pace.needed, pace.aim.unit))


def _pace_sums(pace: Pace) -> Iterator[str]:
    """Yield how what is expected, the pace and what is needed are worked out."""
    aim, number = pace.aim, phrases.number
    start, amount, measured, expected = map(number, (aim.start, aim.amount, pace.measured, pace.expected))
    way = f"{start} + ({amount} − {start}) · {pace.days_passed} ÷ {pace.days_in_all} = {expected}"
    yield say("explain_goal.expected", sum=way, unit=written_unit(aim.unit))
    if pace.ratio is not None:
        ratio = f"({measured} − {start}) ÷ ({expected} − {start}) = {phrases.decimals(pace.ratio, '.2f')}"
        yield say("explain_goal.ratio", sum=ratio, status=say(f"pace_status.{pace.status}"))
    if pace.needed is not None and pace.days_left:
        rest = say("explain_goal.needed_days", sum=f"({amount} − {measured})", days=pace.days_left)
        yield say("explain_goal.needed", sum=rest, amount=phrases.count(pace.needed, aim.unit))


def _pace_rates(pace: Pace) -> Iterator[str]:
    """Yield the rates and the forecast."""
    number = phrases.number
    rates = (
        say(
            "explain_goal.rate",
            days=days,
            rate=number(round(float(rate), 2)) if rate is not None else phrases.UNKNOWN,
        )
        for days, rate in zip(WINDOWS, pace.rates, strict=True)
    )
    yield say("explain_goal.rates", rates=", ".join(rates))
    if pace.forecast:
        likely, first, last = pace.forecast.likely, pace.forecast.earliest, pace.forecast.latest
        yield say(
            "explain_goal.forecast", likely=likely, earliest=first, latest=last or say("explain_goal.later")
        )


def _days(goal: GoalFigures, figures: VaultFigures, *, streaks: bool) -> Iterator[str]:
    if streaks:
        yield say("explain_goal.days_row", streak=streak_and_days(goal.days.streak, "days"))
        yield say("explain.best", streak=streak_and_days(goal.days.best, "days"))
    yield say("explain_goal.votes", votes=phrases.number(goal.votes), lately=goal.votes_lately(figures.now))


def _number(value: float) -> str:
    return phrases.number(round(value, 6))
