"""What a line looks like that we write in a block: anything else between our markers is somebody's own text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from .blocks import Block
from .problem import Problem
from .source import Source

_OURS = re.compile(
    r"\s*\Z"
    r"|\|.*\|\s*\Z"  # a table's row
    r"|[▰▱]{3,}"
    r"|\*\*[^*]+\*\* · "
    r"|- [✓○–·] "
    r"|[0-9][0-9.,]* (?:of|wins?|votes?|steps?) "
    r"|(?:Next: |Nothing is due)"
)
_FENCE = "```text"


def foreign_line(source: Source, block: Block) -> int | None:
    """Return the number of the first line in a block that we cannot have written, or None.

    Text gets there when a marker was lost and put back in another place; it must not be replaced.
    """
    inside = False
    for line in source.lines[block.start : (block.end or block.start + 1) - 1]:
        if inside:
            inside = line.text.strip() != "```"
        elif line.text.strip() == _FENCE:
            inside = True
        elif not _OURS.match(line.text):
            return line.number
    return None


def foreign_problems(source: Source, blocks: Sequence[Block], path: str) -> tuple[Problem, ...]:
    """Return a problem for each block, but those of boxes, that holds a text which is not ours."""
    found = (
        (block, foreign_line(source, block))
        for block in blocks
        if block.name != "today" and block.end is not None
    )
    return tuple(
        Problem(
            path, line, "block-foreign", f"This line stands inside the block `{block.name}` and was not written by microwins.",
            "Move it out of the block, above or below the markers; what is between them is replaced.",
        )
        for block, line in found
        if line is not None
    )  # fmt: skip
