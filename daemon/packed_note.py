"""What is known of a note as bytes, and back: of an ordinary note its row, of another plain values and what else it has."""

from __future__ import annotations

import pickle
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from ..parsers.glance import Glance
from ..parsers.glancer import NOTHING
from ..parsers.note import Note
from ..parsers.tasks import BoxRules, Task, state_of
from .kept_values import dumped, loaded

_PICKLED = b"\x80"
_MORE = (
    "frontmatter",
    "goal",
    "blocks",
    "heading_dates",
    "problems",
    "markers_broken",
    "kanban",
    "unfiltered",
)


def tells_something(found: Note | Glance) -> bool:
    """Return whether anything would be missing if nothing were known of a note."""
    return isinstance(found, Note) or found != NOTHING


def packed(found: Note | Glance) -> bytes:
    """Return what is known of a note as bytes, of which there is at least one."""
    if isinstance(found, Glance):
        return found.row
    day = found.date.toordinal() if found.date is not None else None
    boxes = tuple(map(_box_row, found.tasks)), tuple(map(_box_row, found.passed_over))
    rest = _rest(found) if _has_more(found) else None
    return pickle.dumps((found.kind, day, *boxes, rest), pickle.HIGHEST_PROTOCOL)


def unpacked(data: bytes, path: str, rules: BoxRules) -> Note | Glance | None:
    """Return what was packed of the note at `path`, or None where the bytes cannot be read."""
    if not data.startswith(_PICKLED):
        return Glance(data)
    try:
        return _note(path, loaded(data), rules)
    except Exception:  # whatever is wrong with a cache, the note itself is read instead
        return None


def _note(path: str, values: Any, rules: BoxRules) -> Note:
    kind, day, tasks, passed_over, rest = values
    date_of = date.fromordinal(day) if day is not None else None
    note = Note(path, kind, date_of, tasks=_boxes(tasks, rules), passed_over=_boxes(passed_over, rules))
    if rest is None:
        return note
    more = dict(zip(_MORE, loaded(rest), strict=True))
    goal = more["goal"]  # a goal tells its path too: of a thousand goals each is held once
    return replace(note, path=goal.path if goal is not None else path, **more)


def _box_row(task: Task) -> tuple[object, ...]:
    """Return a box as it stands; what it means is a matter of the rules, and its body is the end of its line."""
    return (*task[:5], task.raw, len(task.body))


def _boxes(rows: Iterable[tuple[Any, ...]], rules: BoxRules) -> tuple[Task, ...]:
    return tuple(_box(row, rules) for row in rows)


def _box(row: tuple[Any, ...], rules: BoxRules) -> Task:
    line, depth, parent, symbol, column, raw, length = row
    state = state_of(symbol, rules.statuses)
    return Task(line, depth, parent, symbol, column, state, raw, raw[len(raw) - length :], rules)


def _has_more(note: Note) -> bool:
    return bool(
        note.goal or note.blocks or note.heading_dates or note.problems or note.kanban or note.unfiltered
    )


def _rest(note: Note) -> bytes:
    return dumped(tuple(getattr(note, name) for name in _MORE))
