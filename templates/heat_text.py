"""A heat map in plain characters, for where no picture is wanted."""

from __future__ import annotations

from .heat import DONE, NEUTRAL, Heat
from .words import names, say

SHADES = {1: "░", 2: "▒", 3: "▓", 4: "█"}


def heat_rows(heat: Heat) -> list[str]:
    """Return the months, a row for each day of the week, and what the shades mean."""
    weekdays = names("dates.weekdays_two")
    rows = [[" "] * heat.columns for _ in range(7)]
    for place, column, row in heat.cells():
        mark = heat.marks[place]
        rows[row][column] = SHADES[heat.shade(place)] if mark == DONE else mark
    days = [
        f"{weekdays[(heat.week_start + row) % 7]} {''.join(cells)}".rstrip() for row, cells in enumerate(rows)
    ]
    return [_months(heat), *days, *_legend(heat)]


def _months(heat: Heat) -> str:
    """Return the names of the months, each above its first week."""
    short, row = names("dates.months_short"), ""
    for column, month in heat.months():
        row = f"{row:<{column + 3}}{short[month - 1]}"
    return row


def _legend(heat: Heat) -> list[str]:
    signs = [f"{SHADES[shade]} {word}" for shade, word in heat.legend]
    signs += [f"- {say('picture.rest')}"] if NEUTRAL in heat.marks else []
    return ["   " + "   ".join(signs)] if signs else []
