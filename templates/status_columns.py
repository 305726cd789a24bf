"""How much of the line of a micro-win there is room for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

WIDE = 120
"""The columns where nobody says how many there are, as in a pipe."""
STREAK, BAR, PERCENT, STRIP = 16, 11, 5, 28
"""The columns of a streak, of the bar of a strength with its space, of its percentage, and of the last four weeks."""
LEAST_NAME, LEAST_STRIP = 8, 14


@dataclass(frozen=True, slots=True)
class StatusColumns:
    """The `columns` of a line: those of the name and the streak, whether there is a bar, the days of the strip."""

    name: int
    streak: int
    bar: bool
    strip: int
    columns: int = WIDE

    def width(self, name: int, strip: Sequence[str]) -> int:
        """Return the columns that a line takes with a name of so many, up to the last mark of its strip."""
        marks = len("".join(strip).rstrip())
        return 2 + name + 2 + self.streak + 1 + BAR * self.bar + PERCENT + (2 + marks if marks else 0)


def status_columns(name: int, streak: int, width: int) -> StatusColumns:
    """Return the columns that fit into `width`, for names and streaks of up to so many columns.

    The strip gets shorter first, then the bar goes, then the strip, and names are cut last. A long streak takes more
    than its usual columns where all else has room.

    >>> status_columns(26, 8, 100)
    StatusColumns(name=26, streak=16, bar=True, strip=28, columns=100)
    >>> status_columns(26, 8, 80)
    StatusColumns(name=26, streak=16, bar=False, strip=24, columns=80)
    """
    left = width - 4 - name - 2 - STREAK - 1 - PERCENT
    if streak > STREAK and left - (streak - STREAK) >= 2 + BAR + STRIP:
        return StatusColumns(name, streak, bar=True, strip=STRIP, columns=width)
    for bar in (True, False):
        strip = left - 2 - BAR * bar
        if strip >= LEAST_STRIP:
            return StatusColumns(name, STREAK, bar, min(strip, STRIP), width)
    if left >= 0:
        return StatusColumns(name, STREAK, left >= BAR, 0, width)
    narrow = min(streak, STREAK)
    name = max(min(name, name + left + STREAK - narrow), LEAST_NAME)
    return StatusColumns(name, narrow, bar=False, strip=0, columns=width)
