"""The last chances of turns: by which day each can still be satisfied, of those that are open and of those to come."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from ..parsers.schedule import EveryDays, Limit, Rolling, Rule
from ..parsers.task import Quantity
from .record import Neutral
from .replay import Facts, span_of, timeline_of
from .rolling import TOO_LATE, chance
from .rolling import coming_chances as rolling_chances
from .slots import Measure, due_days, needed_times, slip_window, slots
from .stretches import Stretch
from .turns import Turns

_HORIZON = timedelta(days=800)


def coming_chances(facts: Facts) -> Iterator[tuple[int | None, int]]:
    """Yield the last days (ordinals) that can satisfy the turns after today, with the slip window of each.

    The day is None where the turn is satisfied already. They reach as far as two years and more; a gap in which it is not active ends them, since a streak ends there
    without a miss. Under a limit nothing is to be done by a day.
    """
    for stretch in facts.stretches():
        rule = stretch.phase.rule
        if stretch.last is not None and stretch.last <= facts.now.today:
            continue
        if stretch.first > facts.now.today and stretch.apart:
            return
        if rule is not None and not isinstance(rule, Limit):
            window = slip_window(rule)
            for day in _coming(stretch, rule, facts):
                yield day, window


def chance_at(facts: Facts, turns: Turns, place: int) -> int | None:
    """Return the last day (ordinal) that can still satisfy the open turn at a place; None where it cannot be missed."""
    start, end = turns.starts[place], turns.ends[place]
    for stretch in facts.stretches():
        if stretch.last is not None and stretch.last.toordinal() < start:
            continue
        rule, neutral = stretch.phase.rule, facts.neutral(stretch.phase)
        if isinstance(rule, Limit):
            return TOO_LATE if turns.shares[place] < 1 else None
        if isinstance(rule, Rolling):
            return chance(timeline_of(stretch, rule, neutral, facts), start)
        done = facts.record.done_between(start, end)
        return _last_chance(start, end, turns.measures[place], stretch.phase.target, neutral, done)
    return None


def _last_chance(
    start: int,
    end: int,
    measure: Measure,
    target: Quantity | None,
    neutral: Neutral,
    done: Sequence[int] = (),
) -> int:
    """Return the last day from which on enough days are left to do what is lacking, the day before `start` if none is.

    A day counts once, and one day may bring all of an amount.
    """
    mask = neutral.mask(start, end)
    lacking = 1
    if target is None:
        lacking = max(needed_times(measure), 1) - len(done)
        for day in done:
            mask[day - start] = 1
    free = [day for day in range(start, end + 1) if not mask[day - start]]
    return free[-lacking] if lacking <= len(free) else start - 1


def _coming(stretch: Stretch, rule: Rule, facts: Facts) -> Iterator[int | None]:
    neutral = facts.neutral(stretch.phase)
    today = facts.now.today.toordinal()
    if isinstance(rule, Rolling) and stretch.first.toordinal() <= today:
        yield from rolling_chances(timeline_of(stretch, rule, neutral, facts))
        return
    last = (
        today + _HORIZON.days
        if stretch.last is None
        else min(stretch.last.toordinal(), today + _HORIZON.days)
    )
    first = max(stretch.first.toordinal(), today + 1)
    each = EveryDays() if isinstance(rule, Rolling) else rule
    due = due_days(each, stretch.anchor, first, last, facts.now.week_start)
    if due is not None:
        for day in due:
            if neutral.available(day, day):
                enough = rule is each or _needed(stretch, rule) <= neutral.available(day, last)
                yield day if enough else TOO_LATE
        return
    for start, end, measure in slots(rule, span_of(stretch, neutral, facts)):
        if start > today + _HORIZON.days:
            return
        if start > today and measure[2]:
            yield _last_chance(start, end, measure, stretch.phase.target, neutral)


def _needed(stretch: Stretch, rule: Rule) -> int:
    """Return how many days a window must have left; one day may bring all of an amount."""
    return rule.times if isinstance(rule, Rolling) and stretch.phase.target is None else 1
