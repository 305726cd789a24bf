"""The clock of the daemon: what day it is where the user is, and when the next one begins."""

from __future__ import annotations

import time as machine_time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from ..parsers.settings import Settings
from ..streaks.calendar import DAY, Now
from .errors import MicrowinsError

Clock = Callable[[], datetime]


class UnknownZone(MicrowinsError):
    """The `timezone` setting names no zone."""

    code = "settings-invalid"
    exit_code = 2


@dataclass(frozen=True, slots=True)
class DayClock:
    """Turns moments into days by the vault's settings. With `acting_day` it is that day and no other."""

    settings: Settings
    clock: Clock
    acting_day: date | None = None

    def now(self) -> Now:
        """Return the day it is and the last day that is closed.

        A day begins at `day_start` and stays open until `late_window` after its end. Where the wall clock is set back
        for winter neither of the two goes back with it.
        """
        if self.acting_day is not None:
            return Now.at(self.acting_day, self.settings.week_start)
        late = self.settings.late_window
        return Now(self._last_begun(timedelta(0)), self._last_begun(late) - DAY, self.settings.week_start)

    def moment(self) -> datetime:
        """Return the present moment in the vault's zone, without the zone: wall time."""
        return self.clock().astimezone(self._zone()).replace(tzinfo=None)

    def day_at(self, timestamp: float) -> date:
        """Return the day in which a file's time stamp lies, and never a day to come."""
        today = self.now().today
        try:
            return min(self._last_begun(timedelta(0), timestamp), today)
        except (OverflowError, ValueError, OSError):
            return today

    def time_at(self, timestamp: float) -> str | None:
        """Return the time of day (HH:MM, in the vault's zone) of a file's time stamp, None where it is not of today.

        One that lies ahead counts as now. With a day to act as nothing is known of the time.
        """
        now = self.clock().timestamp()
        if self.acting_day is not None or self.day_at(timestamp) != self.now().today:
            return None
        return f"{datetime.fromtimestamp(min(timestamp, now), self._zone()):%H:%M}"

    def time_of_day(self) -> time | None:
        """Return the time of day, or None with a day to act as."""
        return None if self.acting_day is not None else self.moment().time()

    def seconds_until_change(self) -> float:
        """Return how long it is until `now()` gives another answer, or until the time at which a daily note is made."""
        present = self.clock().timestamp()
        return min(moment for moment in self._changes(self.moment().date()) if moment > present) - present

    def daily_note_due(self) -> bool:
        """Return whether the time of day has come at which today's note is made."""
        return self.acting_day is not None or self.moment().time() >= self.settings.daily_at

    def _last_begun(self, later: timedelta, at: float | None = None) -> date:
        """Return the last day that began at least `later` before the moment `at`."""
        at = self.clock().timestamp() if at is None else at
        day = datetime.fromtimestamp(at, self._zone()).date() + DAY
        while self._moment_of(day, self.settings.day_start, later) > at:
            day -= DAY
        return day

    def _changes(self, day: date) -> Iterator[float]:
        """Yield the moments around `day` at which a day begins, is closed, or gets its note."""
        late = self.settings.late_window
        for distance in range(-late.days - 2, 3):
            near = day + distance * DAY
            yield self._moment_of(near, self.settings.day_start)
            yield self._moment_of(near, self.settings.day_start, late)
            yield self._moment_of(near, self.settings.daily_at)

    def _moment_of(self, day: date, at: time, later: timedelta = timedelta(0)) -> float:
        """Return when the wall clock shows `at` on `day` (plus `later`): the first time, where it does so twice."""
        return (datetime.combine(day, at) + later).replace(tzinfo=self._zone()).timestamp()

    def _zone(self) -> tzinfo | None:
        return zone_of(self.settings.timezone)


def zone_of(name: str) -> tzinfo | None:
    """Return the zone of this name; None stands for the machine's own. Raise UnknownZone for any other name."""
    if name == "local":
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise UnknownZone(
            f"`timezone` is “{name}”, which is no time zone.",
            'Write an IANA name such as "Europe/Berlin", or "local".',
        ) from None


def system_clock() -> datetime:
    """Return the present moment with the machine's zone, which may have changed since the program started."""
    if hasattr(machine_time, "tzset"):
        machine_time.tzset()
    return datetime.now().astimezone()
