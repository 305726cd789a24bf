"""Recurring tasks outside of daily notes that no goal declares: a line says the schedule, done dates say the history."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from ..parsers.identity import text_key
from ..parsers.note import Note
from ..parsers.schedule import Rule, read_schedule
from ..parsers.task import State
from ..parsers.tasks import Task
from .catalog import Catalog

Placed = tuple[str, Task]
"""The path of a note, and a task in it."""


@dataclass(frozen=True, slots=True)
class StandingTask:
    """A task that recurs by its own rule: the days of its done dates in order, the note of its last line, whether one is open."""

    text: str
    id: str | None
    rule: Rule
    done: tuple[date, ...]
    path: str
    is_open: bool


def standing_tasks(tasks: Iterable[Placed], today: date) -> list[StandingTask]:
    """Return the recurring tasks that were done at least once up to today; the order of the notes makes no difference."""
    groups: dict[str, list[Placed]] = {}
    for path, task in sorted(tasks, key=lambda one: one[0]):
        groups.setdefault(task.fields.id or text_key(task.fields.text), []).append((path, task))
    found = (_standing(group, today) for group in groups.values())
    return [one for one in found if one is not None]


def recurring_tasks(note: Note, catalog: Catalog) -> Iterator[Placed]:
    """Yield the tasks of a note that recur by their own rule.

    Those of goals, of daily notes and inside our own blocks are none, and neither are those of which a goal knows.
    """
    if note.day is not None or note.goal is not None:
        return
    for task in note.tasks:
        fields = task.fields
        if fields.recurrence and text_key(fields.text) and note.block_at(task.line) is None:
            match = catalog.match(fields, note.path)
            if match.win is None and not match.rivals:
                yield note.path, task


def _standing(group: Sequence[Placed], today: date) -> StandingTask | None:
    """Return what lines of one task come to; what is open tells its rule, else what was done last."""
    still = [(path, task) for path, task in group if task.state is State.OPEN]
    done = [
        (task.fields.done, path, task)
        for path, task in group
        if task.state is State.DONE and task.fields.done is not None and task.fields.done <= today
    ]
    if not done:
        return None
    _, last_path, last = max(done, key=lambda one: (one[0], one[1], -one[2].line))
    path, task = still[0] if still else (last_path, last)
    rule = read_schedule(task.fields.recurrence or "")
    if rule is None:
        return None
    days = tuple(sorted({day for day, _, _ in done}))
    return StandingTask(task.fields.text, task.fields.id, rule, days, path, bool(still))
