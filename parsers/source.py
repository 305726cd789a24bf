"""A note's text and where its lines stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

BOM = "\ufeff"

_ENDING = re.compile(r"(\r\n|\r|\n)")
_LINE_END = re.compile(r"\r\n?")
_TEXT = re.compile(r"[^\r\n]*")


class SourceLine(NamedTuple):
    """One line: `text[start:end]` of the note, and the line ending that follows it ('' at the end of a note)."""

    number: int
    start: int
    end: int
    text: str
    ending: str

    @property
    def after(self) -> int:
        """Where the next line begins, or the end of the note."""
        return self.end + len(self.ending)


@dataclass(frozen=True)
class Source:
    """A note's whole text, as read, with the table of its lines, each part of which is made when it is asked for."""

    text: str

    @classmethod
    def of(cls, text: str) -> Source:
        r"""Return `text` with its lines, split as CommonMark splits them: at CR LF, LF and a lone CR.

        A byte order mark at the start belongs to no line.

        >>> [(line.number, line.text, line.ending) for line in Source.of("a\r\nb").lines]
        [(1, 'a', '\r\n'), (2, 'b', '')]
        """
        return _source_of(text)

    @cached_property
    def lines(self) -> tuple[SourceLine, ...]:
        """All lines with their places."""
        return tuple(_lines(self.text))

    @cached_property
    def texts(self) -> Sequence[str]:
        """Only the texts of the lines."""
        return split_lines(self.text)

    def lines_with(self, word: str) -> Iterator[SourceLine]:
        r"""Yield the lines in which a word stands, without making a table of all others.

        >>> [(line.number, line.start, line.text) for line in Source.of("a\nbc\nd").lines_with("c")]
        [(2, 2, 'bc')]
        """
        if "\r" in self.text:
            yield from (line for line in self.lines if word in line.text)
            return
        text, number, after = self.text, 1, int(self.text.startswith(BOM))
        place = text.find(word, after)
        while place >= 0:
            number += text.count("\n", after, place)
            start = text.rfind("\n", 0, place) + 1 or int(text.startswith(BOM))
            end = text.find("\n", place)
            end, ending = (end, "\n") if end >= 0 else (len(text), "")
            yield SourceLine(number, start, end, text[start:end], ending)
            after, place = end, text.find(word, end)

    def text_at(self, start: int) -> str:
        """Return the text of the line that begins at an offset."""
        found = _TEXT.match(self.text, start)
        return found[0] if found else ""

    def line(self, number: int) -> SourceLine:
        r"""Return the line with this number, counted from 1.

        >>> Source.of("a\nb\n").line(2).text
        'b'
        """
        if not 1 <= number <= len(self.lines):
            raise IndexError(f"there is no line {number} in a note of {len(self.lines)} lines")
        return self.lines[number - 1]


@lru_cache(maxsize=8)
def _source_of(text: str) -> Source:
    """Return a text with its lines; the few texts that are at work are asked for again and again."""
    return Source(text)


def split_lines(text: str) -> list[str]:
    r"""Return only the texts of the lines that `Source.of` would give.

    >>> split_lines("\ufeffa\r\n\rb\n")
    ['a', '', 'b']
    """
    if "\r" in text:
        text = _LINE_END.sub("\n", text)
    lines = text.removeprefix(BOM).split("\n")
    if not lines[-1]:
        lines.pop()
    return lines


def _lines(text: str) -> list[SourceLine]:
    found: list[SourceLine] = []
    start = len(BOM) if text.startswith(BOM) else 0
    parts = _ENDING.split(text[start:])
    for number, (line, ending) in enumerate(zip(parts[::2], [*parts[1::2], ""], strict=True), 1):
        end = start + len(line)
        found.append(SourceLine(number, start, end, line, ending))
        start = end + len(ending)
    if found and not parts[-1]:
        found.pop()
    return found
