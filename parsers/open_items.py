"""Which list items are open between two boxes, told from plain lines alone: whether a line further in is a box depends on it."""

from __future__ import annotations

import re

_CODE = 4
_TEXT = r"(?:[^\W\d_]|[^\x00-\x7f]|\[\[|\*\*?[^\s*]|[(\"'#](?=[^\W\d_]))"
_PLAIN = re.compile(_TEXT)
_ITEM = re.compile(rf"(?:[-*+]|([0-9]{{1,9}})[.)]) {{1,4}}(?={_TEXT})")
_HEADING = re.compile(r"#{1,6}(?: |\Z)")


class OpenItems:
    """The columns in which the text of each open item begins, the outermost first, and whether a paragraph is open.

    `whole` is False where there may be others around these that are not known, none of them further in than three
    columns.
    """

    __slots__ = ("contents", "paragraph", "whole")

    def __init__(self) -> None:
        self.contents: list[int] = []
        self.paragraph = False
        self.whole = True

    def end(self) -> None:
        """Take in a block at the margin that ends every list."""
        self.contents, self.paragraph, self.whole = [], False, True

    def begin(self, indent: int, content: int) -> None:
        """Take in an item at the margin, whatever was before it."""
        self.contents, self.paragraph, self.whole = [content], True, indent == 0

    def forget(self) -> None:
        """Take in what begins a paragraph of which nothing more is known."""
        self.contents, self.paragraph, self.whole = [], True, False

    def pass_over(self, between: str) -> bool:
        """Take in the lines between two boxes, of which the first is the rest of a box's; return False where they are not plain."""
        return not between or all(map(self._line, between.split("\n")[1:]))

    def take(self, indent: int, content: int, *, late: bool) -> bool | None:
        """Return whether a line with a marker begins an item, and take it in; None where this is not sure.

        `late` says that its number is another than 1, with which no item interrupts a paragraph.
        """
        if self.paragraph:
            verdict = self._interrupts(indent, late=late)
            if verdict is not True:
                return verdict
        base = self._base(indent)
        if base is None:
            return None
        if indent - base >= _CODE:
            return None if self.paragraph else False
        self.contents.append(content)
        self.paragraph = True
        return True

    def _interrupts(self, indent: int, *, late: bool) -> bool | None:
        """Return whether a line is no mere continuation of the open paragraph, which is in the innermost item."""
        if not self.contents and not self.whole:
            return True if indent < _CODE and not late else None
        inner = self.contents[-1] if self.contents else 0
        return indent < inner + _CODE and not (late and indent >= inner)

    def _base(self, indent: int) -> int | None:
        """Close the items that a line with this indentation is not part of; return the column of those that stay open."""
        while self.contents and self.contents[-1] > indent:
            self.contents.pop()
        if self.contents:
            return self.contents[-1]
        return 0 if self.whole or indent < _CODE else None

    def _line(self, line: str) -> bool:
        """Take in one plain line; return False where it is none."""
        stripped = line.lstrip(" \t")
        if not stripped:
            self.paragraph = False
            return True
        indent = len(line[: len(line) - len(stripped)].expandtabs(4))
        found = _ITEM.match(stripped)
        if found:
            late = int(found[1] or 1) != 1
            return self.take(indent, indent + found.end(), late=late) is not None
        if not indent and _HEADING.match(stripped):
            self.end()
            return True
        return _PLAIN.match(stripped) is not None and (self.paragraph or self._text(indent))

    def _text(self, indent: int) -> bool:
        base = self._base(indent)
        self.paragraph = base is not None and indent - base < _CODE
        self.whole = self.whole or not indent
        return base is not None
