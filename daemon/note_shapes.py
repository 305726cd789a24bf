"""The shape in which `parse` tells a note in JSON: a contract; keys are added freely and never renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from ..parsers.dataview_values import typed_value
from ..parsers.declaration import Declaration
from ..parsers.inline_fields import read_inline_fields
from ..parsers.note import Note
from ..parsers.schedule import read_schedule
from ..parsers.schedule_text import schedule_text
from ..parsers.task import PluginTask, Quantity
from ..parsers.tasks import Task
from ..streaks.catalog import Catalog
from .shapes import Shape

_NO_NAME = re.compile(r"[^\w\s\-\u200d\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]+")


def note_shape(note: Note, catalog: Catalog) -> Shape:
    """Return a note as `parse` tells it."""
    return {
        "path": note.path,
        "date": note.date,
        "period": note.kind,
        "kind": "kanban" if note.kanban else "goal" if note.goal is not None else "note",
        "frontmatter": note.frontmatter,
        "goal": _goal_of(note),
        "tasks": [task_shape(task, note, catalog) for task in note.boxes],
        "blocks": [{"name": block.name, "start": block.start, "end": block.end} for block in note.blocks],
    }


def task_shape(task: Task, note: Note, catalog: Catalog) -> Shape:
    """Return a box as `parse` tells it."""
    fields = task.fields
    match = catalog.match(fields, note.path)
    passed_over = _passed_over(task, note, is_micro_win=match.win is not None)
    return {
        "line": task.line,
        "depth": task.depth,
        "parent": task.parent,
        "symbol": task.symbol,
        "state": task.state,
        "text": fields.text,
        "tags": fields.tags,
        "links": fields.links,
        "done": fields.done,
        "created": fields.created,
        "start": fields.start,
        "scheduled": fields.scheduled,
        "due": fields.due,
        "cancelled": fields.cancelled,
        "recurrence": fields.recurrence,
        "recurrence_text": _recurrence_text(task),
        "priority": fields.priority,
        "id": fields.id,
        "depends_on": fields.depends_on,
        "block_id": fields.block_id,
        "quantities": [_quantity(quantity) for quantity in fields.quantities],
        "fields": _fields(_inline(task)),
        "time": fields.time,
        "micro_win": match.win.id if match.win and not passed_over else None,
        "match": passed_over or match.reason,
        "counts": not passed_over,
        "tasks": _plugin(task.plugin),
    }


def _passed_over(task: Task, note: Note, *, is_micro_win: bool) -> str:
    """Return why a box counts for nothing; nothing where it counts."""
    block = note.block_at(task.line)
    if block is not None and block.name != "today":
        return f"inside our own block `{block.name}`"
    if note.kanban:
        return "on a Kanban board"
    if task.line in note.unfiltered and not (is_micro_win and note.day is not None):
        return "without the vault's global filter"
    return ""


def _inline(task: Task) -> dict[str, tuple[str, ...]]:
    """Return the inline fields of a box's line as Dataview reads them: of two that touch, only the first."""
    found: dict[str, tuple[str, ...]] = {}
    for one in read_inline_fields(task.raw[task.symbol_column + len(task.symbol) + 1 :]):
        for key in dict.fromkeys((one.key, one.key.lower())):
            found[key] = (*found.get(key, ()), one.value)
    return found


def _fields(inline: Mapping[str, tuple[str, ...]]) -> Shape:
    """Return the fields with typed values, a list where a key stands twice.

    `inline` has each key as it is written and in lower case. As in Dataview there is a plain spelling too.
    """
    shape: Shape = {key: _values(values) for key, values in inline.items()}
    for key, values in inline.items():
        if key == key.lower():
            shape.setdefault(_plain_key(key), _values(values))
    return shape


def _values(written: Iterable[str]) -> object:
    values = [typed_value(one) for one in written]
    return values[0] if len(values) == 1 else values


def _plain_key(key: str) -> str:
    """Return a key in lower case, with `-` for white space and without punctuation."""
    return re.sub(r"\s+", "-", _NO_NAME.sub("", key.lower())) or key


def _recurrence_text(task: Task) -> str | None:
    """Return a box's rule in canonical wording: that of Tasks where it reads one, else ours."""
    if task.plugin is not None and task.plugin.recurrence is not None:
        return task.plugin.recurrence
    written = task.fields.recurrence
    return schedule_text(read_schedule(written)) or None if written else None


def _plugin(task: PluginTask | None) -> Shape | None:
    return asdict(task) if task is not None else None


def _quantity(quantity: Quantity) -> Shape:
    return {"amount": quantity.amount, "unit": quantity.unit}


def _goal_of(note: Note) -> Shape | None:
    goal = note.goal
    if goal is None:
        return None
    return {
        "title": goal.title,
        "identity": goal.identity,
        "parent": goal.parent,
        "start": goal.start,
        "end": goal.end,
        "target": goal.target,
        "measure": {"amount": goal.measure.amount, "unit": goal.measure.unit, "from": goal.measure.start}
        if goal.measure
        else None,
        "weight": goal.weight,
        "status": goal.status,
        "micro_wins": [_declared(one) for one in goal.declarations],
    }


def _declared(one: Declaration) -> Shape:
    return {
        "line": one.line,
        "text": one.text,
        "schedule": one.schedule or None,
        "schedule_text": schedule_text(one.rule) or None,
        "from": one.since,
        "until": one.until,
        "target": _quantity(one.target) if one.target else None,
        "min": one.minimum,
        "after": one.after,
        "id": one.id,
    }
