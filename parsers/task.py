"""A checkbox line as a value."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple


class State(StrEnum):
    """What a box says."""

    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    PARTIAL = "partial"


@dataclass(frozen=True, slots=True)
class Quantity:
    """An amount with its unit as written on a line: `300 words`, `25 min`, `[words:: 420]`."""

    amount: Decimal
    unit: str


@dataclass(frozen=True, slots=True)
class PluginTask:
    """The line exactly as the Tasks plugin reads it; a date that it calls invalid is None here."""

    status: str
    list_marker: str
    description: str
    tags: tuple[str, ...]
    priority: str
    created: date | None
    start: date | None
    scheduled: date | None
    due: date | None
    done: date | None
    cancelled: date | None
    recurrence: str | None
    on_completion: str | None
    id: str | None
    depends_on: tuple[str, ...]
    block_link: str | None


class LineFields(NamedTuple):
    """What the body of a task line, or of a bullet that declares a micro-win, says (the lenient reading).

    A tuple, because a vault has so many of them.
    """

    text: str
    tags: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    created: date | None = None
    start: date | None = None
    scheduled: date | None = None
    due: date | None = None
    done: date | None = None
    cancelled: date | None = None
    recurrence: str | None = None
    priority: str = "none"
    id: str | None = None
    depends_on: tuple[str, ...] = ()
    block_id: str | None = None
    quantities: tuple[Quantity, ...] = ()
    inline: Mapping[str, tuple[str, ...]] = MappingProxyType({})
    time: str | None = None
