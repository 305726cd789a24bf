"""What a command has to say: words for people, one JSON object for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any, TextIO

from ..parsers.problem import Problem
from ..templates.lines import fitted
from ..templates.told import in_language
from ..templates.words import say
from .errors import MicrowinsError

VERSION = 1
_COLOUR = r"\x1b\[[0-9;]*m"
_OBEYED = r"(?!\r(?:\n|\Z))[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
"""What a terminal would obey, or could not show: control characters, changes of direction, bytes that are no text."""


@dataclass(frozen=True, slots=True)
class Report:
    """The result of a command: its data for JSON, its text for people, problems met, and the exit code.

    Data that cost something to gather are given as a function, which is called only where they are asked for.
    """

    data: Mapping[str, Any] | Callable[[], Mapping[str, Any]] = field(default_factory=dict)
    text: str = ""
    problems: Sequence[Problem] = ()
    exit_code: int = 0


def report_json(command: str, report: Report) -> str:
    """Return the JSON document of a result."""
    return _dumped(
        {
            "version": VERSION,
            "command": command,
            "ok": True,
            "data": report.data() if callable(report.data) else report.data,
            "problems": [problem_data(problem) for problem in report.problems],
        }
    )


def error_json(command: str, error: MicrowinsError) -> str:
    """Return the JSON document of a failure."""
    return _dumped(
        {
            "version": VERSION,
            "command": command,
            "ok": False,
            "error": {"code": error.code, "message": error.message, "hint": error.hint},
            "problems": [],
        }
    )


def problem_data(problem: Problem) -> dict[str, object]:
    """Return a problem as JSON shows it."""
    return {
        "code": problem.code,
        "path": problem.path,
        "line": problem.line,
        "message": problem.message,
        "remedy": problem.remedy,
    }


def problem_line(problem: Problem) -> str:
    """Return a problem as one line for people: where, what, what to do; where the message begins with it, it is not said twice."""
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    message, remedy = in_language(problem.message), in_language(problem.remedy)
    said = message if message.startswith(f"{place} ") else f"{place}: {message}"
    return harmless(f"{said} {remedy} [{problem.code}]".strip())


def harmless(text: str, *, colour: bool = False) -> str:
    """Return `text` for a terminal: what it would obey is shown as �, but for our own colours where they are wanted."""
    kept = _COLOUR if colour else "(?!)"
    return re.sub(f"({kept})|{_OBEYED}", lambda match: match[1] or "\ufffd", text)


def told(text: str, stream: TextIO) -> str:
    """Return `text` harmless, broken between words where `stream` is a terminal; a pipe gets whole lines.

    A word that is longer than a line, most often a path, leaves the text as it is, so that it can be copied.
    """
    if not stream.isatty():
        return harmless(text)
    from shutil import get_terminal_size  # loads what packs archives

    width = get_terminal_size().columns
    breaks = all(len(word) < width for word in text.split())
    return harmless(fitted(text, width) if breaks else text)


def notes_read(count: int) -> str:
    """Return how many notes were read, as the beginning of a sentence."""
    from ..templates.phrases import number  # loads the figures, which no help needs

    return say("pass.read", count=number(count))


def _dumped(document: Mapping[str, object]) -> str:
    return json.dumps(document, default=_plain, ensure_ascii=True)


def _plain(value: object) -> object:
    match value:
        case date() | time():
            return value.isoformat()
        case Decimal():
            return int(value) if value == value.to_integral_value() else float(value)
        case Enum():
            return value.value
        case Mapping():
            return dict(value)
        case frozenset() | set():
            return sorted(value)
        case _:
            raise TypeError(f"{type(value).__name__} has no JSON form")
