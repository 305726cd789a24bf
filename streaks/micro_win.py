"""A micro-win as its goal declares it, with every rule that it ever had."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from ..parsers.day_range import DayRange
from ..parsers.identity import without_tags
from ..parsers.schedule import Limit, Rule
from ..parsers.task import Quantity
from ..parsers.units import unit_key
from .calendar import NeutralDays


@dataclass(frozen=True, slots=True)
class Phase:
    """The rule, the target and the weekdays of rest that hold from a day on, until the next phase or the last day."""

    since: date | None
    until: date | None
    rule: Rule | None
    target: Quantity | None = None
    rest: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class MicroWin:
    """A small repeated action: how it is called, where it is declared, when it is due.

    `inactive` are the days on which it is archived, which ends a streak without a miss; `retired` says that it is
    archived from the day after its last box on. With `count` so many repetitions are a part of the goal's progress.
    `reading` is the unit (as of `unit_key`) in which its goal takes readings: these are never added up.
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
    reading: str | None = None

    @property
    def name(self) -> str:
        """Its text as it is shown: without tags."""
        return without_tags(self.text) or self.text

    @property
    def is_limit(self) -> bool:
        """Whether the newest of its rules is a limit: something to do less of, which nobody has to do."""
        return bool(self.phases) and isinstance(self.phases[-1].rule, Limit)

    @property
    def is_scheduled(self) -> bool:
        """Whether it ever had a schedule; without one there are totals only."""
        return any(phase.rule is not None for phase in self.phases)

    def rests_on(self, day: date) -> bool:
        """Return whether nothing is due on `day`: it is a day of rest or of a pause."""
        phase = self.phase_on(day)
        return day in self.neutral or (phase is not None and day.weekday() in phase.rest)

    @property
    def units(self) -> frozenset[str]:
        """The units of its targets and limits."""
        targets = {unit_key(phase.target.unit) for phase in self.phases if phase.target is not None}
        limits = {
            unit_key(phase.rule.unit)
            for phase in self.phases
            if isinstance(phase.rule, Limit) and phase.rule.unit
        }
        return frozenset(targets | limits)

    def phase_on(self, day: date) -> Phase | None:
        """Return the phase in force on `day`, or None before the first and after the last."""
        current = None
        for phase in self.phases:
            if phase.since is None or phase.since <= day:
                current = phase
        return current if current and (current.until is None or day <= current.until) else None
