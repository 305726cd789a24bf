"""The plain majority of notes read line by line, many times as fast as by markdown-it-py, and with the same answer.

Only what is sure is answered: lists, paragraphs, `#` headings, rules, and at the margin fences, quotes of plain text and
comments of one line; tables of lines that begin with `|`, up to an empty line or a comment, as in our own blocks. Where a
note holds anything else `scan_lines` returns None, and markdown-it-py reads it; the tests hold the two against each other.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from .masks import Range
from .source import BOM

_BLOCK_SIGN = re.compile(rf"^{BOM}?[ \t>]*(?:%%|\$\$)", re.MULTILINE)
_LINE_OF_SIGN = re.compile(r"\r[ \t>]*(?:%%|\$\$)")
_COMMON_ITEM = re.compile(r"( *)- (?:\[[^\[\]\\]\] |[^\W\d_])")
_MARKER = re.compile(r"(?:[-*+]|([0-9]{1,9})[.)])(?=[ \t]|\Z)")
_RULE = re.compile(r"([-*_])[ \t]*\1[ \t]*\1[-*_ \t]*\Z")
_UNDERLINE = re.compile(r"[-=:| \t]+\Z")
_COMMON_HEADING = re.compile(r"(#{1,6}) ([^\W_](?:[^#]*[^\W_])?)\Z")
_HEADING = re.compile(r"#{1,6}(?:[ \t]|\Z)")
_CLOSING_SIGNS = re.compile(r"(?:\A|[ \t]+)#+\Z")
_FENCE = re.compile(r"(`{3,}|~{3,})[^`|]*\Z")
_COMMENT = re.compile(r"<!--[^|]*-->")
_NO_REFERENCE = re.compile(r"\[(?:\[|[^\[\]\\]*\](?!:))")
_PLAIN_QUOTE = re.compile(
    r"> {0,4}(?:\Z|(?![ \t])(?:\[\[|\[![\w-]+\][-+]?(?= |\Z)|\*\*?[^\s*]|__?[^\s_]|``?[^`]|[^-+*#>`~<|\[=_:0-9]))"
)
_SPECIAL = frozenset("-+*#>`~<|[=_:0123456789 \t")
_NESTED = frozenset("-+*_0123456789")
_MOST_OPEN = 30


class _Unsure(Exception):
    """A note is not plain enough."""


ScannedItem = tuple[int, int, int, int | None]
"""A list item: its line from 1, the column behind its marker, its depth and its parent's line."""


@dataclass(slots=True)
class Scanned:
    """What was found; a heading is its line, its level and its text.

    `more` are, by the line of an item, the lines that continue the paragraph which begins there.
    """

    items: list[ScannedItem] = field(default_factory=list)
    more: dict[int, list[str]] = field(default_factory=dict)
    headings: list[tuple[int, int, str]] = field(default_factory=list)
    code: list[Range] = field(default_factory=list)
    html: list[Range] = field(default_factory=list)


def may_scan(text: str) -> bool:
    """Return False where a text has blocks that are blanked before it is read as Markdown, or what is no text."""
    if "\0" in text:
        return False
    signs = ("%" in text and "%%" in text) or ("$" in text and "$$" in text)
    return not (signs and (_BLOCK_SIGN.search(text) or _LINE_OF_SIGN.search(text)))


def scan_lines(lines: Sequence[str], begin: int = 0) -> Scanned | None:
    """Return what the lines from the one at `begin` on hold; None where it takes all of CommonMark to know."""
    scan = _Scan(lines, begin)
    try:
        scan.run()
    except _Unsure:
        return None
    return scan.found


