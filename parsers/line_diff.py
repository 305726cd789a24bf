"""Where two sequences of lines differ, in a time that no text can drive up."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

Lines = Sequence[bytes]
Hunk = tuple[str, int, int, int, int]
"""`equal` or `replace`, and the lines from and up to in the one and in the other."""

_MOST_COMPARED = 1000
"""Lines of one stretch that are compared each with each."""


def hunks(one: Lines, other: Lines) -> list[Hunk]:
    """Return what is equal and what differs, in order; together it is the whole of both.

    Long texts are held together at the lines that stand once in each; what lies between two of those and is long
    itself differs as a whole.

    >>> hunks([b"a", b"b"], [b"a", b"c"])
    [('equal', 0, 1, 0, 1), ('replace', 1, 2, 1, 2)]
    """
    found: list[Hunk] = []
    for hunk in _all(one, other):
        kind, _, end, _, last = hunk
        if found and kind == "equal" == found[-1][0]:
            before = found.pop()
            found.append((kind, before[1], end, before[3], last))
        else:
            found.append(hunk)
    return found


def _all(one: Lines, other: Lines) -> Iterator[Hunk]:
    if len(one) + len(other) <= _MOST_COMPARED:
        yield from _between(one, other, 0, 0)
        return
    start = _common(one, other)
    ends = _common(one[start:][::-1], other[start:][::-1])
    if start:
        yield "equal", 0, start, 0, start
    end, last = len(one) - ends, len(other) - ends
    at, place = start, start
    for line, same in _anchors(one[start:end], other[start:last]):
        yield from _between(one[at : start + line], other[place : start + same], at, place)
        at, place = start + line + 1, start + same + 1
        yield "equal", at - 1, at, place - 1, place
    yield from _between(one[at:end], other[place:last], at, place)
    if ends:
        yield "equal", end, len(one), last, len(other)


def _between(one: Lines, other: Lines, at: int, place: int) -> Iterator[Hunk]:
    if len(one) + len(other) > _MOST_COMPARED:
        yield "replace", at, at + len(one), place, place + len(other)
        return
    for kind, start, end, first, last in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield "equal" if kind == "equal" else "replace", at + start, at + end, place + first, place + last


def _common(one: Lines, other: Lines) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((place for place, (mine, theirs) in pairs if mine != theirs), min(len(one), len(other)))


def _anchors(one: Lines, other: Lines) -> list[tuple[int, int]]:
    """Return the places of lines that stand once in each and in the same order (the longest such run: patience)."""
    once = {line for line, count in Counter(other).items() if count == 1}
    places = {line: place for place, line in enumerate(other) if line in once}
    times = Counter(one)
    pairs = [(at, places[line]) for at, line in enumerate(one) if times[line] == 1 and line in places]
    tops: list[int] = []
    piles: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(piles[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(place)
            piles.append(number)
        else:
            tops[pile], piles[pile] = place, number
    run: list[tuple[int, int]] = []
    number = piles[-1] if piles else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]
