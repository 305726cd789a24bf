"""Changes to one checkbox line: the box's character, a done date, and nothing else."""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

from .edit import Edit
from .source import SourceLine
from .task import Task

Style = Literal["tasks", "dataview"]

_BLOCK_LINK = re.compile(r"[ \t]\^[A-Za-z0-9-]+\Z")
_TRAILING_SPACE = re.compile(r"[ \t]*\Z")
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
    """Return the edit that appends a done date: before a block link and before spaces that end the line."""
    at = len(line.text) - len(_TRAILING_SPACE.search(line.text)[0])  # type: ignore[index]
    link = _BLOCK_LINK.search(line.text[:at])
    at = link.start() if link else at
    at -= len(_TRAILING_SPACE.search(line.text[:at])[0])  # type: ignore[index]
    return Edit(line.start + at, line.start + at, stamp_text(day, style))


def unstamp(line: SourceLine, day: date | None = None) -> Edit | None:
    """Return the edit that takes the done date out of a line (only that of `day`, where given), or None."""
    for pattern in _DONE_DATES:
        for match in pattern.finditer(line.text):
            if day is None or str(day) in match[0]:
                return Edit(line.start + match.start(), line.start + match.end(), "")
    return None