class _Scan:
    """The state between two lines: the list items that are open, and whether a paragraph is, with the line it began on.

    An open item is the column of its content and its line; `owner` is the line of an item that began the paragraph.
    """

    __slots__ = ("begin", "found", "hollow", "lines", "open", "owner", "paragraph")

    def __init__(self, lines: Sequence[str], begin: int) -> None:
        self.lines = lines
        self.begin = begin
        self.found = Scanned()
        self.open: list[tuple[int, int]] = []
        self.paragraph = False
        self.owner = 0
        self.hollow = -1

    def run(self) -> None:  # noqa: C901 - the one loop that every line goes through
        """Take in all lines; those that most notes are made of are told here, without any further call."""
        lines, number, end = self.lines, self.begin, len(self.lines)
        opened, items, headings = self.open, self.found.items, self.found.headings
        box, heading, text_sign = _COMMON_ITEM.match, _COMMON_HEADING.match, _SPECIAL
        while number < end:
            line = lines[number]
            if not line:
                if self.hollow >= 0:
                    self._blank(number)
                self.paragraph, self.owner = False, 0
                number += 1
            elif line[0] not in text_sign:
                if self.owner:
                    self._text(line, 0)
                elif not self.paragraph:
                    opened.clear()
                    self.paragraph = True
                number += 1
            elif found := box(line):
                indent = found.end(1)
                if opened and opened[-1][0] == indent + 2:  # as most items are, one beside the last
                    base, parent = opened[-2] if len(opened) > 1 else (0, None)
                    if base <= indent < base + 4:
                        number += 1
                        items.append((number, indent + 1, len(opened) - 1, parent))
                        opened[-1] = (indent + 2, number)
                        self.paragraph, self.owner, self.hollow = True, number, -1
                        continue
                number = self._common_item(number, line, indent)
            elif line[0] == "#" and (found := heading(line)):
                number += 1
                headings.append((number, found.end(1), found[2]))
                opened.clear()
                self.paragraph, self.owner = False, 0
            else:
                number = self._special(number, line)

    def _common_item(self, number: int, line: str, indent: int) -> int:
        opened = self.open
        if opened and indent < opened[-1][0]:
            if indent:
                self._close(indent)
            else:
                opened.clear()
        base, parent = opened[-1] if opened else (0, None)
        if indent - base >= 4 or len(opened) >= _MOST_OPEN:
            return self._special(number, line)
        number += 1
        self.found.items.append((number, indent + 1, len(opened), parent))
        opened.append((indent + 2, number))
        self.paragraph, self.owner, self.hollow = True, number, -1
        return number

    def _special(self, number: int, line: str) -> int:
        """Take in a line that may begin something; return the next line to look at."""
        stripped = line.lstrip(" ")
        if not stripped.strip("\t "):
            self._blank(number)
            return number + 1
        indent = len(line) - len(stripped)
        base = self.open[-1][0] if self.open else 0
        if stripped[0] == "\t":
            raise _Unsure
        if self.paragraph and indent >= base + 4:
            self._text(line, indent)
            return number + 1
        if indent >= 4 and not self.paragraph and not self.open:
            return self._code(number)
        self._refuse_underline(number, stripped, inside=self.paragraph and indent >= base)
        found = _BEGINNERS.get(stripped[0])
        return found(self, number, stripped, indent) if found else self._plain(number, stripped, indent)

    def _refuse_underline(self, number: int, stripped: str, *, inside: bool) -> None:
        """Leave headings that are underlined to the judge, and tables whose lines do not begin with `|`."""
        above = self.lines[number - 1] if number > self.begin else ""
        if (inside or "|" in above) and stripped[0] in "-=:|" and _UNDERLINE.match(stripped):
            raise _Unsure

    def _blank(self, number: int) -> None:
        self.paragraph, self.owner = False, 0
        if self.hollow == number - 1 and self.open:
            self.open.pop()  # an item whose first two lines are empty has ended
        self.hollow = -1

    def _text(self, line: str, indent: int) -> None:
        if not self.paragraph:
            self._close(indent)
            self.paragraph = True
        elif self.owner:
            text = line.strip()
            if not text:
                raise _Unsure
            self.found.more.setdefault(self.owner, []).append(text)

    def _plain(self, number: int, stripped: str, indent: int) -> int:
        self._text(stripped, indent)
        return number + 1

    def _close(self, indent: int) -> None:
        """End the list items that a line with this indentation is not part of."""
        while self.open and indent < self.open[-1][0]:
            self.open.pop()
            if indent - (self.open[-1][0] if self.open else 0) >= 4:
                raise _Unsure
        if indent - (self.open[-1][0] if self.open else 0) >= 4:
            raise _Unsure

    def _at_margin(self, indent: int) -> None:
        """End the paragraph and every list; what stands in a list is left to the judge."""
        self._close(indent)
        self.paragraph, self.owner = False, 0
        if self.open:
            raise _Unsure

    def _dash(self, number: int, stripped: str, indent: int) -> int:
        if _is_rule(stripped):
            self._at_margin(indent)
            return number + 1
        return self._marked(number, stripped, indent)

    def _marked(self, number: int, stripped: str, indent: int) -> int:
        marker = _MARKER.match(stripped)
        if marker is None:
            return self._plain(number, stripped, indent)
        rest = stripped[marker.end() :]
        content = rest.lstrip(" ")
        hollow = not content
        base = self.open[-1][0] if self.open else 0
        if self.paragraph and indent >= base and (hollow or int(marker[1] or 1) != 1):
            raise _Unsure
        self._close(indent)
        spaces = len(rest) - len(content)
        if not hollow and (spaces > 4 or not content.strip() or not _is_text(content)):
            raise _Unsure
        column = indent + marker.end()
        parent = self.open[-1][1] if self.open else None
        self.found.items.append((number + 1, column, len(self.open), parent))
        self.open.append((column + (1 if hollow else spaces), number + 1))
        if len(self.open) > _MOST_OPEN:
            raise _Unsure
        self.paragraph, self.owner = not hollow, 0 if hollow else number + 1
        self.hollow = number if hollow else -1
        return number + 1

    def _heading(self, number: int, stripped: str, indent: int) -> int:
        level = len(stripped) - len(stripped.lstrip("#"))
        if level > 6 or stripped[level : level + 1] not in {"", " ", "\t"}:
            return self._plain(number, stripped, indent)
        text = stripped[level:].strip(" \t")
        if text.endswith("#"):
            text = _CLOSING_SIGNS.sub("", text)
        if text.strip().strip(BOM) != text:
            raise _Unsure
        self._at_margin(indent)
        self.found.headings.append((number + 1, level, text))
        return number + 1

    def _code(self, number: int) -> int:
        """Take in the lines from here on that are indented by four, and the empty ones between them."""
        last = end = number
        while end < len(self.lines):
            stripped = self.lines[end].lstrip(" ")
            if stripped.strip("\t "):
                if stripped[0] == "\t":
                    raise _Unsure
                if len(self.lines[end]) - len(stripped) < 4:
                    break
                last = end
            end += 1
        self.found.code.append((number + 1, last + 1))
        return last + 1

    def _fence(self, number: int, stripped: str, indent: int) -> int:
        if not stripped.startswith(("```", "~~~")):
            return self._plain(number, stripped, indent)
        fence = _FENCE.match(stripped)
        if fence is None:
            raise _Unsure
        self._at_margin(indent)
        for end in range(number + 1, len(self.lines)):
            line = self.lines[end].strip(" ")
            if line.startswith(fence[1]) and self._closes(self.lines[end], fence[1]):
                self.found.code.append((number + 1, end + 1))
                return end + 1
        raise _Unsure

    def _closes(self, line: str, fence: str) -> bool:
        stripped = line.lstrip(" ")
        return len(line) - len(stripped) < 4 and not stripped.rstrip(" \t").strip(fence[0])

    def _comment(self, number: int, stripped: str, indent: int) -> int:
        if indent or not _COMMENT.match(stripped):
            raise _Unsure
        self._at_margin(indent)
        self.found.html.append((number + 1, number + 1))
        return number + 1

    def _quote(self, number: int, stripped: str, indent: int) -> int:
        self._at_margin(indent)
        end, last = number, stripped
        while end < len(self.lines):
            stripped = self.lines[end].lstrip(" ")
            if not stripped.startswith(">"):
                break
            if len(self.lines[end]) - len(stripped) > 3 or not _PLAIN_QUOTE.match(stripped):
                raise _Unsure
            last = stripped
            end += 1
        if last[1:].strip(" ") and end < len(self.lines) and self.lines[end].strip(" \t"):
            raise _Unsure
        return end

    def _table(self, number: int, _stripped: str, indent: int) -> int:
        if self.paragraph:
            raise _Unsure
        self._close(indent)
        base = self.open[-1][0] if self.open else 0
        end = number
        while end < len(self.lines):
            stripped = self.lines[end].lstrip(" ")
            if not stripped.startswith("|"):
                break
            if not base <= len(self.lines[end]) - len(stripped) < base + 4:
                raise _Unsure
            end += 1
        following = self.lines[end] if end < len(self.lines) else ""
        if following.strip(" \t") and not following.startswith("<!--"):
            raise _Unsure
        self.hollow = -1
        return end

    def _bracket(self, number: int, stripped: str, indent: int) -> int:
        if not self.paragraph and not _NO_REFERENCE.match(stripped):
            raise _Unsure
        return self._plain(number, stripped, indent)


def _is_rule(text: str) -> bool:
    """Return whether this is a rule; told by looking at its signs, as a regular expression remembers every turn of a loop."""
    return _RULE.match(text) is not None and not text.strip(f"{text[0]} \t")


def _is_text(content: str) -> bool:
    """Return whether what stands behind a marker is the beginning of a paragraph, and surely of nothing else."""
    first = content[0]
    if first == "[":
        return _NO_REFERENCE.match(content) is not None
    if first in _NESTED:
        return not (_MARKER.match(content) or _is_rule(content))
    if first == "#":
        return not _HEADING.match(content)
    return first not in "><|\t" and not content.startswith(("```", "~~~"))


_BEGINNERS = {
    **dict.fromkeys("-*_", _Scan._dash),
    **dict.fromkeys("+0123456789", _Scan._marked),
    **dict.fromkeys("`~", _Scan._fence),
    "#": _Scan._heading,
    "<": _Scan._comment,
    ">": _Scan._quote,
    "|": _Scan._table,
    "[": _Scan._bracket,
}
