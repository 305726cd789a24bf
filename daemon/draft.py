"""A note that is to be made, before anything is filled in or written."""

from __future__ import annotations

from dataclasses import dataclass

from ..parsers.problem import Problem


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a note that is to be made, with empty blocks, and what was odd in its template."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()
