"""The streak of days on which there was a win, worked out from the days alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass
from datetime import date

from .archive import NEVER, Archive
from .calendar import NeutralDays, Now
from .streak import Grace, Streak, StreakRow, Walk, longest, streak_of


@dataclass(frozen=True, slots=True)
class DayStreak:
    """Days with a win in a row: the streak that is running, and the longest one; `last` is the newest day with a win."""

    streak: Streak | None = None
    best: Streak | None = None
    last: date | None = None


NO_STREAK = DayStreak()


def day_streak(
    days: Collection[date], neutral: NeutralDays, grace: str, now: Now, away: Archive = NEVER
) -> DayStreak:
    """Return the streak of these days as of `now`: what `figures` says of a daily micro-win done on them.

    Days on which the goal was archived end it, without a miss.
    """
    return DaysBefore.of(map(date.toordinal, days), neutral, grace, now, away).and_today(
        done=now.today in days
    )


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """What the days before today come to, walked over once: a tick of today adds to it, or takes back what it added.

    `last` is the newest of them as an ordinal, 0 where there is none.
    """

    now: Now
    neutral: NeutralDays
    away: Archive
    walk: Walk
    best: StreakRow | None
    last: int

    @classmethod
    def of(
        cls, days: Iterable[int], neutral: NeutralDays, grace: str, now: Now, away: Archive = NEVER
    ) -> DaysBefore:
        """Take in the days with a win, as ordinals; those that are not before today count for nothing here."""
        walk = Walk(Grace(grace == "never-twice"))
        ended: list[StreakRow] = []
        today, before = now.today.toordinal(), 0
        for first, last in _runs(sorted([day for day in days if day < today])):
            if before:
                ended += _gap(walk, before + 1, first - 1, neutral, away)
            walk.satisfied(last - first + 1, first, last)
            before = last
        return cls(now, neutral, away, walk, longest(ended), before)

    def and_today(self, *, done: bool) -> DayStreak:
        """Return the streak as of today."""
        walk, today, last = copy(self.walk), self.now.today.toordinal(), self.last
        ended = [self.best] if self.best else []
        if done and last:
            ended += _gap(walk, last + 1, today - 1, self.neutral, self.away)
        if done:
            walk.satisfied(1, today, today)
            last = today
        if last:
            until = self.now.today if self.now.today in self.away else self.now.closed_until
            ended += _gap(walk, last + 1, until.toordinal(), self.neutral, self.away)
        running = walk.running
        best = longest((*ended, *([running] if running else [])))
        return DayStreak(_counted(running), _counted(best), date.fromordinal(last) if last else None)


def _runs(days: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and the last of each days that follow one another without a gap."""
    first = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place - 1] + 1 != days[place]:
            yield days[first], days[place - 1]
            first = place


def _gap(walk: Walk, first: int, last: int, neutral: NeutralDays, away: Archive) -> list[StreakRow]:
    """Return the streak that ends between two days with a win, if one does; what comes after its end is no matter."""
    if first > last:
        return []
    if away == NEVER:
        ended = walk.missed(neutral.mask(first, last).count(0))
        return [ended] if ended is not None else []
    for day in map(date.fromordinal, range(first, last + 1)):
        if day in away:
            ended = walk.end()
            return [ended] if ended is not None else []
        if day not in neutral and (ended := walk.missed()) is not None:
            return [ended]
    return []


def _counted(row: StreakRow | None) -> Streak | None:
    """Return a streak with its wins: of these days each satisfied one was a win."""
    if row is None:
        return None
    count, first, last, slips, _ = row
    return streak_of(count, first, last, slips, count)
