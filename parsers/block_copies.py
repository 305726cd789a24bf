"""Copies of a block, as a merge of two devices' notes leaves them: they are to become one again.

A merge keeps the same lines of both sides one below the other. What stands apart was put there: any note may hold any
number of blocks.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .blocks import Block
from .source import Source


def copied_from(source: Source, blocks: Sequence[Block]) -> dict[int, Block]:
    """Return for each copy, by the line of its opening marker, the block above that it is a copy of.

    A copy has the same marker to the letter and nothing but blank lines above it up to the other. A `today` block that
    holds lines is one wherever it stands: we fill only the first, so they came from there.
    """
    found: dict[int, Block] = {}
    for above, block in pairwise(blocks):
        if _marker(above) == _marker(block) and _is_next(source, above, block):
            found[block.start] = found.get(above.start, above)
    first: dict[tuple[str, ...], Block] = {}
    for block in blocks:
        original = first.setdefault(_marker(block), block)
        if block.name == "today" and original is not block and source.text[slice(*block.content)].strip():
            found.setdefault(block.start, original)
    return found


def _marker(block: Block) -> tuple[str, ...]:
    return block.name, block.options, block.form, block.quote.rstrip()


def _is_next(source: Source, above: Block, block: Block) -> bool:
    between = source.lines[(above.end or above.start) : block.start - 1]
    texts = [block.unquoted(line.text) for line in between]
    return all(text is not None and not text.strip() for text in texts)
