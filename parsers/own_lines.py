"""What we write in a block, as a small grammar: anything else between our markers is somebody's own text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from .blocks import Block
from .conflict_marks import sides
from .own_words import FIRST, HEADERS, LINES, ROWS, SECOND
from .problem import Problem
from .source import Source


def _any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"(?:{pattern})\Z" for pattern in patterns))


_FIRST, _SECOND = _any_of(FIRST), _any_of(SECOND)
_HEAD = (_FIRST, _SECOND)
_PICTURE = re.compile(
    r"!\[(?:[^\[\]\\]|\\.)*\]\([^()\s<>]*\b(?:heatmap|month|strength|progress)-[a-z0-9-]+\.svg\)\Z"
)
_HEADER = _any_of(HEADERS)
_ANYWHERE = _any_of((r"- [✓○–·✦] \S.*", *LINES))
_BAR = re.compile(r"(?<!\\)\|")
_FENCE = "```text"
_ROW = _any_of(
    (
        *ROWS,
        r"(?=.{20}).{14,} [Xo·-](?:[Xo· -]*[Xo·-])?",
        r"(?=.{30}).{14,} {2,}[Xo·-](?:[Xo· -]*[Xo·-])?",
    )
)


def foreign_line(source: Source, block: Block) -> int | None:
    """Return the number of the first line in a block that we cannot have written, or None.

    Text gets there when a marker was lost and put back in another place; it must not be replaced. Where git left both of
    two versions of a block, each must be ours.
    """
    numbers: list[int] = []
    texts: list[str] = []
    inside = source.texts[block.start : (block.end or block.start + 1) - 1]
    for number, line in enumerate(inside, block.start + 1):
        text = block.unquoted(line)
        if text is None:
            return number
        if text.strip():
            numbers.append(number)
            texts.append(text.rstrip())
    for version in sides(texts) or (range(len(texts)),):
        place = _first_foreign(tuple(texts[one] for one in version))
        if place is not None:
            return numbers[version[place]]
    return None


def foreign_problems(source: Source, blocks: Sequence[Block], path: str) -> tuple[Problem, ...]:
    """Return a problem for each block, but those of boxes, that holds a text which is not ours."""
    found = ((block, foreign_line(source, block)) for block in blocks if block.name != "today" and block.end)
    return tuple(
        Problem(
            path, line, "block-foreign", f"This line stands inside the block `{block.name}` and was not written by microwins.",
            "Move it out of the block, above or below the markers; what is between them is replaced.",
        )
        for block, line in found
        if line is not None
    )  # fmt: skip


@lru_cache(maxsize=32)
def _first_foreign(texts: tuple[str, ...]) -> int | None:
    """Return the place of the first line that fits nowhere; a block is asked about several times while it is written."""
    return next(_foreign(texts), None)


def _foreign(texts: Sequence[str]) -> Iterator[int]:
    """Yield the places of lines that fit nowhere: what a line may be depends on what stands above it."""
    cells, inside = 0, False
    for position, text in enumerate(texts):
        if inside:
            inside = text != "```"
            if inside and not _ROW.match(text):
                yield position
        elif text == _FENCE:
            inside = True
        elif _HEADER.match(text):
            cells = len(_BAR.findall(text))
        elif text.startswith("|"):
            if not cells or not text.endswith("|") or len(_BAR.findall(text)) != cells:
                yield position
        elif not (_ANYWHERE.match(text) or _PICTURE.match(text) or _is_head(text, position)):
            yield position


def _is_head(text: str, position: int) -> bool:
    """Return whether a line may stand so near to the top: each of the first two may be left out of a block."""
    return any(pattern.match(text) for pattern in _HEAD[position:])
