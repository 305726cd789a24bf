"""A month on one leaf, with an X on each day that had a win."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.calendar import DAY
from .heat import DONE, NEUTRAL, Heat
from .svg import ACCENT, INK, PALE, element, headline, ink, label, picture
from .words import names

WIDTH, HEIGHT, LEFT, TOP = 46, 44, 4, 80


def month_picture(name: str, month: Heat, title: str, found: str, words: str) -> str:
    """Return the calendar of a month, whose days are those of `month`."""
    rows = max(column for _, column, _ in month.cells()) + 1
    size = (2 * LEFT + 7 * WIDTH, TOP + rows * HEIGHT + 6)
    head = (headline(title, "", size[0])[0], label(found, 4, 40))
    return picture(name, size, title, words, (ink(*head, *_labels(month)), *_days(month)))


def _labels(month: Heat) -> Iterator[str]:
    """Yield the days of the week, and the number of each day in its corner."""
    weekdays = names("dates.weekdays_two")
    for row in range(7):
        yield label(
            weekdays[(month.week_start + row) % 7], LEFT + row * WIDTH + 23, TOP - 10, text_anchor="middle"
        )
    for place, column, row in month.cells():
        yield label(
            str((month.span.first + place * DAY).day), LEFT + row * WIDTH + 5, TOP + column * HEIGHT + 14
        )


def _days(month: Heat) -> Iterator[str]:
    crosses, dashes, frames = "", "", ""
    for place, column, row in month.cells():
        x, y = LEFT + row * WIDTH, TOP + column * HEIGHT
        frames += f"M{x + 1} {y + 1}h{WIDTH - 2}v{HEIGHT - 2}h-{WIDTH - 2}z"
        if month.marks[place] == DONE:
            crosses += f"M{x + 20} {y + 19}l18 18m0-18l-18 18"
        elif month.marks[place] == NEUTRAL:
            dashes += f"M{x + 24} {y + 28}h10"
        if month.span.first + place * DAY == month.today:
            yield element("rect", class_="l", x=x + 1, y=y + 1, width=WIDTH - 2, height=HEIGHT - 2, rx=4, fill="none", stroke=INK["light"], stroke_width=2)  # fmt: skip
    yield element("path", d=frames, fill="none", stroke=PALE, stroke_opacity="0.28")
    if dashes:
        yield element("path", d=dashes, stroke=PALE, stroke_width=3, stroke_linecap="round")
    if crosses:
        yield element("path", d=crosses, fill="none", stroke=ACCENT, stroke_width=4.5, stroke_linecap="round")
