"""The boxes of a note without anything else of it: one look at the places where boxes may be, many times as fast as any reading.

In CommonMark a list item that is indented by less than four columns begins wherever it stands: it interrupts a paragraph, a
quote, a table and every list. Only code, HTML, comments and formulas hide it. So where a note has none of these
besides fences at the margin, such a line is a box, whatever is around it. One that is indented further is one if it
belongs to the item above it. What this does not decide is left to the line scanner and to markdown-it-py, which the
tests hold it against.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .bounds import MOST_SIGNS
from .frontmatter import frontmatter_span
from .js_text import WHITE_CLASS
from .source import BOM

_SIGNS = r"[ \t>*+.)0-9-]"
_BOX = rf"\[(.)\](?=[{WHITE_CLASS}]|\Z)([^\n]*+)"
_ANY_BOX = re.compile(rf"\[.\](?=[{WHITE_CLASS}]|\Z)")
_MAYBE = re.compile(rf"(?:\A|\n){_SIGNS}++\[.\](?=[{WHITE_CLASS}]|\Z)")
_FENCED = r"[^\n]*+(?:\n(?! {0,3}(?P=%s)%s*[ \t]*(?:\n|\Z))[^\n]*+)*+(?:\n[^\n]*+)?"
_FENCE = (
    rf"(?<=\n)(?:(?P<ticks>`{{3,}})(?=[^`\n]*+(?:\n|\Z)){_FENCED % ('ticks', '`')}"
    rf"|(?P<tildes>~{{3,}}){_FENCED % ('tildes', '~')})"
)
_HIDING = rf"<(?!!--[^\n]*-->)[A-Za-z/!?]|```|~~~|{BOM}?[ \t>]*(?:%%|\$\$)|(?<!-{{9}}){_SIGNS}"
_NOTABLE = re.compile(rf"\n({_SIGNS}{{0,24}}+)(?:{_BOX}|{_FENCE}|{_HIDING})")
_PREFIX = re.compile(r"([ \t]*)(?:[-*+]|([0-9]{1,9})[.)]) {1,4}\Z")
_TABLE_SIGNS = re.compile(r"\n[ \t>]*[-:|][-:| \t]*(?=\n|\Z)")
_LINE_END = re.compile(r"\r\n?")
_MARGIN = 4

BoxLine = tuple[int, str, str]
"""A box: its line from 1, the one character in it, and what follows it on the line."""


class _Place(NamedTuple):
    """Where an item begins, and the text in it, in columns; whether it may not interrupt a paragraph."""

    indent: int
    content: int
    late: bool


def read_box_lines(text: str) -> list[BoxLine] | None:
    r"""Return line, character and body of every task that `read_tasks` would find, in order; None where this is not sure.

    >>> read_box_lines("# Day\n- [x] walk\n    - [ ] home")
    [(2, 'x', ' walk'), (3, ' ', ' home')]
    >>> read_box_lines("> - [x] walk") is None
    True
    """
    if _ANY_BOX.search(text) is None:
        return []
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    found = None
    if len(text) <= MOST_SIGNS and "\0" not in text:
        start, line = _below_frontmatter(text)
        found = _found("\n" + text[start:], line)
    return [] if found is None and _MAYBE.search(text) is None else found


def _below_frontmatter(text: str) -> tuple[int, int]:
    """Return where the text below a note's frontmatter begins, and how many lines are above it."""
    span = frontmatter_span(text)
    if span is None:
        return 0, 0
    return (text.find("\n", span.end) + 1 or len(text)), span.last_line


@lru_cache(maxsize=512)
def _place(prefix: str) -> _Place | None:
    """Return what the signs before a box say; None where they are not those of one list item."""
    found = _PREFIX.match(prefix)
    if found is None:
        return None
    indent = len(found[1].expandtabs(4))
    return _Place(indent, indent + len(prefix) - len(found[1]), int(found[2] or 1) != 1)


def _found(text: str, line: int) -> list[BoxLine] | None:
    """Return the boxes of a text in which nothing is hidden; each of its lines follows a line feed."""
    boxes: list[BoxLine] = []
    contents: list[int] = []
    done = 0
    for found in _NOTABLE.finditer(text):
        prefix, symbol, body, ticks, tildes = found.groups()
        if symbol is None:
            if ticks or tildes:
                continue
            return None
        place = _place(prefix)
        if place is None:
            return None
        start, end = found.span()
        indent, content, late = place
        if late and not _may_begin(text, done, start, contents, indent):
            return None
        if indent < _MARGIN:
            contents = [content]
        elif not _belongs(text[done:start], contents, indent):
            return None
        else:
            contents.append(content)
        if "|" in body and _TABLE_SIGNS.match(text, end):
            return None
        line += 1 if start == done else text.count("\n", done, start) + 1
        boxes.append((line, symbol, body))
        done = end
    return boxes


def _may_begin(text: str, done: int, start: int, contents: list[int], indent: int) -> bool:
    """Return whether no paragraph is open that a number other than 1 would not interrupt.

    `done` is the end of the last box and `contents` are the columns of the items that are open there.
    """
    if done == start:
        return not contents or contents[-1] > indent
    return not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t")


def _belongs(between: str, contents: list[int], indent: int) -> bool:
    """Close the items that a line with this indentation is not part of; return whether it surely belongs to the last."""
    if between.strip(" \t\n"):
        return False
    while contents and contents[-1] > indent:
        contents.pop()
    return bool(contents) and indent - contents[-1] < _MARGIN
