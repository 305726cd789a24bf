"""Where news of the vault's files arrives from other threads: hints only, gathered until somebody looks."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

GATHER = 0.01
"""Seconds for which more news is gathered once some has come: a storm is taken in handfuls, not drop by drop."""


@dataclass(frozen=True, slots=True)
class News:
    """The vault paths that were touched, whether a sync client was seen at work or news was lost, and what is asked for.

    `around` asks for a look at what is around the vault, its folder, the clock and the zone, and is no news of it.
    `told` is when the last of the paths was told, in seconds of the inbox's clock; None where that is not known.
    """

    paths: frozenset[str] = frozenset()
    synced: bool = False
    rescan: bool = False
    lost: bool = False
    settings: bool = False
    around: bool = False
    stop: bool = False
    told: float | None = field(default=None, compare=False)

    def __bool__(self) -> bool:
        """Return whether there is any news of the vault."""
        return bool(self.paths or self.rescan or self.lost or self.settings or self.stop)


class Inbox:
    """Gathers news until `wait` takes it. All methods may be called from any thread and from a signal handler.

    `monotonic` counts seconds, as it does for whoever takes the news.
    """

    def __init__(self, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._monotonic = monotonic
        self._condition = threading.Condition()
        self._told: float | None = None
        self._paths: set[str] = set()
        self._synced = self._rescan = self._lost = self._settings = self._around = self._stop = False

    def touched(self, path: str, *, synced: bool = False) -> None:
        """Tell that something happened to the note at a vault path."""
        with self._condition:
            self._wake()
            self._paths.add(path)
            self._told = self._monotonic()
            self._synced |= synced

    def sync_client_at_work(self) -> None:
        """Tell that a sync client is bringing files; this alone wakes nobody."""
        with self._condition:
            self._synced = True

    def rescan(self) -> None:
        """Ask for a walk over the vault: something happened, and it is not known what."""
        with self._condition:
            self._wake()
            self._rescan = True

    def news_was_lost(self) -> None:
        """Tell that more happened than the system could keep."""
        with self._condition:
            self._wake()
            self._lost = True

    def settings_changed(self) -> None:
        """Tell that a settings file was touched."""
        with self._condition:
            self._wake()
            self._settings = True

    def look_around(self) -> None:
        """Tell that the vault's folder, the clock or the zone may be another."""
        with self._condition:
            self._wake()
            self._around = True

    def stop(self) -> None:
        """Ask the reader to come to an end."""
        with self._condition:
            self._stop = True
            self._condition.notify()

    @property
    def stopping(self) -> bool:
        """Whether `stop` was called."""
        return self._stop

    def wait(self, seconds: float) -> News:
        """Return the news, as soon as there is any or when the time is up; a request to stop is not kept waiting."""
        with self._condition:
            if self._condition.wait_for(self._any, seconds):
                self._condition.wait_for(lambda: self._stop, GATHER)
            news = News(
                frozenset(self._paths), self._synced, self._rescan, self._lost, self._settings, self._around, self._stop,
                self._told,
            )  # fmt: skip
            self._paths, self._told = set(), None
            self._synced = self._rescan = self._lost = self._settings = self._around = False
            return news

    def _wake(self) -> None:
        """Wake the reader for the first news; while that waits it is awake already."""
        if not self._any():
            self._condition.notify()

    def _any(self) -> bool:
        return bool(self._paths or self._rescan or self._lost or self._settings or self._around or self._stop)
