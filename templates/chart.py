"""The ground that curves are drawn on: days from left to right, a share from 0 to 1 upwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from .phrases import percent
from .svg import INK, PALE, element, label
from .words import names

TOP, BOTTOM, LEFT, RIGHT = 40, 24, 46, 8
MOST_POINTS = 120
"""Points of a curve that are drawn: more than that would lie closer than can be seen."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The days that are shown and the size in pixels; `right` are pixels at the right side that no curve reaches."""

    first: date
    last: date
    width: int = 640
    height: int = 220
    right: int = RIGHT

    def x(self, day: date) -> float:
        """Return where a day lies; one outside lies on the edge."""
        share = (day - self.first).days / max((self.last - self.first).days, 1)
        return round(LEFT + min(max(share, 0.0), 1.0) * (self.width - LEFT - self.right), 1)

    def y(self, share: float) -> float:
        """Return how high a share lies."""
        return round(TOP + (1 - share) * (self.height - TOP - BOTTOM), 1)

    def lines(self) -> Iterator[str]:
        """Yield a line for nothing, the half and the whole."""
        path = "".join(f"M{LEFT} {self.y(share):g}H{self.width - self.right}" for share in (0.0, 0.5, 1.0))
        yield element("path", d=path, stroke=PALE, stroke_opacity="0.3")

    def labels(self) -> Iterator[str]:
        """Yield what the lines stand for, and the names of the months, as many as have room."""
        for share in (0.0, 0.5, 1.0):
            yield label(percent(share), LEFT - 6, self.y(share) + 4, text_anchor="end")
        short = names("dates.months_short")
        for month in self._months():
            text = f"{short[month.month - 1]} {month.year}" if month.month == 1 else short[month.month - 1]
            yield label(text, self.x(month), self.height - 6)

    def _months(self) -> Iterator[date]:
        """Yield the first days of the months that are named: each is at least 56 pixels behind the one before."""
        month, before = self.first.replace(day=1), -1000.0
        while month <= self.last:
            x = self.x(month)
            if month >= self.first and x - before >= 56 and x <= self.width - self.right - 24:
                yield month
                before = x
            month = (month + timedelta(days=32)).replace(day=1)

    def curve(self, points: Iterable[tuple[date, float]], *, steps: bool = False) -> str:
        """Return the path of a curve; with `steps` a share holds until the next day that has another one."""
        path, before = "", 0.0
        for day, share in thinned(list(points)):
            x, y = self.x(day), self.y(share)
            if not path:
                path = f"M{x:g} {y:g}"
            elif steps:
                path += f"H{x:g}" + (f"V{y:g}" if y != before else "")
            else:
                path += f"L{x:g} {y:g}"
            before = y
        return path


def thinned(points: list[tuple[date, float]]) -> list[tuple[date, float]]:
    """Return at most `MOST_POINTS` of the points, the last one of each stretch, with the first and the last of all."""
    if len(points) <= MOST_POINTS:
        return points
    length = (len(points) - 1) / (MOST_POINTS - 1)
    return [points[int(place * length + 0.5)] for place in range(MOST_POINTS)]


def line(path: str, colour: str, width: float = 2.0, dashes: str = "") -> str:
    """Return a path as a line without an area."""
    shown = {"stroke_dasharray": dashes} if dashes else {}
    return element("path", d=path, fill="none", stroke=colour, stroke_width=width, stroke_linejoin="round", stroke_linecap="round", **shown)  # fmt: skip


def faint_line(path: str, dashes: str) -> str:
    """Return a path as a dashed line in ink, which only says what would be."""
    return element(
        "path",
        class_="l",
        d=path,
        fill="none",
        stroke=INK["light"],
        stroke_width=1.5,
        stroke_dasharray=dashes,
    )
