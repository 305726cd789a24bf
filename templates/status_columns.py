"""How much of the line of a micro-win there is room for."""

from __future__ import annotations

from dataclasses import dataclass

WIDE = 100
"""The columns where nobody says how many there are, as in a pipe."""
STREAK, BAR, PERCENT, STRIP = 16, 11, 5, 28
"""The columns of a streak, of the bar of a strength with its space, of its percentage, and of the last four weeks."""
LEAST_NAME, LEAST_STRIP = 8, 14


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """The columns of a line: those of the name and of the streak, whether there is a bar, the days of the strip."""

    name: int
    streak: int
    bar: bool
    strip: int


def status_columns(name: int, streak: int, width: int) -> StatusColumns:
    """Return the columns that fit into `width`, for names and streaks of up to so many columns.

    The strip gets shorter first, then the bar goes, then the strip, and names are cut last.

    >>> status_columns(26, 8, 100)
    StatusColumns(name=26, streak=16, bar=True, strip=28)
    >>> status_columns(26, 8, 80)
    StatusColumns(name=26, streak=16, bar=False, strip=24)
    """
    left = width - 4 - name - 2 - STREAK - 1 - PERCENT
    for bar in (True, False):
        strip = left - 2 - BAR * bar
        if strip >= LEAST_STRIP:
            return StatusColumns(name, STREAK, bar, min(strip, STRIP))
    if left >= 0:
        return StatusColumns(name, STREAK, left >= BAR, strip=0)
    narrow = min(streak, STREAK)
    return StatusColumns(
        max(min(name, name + left + STREAK - narrow), LEAST_NAME), narrow, bar=False, strip=0
    )
