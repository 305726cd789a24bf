"""The tasks of a note: every list item with a box, with all that its line says."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from .line_fields import read_fields
from .source import split_lines
from .structure import ListItem, Structure, may_hold_task, read_structure
from .task import State, Task
from .tasks_plugin import read_plugin_task

DEFAULT_STATUSES: Mapping[str, State] = MappingProxyType(
    {"x": State.DONE, "X": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL, " ": State.OPEN}
)


def state_of(symbol: str, statuses: Mapping[str, State] = DEFAULT_STATUSES) -> State:
    """Return what the character in a box says; a character that `statuses` does not have is open.

    >>> state_of("X"), state_of("?")
    (<State.DONE: 'done'>, <State.OPEN: 'open'>)
    """
    return statuses.get(symbol, State.OPEN)


def read_tasks(
    text: str, structure: Structure | None = None, statuses: Mapping[str, State] = DEFAULT_STATUSES
) -> tuple[Task, ...]:
    r"""Return the tasks of a note in their order; `structure` saves reading the text's structure again.

    >>> [(task.line, task.symbol, task.fields.text) for task in read_tasks("# Day\n- [x] walk ✅ 2026-01-04")]
    [(2, 'x', 'walk')]
    """
    if not may_hold_task(text):
        return ()
    found = structure if structure is not None else read_structure(text)
    lines = split_lines(text)
    return tuple(_task(item, lines[item.line - 1], statuses) for item in found.items if item.box is not None)


def _task(item: ListItem, raw: str, statuses: Mapping[str, State]) -> Task:
    symbol = item.box or " "
    return Task(
        line=item.line,
        depth=item.depth,
        parent=item.parent,
        symbol=symbol,
        symbol_column=item.box_column or 0,
        state=state_of(symbol, statuses),
        raw=raw,
        fields=read_fields(item.body),
        plugin=read_plugin_task(raw),
    )
