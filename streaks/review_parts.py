"""What one micro-win, and one goal, came to in a period."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from ..parsers.day_range import DayRange
from ..parsers.units import unit_key
from .calendar import DAY
from .consistency import consistency
from .figures import Figures
from .goal_figures import GoalFigures
from .history import without_reading
from .lookback import Lookback
from .strength import strength
from .turns import Turns


@dataclass(frozen=True, slots=True)
class TurnCounts:
    """How many turns of a period came to what; a turn belongs to the period in which its last day lies."""

    satisfied: int = 0
    missed: int = 0
    open: int = 0
    neutral: int = 0

    def __add__(self, other: TurnCounts) -> TurnCounts:
        """Return both taken together."""
        return TurnCounts(
            self.satisfied + other.satisfied,
            self.missed + other.missed,
            self.open + other.open,
            self.neutral + other.neutral,
        )

    @property
    def closed(self) -> int:
        """How many count: those that were satisfied or missed."""
        return self.satisfied + self.missed

    @property
    def rate(self) -> float | None:
        """The share of the closed ones that was satisfied, or None where none is closed."""
        return self.satisfied / self.closed if self.closed else None


@dataclass(frozen=True, slots=True)
class WinReview:
    """A micro-win in a period: `figures` as they stood at its end, the rest for the period alone.

    `strength_before` is that before the period's first day, None where no turn was closed by then. `grown` is the
    number of turns that the running streak won in the period. The ticks of a limit are no wins.
    """

    figures: Figures
    wins: int
    wins_before: int
    turns: TurnCounts
    turns_before: TurnCounts
    amounts: Mapping[str, Decimal]
    strength_before: float | None
    consistency_before: Mapping[int, float | None]
    grown: int

    @property
    def is_longest(self) -> bool:
        """Whether the running streak is the longest so far."""
        return self.figures.streak is not None and self.figures.streak == self.figures.best

    @property
    def is_shown(self) -> bool:
        """Whether anything was due or done in the period."""
        return self.turns != TurnCounts() or self.wins > 0


@dataclass(frozen=True, slots=True)
class GoalReview:
    """A goal in a period. `progress_before` is that before its first day, None where that is not known."""

    figures: GoalFigures
    wins: tuple[WinReview, ...]
    progress_before: float | None
    steps: int

    @property
    def count(self) -> int:
        """The wins of its micro-wins in the period: as many votes for its identity."""
        return sum(win.wins for win in self.wins)

    @property
    def amounts(self) -> Mapping[str, Decimal]:
        """The amounts of the period, by unit; those of limits and the goal's readings are none to add up."""
        sums = sum_amounts(win.amounts for win in self.wins if not win.figures.is_limit)
        measure = self.figures.goal.measure
        if measure is not None and measure.start is not None:
            sums.pop(unit_key(measure.unit), None)
        return sums


def review_win(figures: Figures, look: Lookback, span_before: DayRange) -> WinReview:
    """Return what a micro-win came to; `figures` are those of the period's last day that has come."""
    turns = figures.turns
    before = turns[: bisect_left(turns.ends, look.start.toordinal())]
    closed = "#" in before.outcomes or "x" in before.outcomes
    return WinReview(
        figures=figures,
        wins=_wins(figures, look.days),
        wins_before=_wins(figures, span_before),
        turns=count_turns(turns, DayRange(look.start, look.end)),
        turns_before=count_turns(turns, span_before),
        amounts=sum_amounts(
            without_reading(entry.amounts, figures.win.reading)
            for day, entry in figures.history.items()
            if day in look.days
        ),
        strength_before=strength(before) if closed else None,
        consistency_before={
            days: window.rate for days, window in consistency(before, look.start - DAY).items()
        },
        grown=_grown(figures, look),
    )


def count_turns(turns: Turns, span: DayRange) -> TurnCounts:
    """Return what became of the turns that end in a span of days."""
    first = bisect_left(turns.ends, span.start.toordinal())
    last = bisect_right(turns.ends, (span.end or span.start).toordinal())
    outcomes = turns.outcomes[first:last]
    return TurnCounts(*(outcomes.count(mark) for mark in "#x?-"))


def sum_amounts(parts: Iterable[Mapping[str, Decimal]]) -> dict[str, Decimal]:
    """Return the sums of amounts, by unit in the order of their names."""
    sums: dict[str, Decimal] = {}
    for part in parts:
        for unit, amount in part.items():
            sums[unit] = sums.get(unit, Decimal(0)) + amount
    return dict(sorted(sums.items()))


def _wins(figures: Figures, span: DayRange) -> int:
    return sum(1 for day in figures.days_done if day in span)


def _grown(figures: Figures, look: Lookback) -> int:
    streak, turns = figures.streak, figures.turns
    if streak is None:
        return 0
    first = max(streak.start, look.start).toordinal()
    return sum(
        1 for mark, last in zip(turns.outcomes, turns.lasts, strict=True) if mark == "#" and last >= first
    )
