"""A watch of our own on one folder, of which nothing is told but that it has ended."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

_IN_DELETE_SELF = 0x400
_MOST = 4096


class OwnWatch:
    """Ends with all watches of a disk when that is taken out, and does not come back with it: whoever asks need not count them.

    Linux has such (inotify(7)): what is read of one is that the folder was deleted or its disk unmounted, and then that
    it has ended.
    """

    def __init__(self, folder: Path) -> None:
        """Begin to watch, on Linux; raise OSError where the system refuses."""
        libc = ctypes.CDLL(None, use_errno=True)
        self._inotify = libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
        if self._inotify < 0:
            raise _error()
        if libc.inotify_add_watch(self._inotify, os.fsencode(folder), _IN_DELETE_SELF) < 0:
            error = _error()
            self.end()
            raise error
        self._lasts = True

    def lasts(self) -> bool:
        """Return whether the watch is still held."""
        if self._lasts:
            try:
                self._lasts = not os.read(self._inotify, _MOST)
            except BlockingIOError:
                return True
        return self._lasts

    def end(self) -> None:
        """Watch no more."""
        self._lasts = False
        with suppress(OSError):
            os.close(self._inotify)


def own_watch(folder: Path) -> OwnWatch | None:
    """Return a watch on a folder; None where there is none to be had."""
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            return OwnWatch(folder)
    return None


def _error() -> OSError:
    number = ctypes.get_errno()
    return OSError(number, os.strerror(number))
