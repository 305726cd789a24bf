"""Progress: the weighted mean of what is known of a goal's parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from math import fsum

from ..parsers.goal import Goal
from .entries import Step
from .figures import Figures
from .measure import reached
from .shared_amounts import shared
from .step_sums import StepSums


@dataclass(frozen=True, slots=True)
class StepWeights:
    """What steps weigh: all of them, those done on a day that is known, in the order of these days, and the others done."""

    all: Decimal
    dated: tuple[Decimal, ...]
    undated: Decimal


@dataclass(frozen=True, slots=True)
class Steps:
    """The boxes of a goal note that are steps: how many are done, of how many, and the share that they weigh.

    `days` are those on which they were done, as far as they are known, in the order of the note; `today` of them were
    done on the day it is. `next` is the text of the first open one. `weights` is None where each weighs 1. `bearing` are
    those done that bear an amount.
    """

    done: int = 0
    all: int = 0
    share: float | None = None
    days: tuple[date, ...] = ()
    next: str = ""
    today: int = 0
    weights: StepWeights | None = None
    bearing: tuple[Step, ...] = ()

    @property
    def weighed(self) -> StepWeights:
        """What they weigh."""
        if self.weights is not None:
            return self.weights
        return StepWeights(Decimal(self.all), (_ONE,) * len(self.days), Decimal(self.undated))

    @property
    def undated(self) -> int:
        """How many were done on a day that is not known."""
        return self.done - len(self.days)


NO_STEPS = Steps()
_ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a goal's progress: `steps`, `measure`, `count` or `goal`, its name, its weight, and how far it is."""

    kind: str
    name: str
    weight: float
    value: float | None


def count_steps(steps: StepSums, today: date) -> Steps:
    """Return how many steps are done, and the weight of those ÷ the weight of all; what is done later is not yet."""
    if not steps.all:
        return NO_STEPS
    done = steps.done_by(today)
    share = sum((weight for _, weight in done), Decimal(0)) / steps.weight
    days = tuple([day for day, _ in done if day is not None])
    today_done = days.count(today)
    return Steps(
        len(done), steps.all, float(share), days, steps.next, today_done, _weights(steps, done), steps.bearing
    )


def _weights(steps: StepSums, done: Sequence[tuple[date | None, Decimal]]) -> StepWeights | None:
    if steps.weight == steps.all and all(weight == _ONE for _, weight in done):
        return None
    dated = tuple([shared(weight) for day, weight in done if day is not None])
    undated = sum((weight for day, weight in done if day is None), Decimal(0))
    return StepWeights(steps.weight, dated, undated)


def own_parts(goal: Goal, steps: Steps, measured: Decimal | None, wins: Iterable[Figures]) -> Iterator[Part]:
    """Yield a goal's own parts: its steps, its measure, and each micro-win with a number of times, such as `[count:: 100]`.

    `measured` is None where no reading stands yet.
    """
    if steps.share is not None:
        yield Part("steps", "steps", 1.0, steps.share)
    if goal.measure is not None:
        value = measured if measured is not None else goal.measure.origin
        yield Part("measure", goal.measure.unit, 1.0, reached(goal.measure, value))
    for win in wins:
        if win.win.count:
            yield Part("count", win.win.id, 1.0, min(1.0, win.totals.wins.all / win.win.count))


def mean(parts: Iterable[tuple[float, float | None]]) -> float | None:
    """Return Σ w·p ÷ Σ w over the parts that are known, given as weight and share; None where none is.

    The sums are correctly rounded, so that their order makes no difference and no part that grows ever lowers them.
    """
    known = [(weight, value) for weight, value in parts if value is not None]
    if not known:
        return None
    return min(1.0, fsum(weight * value for weight, value in known) / fsum(weight for weight, _ in known))
