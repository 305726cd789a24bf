"""A note that is to be made, before anything is filled in or written."""

from __future__ import annotations

from dataclasses import dataclass

from ..parsers.blocks import closing, opening
from ..parsers.problem import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a note that is to be made, with empty blocks, and what was odd in its template."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()


def with_block(text: str, name: str) -> str:
    """Return a text with an empty block at its end, in the line ends of the text."""
    eol = "\r\n" if "\r\n" in text else "\r" if "\r" in text and "\n" not in text else "\n"
    gap = "" if not text else eol if text.endswith(("\n", "\r")) else eol * 2
    return f"{text}{gap}{opening(name)}{eol}{closing()}{eol}"
