"""What a pass over a vault came to."""

from __future__ import annotations

from dataclasses import dataclass

from ..parsers.problem import Problem
from .change import Change


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass did: notes looked at, notes parsed, and what was written, made or left alone with a problem.

    `removed` are conflict copies of our own making.
    """

    scanned: int = 0
    parsed: int = 0
    written: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    skipped: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    removed: tuple[str, ...] = ()
