"""What is still open in the last daily notes, so that today's note can point to it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from ..parsers.blocks import closing, opening
from ..parsers.identity import text_key
from ..parsers.note import Note, Reading, read_note
from ..parsers.source import Source
from ..parsers.task import State
from ..parsers.tasks import Task
from ..templates.open_task import OpenTask
from .ledger import Ledger


def open_tasks(ledger: Ledger, today: date, days: int) -> tuple[OpenTask, ...]:
    """Return the one-off tasks that are open in the daily notes of the last `days` days before today, the newest first.

    Of one text the newest box is what counts: what was ticked, dropped or written again in a later note is not told.
    """
    known = {text_key(task.fields.text) for note in ledger.dated(today) for _, task in _own_boxes(note)}
    found: list[OpenTask] = []
    for back in range(1, days + 1):
        day = today - timedelta(days=back)
        for note in ledger.dated(day):
            fresh: list[OpenTask] = []
            for is_one_off, task in _one_off(ledger, note):
                key = text_key(task.fields.text)
                if is_one_off and key and key not in known and task.state in {State.OPEN, State.PARTIAL}:
                    fresh.append(OpenTask(note.path, day, task.fields.text, task.fields.block_id))
                known.add(key)
            found += fresh
    return tuple(found)


def with_open_block(text: str) -> str:
    """Return a note that is to be made with a place for open tasks below its list of the day, if it has none yet."""
    note, source = read_note("", text, Reading()), Source.of(text)
    today = next((block for block in note.blocks if block.name == "today"), None)
    if today is None or any(block.name == "open" for block in note.blocks):
        return text
    line = source.line(today.end or today.start)
    eol = line.ending or "\n"
    block = eol.join(("", "", opening("open", form=today.form), closing(today.form)))
    return text[: line.end] + block + text[line.end :]


def _one_off(ledger: Ledger, note: Note) -> Iterator[tuple[bool, Task]]:
    """Yield a note's boxes with whether each is a task of its own: no micro-win's, none that recurs, none inside another."""
    for is_task, task in _own_boxes(note):
        match = ledger.catalog.match(task.fields, note.path)
        repeated = match.win is not None or match.rivals or task.fields.recurrence
        yield is_task and not repeated and task.depth == 0, task


def _own_boxes(note: Note) -> Iterator[tuple[bool, Task]]:
    """Yield the boxes of a note outside of blocks that are ours alone, with whether the vault's filter has each for a task."""
    for task in note.tasks:
        block = note.block_at(task.line)
        if block is None or block.name == "today":
            yield task.line not in note.unfiltered, task
