"""Blanking the parts of a note that Obsidian does not read as Markdown, line numbers kept."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from .frontmatter import frontmatter_span
from .source import split_lines

Range = tuple[int, int]
"""The first and the last line of a stretch, counted from 1, both included."""

CodeFinder = Callable[[Sequence[str]], Sequence[Range]]
"""Says which lines of a text hold code or HTML, in order; no other sign has a meaning there."""

_OPENER = re.compile(r"([ \t>]*)(%%|\$\$)(.*)\Z", re.DOTALL)
_QUOTE = re.compile(r"[ \t]*>[ \t>]*")
_FENCE = re.compile(r"[ \t>]*(?:(?:[-*+]|[0-9]{1,9}[.)])[ \t]+)*(`{3,}(?=[^`]*\Z)|~{3,})")
_FENCE_END = re.compile(r"[ \t>]*(`{3,}|~{3,})[ \t]*\Z")
_MOST_QUESTIONS = 8


@dataclass(frozen=True, slots=True)
class Masked:
    """A note's lines with the masked ones blank, and where those stand."""

    lines: tuple[str, ...]
    ranges: tuple[Range, ...]


def mask(text: str, find_code: CodeFinder) -> Masked:
    r"""Blank frontmatter, `%%` comment blocks and `$$` math blocks of Obsidian's flavour of Markdown.

    A block begins on a line that starts with its sign, outside of code, and ends on the first line that
    ends with the same sign. A comment that is never closed reaches to the end of the note, and so does
    a lone `$$`. In a quote a block ends with the quote at the latest. `find_code` is asked again where a
    block hides the beginning of what looked like code.

    >>> mask("%%\n- [x] hidden\n%%\n- [x] seen", lambda lines: []).lines
    ('', '', '', '- [x] seen')
    """
    page = _Page(split_lines(text))
    span = frontmatter_span(text)
    if span is not None:
        page.hide(span.first_line, span.last_line)
    openers = page.openers()
    for _ in range(_MOST_QUESTIONS):
        if not openers:
            break
        openers = _hide_blocks(page, openers, find_code(page.lines))
    if openers:
        _hide_line_by_line(page)
    return Masked(tuple(page.lines), tuple(page.ranges))


def _hide_blocks(page: _Page, openers: list[int], code: Sequence[Range]) -> list[int]:
    """Hide the blocks that open outside `code`; return the openers below a block that cuts into `code`."""
    starts = [first for first, _ in code]
    for place, number in enumerate(openers):
        before = bisect_right(starts, number) - 1
        if page.hidden_to >= number or (before >= 0 and code[before][1] >= number):
            continue
        last = page.block_end(number)
        if last is None:
            continue
        page.hide(number, last)
        under = bisect_right(starts, last) - 1
        if under > before and code[under][1] > last:
            return openers[place + 1 :]
    return []


def _hide_line_by_line(page: _Page) -> None:
    """Do the same for a note that changes its meaning with every block, following fences only."""
    fence = ""
    hidden = [number for first, last in page.ranges for number in range(first, last + 1)]
    seen = set(hidden)
    for number, line in enumerate(page.lines, 1):
        if number in seen or number <= page.hidden_to:
            continue
        if fence:
            end = _FENCE_END.match(line)
            fence = "" if end and end[1].startswith(fence) else fence
        elif opened := _FENCE.match(line):
            fence = opened[1]
        elif (last := page.block_end(number)) is not None:
            page.hide(number, last)


class _Page:
    """The lines of a note while blocks are being hidden, from the top to the bottom."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.ranges: list[Range] = []
        self._closers: dict[str, list[int]] = {}
        self._unquoted: list[int] | None = None

    @property
    def hidden_to(self) -> int:
        return self.ranges[-1][1] if self.ranges else 0

    def openers(self) -> list[int]:
        """Return the lines that open a block wherever they do not stand in code."""
        return [number for number, line in enumerate(self.lines, 1) if _opening(line)]

    def hide(self, first: int, last: int) -> None:
        """Blank these lines; the signs of a quote stay, so that what follows is still in it."""
        quoted = _QUOTE.match(self.lines[first - 1])
        for index in range(first - 1, last):
            sign = _QUOTE.match(self.lines[index]) if quoted else None
            self.lines[index] = sign[0].rstrip() if sign else ""
        self.ranges.append((first, last))

    def block_end(self, number: int) -> int | None:
        """Return the last line of the block that line `number` opens; None where it opens none."""
        match = _opening(self.lines[number - 1])
        if match is None:
            return None
        prefix, sign, rest = match[1], match[2], match[3].rstrip()
        if sign in rest:
            return number if rest.endswith(sign) else None
        last = _first_from(self._closing_lines(sign), number + 1)
        end = len(self.lines)
        if ">" in prefix:
            end = (_first_from(self._unquoted_lines(), number + 1) or end + 1) - 1
        if last is not None and last <= end:
            return last
        return end if sign == "%%" or not rest else None

    def _closing_lines(self, sign: str) -> list[int]:
        if sign not in self._closers:
            ends = [number for number, line in enumerate(self.lines, 1) if line.rstrip().endswith(sign)]
            self._closers[sign] = ends
        return self._closers[sign]

    def _unquoted_lines(self) -> list[int]:
        if self._unquoted is None:
            self._unquoted = [number for number, line in enumerate(self.lines, 1) if not _QUOTE.match(line)]
        return self._unquoted


def _opening(line: str) -> re.Match[str] | None:
    return _OPENER.match(line) if "%%" in line or "$$" in line else None


def _first_from(numbers: Sequence[int], least: int) -> int | None:
    place = bisect_left(numbers, least)
    return numbers[place] if place < len(numbers) else None
