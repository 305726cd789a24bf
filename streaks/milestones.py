"""Milestones: the first day on which a round number was reached, found by replay and stored nowhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate, count, takewhile
from typing import TypeVar

from ..parsers.units import unit_key
from .figures import Figures
from .strength import strengths
from .turns import Outcome, Turn, Turns

STREAKS = {
    "days": (3, 7, 14, 30, 60, 100, 200, 365),
    "weeks": (4, 8, 13, 26, 52),
    "months": (3, 6, 12),
    "quarters": (2, 4),
    "years": (1, 2),
}
STRENGTHS = tuple(Decimal(step) / 100 for step in (20, 40, 60, 80))
PROGRESS = tuple(Decimal(step) / 100 for step in (25, 50, 75, 100))
RANK = ("progress", "streak", "wins", "amount", "strength")
"""The kinds of milestones, the one that is told first before the others."""

Place = TypeVar("Place")


@dataclass(frozen=True, slots=True)
class Milestone:
    """A round number and the first day on which it was reached.

    `kind` is `streak` (`value` turns in a row, `unit` as that of the streak), `wins`, `amount` (of `unit`), `strength` or
    `progress` (`value` a share of 1). Of those of one kind and unit that fall on one day only the highest is kept.
    """

    kind: str
    value: Decimal
    unit: str
    day: date


def milestones(figures: Figures, *, streaks: bool = True) -> tuple[Milestone, ...]:
    """Return a micro-win's milestones by day, the first time that each was reached; without `streaks` none of a streak.

    A box that is unticked takes its milestone with it. Wins and amounts of unknown days are left out, and so are those
    of a limit, whose ticks are no wins.
    """
    found = list(_of_streaks(figures)) if streaks else []
    if not figures.is_limit:
        found += _of_wins(figures)
        found += _of_amounts(figures)
    found += _of_strengths(figures)
    return _in_order(found)


def progress_milestones(
    reached: Iterable[tuple[date, float]], progress: float | None
) -> tuple[Milestone, ...]:
    """Return the milestones of a goal from its progress day by day, as far as its progress reaches now."""
    if progress is None:
        return ()
    exact = ((day, Decimal(str(round(share, 9)))) for day, share in reached)
    found = _first_days("progress", "", exact, PROGRESS)
    return _in_order(one for one in found if float(one.value) <= progress + 1e-9)


def is_on_the_way(progress: float | None) -> bool:
    """Return whether a goal's progress has reached a milestone at all."""
    return progress is not None and float(PROGRESS[0]) <= progress + 1e-9


def reached_on(found: Iterable[Milestone], day: date) -> tuple[Milestone, ...]:
    """Return the milestones that were reached on `day`, the one of the highest rank first."""
    return tuple(sorted((one for one in found if one.day == day), key=lambda one: RANK.index(one.kind)))


def round_numbers(start: int = 1) -> Iterator[Decimal]:
    """Yield the round numbers of totals: 1, 10, 25, 50, 100, 250, 500, 1000, 2500 and so on without end.

    >>> [int(one) for one in takewhile(lambda one: one <= 1000, round_numbers())]
    [1, 10, 25, 50, 100, 250, 500, 1000]
    """
    if start <= 1:
        yield Decimal(1)
    for power in count():
        for step in (10, 25, 50):
            value = Decimal(step * 10**power)
            if value >= start:
                yield value


def streak_steps(unit: str) -> Iterator[int]:
    """Yield the lengths of a streak that are milestones, without end: the last one is followed by its multiples.

    >>> list(takewhile(lambda one: one <= 120, streak_steps("weeks")))
    [4, 8, 13, 26, 52, 104]
    """
    steps = STREAKS.get(unit, STREAKS["days"])
    yield from steps
    yield from (steps[-1] * factor for factor in count(2))


def satisfied_on(turn: Turn, figures: Figures) -> date:
    """Return the day on which a satisfied turn had all that it asks for."""
    if turn.first is None or turn.last is None:
        return turn.slot.end
    if turn.first == turn.last:
        return turn.last
    days = sorted(day for day in figures.history if turn.first <= day <= turn.last)
    phase = figures.win.phase_on(turn.slot.start)
    if phase is None or phase.target is None:
        done = [day for day in days if figures.history[day].done]
        return done[min(turn.slot.needed, len(done)) - 1] if done and turn.slot.needed else turn.last
    unit = unit_key(phase.target.unit)
    needed = phase.target.amount * max(turn.slot.available, 1) / turn.slot.days
    total = Decimal(0)
    for day in days:
        entry = figures.history[day]
        given = entry.amounts.get(unit, Decimal(0))
        total += max(given, phase.target.amount) if entry.bare else given
        if total >= needed:
            return day
    return turn.last


