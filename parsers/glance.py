"""A first look at a note: of an ordinary one only the lines of its boxes, since nothing else of it counts."""

from __future__ import annotations

import datetime as dt
import re
from typing import NamedTuple

from .bounds import LONGEST_LINE, MOST_BOXES
from .box_lines import BoxLine, read_box_lines
from .note import Note, Reading, may_be_more, read_note
from .note_date import note_period

_MOST_LINES = 1000
_DATED_HEADING = re.compile(
    r"^[ \t>*+.)0-9-]*+(?:#[^\n]*?[0-9]{4}-[0-9]{2}-[0-9]{2}|.*[0-9]{4}-[0-9]{2}-[0-9]{2}.*\n[ \t>]*(?:=+|-+)[ \t]*$)",
    re.MULTILINE,
)


class Glance(NamedTuple):
    """An ordinary note: its period if its name tells one, and its boxes; it has no goal, no block of ours, no problem."""

    kind: str | None = None
    date: dt.date | None = None
    lines: tuple[BoxLine, ...] = ()

    @property
    def day(self) -> dt.date | None:
        """The day of a daily note."""
        return self.date if self.kind == "day" else None


def glance(path: str, text: str, reading: Reading) -> Glance | Note:
    """Return what an ordinary note contributes; one that is anything more is read whole.

    An ordinary note's boxes are those that `read_note` finds, in their order.
    """
    lines = _lines(text, path, reading)
    if lines is None:
        return plain(read_note(path, text, reading, whole=False), reading)
    period = note_period(path, reading.formats, reading.locale, reading.week)
    if period is None:
        return (
            plain(read_note(path, text, reading, whole=False), reading)
            if lines and _may_date(text)
            else Glance(lines=lines)
        )
    if period.kind != "day" and lines and _may_date(text):
        return plain(read_note(path, text, reading, whole=False), reading)
    return Glance(period.kind, period.start, lines)


def _lines(text: str, path: str, reading: Reading) -> tuple[BoxLine, ...] | None:
    """Return the boxes of a note that is surely an ordinary one; else None."""
    if reading.rules.global_filter or (len(text) > MOST_BOXES and text.count("[") > MOST_BOXES):
        return None
    if may_be_more(text, path, reading.words):
        return None
    lines = read_box_lines(text)
    if lines is None or len(lines) > _MOST_LINES or any(len(body) > LONGEST_LINE for _, _, body in lines):
        return None
    return tuple(lines)


def _may_date(text: str) -> bool:
    """Return False where surely no heading of a note holds a date."""
    return _DATED_HEADING.search(text) is not None


def plain(note: Note, reading: Reading) -> Glance | Note:
    """Return a note as a glance if it is an ordinary one."""
    more = (note.goal, note.blocks, note.heading_dates, note.problems, note.kanban, note.markers_broken)
    if any(more) or reading.rules.global_filter:
        return note
    return Glance(note.kind, note.date, tuple((task.line, task.symbol, task.body) for task in note.tasks))
