"""Suggestions: a smaller step where one keeps being missed, a larger one where it has become easy. Never applied by itself."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from statistics import median

from ..parsers.line_words import read_quantities
from ..parsers.schedule import EveryDays, OnWeekdays
from ..parsers.schedule_text import schedule_text
from ..parsers.task import Quantity
from ..parsers.units import unit_key
from .calendar import DAY
from .figures import Figures
from .micro_win import Phase
from .strength import strengths
from .turns import Outcome, Turn

COOL_DOWN = timedelta(days=14)
"""So long after a suggestion there is no other one."""
STANDS = timedelta(days=7)
"""So long a suggestion is shown."""
LATELY, OFTEN = 5, 3
"""Of so many closed turns so many were missed: the step is too large."""
AMOUNTS = 7
"""The number of turns whose amounts are looked at."""
LAPSES, LAPSE_DAYS = 2, timedelta(days=30)
MOST_TURNS = 31
"""More turns than that do not end in so many days."""
WEEKDAY_TURNS, WEEKDAY_MISSES = 4, 3
EASY_STRENGTH, EASY_RATE, EASY_SHARE = 0.8, 0.9, Decimal("1.2")
_STEPS = (Decimal(5), Decimal(2), Decimal(1))


@dataclass(frozen=True, slots=True)
class Reason:
    """Why a suggestion is made, with its numbers.

    `missed`: `count` of the last `of` closed turns were missed. `lapses`: `count` lapses began in the last `of` days.
    `amount`: the median of the last `of` turns is `median`, with a target of `target`. `easy`: likewise, but well above.
    """

    kind: str
    count: int = 0
    of: int = 0
    median: Decimal | None = None
    target: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A proposal for a micro-win, made on `day` and shown for a week.

    `kind` is `fewer_days` (`schedule` leaves `weekday` out), `smaller` or `larger` (`amount` in place of the one asked
    for now), `minimum` (`text` is the smaller version that its goal declares) or `two_minutes`.
    """

    win: str
    day: date
    kind: str
    reason: Reason
    amount: Quantity | None = None
    text: str | None = None
    schedule: str | None = None
    weekday: int | None = None


def suggestion(figures: Figures) -> Suggestion | None:
    """Return the suggestion that stands on the day of the figures, or None.

    All suggestions ever made are replayed from the turns, so that the days without one after each need no memory. A new
    rule begins with turns of its own; a limit, what is not active and what is paused get none.
    """
    phase = figures.win.phase_on(figures.now.today)
    if phase is None or phase.rule is None or figures.is_limit or _is_put_aside(figures):
        return None
    last: Suggestion | None = None
    for closed in _closed(figures):
        if last is None or closed.day >= last.day + COOL_DOWN:
            last = _made(closed, figures) or last
    if last is None or last.day + STANDS <= figures.now.today or last.day < (phase.since or last.day):
        return None
    return last


def _is_put_aside(figures: Figures) -> bool:
    """Return whether it is archived or paused today."""
    win, today = figures.win, figures.now.today
    return win.retired or any(today in days for days in (*win.inactive, *win.neutral.pauses))


def half(amount: Decimal) -> Decimal | None:
    """Return the largest of 1, 2, 5, 10, 20, 50 and so on that is at most half of `amount`; None below 1.

    >>> half(Decimal(300)), half(Decimal(20)), half(Decimal(1))
    (Decimal('100'), Decimal('10'), None)
    """
    if amount < 2:
        return None
    power = Decimal(10) ** (amount / 2).adjusted()
    return next(step * power for step in _STEPS if step * power <= amount / 2)


