"""Changes to one checkbox line: the box's character, a done date, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import date
from typing import Literal

from .edit import Edit
from .line_words import without_code
from .source import SourceLine
from .tasks import Task
from .units import unit_key

Style = Literal["tasks", "dataview"]

_AMOUNT = re.compile(r" \[([^\[\]:]+):: [0-9]+(?:\.[0-9]+)?\]\Z")
_BLOCK_LINK = re.compile(r"[ \t]\^[A-Za-z0-9-]+\Z")
_DONE_DATES = (
    re.compile(r"[ \t]*✅️? *[0-9]{4}-[0-9]{2}-[0-9]{2}(?: [0-9]{2}:[0-9]{2})?"),
    re.compile(r"[ \t]*\[completion:: *[0-9]{4}-[0-9]{2}-[0-9]{2}[^\]\n]*\]"),
    re.compile(r"[ \t]*\(completion:: *[0-9]{4}-[0-9]{2}-[0-9]{2}[^)\n]*\)"),
)


def mark(line: SourceLine, task: Task, symbol: str) -> Edit:
    """Return the edit that puts `symbol` into the box: one character for one."""
    at = line.start + task.symbol_column
    return Edit(at, at + len(task.symbol), symbol)


def stamp_text(day: date, style: Style) -> str:
    """Return the done date as it is appended to a line in this style."""
    return f" ✅ {day}" if style == "tasks" else f"  [completion:: {day}]"


def stamp(line: SourceLine, day: date, style: Style) -> Edit:
    """Return the edit that appends a done date to a line."""
    return append(line, stamp_text(day, style))


def append(line: SourceLine, text: str) -> Edit:
    """Return the edit that appends a field to a line: before a block link and before spaces that end the line."""
    at = line.start + len(_written(line))
    return Edit(at, at, text)


def _written(line: SourceLine) -> str:
    """Return a line up to where fields are appended."""
    written = line.text.rstrip(" \t")
    link = _BLOCK_LINK.search(written)
    return written[: link.start()].rstrip(" \t") if link else written


def take_amounts(line: SourceLine, units: Collection[str]) -> Edit | None:
    """Return the edit that takes the amounts out that were appended to a line, as far as they are of these units, or None.

    `units` are keys, as `unit_key` makes them. What stands before anything else on the line was not appended.
    """
    written = without_code(_written(line))
    end = begin = len(written)
    while (found := _AMOUNT.search(written, 0, begin)) and unit_key(found[1]) in units:
        begin = found.start()
    return Edit(line.start + begin, line.start + end, "") if begin < end else None


def unstamp(line: SourceLine, day: date | None = None) -> Edit | None:
    """Return the edit that takes the done date out of a line (only that of `day`, where given), or None."""
    plain = without_code(line.text)
    found = [
        match
        for pattern in _DONE_DATES
        for match in pattern.finditer(plain)
        if day is None or str(day) in match[0]
    ]
    last = max(found, key=lambda match: match.start(), default=None)
    return Edit(line.start + last.start(), line.start + last.end(), "") if last else None
