"""An alarm that rings by the clock on the wall: the count of seconds that a wait goes by stands still while the machine sleeps."""

from __future__ import annotations

import ctypes
import errno
import os
from contextlib import suppress

from .system_library import call

_REALTIME = 0
_ABSOLUTE, _TELL_WHEN_SET = 1, 2
"""TFD_TIMER_ABSTIME and TFD_TIMER_CANCEL_ON_SET of timerfd_create(2)."""
_LATER = 0.001
"""Seconds by which it rings late: who then reads the clock, in whatever steps, must not find it to be too early."""


class _TimeSpec(ctypes.Structure):
    _fields_ = (("seconds", ctypes.c_long), ("nanoseconds", ctypes.c_long))


class _TimerSpec(ctypes.Structure):
    _fields_ = (("every", _TimeSpec), ("at", _TimeSpec))


class WallAlarm:
    """Rings once at a moment, after a sleep too; tells as well that the clock was set or that the machine has slept.

    Linux has such (timerfd_create(2)): what it tells of a sleep is that the clock has gone ahead of the count of seconds.
    """

    def __init__(self) -> None:
        """Make an alarm that is not set yet; raise OSError where the system has none."""
        self._timer = call("timerfd_create", _REALTIME, os.O_NONBLOCK | os.O_CLOEXEC)
        self._moment: float | None = None

    def fileno(self) -> int:
        """Return the number by which the system is asked whether there is something to be told."""
        return self._timer

    def ring_at(self, moment: float) -> None:
        """Ring at a moment, in seconds since 1970 and at once if it has passed, instead of that which was set before."""
        if moment != self._moment:
            seconds, part = divmod(max(moment, 0.0) + _LATER, 1)
            spec = _TimerSpec(at=_TimeSpec(int(seconds), int(part * 1e9)))
            # First: it may be told, in another thread, before the call is over.
            self._moment = moment
            call("timerfd_settime", self._timer, _ABSOLUTE | _TELL_WHEN_SET, ctypes.byref(spec), None)

    def told(self) -> bool:
        """Return whether it has rung or the clock was set; it is then to be set anew."""
        try:
            os.read(self._timer, 8)
        except BlockingIOError:
            return False
        except OSError as error:
            if error.errno != errno.ECANCELED:
                raise
            self._moment = None
        return True

    def end(self) -> None:
        """Ring no more."""
        with suppress(OSError):
            os.close(self._timer)
