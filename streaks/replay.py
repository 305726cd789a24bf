"""The replay of a micro-win: from its rules and its record to its turns, as of a day."""

from __future__ import annotations

from array import array
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache, partial
from itertools import takewhile
from operator import mul

from ..parsers.schedule import Limit, Rolling, Rule
from ..parsers.task import Quantity
from ..parsers.units import unit_key
from .calendar import NeutralDays, Now
from .limits import limit_turns
from .micro_win import MicroWin, Phase
from .record import Neutral, Record, amount_of, satisfies
from .rolling import Timeline, rolling_turns, timeline
from .slots import (
    DAY_SLIP_WINDOW,
    Bounds,
    Measure,
    Span,
    day_length,
    due_days,
    needed_times,
    slip_window,
    slots,
)
from .stretches import Stretch, stretches
from .turns import Section, Turns, joined

_CLOSED = bytes.maketrans(b"\x00\x01\x02\x03", b"x-##")
_OPEN = bytes.maketrans(b"\x00\x01\x02\x03", b"?-##")
_SHARES = bytes(one == ord("#") for one in range(256))
_DONE = 2
"""What a byte of a day says: 1 it is neutral, 2 it is done, 3 both."""


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a replay depends on. `logged` are the days with a daily note; None stands for every day."""

    win: MicroWin
    record: Record
    now: Now
    start: date
    last_box: date | None = None
    logged: Container[date] | None = None

    def stretches(self) -> Iterator[Stretch]:
        """Yield the stretches of the micro-win that have rules to count by or not, in order."""
        return stretches(self.win, self.start, self.last_box)

    def neutral(self, phase: Phase) -> Neutral:
        """Return the neutral days of a phase: `-` is one of them, unless all that the day asks for was done all the same."""
        planned = self.win.neutral | NeutralDays(phase.rest)
        skipped = [day for day in self.record.skipped if not satisfies(self.record.entry(day), phase.target)]
        return Neutral(planned, skipped)


def turns_until_today(facts: Facts) -> Turns:
    """Return the turns that have begun by today."""
    parts = []
    for stretch in facts.stretches():
        if stretch.first > facts.now.today:
            break
        rule = stretch.phase.rule
        made = _turns(stretch, rule, facts) if rule is not None else Turns()
        window = slip_window(rule) if rule is not None else DAY_SLIP_WINDOW
        parts.append((made, stretch.apart, _section(window)))
    return joined(parts)


@cache
def _section(slip_window: int) -> Section:
    return Section(0, slip_window)


def timeline_of(stretch: Stretch, rule: Rolling, neutral: Neutral, facts: Facts) -> Timeline:
    """Return the days of a rolling window's stretch."""
    return timeline(stretch, rule, stretch.phase.target, facts.record, neutral, facts.now)


def _turns(stretch: Stretch, rule: Rule, facts: Facts) -> Turns:
    neutral = facts.neutral(stretch.phase)
    if isinstance(rule, Rolling):
        return rolling_turns(timeline_of(stretch, rule, neutral, facts), stretch, facts.now)
    last = facts.now.today if stretch.last is None else min(stretch.last, facts.now.today)
    first = stretch.first.toordinal()
    due = due_days(rule, stretch.anchor, first, last.toordinal(), facts.now.week_start)
    if due is not None:
        days = due if isinstance(due, range) else list(due)
        return _day_turns(days, day_length(rule), stretch, neutral, facts)
    begun = takewhile(lambda slot: slot[0] <= last.toordinal(), slots(rule, span_of(stretch, neutral, facts)))
    if isinstance(rule, Limit):
        return limit_turns(begun, rule, facts.record, facts.now, facts.logged)
    return _long_turns(list(begun), stretch.phase.target, facts)


