"""A watch of our own on one folder: of the folder itself, or of one name in it."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from .system_library import call

_ITSELF = 0x400 | 0x800
"""IN_DELETE_SELF and IN_MOVE_SELF of inotify(7)."""
_NAMES = 0x8 | 0x40 | 0x80 | 0x100 | 0x200
"""IN_CLOSE_WRITE, IN_MOVED_FROM, IN_MOVED_TO, IN_CREATE and IN_DELETE: a name stands for something else."""
_ENDED = 0x400 | 0x2000 | 0x8000
"""IN_DELETE_SELF, IN_UNMOUNT and IN_IGNORED."""
_EVENT = struct.Struct("iIII")
"""The watch, what happened, what belongs together, and the bytes of the name that follows."""
_MOST = 4096


class OwnWatch:
    """Tells that a folder was deleted, moved or unmounted; with a `name` also what happens to that name in it.

    It ends with all watches of a disk when that is taken out, and does not come back with it: whoever asks need not
    count them.
    """

    def __init__(self, folder: Path, name: str = "") -> None:
        """Begin to watch; raise OSError where the system has no such watches or refuses one more."""
        self._name = os.fsencode(name)
        self._inotify = call("inotify_init1", os.O_NONBLOCK | os.O_CLOEXEC)
        try:
            call("inotify_add_watch", self._inotify, os.fsencode(folder), _ITSELF | (_NAMES if name else 0))
        except OSError:
            self.end()
            raise
        self.lasts = True
        """Whether the watch was still held when it was asked last."""

    def fileno(self) -> int:
        """Return the number by which the system is asked whether there is something to be told."""
        return self._inotify

    def told(self) -> bool:
        """Take in what has happened; return whether any of it was meant to be told."""
        events = list(self._read())
        self.lasts &= not any(what & _ENDED for what, _ in events)
        return any(name in {b"", self._name} for _, name in events)

    def end(self) -> None:
        """Watch no more."""
        self.lasts = False
        with suppress(OSError):
            os.close(self._inotify)

    def _read(self) -> Iterator[tuple[int, bytes]]:
        """Yield what has happened, and to which name; of the folder itself, or where more happened than is kept, to none."""
        with suppress(BlockingIOError):
            data, at = os.read(self._inotify, _MOST), 0
            while at < len(data):
                _, what, _, size = _EVENT.unpack_from(data, at)
                at += _EVENT.size + size
                yield what, data[at - size : at].rstrip(b"\0")
