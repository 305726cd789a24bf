"""The remembered day: what was closed when the program last looked, so that no journey and no clock opens it again."""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from ..parsers.problem import Problem
from ..streaks.calendar import DAY, Now
from .cache_file import vault_key

KIND = 24 * 3600.0
"""Seconds for which a day stays open that is over by a new zone or clock and not yet by the one before."""
FARTHEST_AHEAD = 2 * DAY
"""What the longest journey west can take back; a mark that is further ahead was made by a clock that was wrong."""
LEAP = 120.0
"""Seconds by which the clock may differ from the machine's own count and is still taken to run on."""
EARLIEST = datetime(2020, 1, 1, tzinfo=UTC).timestamp()
"""A clock that shows less has not been set yet."""
_STALE = 3600.0
_LATEST = 1e10
"""Seconds since 1970 after which no mark was made: what shows more is damage."""


@dataclass(frozen=True, slots=True)
class Uptime:
    """How many seconds ago the machine was started, sleep included, and which start that was."""

    boot: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Look:
    """One look at the clock: seconds since 1970, the zone's offset from UTC in seconds, and the machine's own count."""

    moment: float
    offset: float
    uptime: Uptime | None = None


@dataclass(frozen=True, slots=True)
class Former:
    """A zone and a clock that were in use before: the offset, the seconds behind the clock of now, and until when."""

    offset: float
    behind: float
    until: float

    @property
    def matters_until(self) -> float:
        """When it has been in use no more for so long that no day is kept open for it."""
        return self.until + KIND


@dataclass(frozen=True, slots=True)
class DayMark:
    """What was answered when the program last looked. `rules` are the settings that decide when a day begins and closes."""

    look: Look
    today: date
    closed_until: date
    rules: str
    formers: tuple[Former, ...] = ()

    def is_ahead(self, now: Now) -> bool:
        """Return whether the mark is further ahead than any journey explains."""
        return self.closed_until > now.closed_until + FARTHEST_AHEAD


OffsetAt = Callable[[float], float]
ClosedBy = Callable[[Former], date]


def next_mark(before: DayMark, look: Look, now: Now, offset_at: OffsetAt, closed_by: ClosedBy) -> DayMark:
    """Return the mark that follows `before`, where the zone and the clock alone say `now`.

    What was closed stays closed. A day that zone and clock have only now brought to its end is closed when it is over
    by those before as well, or when a day has passed since. `offset_at` gives the present zone's offset at a moment,
    `closed_by` the last day that is closed by a former zone and clock.
    """
    formers = tuple(_formers(before, look, offset_at))
    kind = min((now.closed_until, *(closed_by(former) for former in formers)))
    return DayMark(look, now.today, max(kind, before.closed_until), before.rules, formers)


def _formers(before: DayMark, look: Look, offset_at: OffsetAt) -> Iterator[Former]:
    """Yield the zones and clocks that were in use during the last day, each once."""
    leap = _leap(before.look, look)
    until = before.look.moment + leap
    found = [Former(one.offset, one.behind + leap, one.until + leap) for one in before.formers]
    if leap > 0 or offset_at(before.look.moment) != before.look.offset:
        found.append(Former(before.look.offset, leap, until))
    yielded: list[Former] = []
    for former in reversed(found):
        known = any(one.offset == former.offset and abs(one.behind - former.behind) < LEAP for one in yielded)
        if former.until <= look.moment < former.matters_until and not known:
            yielded.append(former)
            yield former


def _leap(before: Look, after: Look) -> float:
    """Return by how many seconds the clock was set between two looks; 0 where the machine cannot tell."""
    if before.uptime is None or after.uptime is None or before.uptime.boot != after.uptime.boot:
        return 0.0
    leap = (after.moment - before.moment) - (after.uptime.seconds - before.uptime.seconds)
    return leap if abs(leap) > LEAP else 0.0


