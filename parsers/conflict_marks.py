"""The marks that git leaves in a text where two devices changed the same lines: both versions stand below each other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from .blocks import Block, block_around
from .bounds import LineSet
from .problem import Problem
from .source import Source

_OURS, _BASE, _THEIRS, _END = (re.compile(rf"{re.escape(sign * 7)}(?: .*)?\Z") for sign in "<|=>")

CHOOSE = "Keep the lines that are right and delete the marks (`<<<<<<<`, `=======`, `>>>>>>>`)."
Part = Literal["outside", "ours", "base", "theirs", "begin", "mark", "end"]


def sides(lines: Sequence[str]) -> tuple[list[int], list[int]] | None:
    """Return the places of the lines of each version, where these lines hold whole conflicts; None where they hold none.

    What both have in common is in both; what stood there before, if git tells it, is in neither.

    >>> sides(["a", "<<<<<<< HEAD", "b", "=======", "c", ">>>>>>> other"])
    ([0, 2], [0, 4])
    """
    if not any(line.startswith("<<<<<<<") for line in lines):
        return None
    versions: tuple[list[int], list[int]] = ([], [])
    found, last = False, ""
    for place, part in enumerate(_parts(lines)):
        for name, version in zip(("ours", "theirs"), versions, strict=True):
            if part in {"outside", name}:
                version.append(place)
        found, last = found or part == "begin", part
    return versions if found and last in {"outside", "end"} else None


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict that has all of its marks: the lines of each version, counted from 1, and those that stood there before."""

    ours: frozenset[int]
    base: frozenset[int]
    theirs: frozenset[int]


def conflicts(lines: Sequence[str]) -> Iterator[Conflict]:
    """Yield the whole conflicts in these lines, in order."""
    places: dict[Part, list[int]] = {}
    for number, part in enumerate(_parts(lines), 1):
        if part == "begin":
            places = {"ours": [], "base": [], "theirs": []}
        elif part == "end":
            yield Conflict(*(frozenset(places[name]) for name in ("ours", "base", "theirs")))
        elif part in places:
            places[part].append(number)


def conflict_problems(
    source: Source, blocks: Sequence[Block], code: Sequence[tuple[int, int]], path: str, *, daily: bool
) -> tuple[Problem, ...]:
    """Return a problem for the first conflict that is somebody's to settle; `code` are line ranges in which marks are examples.

    One between the markers of a block is none: what stands there is written anew from the notes. In a daily note the lines
    of a `today` block are the owner's, and so is a conflict among them.
    """
    if "<<<<<<<" not in source.text or ">>>>>>>" not in source.text:
        return ()
    hidden = LineSet(code)
    for start, end in _whole(source):
        if start not in hidden and not _is_ours(blocks, start, end, daily=daily):
            return (_left_open(path, start),)
    return ()


def _is_ours(blocks: Sequence[Block], start: int, end: int, *, daily: bool) -> bool:
    around = block_around(blocks, start)
    if around is None or around is not block_around(blocks, end):
        return False
    return not (daily and around.name == "today")


def _whole(source: Source) -> Iterator[tuple[int, int]]:
    """Yield the first and last line of each conflict that has all of its marks."""
    start = 0
    for line, part in zip(source.lines, _parts([line.text for line in source.lines]), strict=True):
        if part == "begin":
            start = line.number
        elif part == "end":
            yield start, line.number


def _parts(lines: Sequence[str]) -> Iterator[Part]:
    """Yield of each line in which part of a conflict it stands, or which mark it is."""
    inside: Part = "outside"
    for line in lines:
        if inside == "outside" and _OURS.match(line):
            inside = "ours"
            yield "begin"
        elif inside == "ours" and _BASE.match(line):
            inside = "base"
            yield "mark"
        elif inside in {"ours", "base"} and _THEIRS.match(line):
            inside = "theirs"
            yield "mark"
        elif inside == "theirs" and _END.match(line):
            inside = "outside"
            yield "end"
        else:
            yield inside


def _left_open(path: str, line: int) -> Problem:
    return Problem(
        path, line, "conflict-marks", "Git left two versions of these lines here; nothing is written in the note until one is chosen.",
        CHOOSE,
    )  # fmt: skip
