"""Three versions of a text made into one, line by line; nothing that anybody wrote is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from .line_diff import hunks

Lines = Sequence[bytes]

_BOX = re.compile(
    rb"\A(?P<before>[\s>]*(?:[-*+]|[0-9]{1,9}[.)])\s+)\["
    rb"(?P<symbol>[^\[\]\r\n\x80-\xff]|[\xc2-\xf4][\x80-\xbf]{1,3})\](?P<after>\s)"
)
_DONE_DATE = re.compile(
    "(?:(?<![ \t])[ \t]+)?(?:(?:✅|❌)(?:\ufe0f)? *[0-9-]{10}|[\\[(](?:completion|cancelled):: *[0-9-]{10}[\\])])".encode()
)
_RANK = {b"x": 3, b"X": 3, b"/": 2, b"-": 1}
"""Of two states of one box the higher one stays: done, partly done, skipped, open."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Lines of two versions that stand in one place, with what stood there in their common text (None: not known)."""

    base: Lines | None
    ours: Lines
    theirs: Lines


@dataclass(frozen=True, slots=True)
class Merged:
    """The text of both, and the passages of which both versions were kept, by the 1-based line of the first."""

    data: bytes
    kept_both: tuple[tuple[int, Passage], ...] = ()


def merged(ours: bytes, theirs: bytes, base: bytes | None = None) -> Merged:
    r"""Return one text of two: what one side alone has changed since `base` is taken, ticks are united.

    Where both have changed the same lines in different ways, or no common text is known, both versions stand one
    after the other, ours first.

    >>> merged(b"- [x] walk\n", b"- [ ] walk\nMore.\n").data
    b'- [x] walk\nMore.\n'
    """
    found = _merged(_lines(ours), _lines(theirs), _lines(base) if base is not None else None)
    # Each side may have taken out another one of two equal lines: what both still have must be there at the end.
    if base is not None and not _names(ours) & _names(theirs) <= _names(found.data):
        return _merged(_lines(ours), _lines(theirs), None)
    return found


def _names(data: bytes) -> set[bytes]:
    return {bare(line) for line in data.splitlines()} - {b""}


def _merged(ours: Lines, theirs: Lines, base: Lines | None) -> Merged:
    pieces: list[bytes] = []
    kept: list[tuple[int, Passage]] = []
    for passage in _passages(ours, theirs, base):
        taken = _taken(passage)
        if taken is None:
            kept.append((len(pieces) + 1, passage))
            taken = [*_ended(passage.ours), *passage.theirs]
        if pieces and taken and not pieces[-1].endswith(b"\n"):
            pieces[-1] += b"\n"
        pieces += taken
    return Merged(b"".join(pieces), tuple(kept))


def taken_back(before: bytes, after: bytes, now: bytes) -> bytes | None:
    r"""Return the text `now` without the change from `before` to `after`, or None where its lines were changed since.

    >>> taken_back(b"a\n", b"a\nb\n", b"new\na\nb\n")
    b'new\na\n'
    """
    if now == after:
        return before
    pieces: list[bytes] = []
    for passage in _passages(_lines(before), _lines(now), _lines(after)):
        if passage.ours == passage.base:
            pieces += passage.theirs
        elif passage.theirs in (passage.ours, passage.base):
            pieces += passage.ours  # already as it was before, or somebody's since
        else:
            return None
    return b"".join(pieces)


def bare(line: bytes) -> bytes:
    """Return a line without its tick, its done date and the spaces at its end: the same however far it is done."""
    return _DONE_DATE.sub(b"", _BOX.sub(rb"\g<before>[]\g<after>", line)).strip()


def _taken(passage: Passage) -> Lines | None:
    """Return the lines of a passage where they can be told without a doubt."""
    base, ours, theirs = passage.base, passage.ours, passage.theirs
    if ours == theirs or (base is not None and theirs == base):
        return ours
    if base is not None and ours == base:
        return theirs
    if len(ours) == len(theirs) and all(
        bare(one) == bare(two) for one, two in zip(ours, theirs, strict=True)
    ):
        return [_united(one, two) for one, two in zip(ours, theirs, strict=True)]
    if base is None and (not ours or not theirs):
        return [*ours, *theirs]
    return None


def _united(one: bytes, two: bytes) -> bytes:
    """Return the line of two that is further done."""
    return two if _rank(two) > _rank(one) else one


def _rank(line: bytes) -> int:
    box = _BOX.match(line)
    return _RANK.get(box["symbol"], 0) if box else 0


def _ended(lines: Lines) -> list[bytes]:
    """Return lines of which the last one has an end, so that others may follow."""
    return [*lines[:-1], lines[-1] if lines[-1].endswith(b"\n") else lines[-1] + b"\n"] if lines else []


def _lines(data: bytes) -> list[bytes]:
    return data.splitlines(keepends=True) if b"\r" not in data.replace(b"\r\n", b"") else _by_newline(data)


def _by_newline(data: bytes) -> list[bytes]:
    return [line + b"\n" for line in data.split(b"\n")[:-1]] + (
        [data.rpartition(b"\n")[2]] if not data.endswith(b"\n") else []
    )


def _passages(ours: Lines, theirs: Lines, base: Lines | None) -> Iterator[Passage]:
    """Yield the texts cut into passages that stand in one place, in order; together they are the whole of each."""
    if base is None:
        yield from _of_two(ours, theirs)
        return
    at = 0
    moved = [0, 0]
    for start, end, grown in _places(_hunks(base, ours), _hunks(base, theirs)):
        yield from _same(base[at:start])
        mine, others = (
            side[start + before : end + before + more]
            for side, before, more in zip((ours, theirs), moved, grown, strict=True)
        )
        yield Passage(base[start:end], mine, others)
        at, moved = end, [before + more for before, more in zip(moved, grown, strict=True)]
    yield from _same(base[at:])


def _same(lines: Lines) -> Iterator[Passage]:
    if lines:
        yield Passage(lines, lines, lines)


def _hunks(base: Lines, other: Lines) -> list[tuple[int, int, int]]:
    """Return where `other` differs: the lines of `base` from and up to, and by how many there are more."""
    found = hunks(base, other)
    return [
        (start, end, last - first - (end - start))
        for kind, start, end, first, last in found
        if kind != "equal"
    ]


def _places(
    ours: Iterable[tuple[int, int, int]], theirs: Iterable[tuple[int, int, int]]
) -> Iterator[tuple[int, int, tuple[int, int]]]:
    """Yield the places of `base` that a side has changed, those of both that overlap taken together as one.

    Each is the lines from and up to, and by how many each side has grown there.
    """
    place: tuple[int, int, tuple[int, int]] | None = None
    for start, end, grown, side in sorted([*((*hunk, 0) for hunk in ours), *((*hunk, 1) for hunk in theirs)]):
        more = (0, grown) if side else (grown, 0)
        if place is not None and (start < place[1] or start == end == place[0] == place[1]):
            place = (place[0], max(place[1], end), (place[2][0] + more[0], place[2][1] + more[1]))
            continue
        if place is not None:
            yield place
        place = (start, end, more)
    if place is not None:
        yield place


def _of_two(ours: Lines, theirs: Lines) -> Iterator[Passage]:
    """Yield the passages of two texts whose common one is not known; a line is the same however far it is done."""
    names, others = [bare(line) for line in ours], [bare(line) for line in theirs]
    for kind, start, end, first, last in hunks(names, others):
        if kind == "equal":
            for one, two in zip(ours[start:end], theirs[first:last], strict=True):
                yield Passage(None, [one], [two])
        else:
            yield Passage(None, ours[start:end], theirs[first:last])
