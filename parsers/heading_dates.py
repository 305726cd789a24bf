"""The dates that headings set for what stands below them."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from .day_range import read_date

_ISO_DATE = re.compile(r"(?<![0-9-])([0-9]{4}-[0-9]{2}-[0-9]{2})(?![0-9-])")

Stretches = tuple[tuple[int, int, dt.date], ...]
"""The line before a stretch, its last line, and the date that its heading sets, in order."""


def heading_dates(headings: Sequence[tuple[int, int, str]], last_line: int) -> Stretches:
    """Return the stretches that a heading with exactly one date sets; headings are given as line, level and text."""
    if not any(_ISO_DATE.search(text) for _, _, text in headings):
        return ()
    found: list[tuple[int, int, dt.date]] = []
    above: list[tuple[int, dt.date]] = []
    since = 0
    for line, level, text in headings:
        ended = [one for one in above if one[0] >= level]
        if ended:
            found.append((since, line - 1, above[-1][1]))
            above, since = above[: -len(ended)], line - 1
        days = {day for day in map(read_date, _ISO_DATE.findall(text)) if day}
        if len(days) == 1:
            found += [(since, line, above[-1][1])] if above else []
            above.append((level, days.pop()))
            since = line
    if above:
        found.append((since, last_line, above[-1][1]))
    return tuple(one for one in found if one[0] < one[1])
