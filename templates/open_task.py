"""A task of an earlier day, as today's note points to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class OpenTask:
    """A task that is open in the daily note of an earlier day: its text, and where it stands."""

    path: str
    day: date
    text: str
    block_id: str | None = None
