"""Our markers in a note, and the text between them: the only text that is ours."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .bounds import MOST_MARKERS, LineSet
from .problem import Problem
from .source import Source, SourceLine

BLOCK_NAMES = ("summary", "today", "goals", "heatmap", "month", "week", "next", "review", "news", "open")
OF_THE_DAY = frozenset(("news", "open"))
"""Blocks that tell of today; in the daily note of another day they stay as they were on that day."""

_OPEN = {
    "html": re.compile(r"<!--[ \t]*microwins:([A-Za-z][\w-]*?)((?:[ \t][^\r\n]*)?)-->[ \t]*\Z"),
    "percent": re.compile(r"%%[ \t]*microwins:([A-Za-z][\w-]*?)((?:[ \t][^\r\n]*)?)%%[ \t]*\Z"),
}
_CLOSE = {
    "html": re.compile(r"<!--[ \t]*/microwins[ \t]*-->[ \t]*\Z"),
    "percent": re.compile(r"%%[ \t]*/microwins[ \t]*%%[ \t]*\Z"),
}
_END = {"html": "-->", "percent": "%%"}
_CLOSE_AT_END = re.compile(r"(?:<!--[ \t]*/microwins[ \t]*-->|%%[ \t]*/microwins[ \t]*%%)[ \t]*\Z")
_QUOTE = re.compile(r"(?: {0,3}>[ \t]?)+")
_MENTION = re.compile(r"(?:<!--|%%)[ \t]*/?microwins\b")
_INSIDE = re.compile(r"(?:<!--|%%)[ \t]*(?:microwins:\w|/microwins\b)")
_NAMELESS = re.compile(r"[> \t]*(?:<!--[ \t]*microwins(?!:\w)[^>]*-->|%%[ \t]*microwins(?!:\w)[^%]*%%)[ \t]*")
_FRESH_NEIGHBOUR = re.compile(r"\s*\Z|#{1,6}[ \t]")

Form = Literal["html", "percent"]
LONE_CLOSING = "This closing marker has no opening marker above it."


@dataclass(frozen=True, slots=True)
class Block:
    """One block: its name and options, the lines of its markers, and where the text between them lies.

    `start` and `end` are the 1-based lines of the two markers; `content` is the (start, end) offset, in the
    note's text, of what stands between them. A marker that was just pasted has no closing line: `end` is None.
    `quote` is what each of its lines begins with in a quote or callout, such as `> `.
    """

    name: str
    options: str
    form: Form
    start: int
    end: int | None
    content: tuple[int, int]
    quote: str = ""

    def quoted(self, content: str) -> str:
        """Return lines as they stand in the block's quote; as they are, where it stands in none."""
        if not self.quote:
            return content
        *lines, rest = content.split("\n")
        signs = self.quote.rstrip()
        shown = [f"{self.quote if line.strip() else signs}{line}\n" for line in lines]
        return "".join((*shown, f"{self.quote}{rest}" if rest else ""))

    def unquoted(self, line: str) -> str | None:
        """Return a line without the quote's signs; None where it does not stand in the block's quote."""
        if not self.quote:
            return line
        signs = self.quote.rstrip()
        return line[len(signs) :].removeprefix(" ") if line.startswith(signs) else None


def block_around(blocks: Sequence[Block], line: int) -> Block | None:
    """Return the one of a note's blocks, in their order, between whose markers a line stands."""
    place = bisect_left(blocks, line, key=lambda block: block.start) - 1
    found = blocks[place] if place >= 0 else None
    return found if found is not None and line < (found.end or found.start) else None


@dataclass(frozen=True, slots=True)
class _Marker:
    """A marker and its line; a closing one has no name."""

    line: SourceLine
    form: Form
    name: str | None
    options: str = ""
    quote: str = ""


