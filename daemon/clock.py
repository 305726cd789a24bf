"""The clock of the daemon: what day it is where the user is, and when the next one begins."""

from __future__ import annotations

import time as machine_time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from math import ceil
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..parsers.problem import Problem
from ..parsers.settings import Settings
from ..streaks.calendar import DAY, Now
from .day_mark import DayMemory, Former, Look, Uptime
from .errors import MicrowinsError

Clock = Callable[[], datetime]
UptimeClock = Callable[[], Uptime | None]

_NO_DAY_BEFORE = date(2000, 1, 1)
"""A file that claims to be older bears no time at all, or the first one that its file system knows."""


class UnknownZone(MicrowinsError):
    """The `timezone` setting names no zone."""

    code = "settings-invalid"
    exit_code = 2


def no_uptime() -> Uptime | None:
    """Return nothing: for machines that do not count the seconds since their start."""
    return None


@dataclass(frozen=True, slots=True)
class DayClock:
    """Turns moments into days by the vault's settings. With `acting_day` it is that day and no other.

    With a `memory` each answer is remembered, and what was closed once stays closed.
    """

    settings: Settings
    clock: Clock
    acting_day: date | None = None
    memory: DayMemory | None = None
    uptime: UptimeClock = no_uptime

    def now(self) -> Now:
        """Return the day it is and the last day that is closed.

        A day begins at `day_start` and stays open until `late_window` after its end. Where the wall clock is set back
        for winter neither of the two goes back with it. After a journey west the day may go back, what was closed
        does not.
        """
        if self.acting_day is not None:
            return Now.at(self.acting_day, self.settings.week_start)
        at, zone = self.clock().timestamp(), self._zone()
        today = self._last_begun(timedelta(0), at, zone)
        now = Now(today, self._last_closed(at, zone), self.settings.week_start)
        if self.memory is None:
            return now
        closed = self.memory.closed_until(
            self._look_at(at), now, self._rules(), self._offset_at, self._closed_by(at)
        )
        return Now(today, min(closed, today), self.settings.week_start)

    def look(self) -> Look:
        """Return what the clock shows, and the offset of the vault's zone."""
        return self._look_at(self.clock().timestamp())

    def _look_at(self, at: float) -> Look:
        return Look(at, self._offset_at(at), self.uptime())

    def problems(self) -> tuple[Problem, ...]:
        """Return what is to be said of the clock."""
        return self.memory.problems() if self.memory is not None and self.acting_day is None else ()

    def moment(self) -> datetime:
        """Return the present moment in the vault's zone, without the zone: wall time."""
        return self.clock().astimezone(self._zone()).replace(tzinfo=None)

    def day_at(self, timestamp: float, today: date) -> date:
        """Return the day in which a file's time stamp lies: `today`, where it is one to come or tells no day."""
        try:
            day = self._last_begun(timedelta(0), timestamp, self._zone())
        except (OverflowError, ValueError, OSError):
            return today
        return day if _NO_DAY_BEFORE <= day <= today else today

    def time_at(self, timestamp: float, today: date) -> str | None:
        """Return the time of day (HH:MM, in the vault's zone) of a file's time stamp, None where it is not of `today`.

        One that lies ahead counts as now. With a day to act as nothing is known of the time.
        """
        if self.acting_day is not None:
            return None
        at, zone = min(timestamp, self.clock().timestamp()), self._zone()
        try:
            of_today = self._last_begun(timedelta(0), at, zone) == today
        except (OverflowError, ValueError, OSError):
            return None
        return f"{datetime.fromtimestamp(at, zone):%H:%M}" if of_today else None

    def time_of_day(self) -> time | None:
        """Return the time of day, or None with a day to act as."""
        return None if self.acting_day is not None else self.moment().time()

    def next_change(self, after: float) -> float:
        """Return the first moment after that one at which `now()` may give another answer or a daily note is made."""
        return min(moment for moment in self._changes(after) if moment > after)

    def daily_note_due(self) -> bool:
        """Return whether the time has come at which today's note is made; it stays so until the day ends."""
        if self.acting_day is not None:
            return True
        return self.clock().timestamp() >= _moment(
            self.now().today, self.settings.daily_at, timedelta(0), self._zone()
        )

    def _last_closed(self, at: float, zone: tzinfo | None) -> date:
        return self._last_begun(self.settings.late_window, at, zone) - DAY

    def _closed_by(self, at: float) -> Callable[[Former], date]:
        """Return what tells the last day that is closed at the moment `at` by a zone and a clock that were in use before."""

        def closed(former: Former) -> date:
            return self._last_closed(at - former.behind, timezone(timedelta(seconds=former.offset)))

        return closed

    def _rules(self) -> str:
        return f"{self.settings.day_start:%H:%M} {self.settings.late_window.total_seconds():g}"

    def _offset_at(self, at: float) -> float:
        offset = datetime.fromtimestamp(at, self._zone()).astimezone(self._zone()).utcoffset()
        return offset.total_seconds() if offset is not None else 0.0

    def _last_begun(self, later: timedelta, at: float, zone: tzinfo | None) -> date:
        """Return the last day that began, by `zone`, at least `later` before the moment `at`."""
        day = datetime.fromtimestamp(at, zone).date() + DAY
        while _moment(day, self.settings.day_start, later, zone) > at:
            day -= DAY
        return day

    def _changes(self, at: float) -> Iterator[float]:
        """Yield the moments around that one at which a day begins, gets its note, or is closed."""
        zone = self._zone()
        for day in self._days_near(at, zone):
            yield _moment(day, self.settings.day_start, timedelta(0), zone)
            yield _moment(day, self.settings.daily_at, timedelta(0), zone)
        yield from self._closings(at, zone)
        for former in self._formers():
            yield former.matters_until
            there = timezone(timedelta(seconds=former.offset))
            # How far a clock was behind is known to less than a second.
            yield from (ceil(end + former.behind) for end in self._closings(at - former.behind, there))

    def _formers(self) -> tuple[Former, ...]:
        return self.memory.formers if self.memory is not None and self.acting_day is None else ()

    def _closings(self, at: float, zone: tzinfo | None) -> Iterator[float]:
        """Yield the moments around that one at which a day is closed by that zone."""
        for day in self._days_near(at, zone):
            yield _moment(day, self.settings.day_start, self.settings.late_window, zone)

    def _days_near(self, at: float, zone: tzinfo | None) -> Iterator[date]:
        day = datetime.fromtimestamp(at, zone).date()
        return (day + distance * DAY for distance in range(-self.settings.late_window.days - 2, 3))

    def _zone(self) -> tzinfo | None:
        return zone_of(self.settings.timezone)


