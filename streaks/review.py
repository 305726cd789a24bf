"""A look back over a period: its wins, turns, amounts and goals, and how they moved. Values only, no words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..parsers.day_range import DayRange
from ..parsers.units import unit_key
from .calendar import DAY, next_period, period_start
from .goal_figures import GoalFigures
from .history import Entry
from .lookback import Lookback, days_in
from .review_life import ReviewLife, Sources, review_life
from .review_parts import GoalReview, TurnCounts, WinReview, review_win, sum_amounts
from .vault_figures import VaultFigures


@dataclass(frozen=True, slots=True)
class DaysCount:
    """The wins of some days in a row, and on how many of these days there was any."""

    start: date
    wins: int
    days_with_wins: int


@dataclass(frozen=True, slots=True)
class Review:
    """What a period came to.

    `days` has the wins of each of its days up to `until`, which is today only if today is closed or has a win. Those
    before `first`, the day of the first win of all, are nobody's days without one. `months` has the wins of the months
    of a quarter or a year, `before` those of as many days of the period before, `units` the spelling of each unit.
    """

    look: Lookback
    first: date
    until: date
    days: Mapping[date, int]
    months: tuple[DaysCount, ...]
    before: DaysCount
    goals: tuple[GoalReview, ...]
    life: ReviewLife
    units: Mapping[str, str] = field(default_factory=dict)

    @property
    def total(self) -> DaysCount:
        """All wins of the period."""
        return _count(DayRange(self.look.start, self.until), self.days)

    @property
    def wins(self) -> tuple[WinReview, ...]:
        """The micro-wins of all goals for which there was anything to do, in the order of the goals."""
        return tuple(win for goal in self.goals for win in goal.wins if win.is_shown)

    @property
    def other_wins(self) -> int:
        """Wins that belong to no micro-win."""
        return self.total.wins - sum(goal.count for goal in self.goals)

    @property
    def counted_days(self) -> int:
        """How many days count: from the first win of all on."""
        return max((self.until - self.first).days + 1, 0)

    @property
    def per_day(self) -> float:
        """The mean number of wins a day that counts, 0 where none does yet."""
        return self.total.wins / self.counted_days if self.counted_days else 0.0

    @property
    def best_day(self) -> date | None:
        """The day with the most wins, of several the first; None where there is no win."""
        best = max(self.days, key=lambda day: (self.days[day], -day.toordinal()), default=None)
        return best if best is not None and self.days[best] else None

    @property
    def turns(self) -> TurnCounts:
        """What became of the turns of all micro-wins."""
        return sum((win.turns for win in self.wins), TurnCounts())

    @property
    def turns_before(self) -> TurnCounts:
        """The same for the period before."""
        return sum((win.turns_before for win in self.wins), TurnCounts())

    @property
    def amounts(self) -> Mapping[str, Decimal]:
        """The amounts of the period, by unit."""
        return sum_amounts(goal.amounts for goal in self.goals)

    @property
    def grown(self) -> tuple[WinReview, ...]:
        """The micro-wins whose running streak grew to two turns or more, the longest so far and the longest first."""
        found = [
            win for win in self.wins if win.grown and win.figures.streak and win.figures.streak.count > 1
        ]
        return tuple(sorted(found, key=lambda win: (not win.is_longest, -_count_of(win))))


def review(
    look: Lookback,
    figures: VaultFigures,
    eve: VaultFigures,
    sources: Sources,
) -> Review:
    """Return what the period came to.

    `figures` are those of its last day that has come, `eve` those of the day before its first one; the boxes of
    `sources` are those of the period. The work grows with the turns and boxes of the vault, not with their square.
    """
    wins_by_day, until = sources.wins_by_day, look.until
    if figures.now.closed_until < until and not wins_by_day.get(until):
        until -= DAY
    before = look.before(until)
    first = max(look.start, min(wins_by_day, default=look.start))
    at_start = _progress(eve)
    return Review(
        look=look,
        first=first,
        until=until,
        days={day: wins_by_day.get(day, 0) for day in days_in(DayRange(look.start, until))},
        months=tuple(_months(look, DayRange(first, until), wins_by_day)) if wins_by_day else (),
        before=_count(before, wins_by_day),
        goals=tuple(
            GoalReview(
                figures=goal,
                wins=tuple(review_win(win, look, before) for win in goal.wins),
                progress_before=at_start.get(goal.goal.path),
                steps=goal.steps.done - _steps_done(eve.goal(goal.goal.path)),
            )
            for goal in figures.goals
        ),
        life=review_life(figures, look.days, sources),
        units=_spellings(sources.boxes),
    )


def _steps_done(goal: GoalFigures | None) -> int:
    return goal.steps.done if goal is not None else 0


def _count_of(win: WinReview) -> int:
    return win.figures.streak.count if win.figures.streak else 0


def _spellings(entries: Iterable[Entry]) -> dict[str, str]:
    """Return how each unit is written: the longest spelling, so that the plural comes before the singular."""
    found: dict[str, str] = {}
    for unit in sorted({quantity.unit for entry in entries for quantity in entry.quantities}):
        key = unit_key(unit)
        found[key] = max(found.get(key, ""), unit, key=len)
    return found


def _count(span: DayRange, wins_by_day: Mapping[date, int]) -> DaysCount:
    wins = [wins_by_day.get(day, 0) for day in days_in(span)]
    return DaysCount(span.start, sum(wins), sum(1 for count in wins if count))


def _progress(eve: VaultFigures) -> dict[str, float | None]:
    """Return the progress of each goal, None where a part of it was reached on a day that nobody knows."""
    dated: dict[str, bool] = {}
    for goal in reversed(eve.goals):
        dated[goal.goal.path] = _is_dated(goal) and all(dated[child] for child in goal.children)
    return {goal.goal.path: goal.progress if dated[goal.goal.path] else None for goal in eve.goals}


def _is_dated(goal: GoalFigures) -> bool:
    """Return whether the day of every step is known, and of every repetition that is a part of the progress."""
    counts = goal.goal.measure is not None or any(win.win.count for win in goal.wins)
    return not goal.steps.undated and not (
        counts and any(win.votes < win.totals.wins.all for win in goal.wins)
    )


def _months(look: Lookback, span: DayRange, wins_by_day: Mapping[date, int]) -> Iterable[DaysCount]:
    """Yield the months of a quarter or a year that hold days that count."""
    until = span.end or span.start
    start = period_start(span.start, "month")
    while look.kind in {"quarter", "year"} and start <= until:
        following = next_period(start, "month")
        yield _count(DayRange(start, min(following - DAY, until)), wins_by_day)
        start = following
