"""Stamps: the done date that a box ticked outside a dated note gets, and that goes again when it is unticked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..parsers.edit import Edit
from ..parsers.line_edit import Style, stamp, unstamp
from ..parsers.note import Note
from ..parsers.source import Source
from ..parsers.task import State
from ..parsers.tasks import Task
from ..streaks.catalog import Catalog
from .seen import Seen, box_keys


@dataclass(frozen=True, slots=True)
class Stamping:
    """Which boxes are stamped (`auto`: those that count for a goal; `all`; `off`), and in which style."""

    scope: str
    style: Style

    @classmethod
    def of(cls, setting: str, task_format: str | None) -> Stamping:
        """Return what the `stamp` setting means in a vault whose Tasks plugin writes `task_format`."""
        if setting == "off":
            return cls("off", "tasks")
        if setting == "auto":
            return cls("auto", "dataview" if task_format == "dataview" else "tasks")
        return cls("all", "dataview" if setting == "dataview" else "tasks")

    def concerns(self, note: Note, task: Task, catalog: Catalog) -> bool:
        """Return whether this box is one that is stamped: in no dated place, and, with `auto`, part of a goal."""
        if self.scope == "off" or note.day is not None or note.heading_date(task.line) is not None:
            return False
        if task.is_long or note.block_at(task.line) is not None:
            return False
        return (
            self.scope == "all"
            or note.goal is not None
            or catalog.match(task.fields, note.path).win is not None
        )

    def concerns_any(self, note: Note, catalog: Catalog) -> bool:
        """Return whether a note has a box that is stamped."""
        return any(self.concerns(note, task, catalog) for task in note.tasks)


@dataclass(frozen=True, slots=True)
class BoxStamp:
    """A change of one line's done date: the edit, the box's key, and the date that stands there afterwards."""

    edit: Edit
    key: str
    day: date | None


def newly_ticked(
    note: Note, catalog: Catalog, stamping: Stamping, before: frozenset[str] | None, day: date
) -> dict[int, date]:
    """Return, by line, the day of boxes that were open when the note was last read and are ticked now.

    `before` are the keys of the boxes that were open then; None means that the note was never read, and then
    nothing is known of when its boxes were ticked.
    """
    if not before:
        return {}
    keys = box_keys(note)
    return {
        task.line: day
        for task in note.tasks
        if task.state is State.DONE
        and task.fields.done is None
        and keys[task.line] in before
        and stamping.concerns(note, task, catalog)
    }


def carried_over(
    note: Note, found: Mapping[int, date], before: Note, ticked: Mapping[int, date]
) -> dict[int, date]:
    """Return what was found with the days of ticks that were seen earlier and that no line bears yet."""
    keys_before = box_keys(before)
    days = {keys_before[line]: day for line, day in ticked.items() if line in keys_before}
    keys = box_keys(note)
    return {line: days.get(keys[line], day) for line, day in found.items()}


def unticked_stamps(note: Note, seen: Seen) -> bool:
    """Return whether a box that is open again still bears a date of ours."""
    dated = [
        task
        for task in note.tasks
        if task.state is not State.DONE and _may_be_dated(task) and task.fields.done is not None
    ]
    keys = box_keys(note) if dated else {}
    return any(seen.stamped(note.path, keys[task.line]) == task.fields.done for task in dated)


def stamp_edits(
    note: Note, text: str, ticked: Mapping[int, date], stamping: Stamping, seen: Seen
) -> Iterator[BoxStamp]:
    """Yield the stamps to put on newly ticked boxes, and those of ours to take off boxes that are open again."""
    source = Source.of(text)
    keys = box_keys(note)
    for task in note.tasks:
        line, key = source.line(task.line), keys[task.line]
        if task.line in ticked:
            yield BoxStamp(stamp(line, ticked[task.line], stamping.style), key, ticked[task.line])
        elif task.state is not State.DONE and _may_be_dated(task) and task.fields.done is not None:
            ours = seen.stamped(note.path, key)
            edit = unstamp(line, ours) if ours == task.fields.done else None
            if edit is not None:
                yield BoxStamp(edit, key, None)


def _may_be_dated(task: Task) -> bool:
    """Return False only where a line surely bears no done date: most open boxes, told without reading the line."""
    return "✅" in task.body or "::" in task.body


def open_box_keys(note: Note) -> list[str]:
    """Return the keys of a note's boxes that are not done."""
    keys = box_keys(note)
    return [keys[task.line] for task in note.tasks if task.state is not State.DONE]