def _moment(day: date, at: time, later: timedelta, zone: tzinfo | None) -> float:
    """Return when the wall clock shows `at` on `day` (plus `later`): the first time, where it does so twice.

    A time that the clock leaves out is reckoned by the offset before the change (RFC 5545, 3.3.5).
    """
    return (datetime.combine(day, at) + later).replace(tzinfo=zone).timestamp()


def zone_of(name: str) -> tzinfo | None:
    """Return the zone of this name; None stands for the machine's own. Raise UnknownZone for any other name."""
    if name == "local":
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        from difflib import get_close_matches
        from zoneinfo import available_timezones

        near = get_close_matches(name, available_timezones(), 1)
        meant = f"Did you mean “{near[0]}”? " if near else ""
        raise UnknownZone(
            f"`timezone` is “{name}”, which is no time zone.",
            f'{meant}Write an IANA name such as "Europe/Berlin", or "local".',
        ) from None


def system_clock() -> datetime:
    """Return the present moment with the machine's zone, which may have changed since the program started."""
    if hasattr(machine_time, "tzset"):
        machine_time.tzset()
    return datetime.now().astimezone()


def system_uptime() -> Uptime | None:
    """Return how long the machine has been running, sleep included, where it tells so; no clock setting changes that."""
    boot = _boot()
    if not boot or not hasattr(machine_time, "CLOCK_BOOTTIME"):
        return None
    with suppress(OSError):
        return Uptime(boot, machine_time.clock_gettime(machine_time.CLOCK_BOOTTIME))
    return None


@cache
def _boot() -> str:
    """Return the name that Linux gives to this start of the machine, or nothing."""
    try:
        return Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""
