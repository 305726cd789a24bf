"""The streak of days on which there was a win, worked out from the days alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date, timedelta

from .archive import NEVER, Archive
from .calendar import DAY, NeutralDays, Now
from .streak import Grace, Streak, Walk, best_of


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
    return DaysBefore.of(days, neutral, grace, now, away).and_today(done=now.today in days)


@dataclass(frozen=True, slots=True)
class DaysBefore:
    """What the days before today come to, walked over once: a tick of today adds to it, or takes back what it added."""

    now: Now
    neutral: NeutralDays
    away: Archive
    walk: Walk
    best: Streak | None
    last: date | None

    @classmethod
    def of(
        cls, days: Iterable[date], neutral: NeutralDays, grace: str, now: Now, away: Archive = NEVER
    ) -> DaysBefore:
        """Take in the days with a win; those that are not before today count for nothing here."""
        walk = Walk(Grace(grace == "never-twice"))
        ended: list[Streak] = []
        before: date | None = None
        for first, last in _runs(sorted(day for day in days if day < now.today)):
            if before is not None:
                ended += _gap(walk, before + DAY, first - DAY, neutral, away)
            walk.satisfied((last - first).days + 1, first.toordinal(), last.toordinal())
            before = last
        return cls(now, neutral, away, walk, best_of(ended), before)

    def and_today(self, *, done: bool) -> DayStreak:
        """Return the streak as of today."""
        walk, today, last = copy(self.walk), self.now.today, self.last
        ended = [self.best] if self.best else []
        if done and last is not None:
            ended += _gap(walk, last + DAY, today - DAY, self.neutral, self.away)
        if done:
            walk.satisfied(1, today.toordinal(), today.toordinal())
            last = today
        if last is not None:
            until = today if today in self.away else self.now.closed_until
            ended += _gap(walk, last + DAY, until, self.neutral, self.away)
        running = walk.streak
        best = best_of((*ended, *([running] if running else [])))
        return DayStreak(_counted(running), _counted(best), last)


def _runs(days: list[date]) -> Iterator[tuple[date, date]]:
    """Yield the first and the last of each days that follow one another without a gap."""
    first = 0
    for place in range(1, len(days) + 1):
        if place == len(days) or days[place - 1] + DAY != days[place]:
            yield days[first], days[place - 1]
            first = place


def _gap(walk: Walk, first: date, last: date, neutral: NeutralDays, away: Archive) -> Iterator[Streak]:
    """Yield the streak that ends between two days with a win, if one does; what comes after its end is no matter."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day in away:
            if (ended := walk.end()) is not None:
                yield ended
            return
        if day not in neutral and (ended := walk.missed()) is not None:
            yield ended
            return


def _counted(streak: Streak | None) -> Streak | None:
    """Return a streak with its wins: of these days each satisfied one was a win."""
    return replace(streak, wins=streak.count) if streak is not None else None