def _of_streaks(figures: Figures) -> Iterator[Milestone]:
    """Yield the first streak that was so long; a later one of the same length is none."""
    longest, turns = 0, figures.turns
    for streak in figures.streaks:
        if streak.count <= longest:
            continue
        new = [step for step in _steps_up_to(streak.count, figures.unit) if step > longest]
        longest = streak.count
        if new:
            inside = list(_satisfied_between(turns, streak.start.toordinal(), streak.end.toordinal()))
            for step in new:
                day = satisfied_on(turns[inside[step - 1]], figures) if step <= len(inside) else streak.end
                yield Milestone("streak", Decimal(step), figures.unit, day)


def _steps_up_to(most: int, unit: str) -> Iterator[int]:
    return takewhile(lambda step: step <= most, streak_steps(unit))


def _satisfied_between(turns: Turns, start: int, end: int) -> Iterator[int]:
    """Yield the places of the turns that were satisfied inside of these days (ordinals)."""
    for place, outcome in enumerate(turns.outcomes):
        if (
            outcome == "#"
            and start <= (turns.firsts[place] or turns.starts[place])
            and (turns.lasts[place] or turns.ends[place]) <= end
        ):
            yield place


def _of_wins(figures: Figures) -> Iterator[Milestone]:
    days = figures.ordinals_done
    for step in takewhile(lambda step: step <= len(days), round_numbers()):
        yield Milestone("wins", step, "wins", date.fromordinal(days[int(step) - 1]))


def _of_amounts(figures: Figures) -> Iterator[Milestone]:
    if not any(entry.amounts for entry in figures.history.entries):
        return
    history = sorted((day, entry) for day, entry in figures.history.items() if day <= figures.now.today)
    for unit in sorted({unit for _, entry in history for unit in entry.amounts} - {figures.win.reading}):
        days = [(day, entry.amounts[unit]) for day, entry in history if unit in entry.amounts]
        sums = accumulate(amount for _, amount in days)
        reached = zip((day for day, _ in days), sums, strict=True)
        yield from _first_days("amount", unit, reached, round_numbers(10))


def _of_strengths(figures: Figures) -> Iterator[Milestone]:
    turns = figures.turns
    for place, step in _crossings(_new_heights(strengths(turns)), STRENGTHS):
        turn = turns[place]
        day = satisfied_on(turn, figures) if turn.outcome is Outcome.SATISFIED else turn.slot.end
        yield Milestone("strength", step, "", day)


def _new_heights(values: Iterable[float]) -> Iterator[tuple[int, float]]:
    """Yield the places of the values that are higher than all before them: no other reaches a step first."""
    highest = 0.0
    for place, value in enumerate(values):
        if value > highest:
            highest = value
            yield place, value


def _first_days(
    kind: str, unit: str, reached: Iterable[tuple[date, Decimal]], steps: Iterable[Decimal]
) -> Iterator[Milestone]:
    """Yield each step with the first day on which it was reached; of several on one day only the highest."""
    return (Milestone(kind, step, unit, day) for day, step in _crossings(reached, steps))


def _crossings(
    reached: Iterable[tuple[Place, Decimal | float]], steps: Iterable[Decimal]
) -> Iterator[tuple[Place, Decimal]]:
    """Yield the places, in order with how far it had come there, at which steps were reached first; of several the highest."""
    ahead = iter(steps)
    step = next(ahead, None)
    for place, value in reached:
        crossed = None
        while step is not None and step <= value:
            crossed, step = step, next(ahead, None)
        if crossed is not None:
            yield place, crossed
        if step is None:
            return


def _in_order(found: Iterable[Milestone]) -> tuple[Milestone, ...]:
    highest: Mapping[tuple[str, str, date], Milestone] = {
        (one.kind, one.unit, one.day): one for one in sorted(found, key=lambda one: one.value)
    }
    return tuple(sorted(highest.values(), key=lambda one: (one.day, RANK.index(one.kind), one.unit)))
