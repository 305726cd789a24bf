"""The streak of days on which there was a win, worked out from the days alone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .archive import NEVER, Archive
from .calendar import DAY, NeutralDays, Now
from .slots import Slot
from .streak import Grace, Streak, Walk, best_of
from .turns import Outcome, Turn


@dataclass(frozen=True, slots=True)
class DayStreak:
    """Days with a win in a row: the streak that is running, and the longest one."""

    streak: Streak | None = None
    best: Streak | None = None


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
        if before is not None:
            found += _gap(walk, before + DAY, day - DAY, neutral, away)
        walk.take(Turn(Slot(day, day, 1, 1.0, 1, 1), Outcome.SATISFIED, 1.0, day, day))
        before = day
    if before is not None:
        last = now.today if now.today in away else now.closed_until
        found += _gap(walk, before + DAY, last, neutral, away)
    running = walk.streak
    return DayStreak(running, best_of((*found, *([running] if running else []))))


def _gap(walk: Walk, first: date, last: date, neutral: NeutralDays, away: Archive) -> Iterator[Streak]:
    """Yield the streak that ends between two days with a win, if one does; what comes after its end is no matter."""
    for offset in range((last - first).days + 1):
        day = first + timedelta(days=offset)
        if day in away:
            yield from _ended(walk)
            return
        if day not in neutral and (ended := walk.miss()) is not None:
            yield ended
            return


def _ended(walk: Walk) -> Iterator[Streak]:
    """Let a streak end: more misses in a row than any grace allows."""
    for _ in range(2):
        if (ended := walk.miss()) is not None:
            yield ended
            return
