"""The lines of a note's frontmatter as they are written: where a name stands, what is behind it, the items below it."""

from __future__ import annotations

import re
from functools import lru_cache

from .frontmatter import FrontmatterSpan

_LINE_END = re.compile(r"\r\n?|\n")
_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*?))?[ \t]*\Z")


class FrontmatterLines:
    """The lines between the two `---` of a note; none of them where it has no frontmatter."""

    __slots__ = ("_first", "_folded", "_lines", "_text")

    def __init__(self, text: str, span: FrontmatterSpan | None) -> None:
        self._text = text[span.start : span.end] if span else ""
        self._folded = self._text.casefold()
        self._first = span.first_line + 1 if span else 1
        self._lines: list[str] | None = None

    def line_of(self, key: str) -> int | None:
        """Return the number of the first line that begins with a name, in quotes or not; the case does not matter."""
        if key not in self._folded:
            return None
        written = _name(key)
        return next((number for number, line in self._numbered() if written.match(line)), None)

    def behind(self, key: str) -> tuple[str, int]:
        """Return what stands behind a name that is not in quotes, and its line; '' and line 1 where it is not there."""
        for number, line in self._numbered():
            if _is_name(line, key):
                return line.partition(":")[2].strip(), number
        return "", 1

    def items_below(self, key: str) -> list[tuple[str, int]]:
        """Return the items of a block list as they are written, with their lines."""
        items: list[tuple[str, int]] = []
        inside = False
        for number, line in self._numbered():
            match = _ITEM.match(line)
            if _is_name(line, key):
                inside = True
            elif inside and match:
                items.append((match[1] or "", number))
            elif inside and line.strip() and not line[0].isspace() and not line.startswith("#"):
                break
        return items

    def _numbered(self) -> enumerate[str]:
        if self._lines is None:
            self._lines = _LINE_END.split(self._text)
        return enumerate(self._lines, self._first)


def _is_name(line: str, key: str) -> bool:
    return line[: len(key) + 1].casefold() == f"{key}:"


@lru_cache(maxsize=64)
def _name(key: str) -> re.Pattern[str]:
    return re.compile(rf"[\"']?{key}[\"']?\s*:", re.IGNORECASE)
