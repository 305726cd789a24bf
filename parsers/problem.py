"""What could not be read, told to the person whose note it is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one place: a stable code, where, what, and what to do about it."""

    path: str
    line: int | None
    code: str
    message: str
    remedy: str = ""
