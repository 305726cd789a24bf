"""The alarm: it rings by the clock on the wall, tells that this was set, and is set only where that changes something."""

import errno
import os
import select
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from microwins.daemon import wall_alarm
from microwins.daemon.system_library import call
from microwins.daemon.wall_alarm import WallAlarm

from .live import PATIENCE

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Linux has such alarms")
YEAR = 365 * 24 * 3600.0


@pytest.fixture
def alarm() -> Iterator[WallAlarm]:
    alarm = WallAlarm()
    yield alarm
    alarm.end()


def rings(alarm: WallAlarm, seconds: float = 0) -> bool:
    """Return whether it has something to tell within so many seconds."""
    return bool(select.select([alarm], [], [], seconds)[0])


def test_it_rings_once_when_the_clock_has_come_to_its_moment_and_not_before(alarm: WallAlarm) -> None:
    assert not rings(alarm)
    moment = time.time() + 0.3
    alarm.ring_at(moment)
    assert not alarm.told()
    assert rings(alarm, PATIENCE)
    assert time.time() >= moment
    assert alarm.told()
    assert not alarm.told()


def test_a_moment_that_has_passed_rings_at_once_and_once(alarm: WallAlarm) -> None:
    moment = time.time() - YEAR
    alarm.ring_at(moment)
    assert rings(alarm, PATIENCE)
    assert alarm.told()
    alarm.ring_at(moment)
    assert not rings(alarm)


@pytest.mark.parametrize("moment", [-YEAR, 0.0])
def test_a_moment_before_there_were_clocks_rings_at_once(alarm: WallAlarm, moment: float) -> None:
    alarm.ring_at(moment)
    assert rings(alarm, PATIENCE)


def test_the_moment_that_is_set_last_counts(alarm: WallAlarm) -> None:
    alarm.ring_at(time.time() - 1)
    alarm.ring_at(time.time() + YEAR)
    assert not rings(alarm)
    alarm.ring_at(time.time() - 1)
    assert rings(alarm, PATIENCE)


def told_of_a_set_clock(patch: pytest.MonkeyPatch, alarm: WallAlarm) -> bool:
    """Have the system answer as it does when the clock was set: whoever runs the tests keeps theirs."""

    def read(number: int, most: int) -> NoReturn:
        raise OSError(errno.ECANCELED, os.strerror(errno.ECANCELED))

    with patch.context() as now:
        now.setattr(os, "read", read)
        return alarm.told()


def test_a_clock_that_was_set_is_told_and_the_alarm_set_anew(
    alarm: WallAlarm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    real = call

    def counted(name: str, *words: object) -> int:
        asked.append(name)
        return real(name, *words)

    monkeypatch.setattr(wall_alarm, "call", counted)
    moment = time.time() + YEAR
    for _ in range(3):
        alarm.ring_at(moment)
    assert asked == ["timerfd_settime"]
    assert told_of_a_set_clock(monkeypatch, alarm)
    alarm.ring_at(moment)
    assert asked == ["timerfd_settime"] * 2


def test_the_system_is_asked_to_tell_of_a_set_clock_and_holds_the_moment(alarm: WallAlarm) -> None:
    alarm.ring_at(2e9 + 0.25)
    info = Path(f"/proc/self/fdinfo/{alarm.fileno()}").read_text(encoding="ascii")
    told = dict(line.split(":", 1) for line in info.splitlines() if ":" in line)
    assert int(told["clockid"]) == time.CLOCK_REALTIME
    assert int(told["settime flags"], 8) == 3  # TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET
    seconds, nanoseconds = map(int, told["it_value"].strip(" ()").split(","))
    assert time.time() + seconds + nanoseconds / 1e9 == pytest.approx(2e9 + 0.25, abs=5)


def test_another_error_is_an_error(alarm: WallAlarm, monkeypatch: pytest.MonkeyPatch) -> None:
    def read(number: int, most: int) -> NoReturn:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    monkeypatch.setattr(os, "read", read)
    with pytest.raises(OSError, match="error"):
        alarm.told()


def test_a_function_that_the_system_does_not_have_is_an_error_of_the_system() -> None:
    with pytest.raises(OSError, match="no timer_of_no_system"):
        call("timer_of_no_system")
