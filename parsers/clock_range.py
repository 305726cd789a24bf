"""A stretch of each day by the clock, such as the hours of the night; it may run past midnight."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time

_RANGE = re.compile(
    r"\s*([01]?[0-9]|2[0-3]):([0-5][0-9])\s*(?:-|–|\.\.)\s*([01]?[0-9]|2[0-3]):([0-5][0-9])\s*\Z"
)


@dataclass(frozen=True, slots=True)
class ClockRange:
    """From `start` up to `end`, which does not belong to it; the two of them equal mean no time at all."""

    start: time
    end: time

    def __contains__(self, at: time) -> bool:
        """Return whether a time of day lies in it."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def read_clock_range(text: str) -> ClockRange | None:
    """Return the range that a text is, or None.

    >>> str(read_clock_range("21:00-8:00")), read_clock_range("at night")
    ('21:00-08:00', None)
    """
    match = _RANGE.match(text)
    if match is None:
        return None
    first, second, third, fourth = (int(part) for part in match.groups())
    return ClockRange(time(first, second), time(third, fourth))
