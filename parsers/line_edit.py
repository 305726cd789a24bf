"""Changes to one checkbox line: the box's character, a done date, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from .edit import Edit
from .line_words import without_code
from .source import SourceLine
from .tasks import Task

Style = Literal["tasks", "dataview"]

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
    written = line.text.rstrip(" \t")
    link = _BLOCK_LINK.search(written)
    at = line.start + len(written[: link.start()].rstrip(" \t") if link else written)
    return Edit(at, at, text)


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