def larger(amount: Decimal) -> Decimal:
    """Return `amount` and a fifth, rounded down to two digits: a small step up.

    >>> larger(Decimal(300)), larger(Decimal(10)), larger(Decimal(1))
    (Decimal('360'), Decimal('12'), Decimal('2'))
    """
    raised = amount * EASY_SHARE
    unit = Decimal(10) ** max(raised.adjusted() - 1, 0)
    return max(raised // unit * unit, amount + 1)


@dataclass(slots=True)
class _Closed:
    """The closed turns of one rule up to a day, the strength by then, and the ends of the lapses among them."""

    phase: Phase
    day: date = date.min
    turns: list[Turn] = field(default_factory=list)
    strength: float = 0.0
    lapses: list[date] = field(default_factory=list)
    missed: int = 0
    begun: bool = False

    def take(self, turn: Turn, strength: float) -> None:
        """Take in the next turn; two missed in a row after a completion are a lapse, which counts once."""
        self.day, self.strength = turn.slot.end + DAY, strength
        self.turns.append(turn)
        self.missed = self.missed + 1 if turn.outcome is Outcome.MISSED else 0
        if self.begun and self.missed == 2:
            self.lapses.append(turn.slot.end)
        self.begun = self.begun or turn.first is not None


def _closed(figures: Figures) -> Iterator[_Closed]:
    """Yield the closed turns once more with each that is added to them; a new rule begins with none."""
    closed: _Closed | None = None
    for turn, strength in zip(figures.turns, strengths(figures.turns), strict=True):
        if turn.outcome not in {Outcome.SATISFIED, Outcome.MISSED}:
            continue
        phase = figures.win.phase_on(turn.slot.start)
        if phase is None or turn.slot.end >= figures.now.today:
            continue
        if closed is None or closed.phase is not phase:
            closed = _Closed(phase)
        closed.take(turn, strength)
        yield closed


def _made(closed: _Closed, figures: Figures) -> Suggestion | None:
    """Return the suggestion for which there is ground on this day, were there none before it."""
    reason = _too_large(closed, figures)
    if reason is not None:
        return _smaller(figures, closed, reason)
    reason = _too_easy(closed, figures)
    return _larger(figures, closed, reason) if reason is not None else None


def _too_large(closed: _Closed, figures: Figures) -> Reason | None:
    lately = closed.turns[-LATELY:]
    missed = sum(turn.outcome is Outcome.MISSED for turn in lately)
    if missed >= OFTEN:
        return Reason("missed", missed, len(lately))
    lapses = sum(day >= closed.day - LAPSE_DAYS for day in closed.lapses)
    if lapses >= LAPSES:
        return Reason("lapses", lapses, LAPSE_DAYS.days)
    target = closed.phase.target
    middle = _median_amount(closed, figures)
    if middle is not None and target is not None and middle * 2 < target.amount:
        return Reason("amount", of=AMOUNTS, median=middle, target=target)
    return None


def _too_easy(closed: _Closed, figures: Figures) -> Reason | None:
    target = closed.phase.target
    if target is None or closed.strength < EASY_STRENGTH:
        return None
    lately = [turn for turn in closed.turns[-MOST_TURNS:] if turn.slot.end >= closed.day - LAPSE_DAYS]
    rate = sum(turn.outcome is Outcome.SATISFIED for turn in lately) / len(lately) if lately else 0.0
    middle = _median_amount(closed, figures)
    if rate < EASY_RATE or middle is None or middle < target.amount * EASY_SHARE:
        return None
    return Reason("easy", of=AMOUNTS, median=middle, target=target)


def _median_amount(closed: _Closed, figures: Figures) -> Decimal | None:
    """Return the median amount of the last seven turns in the target's unit; None where there are fewer, or no target."""
    target = closed.phase.target
    if target is None or len(closed.turns) < AMOUNTS:
        return None
    unit = unit_key(target.unit)
    return median(_amount(turn, target, unit, figures) for turn in closed.turns[-AMOUNTS:])


def _amount(turn: Turn, target: Quantity, unit: str, figures: Figures) -> Decimal:
    total = Decimal(0)
    for offset in range((turn.slot.end - turn.slot.start).days + 1):
        entry = figures.history.get(turn.slot.start + offset * DAY)
        if entry is not None:
            given = entry.amounts.get(unit, Decimal(0))
            total += max(given, target.amount) if entry.bare else given
    return total


def _smaller(figures: Figures, closed: _Closed, reason: Reason) -> Suggestion:
    """Return the next smaller step: without the weekday that is mostly missed, half the amount, the minimum, two minutes."""
    win, day = figures.win, closed.day
    weekday = _bad_weekday(closed)
    if weekday is not None:
        left = schedule_text(OnWeekdays(frozenset(_weekdays(closed.phase)) - {weekday}))
        return Suggestion(win.id, day, "fewer_days", reason, schedule=left, weekday=weekday)
    asked = closed.phase.target or _in_text(win.text)
    smaller = half(asked.amount) if asked is not None else None
    if asked is not None and smaller is not None and not _is_tiny(asked):
        return Suggestion(win.id, day, "smaller", reason, amount=Quantity(smaller, asked.unit))
    if win.minimum:
        return Suggestion(win.id, day, "minimum", reason, text=win.minimum)
    return Suggestion(win.id, day, "two_minutes", reason)


def _larger(figures: Figures, closed: _Closed, reason: Reason) -> Suggestion:
    target = closed.phase.target
    amount = Quantity(larger(target.amount), target.unit) if target is not None else None
    return Suggestion(figures.win.id, closed.day, "larger", reason, amount=amount)


def _bad_weekday(closed: _Closed) -> int | None:
    """Return the one weekday of which three of the last four turns were missed, where the others are not so."""
    weekdays = _weekdays(closed.phase)
    if len(weekdays) < 2:
        return None
    last: Mapping[int, deque[bool]] = {weekday: deque(maxlen=WEEKDAY_TURNS) for weekday in weekdays}
    for turn in closed.turns[-WEEKDAY_TURNS * 7 :]:
        if turn.slot.start.weekday() in last:
            last[turn.slot.start.weekday()].append(turn.outcome is Outcome.MISSED)
    bad = [weekday for weekday, missed in last.items() if sum(missed) >= WEEKDAY_MISSES]
    return bad[0] if len(bad) == 1 else None


def _weekdays(phase: Phase) -> tuple[int, ...]:
    match phase.rule:
        case EveryDays(1):
            return tuple(range(7))
        case OnWeekdays(weekdays, 1):
            return tuple(sorted(weekdays))
        case _:
            return ()


def _in_text(text: str) -> Quantity | None:
    found = read_quantities(text)
    return found[0][1] if len(found) == 1 else None


def _is_tiny(asked: Quantity) -> bool:
    return unit_key(asked.unit) == "min" and asked.amount <= 2
