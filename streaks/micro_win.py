"""A micro-win as its goal declares it, with every rule that it ever had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..parsers.day_range import DayRange
from ..parsers.identity import without_tags
from ..parsers.schedule import Rule
from ..parsers.task import Quantity
from .calendar import NeutralDays


@dataclass(frozen=True, slots=True)
class Phase:
    """The rule and the target that hold from a day on, until the next phase begins or the last day has passed."""

    since: date | None
    until: date | None
    rule: Rule | None
    target: Quantity | None = None


@dataclass(frozen=True, slots=True)
class MicroWin:
    """A small repeated action: how it is called, where it is declared, when it is due.

    `inactive` are the days on which it is archived, which ends a streak without a miss; `retired` says that it is
    archived from the day after its last box on. With `count` so many repetitions are a part of the goal's progress.
    """

    id: str
    text: str
    goal: str
    line: int
    phases: tuple[Phase, ...]
    schedule: str
    neutral: NeutralDays = NeutralDays()
    grace: str = "none"
    minimum: str | None = None
    after: str | None = None
    frog: bool = False
    has_own_id: bool = False
    tags: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    inactive: tuple[DayRange, ...] = ()
    retired: bool = False
    count: int | None = None

    @property
    def name(self) -> str:
        """Its text as it is shown: without tags."""
        return without_tags(self.text) or self.text

    def phase_on(self, day: date) -> Phase | None:
        """Return the phase in force on `day`, or None before the first and after the last."""
        current = None
        for phase in self.phases:
            if phase.since is None or phase.since <= day:
                current = phase
        return current if current and (current.until is None or day <= current.until) else None
