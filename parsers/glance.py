"""A first look at a note: of an ordinary one only the lines of its boxes, since nothing else of it counts."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from .blocks import Block
from .bounds import LONGEST_LINE, MOST_BOXES
from .box_lines import BoxLine, read_box_lines
from .box_text import box_lines, written
from .dated_heading import may_date_heading
from .note import MENTION, Note, Reading, may_be_more, read_note
from .note_date import note_period
from .period import Kind

_MOST_LINES = 1000


class Glance(NamedTuple):
    """An ordinary note: its period if its name tells one, and its boxes; it has no goal, no block of ours, no problem."""

    kind: Kind | None = None
    date: dt.date | None = None
    boxes: bytes = b""
    """The boxes in one piece, as `box_text` writes them."""

    @property
    def day(self) -> dt.date | None:
        """The day of a daily note."""
        return self.date if self.kind == "day" else None

    @property
    def lines(self) -> list[BoxLine]:
        """The boxes, in their order."""
        return box_lines(self.boxes)


def glance(path: str, text: str, reading: Reading) -> Glance | Note:
    """Return what an ordinary note contributes; one that is anything more is read whole.

    An ordinary note's boxes are those that `read_note` finds, in their order.
    """
    lines = _lines(text, path, reading)
    if lines is not None:
        period = note_period(path, reading.formats, reading.locale, reading.week)
        is_daily = period is not None and period.kind == "day"
        if is_daily or not (_has_block(text) or (lines and may_date_heading(text))):
            boxes = written(lines)
            return Glance(period.kind, period.start, boxes) if period else Glance(None, None, boxes)
    return plain(read_note(path, text, reading, whole=False), reading)


def _lines(text: str, path: str, reading: Reading) -> list[BoxLine] | None:
    """Return the boxes of a note that is surely an ordinary one; else None."""
    if reading.rules.global_filter or (len(text) > MOST_BOXES and text.count("[") > MOST_BOXES):
        return None
    if may_be_more(text, path, reading.words):
        return None
    lines = read_box_lines(text)
    if lines is None or len(lines) > _MOST_LINES:
        return None
    if len(text) > LONGEST_LINE and any(len(body) > LONGEST_LINE for _, _, body in lines):
        return None
    return lines


def _has_block(text: str) -> bool:
    """Return whether a note that may hold a list of the day, and no other block of ours, does hold it."""
    return "<" in text and MENTION in text


def _is_list_of_the_day(block: Block) -> bool:
    return block.name == "today" and block.end is not None and not (block.options or block.quote)


def plain(note: Note, reading: Reading) -> Glance | Note:
    """Return a note as a glance if it is an ordinary one."""
    dated = note.heading_dates if note.day is None and note.tasks else ()
    blocks = [one for one in note.blocks if note.day is None or not _is_list_of_the_day(one)]
    more = (note.goal, blocks, dated, note.problems, note.kanban, note.markers_broken)
    if any(more) or reading.rules.global_filter:
        return note
    boxes = written((task.line, task.symbol, task.body) for task in note.tasks)
    return Glance(note.kind, note.date, boxes)
