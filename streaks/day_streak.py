"""The streak of days on which there was a win, worked out from the days alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
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
    walk = Walk(Grace(grace == "never-twice"))
    found: list[Streak] = []
    before: date | None = None
    for day in sorted(one for one in days if one <= now.today):
        if before is not None and before + DAY != day:
            found += _gap(walk, before + DAY, day - DAY, neutral, away)
        walk.satisfied(1, day.toordinal(), day.toordinal())
        before = day
    if before is not None:
        last = now.today if now.today in away else now.closed_until
        found += _gap(walk, before + DAY, last, neutral, away)
    running = _counted(walk.streak) if walk.streak else None
    return DayStreak(running, best_of((*map(_counted, found), *([running] if running else []))), before)


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


def _counted(streak: Streak) -> Streak:
    """Return a streak with its wins: of these days each satisfied one was a win."""
    return replace(streak, wins=streak.count)
