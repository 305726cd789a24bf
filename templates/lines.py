"""Sentences on lines: broken where a line is full."""

from __future__ import annotations

import re
from collections.abc import Iterator

from .safe_text import columns

_ITEM = re.compile(r"[^\[]*\[[^\]]*\],?|[^\[]+")
"""A part of a list: all up to a bracket, and the bracket; a text without any is one part."""
LEAST_BESIDE = 8
"""The fewest columns in which text is put beside something."""


def wrapped(text: str, width: int, indent: int = 0) -> list[str]:
    """Return `text` as lines of at most `width` columns, broken between words; all but the first are indented.

    What the text begins with in spaces stays. A word that is longer than a line is broken too. A dot between two parts
    stays at the end of its line.

    >>> wrapped("  one two three", 9, 4)
    ['  one two', '    three']
    """
    lines: list[str] = []
    line = " " * (len(text) - len(text.lstrip(" ")))
    for word in (piece for one in _words(text) for piece in _pieces(one, max(width - indent, 2))):
        if line.strip() and columns(f"{line} {word}") > width:
            lines.append(line)
            line = " " * indent
        line = f"{line} {word}" if line.strip() else f"{line}{word}"
    return [*lines, line]


def _words(text: str) -> list[str]:
    """Return the words of a text; a dot between two parts belongs to the word before it."""
    words: list[str] = []
    for word in text.split():
        if word == "·" and words:
            words[-1] += " ·"
        else:
            words.append(word)
    return words


def fitted(text: str, width: int) -> str:
    r"""Return a text with the lines that are too long broken between words; the others stay as they are.

    >>> fitted("one  two\n  three four", 9)
    'one  two\n  three\n  four'
    """
    lines = text.split("\n")
    return "\n".join(
        part
        for line in lines
        for part in (
            [line] if columns(line) <= width else wrapped(line, width, len(line) - len(line.lstrip()))
        )
    )


def beside(head: str, text: str, width: int) -> list[str]:
    """Return `text` beside a head, all its lines from the same column on; below the head where little room is left.

    >>> beside("vault  ", "one two three", 15)
    ['vault  one two', '       three']
    """
    indent = columns(head)
    if width - indent < LEAST_BESIDE:
        return [head.rstrip(), *(f"  {line}" for line in wrapped(text, width - 2))]
    first, *rest = wrapped(text, width - indent)
    return [f"{head}{first}", *(f"{'':<{indent}}{line}" for line in rest)]


def below(line: str, width: int) -> list[str]:
    """Return a line of columns; where it is too long, the last column stands below the others, no item of its list broken.

    >>> below("  x  twice  a.md:1 [done], b.md:2 [done, 5 km]", 24)
    ['  x  twice', '    a.md:1 [done],', '    b.md:2 [done, 5 km]']
    """
    if columns(line) <= width:
        return [line]
    indent = len(line) - len(line.lstrip()) + 2
    head, gap, rest = line.rpartition("  ")
    if not gap or not head.strip():
        return wrapped(line, width, indent)
    lines = below(head, width)
    listed = ""
    for item in (found.strip() for found in _ITEM.findall(rest)):
        if listed and columns(f"{listed} {item}") > width - indent:
            lines += wrapped(" " * indent + listed, width, indent)
            listed = item
        else:
            listed = f"{listed} {item}".strip()
    return [*lines, *wrapped(" " * indent + listed, width, indent)]


def _pieces(word: str, width: int) -> Iterator[str]:
    piece = ""
    for character in word:
        if columns(piece + character) > width:
            yield piece.strip()
            piece = ""
        piece += character
    yield piece.strip()
