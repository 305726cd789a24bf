"""Rolling windows: so many times in any days in a row, by the intervals of Loop Habit Tracker, corrected.

Three corrections: neutral days are taken off the timeline before anything is counted, nothing is credited before the
first completion or after today, and completions outside of every interval make no run.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from ..parsers.schedule import Rolling
from ..parsers.task import Quantity
from .calendar import Now
from .record import Neutral, Record, amount_of
from .stretches import Stretch
from .turns import Turns

_LONGEST_PAUSE = 366
NEVER = -2
"""A place that lies before all others, also when one is added to it."""
TOO_LATE = 1
"""The first day that there is, for what can no longer be saved."""
Amount = Decimal | int


Interval = tuple[int, int, int]
"""Where a window begins, where it was full, and where it ends: places on the timeline."""


@dataclass(frozen=True, slots=True)
class Timeline:
    """The days that are not neutral, as ordinals, and what is known at the places on it.

    `ticks` are the places of completions and `amounts` what each is worth; `today` and `closed` are how many of the
    days lie up to today, and up to the last day that is closed. The days to come are as many as two windows hold,
    fewer where the stretch ends or a pause has no end. `rested` are the neutral days on it, on which it was done all
    the same.
    """

    rule: Rolling
    needed: Amount
    days: Sequence[int]
    ticks: Sequence[int]
    amounts: Sequence[Amount]
    today: int
    closed: int
    rested: frozenset[int] = frozenset()

    def covered(self) -> bytearray:
        """Return one byte a day: 1 where an interval covers it."""
        found = bytearray(len(self.days))
        for begin, _, end in snapped(
            intervals(self.ticks, self.amounts, self.needed, lambda _: self.rule.days)
        ):
            first, last = max(begin, self.ticks[0]), min(end, len(self.days) - 1)
            found[first : last + 1] = b"\x01" * (last + 1 - first)
        return found

    def missed_at(self, place: int) -> tuple[int, float]:
        """Return the place at whose close the day at `place`, which nothing covers, is missed, and its share.

        It is missed once no window that begins on a completion and holds it can be filled any more; its share is
        that of the best of them.
        """
        last, share = self._best(place)
        return max(place, last), share

    def too_late(self, place: int) -> bool:
        """Return whether going on at `place` can no longer cover it: too few days are left of the stretch."""
        enough = not isinstance(self.needed, int) or self.needed <= len(self.days) - place
        return not enough and self._best(place)[0] < place

    def _best(self, place: int) -> tuple[int, float]:
        """Return the last place on which going on fills a window that holds `place`, and the share of the best one."""
        low = bisect_left(self.ticks, place - self.rule.days + 1)
        holding = [self._window(number) for number in range(low, bisect_right(self.ticks, place))]
        last = max((last for last, _ in holding), default=NEVER)
        return last + 1, max((share for _, share in holding), default=0.0)

    def _window(self, number: int) -> tuple[int, float]:
        """Return the last place at which the window that begins on this completion can still be filled, and its share.

        It can be filled while as many of its days are neither done nor closed as it lacks times; where amounts are
        asked for, one day may bring all that is lacking. The place is `NEVER` where too few days are left.
        """
        end = min(self.ticks[number] + self.rule.days, len(self.days)) - 1
        behind = bisect_right(self.ticks, end)
        got = sum(self.amounts[number:behind])
        share = float(min(Decimal(1), Decimal(got) / self.needed))
        if not isinstance(self.needed, int):
            return end - 1, share
        done = set(self.ticks[number:behind])
        free = [place for place in range(end, self.ticks[number], -1) if place not in done]
        lacking = int(self.needed - got)
        return (free[lacking - 1] - 1 if lacking <= len(free) else NEVER), share


def timeline(
    stretch: Stretch, rule: Rolling, target: Quantity | None, record: Record, neutral: Neutral, now: Now
) -> Timeline:
    """Return the timeline of a stretch, as far into the days to come as a window can reach."""
    first, today = stretch.first.toordinal(), now.today.toordinal()
    last = today + 2 * rule.days + _LONGEST_PAUSE
    if stretch.last is not None:
        last = min(last, stretch.last.toordinal())
    mask = neutral.mask(first, last)
    rested: set[int] = set()
    worth: dict[int, Amount] = {}
    for day, entry in record.between(first, min(today, last)):
        amount: Amount = int(entry.done) if target is None else amount_of(entry, target)
        if amount:
            worth[day] = amount
            rested |= {day} if mask[day - first] else set()
            mask[day - first] = 0
    days = [first + place for place, is_neutral in enumerate(mask) if not is_neutral]
    past = bisect_right(days, today)
    return Timeline(
        rule,
        rule.times if target is None else target.amount,
        days[: past + 2 * rule.days + 1],
        [bisect_left(days, day) for day in worth],
        list(worth.values()),
        past,
        bisect_right(days, now.closed_until.toordinal()),
        frozenset(rested),
    )


def rolling_turns(line: Timeline, stretch: Stretch, now: Now) -> Turns:
    """Return one turn a day up to today: satisfied where an interval covers it, neutral where it is off the timeline.

    A neutral day on which it was done all the same may complete a window; it is never missed.
    """
    first, last = stretch.first.toordinal(), now.today.toordinal()
    if stretch.last is not None:
        last = min(last, stretch.last.toordinal())
    length = line.rule.times / line.rule.days
    due, rest = (1, length, 1, 1), (1, length, 0, 1)
    size = max(last - first + 1, 0)
    outcomes, shares, measures = bytearray(b"-" * size), [0.0] * size, [rest] * size
    covered = line.covered()
    for place, day in enumerate(line.days[: line.today]):
        if day in line.rested and not covered[place]:
            continue
        measures[day - first] = due
        if covered[place]:
            outcomes[day - first], shares[day - first] = ord("#"), 1.0
        else:
            at, shares[day - first] = line.missed_at(place)
            outcomes[day - first] = ord("x" if at < line.closed else "?")
    ticked = {line.days[place] for place in line.ticks}
    dates = list(range(first, last + 1))
    done = [day if day in ticked else 0 for day in dates]
    return Turns(outcomes.decode("ascii"), shares, dates, dates, done, done, measures)


def chance(line: Timeline, day: int) -> int | None:
    """Return the last day (ordinal) on which going on still keeps a day, which nothing covers, from being missed.

    None where the stretch ends before that, `TOO_LATE` where too few of its days are left.
    """
    place = bisect_left(line.days, day)
    at, _ = line.missed_at(place)
    if at >= len(line.days):
        return None
    return TOO_LATE if line.too_late(place) else line.days[at]


def coming_chances(line: Timeline) -> Iterator[int | None]:
    """Yield the same for each day to come, in order; None for one that is covered already."""
    covered = line.covered()
    for place in range(line.today, len(line.days)):
        last = None if covered[place] else chance(line, line.days[place])
        if covered[place] or last is not None:
            yield last


def intervals(
    ticks: Sequence[int], amounts: Sequence[Amount], needed: Amount, size: Callable[[int], int]
) -> list[Interval]:
    """Return an interval for each completion from which on what is needed is reached within its size, oldest first."""
    found: list[Interval] = []
    behind = 0
    total: Amount = 0
    for number, begin in enumerate(ticks):
        while behind < len(ticks) and total < needed:
            total += amounts[behind]
            behind += 1
        if total < needed:
            break
        if ticks[behind - 1] - begin < size(begin):
            found.append((begin, ticks[behind - 1], begin + size(begin) - 1))
        total -= amounts[number]
    return found


def snapped(found: Sequence[Interval]) -> Iterator[Interval]:
    """Yield the intervals, newest first, each moved earlier where it overlaps the one after it: done early counts."""
    newer = None
    for begin, center, end in reversed(found):
        shift = 0 if newer is None or end < newer else min(end - center, end - newer + 1)
        newer = begin - shift
        yield newer, center, end - shift


def loop_runs(done: Iterable[date], times: int, days: int) -> list[tuple[date, date]]:
    """Return the streaks of Loop Habit Tracker without the corrections, oldest first, as first and last days.

    A window of 30 or 31 days is a month: as long as that of its first day, or, from the last day of a month on, as
    the next one. Days that are only covered count, so do days to come, and a completion outside of every interval.
    """
    ticks = sorted({day.toordinal() for day in done})
    times, days = (1, 1) if times == days else (times, days)

    def size(begin: int) -> int:
        return _month_from(date.fromordinal(begin)) if days in {30, 31} else days

    covered = set(ticks)
    for begin, _, end in snapped(intervals(ticks, [1] * len(ticks), times, size)):
        covered.update(range(begin, end + 1))
    runs: list[tuple[int, int]] = []
    for day in sorted(covered):
        if runs and runs[-1][1] == day - 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return [(date.fromordinal(first), date.fromordinal(last)) for first, last in runs]


def _month_from(day: date) -> int:
    tomorrow = day + timedelta(days=1)
    first = tomorrow.replace(day=1)
    return ((first + timedelta(days=32)).replace(day=1) - first).days
