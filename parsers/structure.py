"""What a note is made of: list items, headings, code. CommonMark's rules decide, as markdown-it-py has them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from .bounds import is_too_much_to_judge
from .frontmatter import frontmatter_span
from .js_text import WHITE_CLASS
from .masks import Range, mask
from .scanner import Scanned, ScannedItem, may_scan, scan_lines
from .source import BOM, Source

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

_MARKER = re.compile(r"[ \t>]*(?:[-*+]|[0-9]{1,9}[.)])(?=[ \t]|\Z)")
_BOX = re.compile(rf"[ \t]*\[(.)\](?=[{WHITE_CLASS}]|\Z)", re.DOTALL)
_ANY_BOX = re.compile(r"\[[^\r\n]\]")
_COMMON = re.compile(r"\[(?<=[-+*.)][ \t]\[)[^\r\n]\]")
_MAYBE = re.compile(r"[-+*.)][ \t]+\[[^\r\n]\]")
_MAYBE_BYTES = re.compile(rb"[-+*.)][ \t]+\[[^\r\n]{1,4}\]")
_AT_MARGIN = re.compile(r" {0,3}[^\s>]")
_CODE = frozenset({"fence", "code_block"})
_HTML = frozenset({"html_block"})
_TEXT = frozenset({"paragraph_open", "heading_open"})
_CONTAINERS = frozenset({"list_item_open", "blockquote_open"})
_DEEPEST = 100
_MOST_RESTARTS = 8


class ListItem(NamedTuple):
    """One list item: where it stands, its box if it has one, and its text. A tuple, because there are so many of them.

    `depth` and `parent` count list items only, not quotes. `box` is the one character between the
    brackets and `box_column` the place of this character in its line; both are None for a plain item.
    """

    line: int
    depth: int
    parent: int | None
    box: str | None
    box_column: int | None
    body: str
    continuation: str = ""


_made: Callable[[tuple[object, ...]], ListItem] = partial(tuple.__new__, ListItem)
"""Makes a list item of its fields in their order, in half the time."""


class Heading(NamedTuple):
    """A heading with its level from 1 to 6 and its text without signs."""

    line: int
    level: int
    text: str


@dataclass(frozen=True, slots=True)
class Structure:
    """The parts of a note. A range is its first and its last line, counted from 1, both included."""

    items: tuple[ListItem, ...] = ()
    headings: tuple[Heading, ...] = ()
    code: tuple[Range, ...] = ()
    html: tuple[Range, ...] = ()
    masked: tuple[Range, ...] = ()
    too_deep: int | None = None
    """The line from which on lists and quotes are nested deeper than anything is read."""
    too_much: bool = False
    """Whether nothing was read, because there is too much of it."""

    @property
    def not_markdown(self) -> tuple[Range, ...]:
        """Every range in which text is no Markdown: code, HTML, frontmatter, comments and math."""
        return tuple(sorted((*self.code, *self.html, *self.masked)))

    def hides(self, line: int) -> bool:
        """Return whether this line stands in such a range."""
        ranges = (*self.code, *self.html, *self.masked)
        return any(first <= line <= last for first, last in ranges)


def may_hold_task(text: str | bytes) -> bool:
    """Return False only where `read_structure` would find no task: no list marker with a box after it.

    >>> may_hold_task("- [x] walk"), may_hold_task(b"a [x] walk")
    (True, False)
    """
    if isinstance(text, bytes):
        return _MAYBE_BYTES.search(text) is not None
    if _ANY_BOX.search(text) is None:
        return False
    return _COMMON.search(text) is not None or _MAYBE.search(text) is not None


def read_structure(text: str) -> Structure:
    r"""Return the structure of a note in Obsidian's flavour of Markdown.

    A task is a list item whose first line begins, after the marker, with `[`, one character, `]`, and
    then white space or nothing.

    >>> read_structure("- [x] walk\n  - home").items[0]
    ListItem(line=1, depth=0, parent=None, box='x', box_column=3, body=' walk', continuation='')
    """
    found = _scanned(text)
    if found is None and is_too_much_to_judge(text):
        return Structure(too_much=True)
    return found or judged_structure(text)


def judged_structure(text: str) -> Structure:
    """Return the structure of a note as markdown-it-py alone finds it."""
    reader = _Reader(BOM if text.startswith(BOM) else "")
    masked = mask(text, lambda lines: _ranges(reader.tokens(lines), _CODE | _HTML))
    tokens = reader.tokens(masked.lines)
    return Structure(
        items=tuple(_items(tokens, Source.of(text).texts)),
        headings=tuple(_headings(tokens)),
        code=_ranges(tokens, _CODE),
        html=_ranges(tokens, _HTML),
        masked=masked.ranges,
        too_deep=reader.too_deep,
    )


def scanned_lines(text: str) -> tuple[Scanned, Sequence[str], int] | None:
    """Return what the scanner finds in a plain note, its lines, and how many are frontmatter's; None where it is not sure."""
    if not may_scan(text):
        return None
    lines, span = Source.of(text).texts, frontmatter_span(text)
    masked = span.last_line if span else 0
    if span is None and text.startswith(BOM) and lines and lines[0]:
        lines = [BOM + lines[0], *lines[1:]]
    found = scan_lines(lines, masked)
    return (found, lines, masked) if found is not None else None


