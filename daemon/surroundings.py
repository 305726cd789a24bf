"""What is around a vault: its folder and the disks, the clock and the zone. Where the system tells of it nobody looks."""

from __future__ import annotations

import os
import select
import sys
import threading
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Protocol

from .inbox import Inbox
from .mounts import MountNews
from .own_watch import OwnWatch
from .wall_alarm import WallAlarm

ZONE = Path("/etc/localtime")
"""What says in which zone the machine is; it is replaced when that is another."""


class Teller(Protocol):
    """Something of the system's that has news."""

    def fileno(self) -> int:
        """Return the number by which the system is asked."""

    def told(self) -> bool:
        """Take the news in; return whether they are worth a look."""

    def end(self) -> None:
        """Let go of it."""


class Surroundings:
    """Tells an inbox when there is reason to look around; until then its thread sleeps, and so may everybody else."""

    def __init__(self, root: Path, inbox: Inbox, zone: Path = ZONE) -> None:
        """Begin to listen; raise OSError where the system tells too little."""
        self._inbox = inbox
        with ExitStack() as made:
            self._folder = OwnWatch(root)
            made.callback(self._folder.end)
            self._alarm = WallAlarm()
            made.callback(self._alarm.end)
            self._mounts = MountNews()
            made.callback(self._mounts.end)
            self._zone = OwnWatch(zone.parent, zone.name)
            made.callback(self._zone.end)
            self._end = os.eventfd(0)
            made.callback(os.close, self._end)
            self._made = made.pop_all()
        self.tell_all = True
        """Whether all of this is told; if not, it has to be looked for."""
        self._thread = threading.Thread(target=self._listen, name="surroundings", daemon=True)
        self._thread.start()

    def lasts(self) -> bool:
        """Return whether the folder is still watched, where that is told: a disk that is taken out ends it."""
        return self._folder.lasts

    def ring_at(self, moment: float) -> None:
        """Have it told when the clock has come to a moment, in seconds since 1970."""
        self._alarm.ring_at(moment)

    def end(self) -> None:
        """Listen no more."""
        os.eventfd_write(self._end, 1)
        self._thread.join()
        self._made.close()

    def _listen(self) -> None:
        """Tell of what happened before it was listened to, and then of all news, to the end."""
        tellers: tuple[Teller, ...] = (self._folder, self._alarm, self._mounts, self._zone)
        numbered = {teller.fileno(): teller for teller in tellers}
        poll = select.poll()
        for number in (self._end, *numbered):
            poll.register(number, select.POLLIN)
        poll.register(self._mounts, select.POLLPRI)
        self._inbox.look_around()
        with suppress(OSError):
            while self._end not in (found := dict(poll.poll())):
                if any(numbered[number].told() for number in found):
                    self._inbox.look_around()
            return
        self.tell_all = False
        self._inbox.look_around()


def surroundings(root: Path, inbox: Inbox) -> Surroundings | None:
    """Return what tells of the surroundings of a vault; None where the system does not."""
    if sys.platform.startswith("linux"):
        with suppress(OSError):
            return Surroundings(root, inbox)
    return None
