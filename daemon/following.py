"""How the changes in a vault come to be known: they are told by the system, or looked for every few seconds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..templates import watch_text as words
from .inbox import Inbox
from .mounts import silent_kind
from .surroundings import Surroundings, surroundings
from .watch_event import Event, Say
from .watcher import Watcher, blind_folders, is_any_watch_held, no_watch_left

RESCAN = 900.0
"""Seconds from one look at the whole vault to the next where changes are told: for what was lost on the way."""
POLL = 5.0
"""The same where nothing is told."""
_RESCAN_SHARE, _POLL_SHARE = 0.001, 0.02
"""How much of the processor's time such looks may take at most: in a vault where they cost more they are rarer."""


@dataclass(frozen=True, slots=True)
class Polling:
    """Why changes are looked for, and how that is said. What is `lasting` is not tried again."""

    why: str
    text: str
    lasting: bool = False


Wish = bool | None
"""Whether somebody wants changes to be looked for; None where the file system is to decide."""


class Following:
    """Follows one vault; whether it polls may change while it runs, and is said each time it does."""

    def __init__(
        self, root: Path, inbox: Inbox, say: Say, monotonic: Callable[[], float], *, asked: Wish
    ) -> None:
        self._root = root
        self._inbox = inbox
        self._say = say
        self._monotonic = monotonic
        self._watcher = Watcher(root, inbox)
        self._polling = _asked() if asked else None
        self._around: Surroundings | None = None
        self.runs = False
        self._tried = 0.0

    @property
    def polling(self) -> bool:
        """Whether changes are looked for."""
        return self._polling is not None

    def start(self, *, asked: Wish) -> None:
        """Follow the folder that is there now, from the beginning; nothing that changes after this is missed."""
        self.stop()
        self._tried, self.runs = self._monotonic(), True
        before, self._polling = self._polling, _asked() if asked else self._begin(trusted=asked is False)
        # As the last ones: if there is no watch left for these, they are not missed.
        self._around = surroundings(self._root, self._inbox) if self._polling is None else None
        if self._polling is not None and (
            before is None or self._polling.why != before.why or before.why == "asked"
        ):
            self._say(Event("polling", self._polling.text))
        elif self._polling is None and before is not None:
            self._say(Event("following", words.FOLLOWING))

    def _begin(self, *, trusted: bool) -> Polling | None:
        """Begin to be told; return why that is not enough, or None where it is. One that is `trusted` tells all."""
        kind = None if trusted else silent_kind(self._root)
        if kind is not None:
            return Polling(kind, words.polling_file_system(kind, POLL), lasting=True)
        try:
            self._watcher.start()
        except OSError as error:
            return Polling("refused", words.polling_refused(error.strerror or str(error), POLL))
        blind = blind_folders(self._root)
        return (
            Polling("limit", words.polling_limit(blind, POLL))
            if blind and no_watch_left(self._root)
            else None
        )

    def stop(self) -> None:
        """Be told nothing any more."""
        around, self._around = self._around, None
        if around is not None:
            around.end()
        self._watcher.stop()
        self.runs = False

    def is_told_around(self) -> bool:
        """Return whether the system tells of what is around the vault too; if not, somebody has to look at it."""
        return self._around is not None and self._around.tell_all

    def ring_at(self, moment: float) -> None:
        """Have it told, where that can be, when the clock has come to a moment, in seconds since 1970."""
        if self._around is not None:
            self._around.ring_at(moment)

    def is_broken(self) -> bool:
        """Return whether nothing is told any more though it should be."""
        told = self._polling is None or self._polling.why == "limit"
        return self.runs and told and not self._watcher.alive()

    def is_deaf(self) -> bool:
        """Return whether no folder is watched any more, though nobody has said so: the disk was away for a moment."""
        if not self.runs or self._polling is not None:
            return False
        return not (self._around.lasts() if self._around is not None else is_any_watch_held())

    def is_outgrown(self) -> bool:
        """Return whether it is time to begin anew: folders have come that are not followed, or there may be room again."""
        if not self.runs or (self._polling is not None and self._polling.lasting):
            return False
        if self._polling is None:
            return blind_folders(self._root) > 0
        if self._polling.why == "limit":
            return not no_watch_left(self._root)
        return self._monotonic() >= self._tried + RESCAN

    def interval(self, cost: float) -> float:
        """Return the seconds until the next look at the whole vault, where one takes `cost` seconds of the processor."""
        return max(POLL, cost / _POLL_SHARE) if self.polling else max(RESCAN, cost / _RESCAN_SHARE)


def _asked() -> Polling:
    return Polling("asked", words.polling_asked(POLL), lasting=True)
