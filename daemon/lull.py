"""A moment of rest that each new change puts off."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Lull:
    """When it has been still for long enough; None where nothing is waited for. Times are seconds of one clock."""

    at: float | None = None
    since: float = 0.0

    def put_off(self, now: float, seconds: float, longest: float) -> None:
        """Set the end to so many seconds from now, never earlier than it was, and at most `longest` after the first call."""
        if self.at is None:
            self.since = now
        self.at = min(max(self.at or 0.0, now + seconds), self.since + longest)

    def over(self, now: float) -> bool:
        """Return whether the time has come."""
        return self.at is not None and now >= self.at

    def clear(self) -> None:
        """Wait for nothing any more."""
        self.at = None
