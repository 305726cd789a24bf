"""The notes that are to be read: once a burst of events is over, or a save that looks half done has had its time."""

from __future__ import annotations

from collections.abc import Iterable, KeysView

BURST = 0.05
"""Seconds without news after which a burst of events is over and the notes are read."""
LONGEST_BURST = 0.5
GRACE = 2.0
"""Seconds for which a note that is gone, or was emptied, is believed to be in the middle of a save."""


class Unread:
    """Which notes were touched, when each may be read, and since when one looks as if it were being saved."""

    def __init__(self) -> None:
        self._at: dict[str, float] = {}
        self._half_done: dict[str, float] = {}
        self._burst_began: float | None = None

    @property
    def paths(self) -> KeysView[str]:
        """The notes that wait."""
        return self._at.keys()

    def touched(self, paths: Iterable[str], now: float) -> None:
        """Take in notes of which something was told."""
        self._burst_began = now if self._burst_began is None else self._burst_began
        self._at |= dict.fromkeys(paths, now)

    def next_time(self) -> float | None:
        """Return when there will be something to read; None where nothing waits."""
        if not self._at:
            return None
        if self._burst_began is None:
            return min(self._at.values())
        return min(max(self._at.values()) + BURST, self._burst_began + LONGEST_BURST)

    def take(self, now: float) -> list[str]:
        """Return the notes that may be read now, and end the burst.

        With any of them those that look as if they were being saved: one that is gone may have come under another name.
        """
        self._burst_began = None
        due = {path for path, at in self._at.items() if at <= now}
        return [path for path in self._at if path in due or (due and path in self._half_done)]

    def wait_for(self, path: str, now: float) -> bool:
        """Put off a note that looks as if it were being saved; return False once it has looked so for too long."""
        if now - self._half_done.setdefault(path, now) >= GRACE:
            return False
        self._at[path] = now + GRACE / 8
        return True

    def done(self, path: str) -> float:
        """Take a note off the list, as it is being read; return when it was touched last."""
        self._half_done.pop(path, None)
        return self._at.pop(path)
