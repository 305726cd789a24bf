"""What the watch has to say while it runs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the watch has to say: a kind for programs, a line for people."""

    kind: str
    text: str
    paths: tuple[str, ...] = ()


Say = Callable[[Event], None]
