"""How much of one note is read: bounds that no note of a person reaches, so that no note can stop everything else."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence

from .problem import Problem

MOST_BOXES = 50_000
"""List items with a box in one note, those in code among them."""
MOST_SIGNS = 100_000
"""Lines and signs at their beginnings in a note that is not plain enough for the line scanner; also of lines of any note that begin with a sign."""
NESTED_SIGN = 4
"""What a sign behind another counts for: each level of lists and quotes is read again for every line that is in it."""
MOST_LINES = 500_000
LONGEST_LINE = 20_000
"""Characters of a line in which fields are looked for."""
MOST_MARKERS = 200
MOST_MICRO_WINS = 500
MOST_ALIKE = 20
"""Problems of one kind that are told of one note."""

_BOX = re.compile(r"[-+*.)][ \t]+\[[^\r\n]\]")
_LINE = re.compile(r"\r\n?|\n")
_SIGN = re.compile(r"(?:^|[\r\n>]|[-+*.)][ \t])[ \t]*(?:>|[-+*](?=[ \t\r\n])|[0-9]{1,9}[.)]|[-=])")
_BEGINNING = re.compile(r"(?:^|[\r\n])[ \t>]*(?:[-+*#`~_]|<!|[0-9]{1,9}[.)])")


def too_much(text: str, path: str) -> Problem | None:
    """Return why a note is left out for what it holds; None where it holds no more than a note does."""
    if text.count("[") > MOST_BOXES and sum(1 for _ in _BOX.finditer(text)) > MOST_BOXES:
        return Problem(
            path, None, "too-many-boxes", f"The note holds more than {MOST_BOXES:,} boxes, so it is left out.",
            "Split it into several notes.",
        )  # fmt: skip
    return too_many_blocks(path) if _has_too_many_lines(text) else None


def _has_too_many_lines(text: str) -> bool:
    if len(text) <= 2 * MOST_SIGNS:
        return False
    if text.count("\n") + text.count("\r") > MOST_LINES:
        return True
    return sum(1 for _ in _BEGINNING.finditer(text)) > MOST_SIGNS


def too_many_blocks(path: str) -> Problem:
    """Return that a note is left out because it has too many blocks."""
    return Problem(
        path, None, "too-many-blocks", "The note has more lines, lists, quotes and headings than are read in one note, so it is left out.",
        "Split it into several notes.",
    )  # fmt: skip


def is_too_much_to_judge(text: str) -> bool:
    """Return whether a note has more blocks than are worth reading by all of CommonMark's rules."""
    if len(text) * NESTED_SIGN <= MOST_SIGNS:
        return False
    lines = sum(1 for _ in _LINE.finditer(text))
    signs = sum(1 for _ in _SIGN.finditer(text))
    return lines + signs + (NESTED_SIGN - 1) * max(0, signs - lines) > MOST_SIGNS


def few(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Return the problems of one note, of each kind no more than anybody reads; the last one tells how many more."""
    found = tuple(problems)
    if len(found) <= MOST_ALIKE:
        return found
    counts, told = Counter(problem.code for problem in found), Counter[str]()
    kept = []
    for problem in found:
        told[problem.code] += 1
        left = counts[problem.code] - MOST_ALIKE
        if told[problem.code] < MOST_ALIKE or not left:
            kept.append(problem)
        elif told[problem.code] == MOST_ALIKE:
            kept.append(_and_more(problem, left))
    return tuple(kept)


def _and_more(problem: Problem, left: int) -> Problem:
    message = f"{problem.message} There are {left:,} more like it in this note."
    return Problem(problem.path, problem.line, problem.code, message, problem.remedy)


class LineSet:
    """Which lines stand in some ranges, asked as often as one likes."""

    def __init__(self, ranges: Iterable[tuple[int, int]]) -> None:
        self._ends: list[int] = []
        self._starts: list[int] = []
        for first, last in sorted(ranges):
            if self._ends and first <= self._ends[-1] + 1:
                self._ends[-1] = max(last, self._ends[-1])
            else:
                self._starts.append(first)
                self._ends.append(last)

    def __contains__(self, line: int) -> bool:
        place = bisect_left(self._ends, line)
        return place < len(self._ends) and self._starts[place] <= line


def long_line(lines: Sequence[tuple[int, int]], path: str) -> tuple[Problem, ...]:
    """Return a problem for the first of some lines, each its number and its length, that is not read to its end."""
    number = next((number for number, length in lines if length > LONGEST_LINE), None)
    if number is None:
        return ()
    return (
        Problem(
            path, number, "line-too-long",
            f"The line is longer than {LONGEST_LINE:,} characters; its box counts, but its fields are not read beyond that.",
            "Break it into several lines.",
        ),
    )  # fmt: skip
