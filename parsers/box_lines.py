"""The boxes of a note without anything else of it: one look at the places where boxes may be, many times as fast as any reading.

In CommonMark a list item that is indented by less than four columns begins wherever it stands: it interrupts a paragraph, a
quote, a table and every list. Only code, HTML, comments and formulas hide it. So where a note has none of these
besides fences and comments at the margin, such a line is a box, whatever is around it. One that is indented further is one
if it belongs to an item above it, which the plain lines between tell. What this does not decide is left to the line scanner and to markdown-it-py, which the
tests hold it against.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from .bounds import MOST_SIGNS
from .frontmatter import frontmatter_span
from .js_text import WHITE_CLASS
from .open_items import OpenItems
from .possessive import IS_SOUND
from .source import BOM
from .structure import may_hold_task

_SIGNS = r"[ \t>*+.)0-9-]"
_BOX = rf"\[(.)\](?=[{WHITE_CLASS}]|\Z)([^\n]*+)"
_ANY_BOX = re.compile(r"\[[^\r\n]\]")
_FENCED = r"[^\n]*+(?:\n(?! {0,3}(?P=%s)%s*[ \t]*(?:\n|\Z))[^\n]*+)*+(?:\n[^\n]*+)?"
_FENCE = (
    rf"(?<=\n)(?:(?P<ticks>`{{3,}})(?=[^`\n]*+(?:\n|\Z)){_FENCED % ('ticks', '`')}"
    rf"|(?P<tildes>~{{3,}}){_FENCED % ('tildes', '~')})"
)
_COMMENT = r"(?<=\n)<!(?=--)(?s:.*?)(?:-->[^\n]*+|\Z)"
_LATE_FENCE = r"```|~~~"
_HIDING = (
    rf"<(?!!--[^\n]*-->)(?:[/!?]|[A-Za-z][A-Za-z0-9-]*+(?=[\s/>]|\Z))|{BOM}?[ \t>]*(?:%%|\$\$)|{_LATE_FENCE}"
)
_NOTABLE = re.compile(rf"\n({_SIGNS}*+)(?:{_BOX}|({_FENCE}|{_COMMENT})|({_HIDING}))")
_NOTABLE_OF_PLAIN = re.compile(rf"\n({_SIGNS}*+)(?:{_BOX}|({_FENCE})|({_LATE_FENCE}))")
"""The same where nothing can begin HTML, a comment or a formula."""
_GROUPS = 8
_LONGEST_PREFIX = 24
_PREFIX = re.compile(r"((?:> ?)*)([ \t]*)(?:[-*+]|([0-9]{1,9})[.)]) {1,4}\Z")
_TABLE_SIGNS = re.compile(r"\n[ \t>]*[-:|][-:| \t]*(?=\n|\Z)")
_LINE_END = re.compile(r"\r\n?")
_MARGIN = 4

BoxLine = tuple[int, str, str]
"""A box: its line from 1, the one character in it, and what follows it on the line."""


class _Place(NamedTuple):
    """Where an item begins, and the text in it, in columns; whether it may not interrupt a paragraph, and is in a quote."""

    indent: int
    content: int
    late: bool
    quoted: bool
    is_free: bool
    """Whether it is an item wherever it stands."""


def read_box_lines(text: str) -> list[BoxLine] | None:
    r"""Return line, character and body of every task that `read_tasks` would find, in order; None where this is not sure.

    >>> read_box_lines("# Day\n- [x] walk\n    - [ ] home")
    [(2, 'x', ' walk'), (3, ' ', ' home')]
    >>> read_box_lines("<div>\n- [x] walk") is None
    True
    """
    if _ANY_BOX.search(text) is None:
        return []
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    found = None
    if IS_SOUND and len(text) <= MOST_SIGNS and "\0" not in text:
        start, line = _below_frontmatter(text)
        found = _found("\n" + text[start:], line)
    return [] if found is None and not may_hold_task(text) else found


def _below_frontmatter(text: str) -> tuple[int, int]:
    """Return where the text below a note's frontmatter begins, and how many lines are above it."""
    span = frontmatter_span(text)
    if span is None:
        return 0, 0
    return (text.find("\n", span.end) + 1 or len(text)), span.last_line


@lru_cache(maxsize=512)
def _place(prefix: str) -> _Place | None:
    """Return what the signs before a box say; None where they are not those of one list item."""
    found = _PREFIX.match(prefix) if len(prefix) <= _LONGEST_PREFIX else None
    if found is None:
        return None
    indent, late = len(found[2].expandtabs(4)), int(found[3] or 1) != 1
    if found[1] and (late or indent >= _MARGIN or "\t" in prefix):
        return None
    free = indent < _MARGIN and not late and not found[1]
    return _Place(indent, indent + len(prefix) - found.end(2), late, bool(found[1]), free)


def _found(text: str, line: int) -> list[BoxLine] | None:
    """Return the boxes of a text, each of whose lines follows a line feed; None where something may hide them."""
    may_hide = "<" in text or "%" in text or "$" in text
    parts = (_NOTABLE if may_hide else _NOTABLE_OF_PLAIN).split(text)
    boxes: list[BoxLine] = []
    around = OpenItems()
    above: _Place | None = None
    columns = [parts[column::_GROUPS] for column in (0, 1, 2, 3, 4)]
    may_be_table = False
    for between, prefix, symbol, body, hidden in zip(*columns, strict=False):
        if between:
            if may_be_table and _TABLE_SIGNS.match(between):
                return None
            line += between.count("\n")
        line += 1
        if symbol is None:
            if hidden is None:
                return None
            line += hidden.count("\n")
            above, may_be_table = None, False
            around.end()
            continue
        place = _place(prefix)
        is_free = place is not None and place.is_free
        is_box = is_free or _is_box(place, above, between, around)
        if is_box is None:
            return None
        above = place if is_free else None
        may_be_table = is_box and "|" in body
        if is_box:
            boxes.append((line, symbol, body))
    return None if may_be_table and _TABLE_SIGNS.match(parts[-1]) else boxes


def _is_box(place: _Place | None, above: _Place | None, between: str, around: OpenItems) -> bool | None:
    """Return whether a line begins an item; None where this is not sure.

    `above` is the last item that began wherever it stands, if none has begun since; `between` are the lines after it.
    """
    if place is None:
        return None
    if above is not None:
        around.begin(above.indent, above.content)
    if place.quoted:
        around.forget()
        return True
    if not around.pass_over(between):
        return None
    return around.take(place.indent, place.content, late=place.late)
