"""A heat map as a picture: weeks are columns, the days of the week rows."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.calendar import DAY
from .heat import DONE, EMPTY, NEUTRAL, OPEN, Heat
from .svg import ACCENT, INK, PALE, element, headline, headline_width, ink, label, picture
from .words import names, say

PITCH, LEFT, TOP = 13, 32, 52
WIDEST_FOR_WORDS = 480
"""Pixels that a map of a few weeks gets at most so that its title is whole."""
OPACITY = {1: 0.32, 2: 0.55, 3: 0.78, 4: 1.0}
"""How strong each shade of a day with wins is; on every ground the next one stands out more."""


def heat_map(name: str, heat: Heat, title: str, found: str, words: str) -> str:
    """Return the picture of a heat map: its title, what it holds in all, and in `words` what it shows."""
    width = max(LEFT + heat.columns * PITCH + 4, min(headline_width(title, found), WIDEST_FOR_WORDS), 330)
    bottom = TOP + 7 * PITCH
    return picture(
        name,
        (width, bottom + 26),
        title,
        words,
        (
            ink(
                *headline(title, found, width),
                *_labels(heat),
                *_legend_words(heat, width, bottom),
                size=14,
            ),
            *_days(heat),
            *_legend_cells(heat, width, bottom),
        ),
    )


def _labels(heat: Heat) -> Iterator[str]:
    """Yield the names of the months above their first week, and of every other day of the week."""
    months, weekdays = names("dates.months_short"), names("dates.weekdays_two")
    for column, month in heat.months():
        yield label(months[month - 1], LEFT + column * PITCH, TOP - 8)
    for row in (0, 2, 4):
        yield label(
            weekdays[(heat.week_start + row) % 7], LEFT - 6, TOP + row * PITCH + 10, text_anchor="end"
        )


def _days(heat: Heat) -> Iterator[str]:
    """Yield one path a shade, for the pale days and for those of rest; the days to come are no more than a dot."""
    squares: dict[int, list[str]] = {}
    dashes: list[str] = []
    dots: list[str] = []
    ring = ""
    for place, column, row in heat.cells():
        mark, x, y = heat.marks[place], LEFT + column * PITCH, TOP + row * PITCH
        if mark in {DONE, EMPTY}:
            squares.setdefault(heat.shade(place) if mark == DONE else 0, []).append(_square(x, y))
        elif mark == NEUTRAL:
            dashes.append(f"M{x + 2} {y + 5}h6")
        elif mark != OPEN or heat.span.first + place * DAY != heat.today:
            dots.append(f"M{x + 5} {y + 5}h0")
        if heat.span.first + place * DAY == heat.today:
            ring = element("rect", class_="l", x=x - 0.5, y=y - 0.5, width=11, height=11, rx=2.5, fill="none", stroke=INK["light"], stroke_width=1.5)  # fmt: skip
    for shade, found in sorted(squares.items()):
        yield _squares(shade, "".join(found))
    yield from _strokes("".join(dashes), 2, 0.75)
    yield from _strokes("".join(dots), 2, 0.35)
    if ring:
        yield ring


def _square(x: float, y: float) -> str:
    return f"M{x + 1} {y + 1}h8v8h-8z"


def _squares(shade: int, path: str) -> str:
    """Return squares of one shade: filled, with a border of the same colour that rounds their corners."""
    colour = ACCENT if shade else PALE
    opacity = OPACITY.get(shade, 0.2)
    return element("path", d=path, fill=colour, stroke=colour, stroke_width=2, stroke_linejoin="round", opacity=f"{opacity:g}")  # fmt: skip


def _strokes(path: str, width: int, opacity: float) -> Iterator[str]:
    if path:
        yield element(
            "path", d=path, stroke=PALE, stroke_width=width, stroke_linecap="round", opacity=f"{opacity:g}"
        )


def _legend(heat: Heat, width: int) -> Iterator[tuple[int, int | None, str]]:
    """Yield each sign of the legend from the right to the left: where it begins, its shade (None: rest), its word."""
    right = width - 4
    signs: list[tuple[int | None, str]] = list(heat.legend)
    if NEUTRAL in heat.marks:
        signs.append((None, say("picture.rest")))
    for shade, word in reversed(signs):
        right -= 16 + 9 * len(word) + 8
        yield right, shade, word


def _legend_words(heat: Heat, width: int, bottom: int) -> Iterator[str]:
    x = width
    for x, _, word in _legend(heat, width):
        yield label(word, x + 16, bottom + 18)
    if not heat.is_plain:
        yield label(say("picture.legend"), x - 10, bottom + 18, text_anchor="end")


def _legend_cells(heat: Heat, width: int, bottom: int) -> Iterator[str]:
    for x, shade, _ in _legend(heat, width):
        if shade is None:
            yield from _strokes(f"M{x + 2} {bottom + 13}h6", 2, 0.75)
        else:
            yield _squares(shade, _square(x, bottom + 8))
