"""A heat map before it is drawn: each day with its wins and its shade, as a function of the figures alone."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from itertools import takewhile

from ..streaks.calendar import DAY, period_start
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.turns import Outcome, Turns, turn_on
from ..streaks.vault_figures import VaultFigures
from .words import say

SHADES = 4
"""Shades of a day with wins, the last one the strongest."""
_SPREAD = {1: (4,), 2: (2, 4), 3: (1, 3, 4), 4: (1, 2, 3, 4)}
DONE, EMPTY, NEUTRAL, OPEN, OUTSIDE = "X", "·", "-", "o", " "
Asked = Callable[[Sequence[date]], Mapping[date, Iterable[str]]]
"""Gives, for days without wins, what each of them was: marks of which one shows."""


@dataclass(frozen=True, slots=True)
class Span:
    """The days that are shown, both included; `year` where they are a whole calendar year, else so many `months`."""

    first: date
    last: date
    year: int | None = None
    months: int = 12


@dataclass(frozen=True, slots=True)
class Heat:
    """The days of a span with one mark and the wins of each.

    A mark is X for a day with wins, - for a neutral one (rest, pause, skip), o for one that is still open, · for one
    that was due, and a blank for days on which nothing was due, for those before the first one and those to come.
    `bounds` are the fewest wins of each shade that is used. With `at_most` a win is a turn of a limit that was kept.
    """

    span: Span
    marks: str
    wins: tuple[int, ...]
    bounds: tuple[int, ...]
    week_start: int
    today: date
    at_most: bool = False

    @property
    def all_wins(self) -> int:
        """The wins of all days."""
        return sum(self.wins)

    @property
    def days(self) -> int:
        """The days with wins."""
        return self.marks.count(DONE)

    def shade(self, place: int) -> int:
        """Return the shade of a day with wins, 1 to 4."""
        rank = sum(bound <= self.wins[place] for bound in self.bounds)
        return _SPREAD[len(self.bounds)][rank - 1]

    @property
    def is_plain(self) -> bool:
        """Whether a day can only be done or not."""
        return max(self.wins, default=0) <= 1

    @property
    def legend(self) -> Iterator[tuple[int, str]]:
        """Each shade with what it stands for: the wins `1`, `2–3`, `4+`, or that a day is done where there is no more to it."""
        if self.is_plain:
            word = say("picture.kept_one" if self.at_most else "picture.done")
            yield from ((_SPREAD[len(self.bounds)][place], word) for place in range(len(self.bounds)))
            return
        for place, bound in enumerate(self.bounds):
            last = [*self.bounds[1:], max(self.wins) + 1][place] - 1
            shown = f"{bound}–{last}" if last > bound else f"{bound}"
            if place == len(self.bounds) - 1 and last > bound:
                shown = f"{bound}+"
            yield _SPREAD[len(self.bounds)][place], shown

    def cells(self) -> Iterator[tuple[int, int, int]]:
        """Yield each day's place in the marks, its column (a week) and its row (0 is the first day of the week)."""
        offset = (self.span.first - period_start(self.span.first, "week", self.week_start)).days
        for place in range(len(self.marks)):
            yield place, (place + offset) // 7, (place + offset) % 7

    @property
    def columns(self) -> int:
        """The number of weeks that are shown."""
        offset = (self.span.first - period_start(self.span.first, "week", self.week_start)).days
        return (len(self.marks) + offset + 6) // 7

    def months(self) -> Iterator[tuple[int, int]]:
        """Yield the column in which each month begins, and its number; the first one only where there is room for it."""
        begins = [(column, self.span.first + place * DAY) for place, column, _ in self.cells()]
        firsts = [(column, day.month) for column, day in begins if day.day == 1]
        if begins[0][1].day != 1 and (not firsts or firsts[0][0] > 2):
            yield 0, begins[0][1].month
        yield from firsts