def read_blocks(
    source: Source, excluded: Sequence[tuple[int, int]] = (), path: str = ""
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """Return the blocks of a note and what is wrong with its markers.

    `excluded` are 1-based inclusive line ranges (code, frontmatter, comments) in which a marker means nothing.
    Where a marker is broken or nested there are problems and no blocks at all: then nothing may be written.
    """
    markers, problems = _markers(source, excluded, path)
    if len(markers) > MOST_MARKERS:
        return (), (_too_many(path, markers[MOST_MARKERS].line.number),)
    blocks, broken = _pair(source, markers, path)
    found = tuple(sorted((*problems, *broken)))
    return (() if any(problem.code == "marker-broken" for problem in found) else blocks), found


def _too_many(path: str, line: int) -> Problem:
    return Problem(
        path, line, "too-many-markers", f"The note holds more than {MOST_MARKERS} markers, so nothing is written in it.",
        "Delete the blocks that are not wanted.",
    )  # fmt: skip


def opening(name: str, options: str = "", form: Form = "html") -> str:
    """Return the opening marker line of a block, without a line end."""
    inside = f"microwins:{name}{' ' + options.strip() if options.strip() else ''}"
    return f"<!-- {inside} -->" if form == "html" else f"%% {inside} %%"


def closing(form: Form = "html") -> str:
    """Return the closing marker line of a block, without a line end."""
    return "<!-- /microwins -->" if form == "html" else "%% /microwins %%"


def _markers(
    source: Source, excluded: Sequence[tuple[int, int]], path: str
) -> tuple[list[_Marker], tuple[Problem, ...]]:
    found: list[_Marker] = []
    problems: list[Problem] = []
    hidden = LineSet(excluded)
    for line in source.lines_with("microwins"):
        number, text = line.number, line.text
        if not _MENTION.search(text) or number in hidden:
            continue
        marker = _marker(line)
        if marker is not None:
            found.append(marker)
        elif (glued := _CLOSE_AT_END.search(text)) and text[: glued.start()].strip():
            problems.append(
                _broken(
                    path,
                    number,
                    "This closing marker does not stand alone on its line.",
                    "Put it on a line of its own; nothing is written here until then.",
                )
            )
        elif _MENTION.match(text.lstrip(" \t>-*+")) or _stands_inside(text):
            problems.append(_misplaced(path, number, text))
    return found, tuple(problems)


def _marker(line: SourceLine) -> _Marker | None:
    forms: tuple[Form, ...] = ("html", "percent")
    text = line.text
    signs = _QUOTE.match(text)
    quote = signs[0] if signs else ""
    for form in forms:
        match = _OPEN[form].match(text, len(quote))
        if match and _END[form] not in match[2]:
            return _Marker(line, form, match[1].lower(), match[2].strip(), quote)
        if _CLOSE[form].match(text, len(quote)):
            return _Marker(line, form, None, quote=quote)
    return None


def _misplaced(path: str, number: int, text: str) -> Problem:
    if _NAMELESS.fullmatch(text):
        return Problem(
            path, number, "marker-misplaced", "This microwins marker cannot be read.",
            "Write it as `<!-- microwins:week -->`, the name of the block right behind the colon.",
        )  # fmt: skip
    return Problem(
        path, number, "marker-misplaced", "This microwins marker does not stand alone on its line.",
        "Put the marker on a line of its own, at the left margin or right behind the signs of a quote.",
    )  # fmt: skip


def _stands_inside(text: str) -> bool:
    """Return whether a marker stands in a line of text, where it is shown as nothing; one in code is only told about."""
    return "`" not in text and _INSIDE.search(text) is not None


def _pair(
    source: Source, markers: Sequence[_Marker], path: str
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    blocks: list[Block] = []
    broken: list[Problem] = []
    position = 0
    while position < len(markers):
        marker = markers[position]
        follower = markers[position + 1] if position + 1 < len(markers) else None
        position += 1
        if marker.name is None:
            broken.append(
                _broken(
                    path,
                    marker.line.number,
                    LONE_CLOSING,
                    "Put the opening marker back, or delete this one; nothing is written here until then.",
                )
            )
        elif (
            follower is not None
            and follower.name is None
            and follower.form == marker.form
            and follower.quote.rstrip() == marker.quote.rstrip()
        ):
            blocks.append(_block(marker, follower.line))
            position += 1
        elif _is_fresh(source, marker):
            blocks.append(_block(marker, None))
        else:
            broken.append(
                _broken(
                    path, marker.line.number, f"The block `{marker.name}` is opened here and never closed.",
                    "Put `<!-- /microwins -->` below it, or only a blank line if you have just pasted it; nothing is written here until then.",
                )
            )  # fmt: skip
    return tuple(blocks), tuple(broken)


def _is_fresh(source: Source, marker: _Marker) -> bool:
    """Tell a marker that was just pasted from one whose closing line was lost: text of ours follows without a gap."""
    if marker.line.after == len(source.text):
        return True
    following = source.text_at(marker.line.after)
    if marker.quote:
        signs = marker.quote.rstrip()
        if not following.startswith(signs):
            return True
        following = following[len(signs) :].lstrip()
    return bool(_FRESH_NEIGHBOUR.match(following)) or _marker(SourceLine(0, 0, 0, following, "")) is not None


def _block(marker: _Marker, end: SourceLine | None) -> Block:
    after = marker.line.after
    content = (after, end.start) if end is not None else (after, after)
    last = end.number if end is not None else None
    start = marker.line.number
    return Block(marker.name or "", marker.options, marker.form, start, last, content, marker.quote)


def _broken(path: str, line: int, message: str, remedy: str) -> Problem:
    return Problem(path, line, "marker-broken", message, remedy)