def _day_turns(due: Sequence[int], length: float, stretch: Stretch, neutral: Neutral, facts: Facts) -> Turns:
    """Return the turns of single days, worked out for all of them at once: most turns are of this kind."""
    if not due:
        return Turns()
    first, last, target = due[0], due[-1], stretch.phase.target
    codes = neutral.mask(first, last)
    rested = any(codes)
    part: dict[int, float] = {}
    touched: set[int] = set()
    if target is None:
        for day in facts.record.done_between(first, last):
            codes[day - first] |= _DONE
    else:
        part, touched = _towards(target, first, last, facts.record)
        for day, share in part.items():
            if share >= 1:
                codes[day - first] |= _DONE
    closed = max(min(facts.now.closed_until.toordinal() - first + 1, len(codes)), 0)
    text = (codes[:closed].translate(_CLOSED) + codes[closed:].translate(_OPEN)).decode("ascii")
    daily = len(due) == len(codes)
    outcomes = text if daily else "".join([text[day - first] for day in due])
    whole: Measure = (1, length, 1, 1)
    rest: Measure = (1, length, 0, 1)
    if target is None:
        done = array("i", map(mul, due, outcomes.encode("ascii").translate(_SHARES)))
    else:
        done = array("i", [day if day in touched else 0 for day in due])
    return Turns(
        outcomes,
        [part.get(day, 0.0) for day in due] if part else outcomes.encode("ascii").translate(_SHARES),
        due,
        due,
        done,
        done,
        [rest if codes[day - first] & 1 else whole for day in due] if rested else [whole] * len(due),
    )


def _towards(target: Quantity, first: int, last: int, record: Record) -> tuple[dict[int, float], set[int]]:
    """Return the share of a target that each day reached, and the days on which anything was done for it."""
    shares: dict[int, float] = {}
    touched: set[int] = set()
    unit, whole = unit_key(target.unit), target.amount
    for day, entry in record.between(first, last):
        amount = entry.amounts.get(unit)
        if entry.bare or (amount is not None and amount >= whole):
            shares[day] = 1.0
        elif amount is not None:
            shares[day] = float(amount / whole)
        if entry.done or amount:
            touched.add(day)
    return shares, touched


def span_of(stretch: Stretch, neutral: Neutral, facts: Facts) -> Span:
    """Return the days that are cut into slots, and what was done on them."""
    return Span(
        stretch.anchor,
        stretch.first.toordinal(),
        stretch.last.toordinal() if stretch.last else None,
        facts.now.week_start,
        neutral.available,
        partial(_completed, facts.record, stretch.phase.target),
    )


def _completed(record: Record, target: Quantity | None, first: int, last: int) -> int | None:
    """Return the first of these days on which, counted from `first` on, all is done that is asked for, or None."""
    if target is None:
        return record.first_done(first, last)
    total = Decimal(0)
    for day, entry in record.between(first, last):
        total += amount_of(entry, target)
        if total >= target.amount:
            return day
    return None


def _long_turns(found: Sequence[Bounds], target: Quantity | None, facts: Facts) -> Turns:
    """Return the turns of slots that may hold several days."""
    closed = facts.now.closed_until.toordinal()
    outcomes: list[str] = []
    shares: list[float] = []
    firsts: list[int] = []
    lasts: list[int] = []
    for start, end, measure in found:
        share, done = _achieved(start, end, measure, target, facts.record)
        if share >= 1:
            outcomes.append("#")
        else:
            outcomes.append("-" if not measure[2] else "x" if end <= closed else "?")
        shares.append(share)
        firsts.append(done[0] if done else 0)
        lasts.append(done[-1] if done else 0)
    starts, ends, measures = zip(*found, strict=True) if found else ((), (), ())
    return Turns("".join(outcomes), shares, list(starts), list(ends), firsts, lasts, list(measures))


def _achieved(
    start: int, end: int, measure: Measure, target: Quantity | None, record: Record
) -> tuple[float, Sequence[int]]:
    """Return how much of what a slot asks for was achieved, from 0 to 1, and the days on which it was worked on.

    The days available shrink a quota and a target.
    """
    if target is None:
        done = record.done_between(start, end)
        return min(1.0, len(done) / max(needed_times(measure), 1)), done
    amounts = [(day, entry.done, amount_of(entry, target)) for day, entry in record.between(start, end)]
    if not amounts:
        return 0.0, ()
    needed = needed_amount(measure, target)
    got = sum((amount for _, _, amount in amounts), Decimal(0))
    share = float(min(Decimal(1), got / needed)) if needed > 0 else 1.0
    return share, [day for day, done, amount in amounts if done or amount]


def needed_amount(measure: Measure, target: Quantity) -> Decimal:
    """Return the amount that a slot asks for: its available days' part of the target."""
    _, _, available, days = measure
    return target.amount * max(available, 1) / days