def span_of(today: date, year: int | None, months: int) -> Span:
    """Return a calendar year, or so many months up to today."""
    if year is not None:
        return Span(date(year, 1, 1), date(year, 12, 31), year)
    whole = today.year * 12 + today.month - 1 - months
    length = monthrange(whole // 12, whole % 12 + 1)[1]
    return Span(date(whole // 12, whole % 12 + 1, min(today.day, length)) + DAY, today, months=months)


def vault_heat(figures: VaultFigures, span: Span) -> Heat:
    """Return the heat map of all wins of a vault; its micro-wins, if it has any, say what was due on the other days."""
    days, wins = days_of(span), [win for win in figures.wins if not win.is_limit] or [figures.days]
    all_wins = [figures.wins_a_day.get(day, 0) for day in days]
    return _heat(figures, span, all_wins, partial(_asked, wins))


def goal_heat(figures: VaultFigures, goal: GoalFigures, span: Span) -> Heat:
    """Return the heat map of the micro-wins of a goal and of all goals below it; those of limits are no wins."""
    return _heat_of(figures, [win for win in tree_wins(figures, goal) if not win.is_limit], span)


def win_heat(figures: VaultFigures, win: Figures, span: Span) -> Heat:
    """Return the heat map of one micro-win: done or not; of a limit, kept or not."""
    if not win.is_limit:
        return _heat_of(figures, [win], span)
    row = _limit_marks(win, days_of(span))
    marks = dict(zip(days_of(span), row, strict=True))
    return replace(_heat(figures, span, [int(mark == DONE) for mark in row], lambda _: marks), at_most=True)


def _heat_of(figures: VaultFigures, wins: Sequence[Figures], span: Span) -> Heat:
    """Return the heat map of some micro-wins, each of them one win a day."""
    days = days_of(span)
    done = Counter(day for win in wins for day in win.days_done if span.first <= day <= span.last)
    return _heat(figures, span, [done[day] for day in days], partial(_asked, wins))


def _limit_marks(win: Figures, days: Sequence[date]) -> list[str]:
    """Return a mark for each day of the turns of a limit: one that was kept is X on all of its days."""
    shown = {Outcome.SATISFIED: DONE, Outcome.MISSED: EMPTY, Outcome.NEUTRAL: NEUTRAL, Outcome.OPEN: OUTSIDE}
    by_day: dict[date, str] = {}
    for turn in takewhile(lambda turn: turn.slot.end >= days[0], reversed(win.turns)):
        length = (turn.slot.end - turn.slot.start).days + 1
        by_day |= {turn.slot.start + offset * DAY: shown[turn.outcome] for offset in range(length)}
    return [by_day.get(day, OUTSIDE) for day in days]


def tree_wins(figures: VaultFigures, goal: GoalFigures) -> list[Figures]:
    """Return the micro-wins of a goal and of all goals below it."""
    waiting, found = [goal], list[Figures]()
    while waiting:
        one = waiting.pop(0)
        found += one.wins
        waiting += [below for path in one.children if (below := figures.goal(path)) is not None]
    return found


def days_of(span: Span) -> list[date]:
    """Return the days of a span in order."""
    return [span.first + offset * DAY for offset in range((span.last - span.first).days + 1)]


def _heat(figures: VaultFigures, span: Span, wins: Sequence[int], asked: Asked) -> Heat:
    """Return the heat map of a span with the wins of each day; `asked` gives the marks of those without any."""
    today, days = figures.now.today, days_of(span)
    bare = [day for day, number in zip(days, wins, strict=True) if not number and day <= today]
    marks = asked(bare)
    told = {day: _mark(marks[day], OPEN if day == today else OUTSIDE) for day in bare}
    shown = "".join(told.get(day, DONE if day <= today else OUTSIDE) for day in days)
    counted = tuple(number if mark == DONE else 0 for number, mark in zip(wins, shown, strict=True))
    return Heat(span, shown, counted, shade_bounds(counted), figures.now.week_start, today)


def _mark(found: Iterable[str], nothing: str) -> str:
    """Return the mark of a day without wins: one thing that was due is enough for a pale day."""
    return next((mark for mark in (EMPTY, OPEN, NEUTRAL) if mark in found), nothing)


def _asked(wins: Iterable[Figures], days: Sequence[date]) -> dict[date, set[str]]:
    """Return what days without a win, which are in order, were for micro-wins, until one is found that was due."""
    found = {day: set[str]() for day in days}
    waiting = days
    for win in wins:
        if not waiting:
            break
        turns = win.turns_since(waiting[0])
        for day in waiting:
            found[day].add(_due(win, turns, day))
        waiting = [day for day in waiting if EMPTY not in found[day]]
    return found


def _due(win: Figures, turns: Turns, day: date) -> str:
    """Return what one day without a win was for a micro-win with these turns, as a calendar of X's tells it."""
    entry, turn = win.history.get(day), turn_on(turns, day)
    if turn is not None and turn.outcome is Outcome.NEUTRAL:
        return NEUTRAL
    if turn is not None and turn.slot.end == day and turn.outcome is Outcome.MISSED:
        return EMPTY
    if turn is not None and turn.slot.start == day == turn.slot.end and turn.outcome is Outcome.OPEN:
        return OPEN
    return NEUTRAL if entry is not None and entry.skipped else OUTSIDE


def shade_bounds(wins: Iterable[int]) -> tuple[int, ...]:
    """Return the fewest wins of each shade: quarters of what a good day has, so that one great day does not pale the rest."""
    some = sorted(number for number in wins if number)
    if not some:
        return ()
    good = some[min(len(some) * 9 // 10, len(some) - 1)]
    return tuple(sorted({good * shade // SHADES + 1 for shade in range(SHADES)} & set(range(1, good + 1))))
