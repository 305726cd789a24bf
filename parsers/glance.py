"""A first look at a note: of an ordinary one only the lines of its boxes, since nothing else of it counts."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from .note import Note, Reading, read_note

BoxLine = tuple[int, str, str]
"""A box: its line from 1, the character in it, what follows it on the line."""


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
    return plain(read_note(path, text, reading, whole=False), reading)


def plain(note: Note, reading: Reading) -> Glance | Note:
    """Return a note as a glance if it is an ordinary one."""
    more = (note.goal, note.blocks, note.heading_dates, note.problems, note.kanban, note.markers_broken)
    if any(more) or reading.rules.global_filter:
        return note
    return Glance(note.kind, note.date, tuple((task.line, task.symbol, task.body) for task in note.tasks))
