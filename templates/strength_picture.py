"""How strong micro-wins have become: one curve each, named where it ends."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from ..streaks.calendar import DAY
from ..streaks.figures import Figures
from ..streaks.strength import strength_days
from .chart import Chart, line
from .phrases import whole
from .safe_text import columns, one_line, pad
from .svg import headline, ink, label, picture
from .words import say

COLOURS = ("#2c9a5f", "#3d86d8", "#c2701c", "#9b68d8", "#d2558a", "#7f8a1f")
"""Told apart by their names at the ends, not by the colour alone; each can be read on a light and on a dark ground."""
LOOK_BACK = timedelta(days=365)
NAME = 24
"""Columns of a name at the end of a curve."""


def shown_wins(wins: Sequence[Figures]) -> list[Figures]:
    """Return the micro-wins whose curves are drawn: the first ones that have a closed turn."""
    found = (win for win in wins if win.win.is_scheduled and any(True for _ in strength_days(win.turns)))
    return [win for win, _ in zip(found, COLOURS, strict=False)]


def strength_picture(name: str, wins: Sequence[Figures], title: str, words: str, today: date) -> str:
    """Return the curves of the strength of some micro-wins, at most of the last year."""
    first = first_day(wins, today)
    ends = _spread([(win.strength, place) for place, win in enumerate(wins)])
    texts = [f"{pad(one_line(win.win.name, 1000), NAME).rstrip()} {whole(win.strength)} %" for win in wins]
    chart = Chart(first, today, right=24 + 8 * max(map(columns, texts), default=0))
    lines, labels = list(chart.lines()), list(chart.labels())
    for place, win in enumerate(wins):
        lines.append(line(chart.curve(_points(win, first, today)), COLOURS[place]))
        x, y = chart.width - chart.right + 6, chart.y(1) + (1 - ends[place]) * (chart.y(0) - chart.y(1))
        lines.append(line(f"M{x:g} {y:g}h6", COLOURS[place], 4))
        labels.append(label(texts[place], x + 12, round(y + 4, 1), NAME + 8))
    return picture(
        name,
        (chart.width, chart.height),
        say("picture.strength"),
        words,
        (ink(*headline(title, "", chart.width), *labels), *lines),
    )


def first_day(wins: Sequence[Figures], today: date) -> date:
    """Return the first day that is shown: the first turn of all, at most a year ago."""
    starts = [date.fromordinal(win.turns.starts[0]) for win in wins]
    return max(min(starts, default=today), today - LOOK_BACK)


def _points(win: Figures, first: date, today: date) -> list[tuple[date, float]]:
    """Return the strength after each closed turn that is shown, from nothing at the first turn of all to today."""
    before = date.fromordinal(win.turns.starts[0] - 1)
    days = [(before, 0.0), *((min(day, today), value) for day, value in strength_days(win.turns))]
    return [*([one for one in days if one[0] >= first - DAY] or days[-1:]), (today, days[-1][1])]


def _spread(ends: Sequence[tuple[float, int]]) -> dict[int, float]:
    """Return how high each name stands, by place: as its curve, moved so that no two lie on each other."""
    gap, found = 0.1, dict[int, float]()
    below = -gap
    for value, place in sorted(ends):
        below = found[place] = max(value, below + gap)
    above = 1.0 + gap
    for _, place in sorted(ends, reverse=True):
        above = found[place] = min(found[place], above - gap)
    return found
