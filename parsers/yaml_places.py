"""Where the names and values of a YAML mapping stand in its text, as the parser's own marks tell it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol, cast

import yaml

from .yaml_dialect import readable
from .yaml_values import events_of

_HEAD = "---\n"


class _Mark(Protocol):
    """A place in the text: its offset, its line and its column, all counted from 0."""

    index: int
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One name of the outermost mapping: where it ends, where its value stands, and the value if it is a plain one.

    `text` is None for a list or a mapping, for a value on another line than its name, and for one with a tag or an anchor.
    """

    name: str
    name_end: int
    start: int
    end: int
    text: str | None


@dataclass(frozen=True, slots=True)
class TopLevel:
    """The outermost mapping, and the column at which its names stand; None where no line can be put in behind them.

    That is so where it is written in braces, where `...` ends it, and where it is a lone `null`.
    """

    entries: tuple[Entry, ...]
    column: int | None


def read_top_level(text: str) -> TopLevel:
    """Return the outermost mapping of a text that was read as YAML before; an empty one stands at column 0."""
    events = events_of(_HEAD + readable(text, events_of))
    root = next((event for event in events if isinstance(event, yaml.NodeEvent)), None)
    is_lines = isinstance(root, yaml.MappingStartEvent) and not root.flow_style
    column = _begin(root).column if root is not None and is_lines else 0
    entries = tuple(_entries(events)) if is_lines else ()
    ended = any(isinstance(event, yaml.DocumentEndEvent) and event.explicit for event in events)
    is_empty = root is None or (
        isinstance(root, yaml.ScalarEvent) and not (root.value or root.tag or root.anchor)
    )
    return TopLevel(() if ended else entries, column if (is_lines or is_empty) and not ended else None)


def _entries(events: Iterator[yaml.Event]) -> Iterator[Entry]:
    for event in events:
        if isinstance(event, yaml.MappingEndEvent):
            return
        name_event = event if isinstance(event, yaml.ScalarEvent) else None
        _skip(event, events)
        value = next(events)
        start, end = _begin(value).index, _end(_skip(value, events)).index
        if name_event is not None:
            yield Entry(
                str(name_event.value),
                _end(name_event).index - len(_HEAD),
                start - len(_HEAD),
                end - len(_HEAD),
                _text(name_event, value),
            )


def _skip(event: yaml.Event, events: Iterator[yaml.Event]) -> yaml.Event:
    """Read on to the end of what begins with an event; return its last one."""
    depth = 0
    while True:
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        if depth <= 0:
            return event
        event = next(events)


def _text(name: yaml.ScalarEvent, value: yaml.Event) -> str | None:
    if not isinstance(value, yaml.ScalarEvent) or value.anchor or value.tag or value.style in ("|", ">"):
        return None
    on_one_line = _end(name).line == _begin(value).line == _end(value).line
    return str(value.value) if on_one_line else None


def _begin(event: yaml.Event) -> _Mark:
    return cast("_Mark", event.start_mark)


def _end(event: yaml.Event) -> _Mark:
    return cast("_Mark", event.end_mark)