class DayMemory:
    """The mark of one vault on one machine, in a file of the state folder; without the file all goes on as without a past."""

    def __init__(self, state: Path, vault: Path) -> None:
        self._file = state / "days" / f"{vault_key(vault)}.json"
        self._mark: DayMark | None = None
        self._written: DayMark | None = None
        self._is_read = False
        self._dropped: DayMark | None = None

    def closed_until(
        self, look: Look, now: Now, rules: str, offset_at: OffsetAt, closed_by: ClosedBy
    ) -> date:
        """Return the last day that is closed, where the zone and the clock alone say `now`, and remember it.

        A clock that was never set is answered as it is, and not remembered.
        """
        if look.moment < EARLIEST:
            return now.closed_until
        before = self._known()
        if before is not None and before.rules == rules and before.is_ahead(now):
            before, self._dropped = None, before
        if before is None or before.rules != rules:
            before = DayMark(look, now.today, now.closed_until, rules)
        self._mark = next_mark(before, look, now, offset_at, closed_by)
        self._keep(self._mark)
        return self._mark.closed_until

    @property
    def formers(self) -> tuple[Former, ...]:
        """The zones and clocks of before by which a day may still be open."""
        mark = self._known()
        return mark.formers if mark is not None else ()

    def problems(self) -> tuple[Problem, ...]:
        """Return what is to be said, once, of a mark that could not be true."""
        if self._dropped is None:
            return ()
        return (
            Problem(
                ".", None, "clock-was-ahead",
                f"When microwins last looked, it was {self._dropped.today} by this machine's clock. "
                "The days that were closed then are open again.",
                "If the clock is right now, nothing needs to be done.",
            ),
        )  # fmt: skip

    def _known(self) -> DayMark | None:
        if not self._is_read:
            self._is_read = True
            self._mark = self._written = _read(self._file)
        return self._mark

    def _keep(self, mark: DayMark) -> None:
        """Write the mark where it says something new; its moment alone is not worth a write within the hour."""
        known = self._written
        if known is not None and _says_the_same(known, mark):
            return
        self._written = mark
        draft = self._file.with_name(f".{self._file.name}.{os.getpid()}")
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(json.dumps(_shape(mark)) + "\n", encoding="utf-8")
            draft.replace(self._file)


def _says_the_same(known: DayMark, mark: DayMark) -> bool:
    boots = [look.uptime.boot if look.uptime else "" for look in (known.look, mark.look)]
    return (
        (known.today, known.closed_until, known.rules) == (mark.today, mark.closed_until, mark.rules)
        and (known.look.offset, len(known.formers), boots[0])
        == (mark.look.offset, len(mark.formers), boots[1])
        and 0 <= mark.look.moment - known.look.moment < _STALE
    )


def _shape(mark: DayMark) -> dict[str, object]:
    zone = timezone(timedelta(seconds=mark.look.offset))
    uptime = mark.look.uptime
    return {
        "moment": datetime.fromtimestamp(mark.look.moment, zone).isoformat(),
        "boot": uptime.boot if uptime else "",
        "uptime": uptime.seconds if uptime else 0.0,
        "today": str(mark.today),
        "closed_until": str(mark.closed_until),
        "rules": mark.rules,
        "formers": [[former.offset, former.behind, former.until] for former in mark.formers],
    }


def _read(file: Path) -> DayMark | None:
    """Return the mark that a file holds, or None where it is missing, unreadable or damaged."""
    try:
        return _mark(json.loads(file.read_text(encoding="utf-8")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def _mark(shape: Any) -> DayMark:
    moment = datetime.fromisoformat(shape["moment"])
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a moment without its zone")
    if not EARLIEST <= moment.timestamp() <= _LATEST:
        raise ValueError("a moment of no clock")
    uptime = Uptime(str(shape["boot"]), _number(shape["uptime"])) if shape["boot"] else None
    return DayMark(
        Look(moment.timestamp(), offset.total_seconds(), uptime),
        date.fromisoformat(shape["today"]),
        date.fromisoformat(shape["closed_until"]),
        str(shape["rules"]),
        tuple(_former(*numbers) for numbers in shape["formers"]),
    )


def _former(offset: Any, behind: Any, until: Any) -> Former:
    former = Former(_number(offset), _number(behind), _number(until))
    timezone(timedelta(seconds=former.offset))
    if abs(former.behind) > _LATEST / 2:
        raise ValueError("longer ago than clocks go")
    return former


def _number(value: Any) -> float:
    number = float(value)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number
