"""The clock of the daemon: what day it is where the user is, and when the next one begins."""

from __future__ import annotations

from collections.abc import Callable
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

        A day begins at `day_start` and stays open until `late_window` after its end.
        """
        if self.acting_day is not None:
            return Now.at(self.acting_day, self.settings.week_start)
        moment = self.moment()
        return Now(
            today=self._day_of(moment),
            closed_until=self._day_of(moment - self.settings.late_window) - DAY,
            week_start=self.settings.week_start,
        )

    def moment(self) -> datetime:
        """Return the present moment in the vault's zone, without the zone: wall time."""
        return self.clock().astimezone(self._zone()).replace(tzinfo=None)

    def day_at(self, timestamp: float) -> date:
        """Return the day in which a file's time stamp lies, and never a day to come."""
        moment = datetime.fromtimestamp(timestamp, self._zone()).replace(tzinfo=None)
        return min(self._day_of(moment), self.now().today)

    def seconds_until_change(self) -> float:
        """Return how long it is, at most, until `now()` gives another answer."""
        moment = self.moment()
        begin = timedelta(hours=self.settings.day_start.hour, minutes=self.settings.day_start.minute)
        times = [begin, begin + self.settings.late_window]
        at = self.settings.daily_at
        times.append(timedelta(hours=at.hour, minutes=at.minute))
        midnight = datetime.combine(moment.date(), time())
        coming = [midnight + (offset % DAY) + extra for offset in times for extra in (timedelta(0), DAY)]
        return min((when - moment).total_seconds() for when in coming if when > moment)

    def daily_note_due(self) -> bool:
        """Return whether the time of day has come at which today's note is made."""
        return self.acting_day is not None or self.moment().time() >= self.settings.daily_at

    def _day_of(self, moment: datetime) -> date:
        start = self.settings.day_start
        return (moment - timedelta(hours=start.hour, minutes=start.minute)).date()

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
            f"`timezone` is “{name}”, which is no time zone.", 'Write an IANA name such as "Europe/Berlin", or "local".'
        ) from None


def system_clock() -> datetime:
    """Return the present moment with the machine's zone."""
    return datetime.now().astimezone()
