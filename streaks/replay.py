"""The replay of a micro-win: from its rules and its record to its turns, as of a day."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..parsers.schedule import Limit, Rolling, Rule
from ..parsers.task import Quantity
from .calendar import NeutralDays, Now
from .history import DayEntry
from .limits import limit_turn
from .micro_win import MicroWin, Phase
from .record import Neutral, Record, amount_of, satisfies
from .rolling import Timeline, rolling_turns, timeline
from .slots import Slot, Span, day_length, due_days, slots
from .stretches import Stretch, stretches
from .turns import Measure, Outcome, Turn, Turns, joined

HORIZON = timedelta(days=800)
_CLOSED = bytes.maketrans(b"\x00\x01\x02\x03", b"x-##")
_OPEN = bytes.maketrans(b"\x00\x01\x02\x03", b"?-##")
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
        skipped = [
            day
            for day, entry in zip(self.record.days, self.record.entries, strict=True)
            if entry.skipped and not satisfies(entry, phase.target)
        ]
        return Neutral(planned, skipped)


def turns_until_today(facts: Facts) -> Turns:
    """Return the turns that have begun by today."""
    parts = []
    for stretch in facts.stretches():
        if stretch.first > facts.now.today:
            break
        if stretch.phase.rule is not None:
            parts.append((_turns(stretch, stretch.phase.rule, facts), stretch.apart))
    return joined(parts)


def coming_ends(facts: Facts) -> Iterator[date]:
    """Yield the last days of the turns that begin after today and are not neutral, until the micro-win pauses for good.

    They reach as far as two years and more; a gap in which it is not active ends them, since a streak ends there
    without a miss.
    """
    for stretch in facts.stretches():
        rule = stretch.phase.rule
        if stretch.last is not None and stretch.last <= facts.now.today:
            continue
        if stretch.apart and stretch.first > facts.now.today:
            return
        if rule is not None and not isinstance(rule, Rolling):
            yield from _coming(stretch, rule, facts)


def rolling_now(facts: Facts) -> Timeline | None:
    """Return the timeline of the rolling rule that holds today, or None where it is another."""
    today = facts.now.today
    for stretch in facts.stretches():
        rule = stretch.phase.rule
        if stretch.first <= today and (stretch.last is None or today <= stretch.last):
            if isinstance(rule, Rolling):
                neutral = facts.neutral(stretch.phase)
                return timeline(stretch, rule, stretch.phase.target, facts.record, neutral, facts.now)
            return None
    return None


def _turns(stretch: Stretch, rule: Rule, facts: Facts) -> Turns:
    neutral = facts.neutral(stretch.phase)
    if isinstance(rule, Rolling):
        line = timeline(stretch, rule, stretch.phase.target, facts.record, neutral, facts.now)
        return rolling_turns(line, stretch, facts.now)
    last = facts.now.today if stretch.last is None else min(stretch.last, facts.now.today)
    first = stretch.first.toordinal()
    due = due_days(rule, stretch.anchor, first, last.toordinal(), facts.now.week_start)
    if due is not None:
        return _day_turns(list(due), day_length(rule), stretch, neutral, facts)
    made = []
    for slot in slots(rule, _span(stretch, neutral, facts)):
        if slot.start > facts.now.today:
            break
        made.append(_turn(slot, stretch.phase, facts))
    return Turns.of(made)


def _day_turns(due: list[int], length: float, stretch: Stretch, neutral: Neutral, facts: Facts) -> Turns:
    """Return the turns of single days, worked out for all of them at once: most turns are of this kind."""
    if not due:
        return Turns()
    first, last, target = due[0], due[-1], stretch.phase.target
    codes = neutral.mask(first, last)
    rested = any(codes)
    part: dict[int, float] = {}
    touched = facts.record.done
    if target is None:
        for day in facts.record.done:
            if first <= day <= last:
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
    was_done = set(touched)
    done = [day if day in was_done else 0 for day in due]
    return Turns(
        outcomes,
        [part.get(day, 0.0) for day in due] if part else [1.0 if one == "#" else 0.0 for one in outcomes],
        due,
        due,
        done,
        done,
        [rest if codes[day - first] & 1 else whole for day in due] if rested else [whole] * len(due),
    )


def _towards(
    target: Quantity, first: int, last: int, record: Record
) -> tuple[dict[int, float], Sequence[int]]:
    """Return the share of a target that each day reached, and the days on which anything was done for it."""
    shares: dict[int, float] = {}
    touched: list[int] = []
    for day, entry in record.between(first, last):
        amount = amount_of(entry, target)
        shares[day] = float(min(Decimal(1), amount / target.amount)) if target.amount > 0 else 1.0
        if entry.done or amount:
            touched.append(day)
    return shares, touched


def _coming(stretch: Stretch, rule: Rule, facts: Facts) -> Iterator[date]:
    neutral = facts.neutral(stretch.phase)
    today = facts.now.today.toordinal()
    last = (
        today + HORIZON.days if stretch.last is None else min(stretch.last.toordinal(), today + HORIZON.days)
    )
    first = max(stretch.first.toordinal(), today + 1)
    due = due_days(rule, stretch.anchor, first, last, facts.now.week_start)
    if due is not None:
        for day in due:
            if neutral.available(date.fromordinal(day), date.fromordinal(day)):
                yield date.fromordinal(day)
        return
    for slot in slots(rule, _span(stretch, neutral, facts)):
        if slot.start > facts.now.today + HORIZON:
            return
        if slot.start > facts.now.today and slot.available:
            yield slot.end


def _span(stretch: Stretch, neutral: Neutral, facts: Facts) -> Span:
    target = stretch.phase.target
    satisfied = {
        date.fromordinal(day)
        for day, entry in zip(facts.record.days, facts.record.entries, strict=True)
        if satisfies(entry, target)
    }
    return Span(
        stretch.anchor,
        stretch.first,
        stretch.last,
        facts.now.week_start,
        neutral.available,
        satisfied.__contains__,
    )


def _turn(slot: Slot, phase: Phase, facts: Facts) -> Turn:
    if isinstance(phase.rule, Limit):
        return limit_turn(slot, phase.rule, facts.record, facts.now, facts.logged)
    found = list(facts.record.between(slot.start.toordinal(), slot.end.toordinal()))
    share = _share(slot, phase.target, [entry for _, entry in found]) if found else 0.0
    done = [day for day, entry in found if entry.done or amount_of(entry, phase.target)]
    first, last = (date.fromordinal(done[0]), date.fromordinal(done[-1])) if done else (None, None)
    return Turn(slot, _outcome(slot, share, facts.now), share, first, last)


def _outcome(slot: Slot, share: float, now: Now) -> Outcome:
    if share >= 1:
        return Outcome.SATISFIED
    if slot.available == 0:
        return Outcome.NEUTRAL
    return Outcome.MISSED if slot.end <= now.closed_until else Outcome.OPEN


def _share(slot: Slot, target: Quantity | None, entries: Sequence[DayEntry]) -> float:
    """Return how much of what the slot asks for was achieved, from 0 to 1; the available days shrink a quota."""
    if target is not None:
        needed = needed_amount(slot, target)
        got = sum((amount_of(entry, target) for entry in entries), Decimal(0))
        return float(min(Decimal(1), got / needed)) if needed > 0 else 1.0
    repetitions = sum(entry.done for entry in entries)
    return min(1.0, repetitions / max(slot.needed, 1))


def needed_amount(slot: Slot, target: Quantity) -> Decimal:
    """Return the amount that a slot asks for: its available days' part of the target."""
    return target.amount * max(slot.available, 1) / slot.days
