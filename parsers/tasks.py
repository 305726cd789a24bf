"""The tasks of a note: every list item with a box, with all that its line says."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from .bounds import LONGEST_LINE
from .day_range import read_date
from .js_text import WHITE_CLASS, trim
from .line_fields import read_fields
from .source import BOM, Source
from .structure import Structure, box_at, may_hold_task, read_structure, scanned_lines
from .task import LineFields, PluginTask, State
from .tasks_plugin import read_plugin_task

DEFAULT_STATUSES: Mapping[str, State] = MappingProxyType(
    {"x": State.DONE, "X": State.DONE, "-": State.SKIPPED, "/": State.PARTIAL, " ": State.OPEN}
)

_REMEMBERED = 256
"""Bodies of lines whose reading is kept: the same boxes stand in daily note after daily note."""

_TIME = re.compile(r"T.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class BoxRules:
    """What the vault's plugins make of a box: what each symbol means, the text that a task has to hold, its dates.

    `dataview_format` is the format that the Tasks plugin is set to; `completion_key` is the inline key, in lower
    case, under which Dataview writes done dates where it is not `completion`.
    """

    statuses: Mapping[str, State] = field(default_factory=lambda: DEFAULT_STATUSES)
    global_filter: str = ""
    dataview_format: bool = False
    completion_key: str = ""

    def is_task(self, task: Task) -> bool:
        """Return whether the Tasks plugin takes a box for a task: its text holds the global filter, if there is one."""
        return self.global_filter in task.raw[task.symbol_column + 2 :]


class Task(NamedTuple):
    """One checkbox list item, and the column of the one character that may be changed; `body` is what follows the box.

    What its line says is read when it is asked for. A tuple, because a vault has so many of them.
    """

    line: int
    depth: int
    parent: int | None
    symbol: str
    symbol_column: int
    state: State
    raw: str
    body: str
    rules: BoxRules

    @property
    def fields(self) -> LineFields:
        """What the line says, read leniently; of an endless line only the beginning."""
        return fields_of(self.body, self.rules)

    @property
    def is_long(self) -> bool:
        """Whether the line is longer than anything that is read: nothing is added to it, because it would not be seen."""
        return len(self.body) > LONGEST_LINE

    @property
    def plugin(self) -> PluginTask | None:
        """The line as the Tasks plugin reads it; None where it sees no task."""
        if self.is_long or not self.rules.is_task(self):
            return None
        return read_plugin_task(self.raw, dataview_format=self.rules.dataview_format)


_made: Callable[[tuple[object, ...]], Task] = partial(tuple.__new__, Task)
"""Makes a task of its fields in their order, in half the time."""

PLAIN = BoxRules()


def state_of(symbol: str, statuses: Mapping[str, State] = DEFAULT_STATUSES) -> State:
    """Return what the character in a box says; a character that `statuses` does not have is open.

    >>> state_of("X"), state_of("?")
    (<State.DONE: 'done'>, <State.OPEN: 'open'>)
    """
    return statuses.get(symbol, State.OPEN)


def read_tasks(
    text: str,
    structure: Structure | None = None,
    statuses: Mapping[str, State] | None = None,
    *,
    rules: BoxRules = PLAIN,
) -> tuple[Task, ...]:
    r"""Return the tasks of a note in their order; `structure` saves reading the text's structure again.

    >>> [(task.line, task.symbol, task.fields.text) for task in read_tasks("# Day\n- [x] walk ✅ 2026-01-04")]
    [(2, 'x', 'walk')]
    """
    if not may_hold_task(text):
        return ()
    found = structure if structure is not None else read_structure(text)
    lines = Source.of(text).texts
    in_force = rules if statuses is None else replace(rules, statuses=statuses)
    meanings = in_force.statuses
    tasks: list[Task] = []
    for line, depth, parent, symbol, column, body, _ in found.items:
        if symbol is not None and column is not None:
            state = meanings.get(symbol, State.OPEN)
            parts = line, depth, parent, symbol, column, state, lines[line - 1], body, in_force
            tasks.append(_made(parts))
    return tuple(tasks)


@dataclass(frozen=True, slots=True)
class PlainNote:
    """The boxes of a note in which nothing else is of interest, its headings as line, level and text, how many lines."""

    tasks: tuple[Task, ...] = ()
    headings: tuple[tuple[int, int, str], ...] = ()
    lines: int = 0


def read_plain(text: str, rules: BoxRules = PLAIN) -> PlainNote | None:
    """Return the boxes that `read_tasks` would, by the line scanner alone and without any list item; None where it is not sure."""
    found = scanned_lines(text)
    if found is None:
        return None
    scanned, lines, _ = found
    tasks: list[Task] = []
    statuses = rules.statuses
    for line, column, depth, parent in scanned.items:
        raw = lines[line - 1]
        box = box_at(raw, column) if "[" in raw else None
        if box is not None:
            symbol = box[1]
            state = statuses.get(symbol, State.OPEN)
            place = box.start(1), state, raw, raw[box.end() :], rules
            tasks.append(Task(line, depth, parent, symbol, *place))
    headings = tuple((line, level, text.removeprefix(BOM)) for line, level, text in scanned.headings)
    return PlainNote(tuple(tasks), headings, len(lines))


def fields_of(body: str, rules: BoxRules) -> LineFields:
    """Return what the text behind a box says, read leniently; of an endless line only the beginning."""
    return _fields(body[:LONGEST_LINE], rules.global_filter, rules.completion_key)


@lru_cache(maxsize=_REMEMBERED)
def _fields(body: str, global_filter: str, completion_key: str) -> LineFields:
    fields = read_fields(body)
    if global_filter:
        fields = fields._replace(text=_without_word(fields.text, global_filter))
    if completion_key and fields.done is None:
        return fields._replace(done=_completion(fields, completion_key))
    return fields


def _without_word(text: str, word: str) -> str:
    """Return `text` without a word, where it stands between white space, as Tasks takes its global filter out."""
    if word not in text:
        return text
    return trim(re.sub(rf"(?:^|(?<=[{WHITE_CLASS}])){re.escape(word)}(?:[{WHITE_CLASS}]+|$)", "", text))


def _completion(fields: LineFields, key: str) -> date | None:
    """Return the done date under the owner's own key, with or without a time behind it."""
    days = (read_date(_TIME.sub("", value)) for value in fields.inline.get(key, ()))
    return next((day for day in days if day is not None), None)