def box_at(text: str, column: int) -> re.Match[str] | None:
    """Return the box behind a marker that ends at `column`: its first group is the character in it."""
    return _BOX.match(text, column)


def _scanned(text: str) -> Structure | None:
    """Return the structure of a plain note, read line by line; None where this is not sure to be CommonMark's."""
    found = scanned_lines(text)
    return _of_scanned(*found) if found is not None else None


def _of_scanned(found: Scanned, lines: Sequence[str], masked: int) -> Structure:
    more = found.more
    return Structure(
        items=tuple([_scanned_item(item, lines[item[0] - 1], more) for item in found.items]),
        headings=tuple(map(Heading._make, found.headings)),
        code=tuple(found.code),
        html=tuple(found.html),
        masked=((1, masked),) if masked else (),
    )


def _scanned_item(item: ScannedItem, text: str, more: Mapping[int, Sequence[str]]) -> ListItem:
    line, column, depth, parent = item
    below = "\n".join(more[line]) if line in more else ""
    if text.startswith("] ", column + 3) and text.startswith(" [", column):
        return _made((line, depth, parent, text[column + 2], column + 2, text[column + 4 :], below))
    box = _BOX.match(text, column) if "[" in text else None
    if box is None:
        return _made((line, depth, parent, None, None, text[column:], below))
    return _made((line, depth, parent, box[1], box.start(1), text[box.end() :], below))


class _Reader:
    """Parses lines into block tokens, and does not parse the same lines twice.

    A byte order mark before the first line is a letter like any other to CommonMark and to Obsidian: no
    list and no heading begins after it.
    """

    def __init__(self, mark: str) -> None:
        self._mark = mark
        self.too_deep: int | None = None
        self._lines: tuple[str, ...] | None = None
        self._tokens: list[Token] = []

    def tokens(self, lines: Sequence[str]) -> list[Token]:
        """Return all block tokens. Where nesting is too deep, go on at the next line that is not nested."""
        if self._lines == tuple(lines):
            return self._tokens
        self._lines, self._tokens, self.too_deep = tuple(lines), [], None
        begin: int | None = 0
        for _ in range(_MOST_RESTARTS):
            if begin is None:
                break
            mark = self._mark if not begin and lines and lines[0] else ""
            found = _markdown().parse(mark + "\n" * begin + "\n".join(lines[begin:]))
            self._tokens += found
            deep = _deepest_line(found)
            self.too_deep = self.too_deep or deep
            begin = _next_at_margin(lines, deep) if deep else None
        return self._tokens


def _deepest_line(tokens: Iterable[Token]) -> int | None:
    """Return the line with a container whose content is left out, and with it all that follows."""
    containers = (token for token in tokens if token.level >= _DEEPEST - 1 and token.type in _CONTAINERS)
    return next((token.map[0] + 1 for token in containers if token.map), None)


def _next_at_margin(lines: Sequence[str], after: int) -> int | None:
    return next((index for index in range(after, len(lines)) if _AT_MARGIN.match(lines[index])), None)


@cache
def _markdown() -> MarkdownIt:
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable("table")
    markdown.core.ruler.enableOnly(["normalize", "block"])
    return markdown


def _ranges(tokens: Iterable[Token], types: frozenset[str]) -> tuple[Range, ...]:
    return tuple((token.map[0] + 1, token.map[1]) for token in tokens if token.type in types and token.map)


def _headings(tokens: Sequence[Token]) -> Iterator[Heading]:
    for token, inline in pairwise(tokens):
        if token.type == "heading_open" and token.map:
            yield Heading(token.map[0] + 1, int(token.tag[1:]), inline.content.removeprefix(BOM))


def _items(tokens: Sequence[Token], lines: Sequence[str]) -> Iterator[ListItem]:
    parents: list[int] = []
    line, column = 0, 0
    for index, token in enumerate(tokens):
        if token.type == "list_item_close":
            parents.pop()
        if token.type != "list_item_open" or not token.map:
            continue
        column = column if token.map[0] + 1 == line else 0
        line = token.map[0] + 1
        marker = _MARKER.match(lines[line - 1], column)
        column = marker.end() if marker else column
        yield _item(lines[line - 1], column, tokens[index + 1 : index + 3], line, parents)
        parents.append(line)


def _item(text: str, column: int, content: Sequence[Token], line: int, parents: Sequence[int]) -> ListItem:
    """Return the item whose marker ends at `column` and whose content begins with these two tokens."""
    first = content[0]
    starts_here = first.map is not None and first.map[0] + 1 == line
    box = _BOX.match(text, column) if starts_here and first.type != "code_block" else None
    own_text = starts_here and first.type in _TEXT
    following = content[1].content.split("\n")[1:] if own_text else []
    return ListItem(
        line=line,
        depth=len(parents),
        parent=parents[-1] if parents else None,
        box=box[1] if box else None,
        box_column=box.start(1) if box else None,
        body=text[box.end() if box else column :],
        continuation="\n".join(part.strip() for part in following),
    )
