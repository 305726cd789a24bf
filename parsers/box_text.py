"""The boxes of an ordinary note written in one piece, as they are passed on and kept: of most nobody asks more than what they count for.

A line for each box: the number of its line in the note, a space, the one character in it, and what follows it.
"""

from __future__ import annotations

from collections.abc import Iterable

from .box_lines import BoxLine


def written(boxes: Iterable[BoxLine]) -> bytes:
    r"""Return boxes in one piece.

    >>> written([(3, "x", " walk"), (4, " ", "")])
    b'3 x walk\n4  \n'
    """
    return "".join([f"{line} {symbol}{body}\n" for line, symbol, body in boxes]).encode(
        "utf-8", "surrogatepass"
    )


def box_lines(data: bytes) -> list[BoxLine]:
    r"""Return the boxes that were written so; ValueError where it was anything else.

    >>> box_lines(b"3 x walk\n4  \n")
    [(3, 'x', ' walk'), (4, ' ', '')]
    """
    found = []
    for row in data.decode("utf-8", "surrogatepass").split("\n")[:-1]:
        line, _, box = row.partition(" ")
        found.append((int(line), box[0], box[1:]))
    return found
