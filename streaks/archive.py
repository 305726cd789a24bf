"""Goals that are put aside: on which days, by what they say themselves and by the goals above them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ..parsers.day_range import DayRange
from ..parsers.goal import Goal
from .micro_win import MicroWin


@dataclass(frozen=True, slots=True)
class Archive:
    """The days on which a goal is archived; with `always` it is whatever the day."""

    days: tuple[DayRange, ...] = ()
    always: bool = False

    def __contains__(self, day: date) -> bool:
        """Return whether the goal is archived on `day`."""
        return self.always or any(day in one for one in self.days)

    def __or__(self, other: Archive) -> Archive:
        """Return the days on which either is."""
        return Archive(tuple(dict.fromkeys((*self.days, *other.days))), self.always or other.always)

    def taking(self, win: MicroWin) -> MicroWin:
        """Return a micro-win that is put aside with its goal."""
        return replace(win, inactive=self.days, retired=self.always)


NEVER = Archive()


def own_archive(goal: Goal) -> Archive:
    """Return when a goal is archived by what it says itself."""
    return Archive(goal.archived, goal.retired) if goal.archived or goal.retired else NEVER


def archives(goals: Iterable[Goal]) -> Mapping[str, Archive]:
    """Return when goals are archived, by path, without those that never are; those below an archived goal are so too.

    A parent is given by its path; what is no path of a goal is no parent.
    """
    by_path = {goal.path: goal for goal in goals}
    found: dict[str, Archive] = {}
    for path in by_path:
        line: dict[str, None] = {}
        above: str | None = path
        while above in by_path and above not in found and above not in line:
            line[above] = None
            above = by_path[above].parent
        members = list(line)
        if above in line:  # a circle: nothing stands above any of its goals
            first = members.index(above)
            found.update((one, own_archive(by_path[one])) for one in members[first:])
            members = members[:first]
        inherited = found.get(above or "", NEVER)
        for one in reversed(members):
            own = own_archive(by_path[one])
            inherited = found[one] = inherited | own if own is not NEVER else inherited
    return {path: archive for path, archive in found.items() if archive is not NEVER}
