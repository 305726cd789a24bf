"""What YAML 1.2 allows and PyYAML refuses, lent another shape in which every character keeps its place.

PyYAML takes a tab for white space only behind a value: not on a line of its own, not before a comment, not behind the
dash of a list. And it does not know the list of one nothing behind a name, `mood: -`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

import yaml

MOST_MENDED = 32
"""So many places of one text are mended; each costs a look through the text."""

LONE_DASH = "\U0010fffd"
"""Stands for the dash of `mood: -` while PyYAML reads it: a text, which is then a list that holds nothing once."""

_HARD = re.compile(r"\t|: +-[ \t]*(?:\n|#|\Z)")
_REST_IS_EMPTY = re.compile(r"[ \t]*(?:#|\Z)")
_DASHES = re.compile(r"(?: *-)+ *\Z")
_TABS_IN_LIST = re.compile(r"[ \t]+(?![-?!&|>:])(?!.*:(?:[ \t]|\Z))")
_TABS_ALONE = re.compile(r"[ \t]+(?=#|\Z)")

Look = Callable[[str], Iterator[yaml.Event]]


def readable(text: str, look: Look) -> str:
    r"""Return a text with lines ended by LF such that PyYAML, asked by `look`, stumbles over nothing that YAML 1.2 allows.

    >>> readable("a:\n-\tb\n\t\nc: -\n", lambda text: iter(yaml.parse(text)))
    'a:\n- b\n \nc: \U0010fffd\n'
    """
    if LONE_DASH in text or not _HARD.search(text):
        return text
    for _ in range(MOST_MENDED):
        mended = _mended(text, _stumble(text, look))
        if mended is None:
            break
        text = mended
    return text


def _stumble(text: str, look: Look) -> tuple[int, int] | None:
    """Return the line and the column at which the parser stops, counted from 0; None where it comes to the end."""
    try:
        for _ in look(text):
            pass
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        in_block_text = "indentation space" in (error.problem or "")
        return (mark.line, mark.column) if mark and not in_block_text else None
    except (yaml.YAMLError, ValueError):
        return None
    return None


def _mended(text: str, place: tuple[int, int] | None) -> str | None:
    """Return the text with the one place mended, or None where YAML 1.2 allows it no more than PyYAML."""
    if place is None:
        return None
    number, column = place
    lines = text.split("\n")
    line = lines[number] if number < len(lines) else ""
    before, after = line[:column], line[column + 1 :]
    if line.startswith("\t", column):
        tabs = _tabs(line, column, is_below_name=number > 0 and lines[number - 1].rstrip().endswith(":"))
        if tabs is None:
            return None
        lines[number] = before + " " * len(tabs[0]) + line[tabs.end() :]
    elif _is_lone_dash(line, column) and not _goes_on(line, lines[number + 1 :]):
        lines[number] = f"{before}{LONE_DASH}{after}"
    else:
        return None
    return "\n".join(lines)


def _is_lone_dash(line: str, column: int) -> bool:
    is_value = line.startswith("-", column) and line[:column].rstrip(" ").endswith(":")
    return is_value and _REST_IS_EMPTY.match(line, column + 1) is not None


def _goes_on(line: str, below: Iterable[str]) -> bool:
    """Return whether the next line that says something stands further right than the name on this one."""
    following = next((one for one in below if not _REST_IS_EMPTY.match(one)), "")
    return _indent(following) > _indent(line)


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" -"))


def _tabs(line: str, column: int, *, is_below_name: bool) -> re.Match[str] | None:
    """Return the white space at a place of a line that YAML 1.2 takes for no more than that."""
    if _DASHES.match(line[:column]):
        return _TABS_IN_LIST.match(line, column)
    return None if is_below_name or line[:column].strip() else _TABS_ALONE.match(line, column)
