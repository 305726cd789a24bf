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
_COMMENT = r"(?<=\n)(?P<comment><!(?=--))(?s:.*?)(?:-->[^\n]*+|\Z)"
_HIDING = rf"<(?!!--[^\n]*-->)(?:[/!?]|[A-Za-z][A-Za-z0-9-]*+(?=[\s/>]|\Z))|```|~~~|{BOM}?[ \t>]*(?:%%|\$\$)|(?<!-{{9}}){_SIGNS}"
_NOTABLE = re.compile(rf"\n({_SIGNS}{{0,24}}+)(?:{_BOX}|{_FENCE}|{_COMMENT}|{_HIDING})")
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
    found = _PREFIX.match(prefix)
    if found is None:
        return None
    indent, late = len(found[2].expandtabs(4)), int(found[3] or 1) != 1
    if found[1] and (late or indent >= _MARGIN or "\t" in prefix):
        return None
    free = indent < _MARGIN and not late and not found[1]
    return _Place(indent, indent + len(prefix) - found.end(2), late, bool(found[1]), free)


def _found(text: str, line: int) -> list[BoxLine] | None:
    """Return the boxes of a text, each of whose lines follows a line feed; None where something may hide them."""
    boxes: list[BoxLine] = []
    around = OpenItems()
    above: _Place | None = None
    done = 0
    for found in _NOTABLE.finditer(text):
        prefix, symbol, body, ticks, tildes, comment = found.groups()
        start, end = found.span()
        line += 1 if start == done else text.count("\n", done, start) + 1
        place = _place(prefix) if symbol is not None else None
        if place is not None and place.is_free:
            above = place
        elif place is not None:
            _begin(around, above)
            above = None
            is_box = _is_box(text[done:start], place, around)
            if is_box is None:
                return None
            if not is_box:
                done = end
                continue
        elif ticks or tildes or comment:
            line += text.count("\n", start + 1, end)
            above, done = None, end
            around.end()
            continue
        else:
            return None
        if "|" in body and _TABLE_SIGNS.match(text, end):
            return None
        boxes.append((line, symbol, body))
        done = end
    return boxes


def _begin(around: OpenItems, above: _Place | None) -> None:
    if above is not None:
        around.begin(above.indent, above.content)


def _is_box(between: str, place: _Place, around: OpenItems) -> bool | None:
    """Return whether a line begins an item, `between` being the lines since the last place of note; None where this is not sure."""
    if place.quoted:
        around.forget()
        return True
    if not around.pass_over(between):
        return None
    return around.take(place.indent, place.content, late=place.late)
