"""Inline fields, `[key:: value]` and `(key:: value)`, as the Dataview plugin finds them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from .js_text import trim

_OPENING = re.compile(r"([\[(])([^\[\]()]*?)::")
_CLOSER = {"[": "]", "(": ")"}


@dataclass(frozen=True, slots=True)
class InlineField:
    """A key and its value as written, both trimmed, and the span of the whole field with its brackets."""

    key: str
    value: str
    start: int
    end: int


def read_inline_fields(text: str, *, adjacent: bool = False) -> list[InlineField]:
    r"""Return the inline fields of one line's text in order, in Dataview's format.

    A key runs to the first `::` and holds no bracket; a value runs to the bracket that closes the field,
    with nested pairs of the same kind and backslash escapes. Dataview drops a field that begins before
    the last one ended or right where it ended; with `adjacent` the second of these is kept.

    >>> [(field.key, field.value) for field in read_inline_fields("ran [km:: 5] (with:: [[Ann]])")]
    [('km', '5'), ('with', '[[Ann]]')]
    >>> [field.key for field in read_inline_fields("[a:: 1][b:: 2]")]
    ['a']
    """
    if "::" not in text:
        return []
    return list(_apart(_candidates(text), 0 if adjacent else 1))


def _candidates(text: str) -> Iterator[InlineField]:
    closings = {opener: _Closings(text, opener) for opener in _CLOSER if opener in text}
    resume = dict.fromkeys(_CLOSER, 0)
    for match in _OPENING.finditer(text):
        opener = match[1]
        if match.start() < resume[opener]:
            continue
        close = closings[opener].after(match.end())
        if close is not None:
            resume[opener] = close + 1
            yield InlineField(trim(match[2]), trim(text[match.end() : close]), match.start(), close + 1)


def _apart(fields: Iterable[InlineField], gap: int) -> Iterator[InlineField]:
    end = -1
    for field in fields:
        if field.start >= end + gap:
            end = field.end
            yield field


class _Closings:
    """Where the brackets of one kind close, so that each question costs a look-up and not a scan."""

    def __init__(self, text: str, opener: str) -> None:
        self._positions: list[int] = []
        self._depths: list[int] = []
        self._drops: defaultdict[int, list[int]] = defaultdict(list)
        depth = 0
        for match in re.finditer(rf"\\.|[{re.escape(opener + _CLOSER[opener])}]", text, re.DOTALL):
            if match[0][0] == "\\":
                continue
            depth += 1 if match[0] == opener else -1
            self._positions.append(match.start())
            self._depths.append(depth)
            if match[0] != opener:
                self._drops[depth].append(match.start())

    def after(self, start: int) -> int | None:
        """Return the first bracket from `start` on that closes more than was opened since."""
        before = bisect_left(self._positions, start)
        depth = self._depths[before - 1] if before else 0
        drops = self._drops.get(depth - 1, [])
        place = bisect_left(drops, start)
        return drops[place] if place < len(drops) else None
