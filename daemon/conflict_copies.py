"""Conflict copies that only their text gives away: iCloud's `Day 2.md`, Google Drive's `Day (1).md`, OneDrive's `Day-HOST.md`.

Such a name may as well be that of a note of its own. It is a copy only where the note that it would be a copy of
stands beside it and most of the text is the same; ticks and done dates, by which copies mostly differ, do not matter.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Hashable
from functools import lru_cache
from pathlib import Path

_LEAST_LINES, _LEAST_SHARE, _MOST_UNEQUAL, _LARGEST = 3, 0.8, 4, 1_000_000
_TICK = re.compile(rb"\[[^\[\]\r\n]{1,4}\]")
_DONE_DATE = re.compile("(?:✅|❌)(?:\ufe0f)? *[0-9-]{10}".encode())


@lru_cache(maxsize=16384)
def is_copy(copy: Path, original: Path, sizes: tuple[int, int], stamps: Hashable) -> bool:
    """Return whether most of the text of two files is the same. `stamps` change whenever one of the files does."""
    del stamps  # they only tell whether the answer that is remembered still holds
    smaller, larger = sorted(sizes)
    if not smaller or larger > min(_LARGEST, smaller * _MOST_UNEQUAL):
        return False
    try:
        return have_same_text(copy.read_bytes(), original.read_bytes())
    except OSError:
        return False


def have_same_text(one: bytes, other: bytes) -> bool:
    r"""Return whether two texts are equal, or share most lines of the shorter one.

    >>> have_same_text(b"# Day\n- [ ] walk\n- [ ] read\n", b"# Day\n- [x] walk\n- [ ] read\nMore.\n")
    True
    >>> have_same_text(b"# Day\n- [ ] walk\n", b"# Day\n- [x] walk\n")
    False
    """
    if not one.strip():
        return False
    if one == other:
        return True
    lines, others = _lines(one), _lines(other)
    shared = (lines & others).total()
    return shared >= max(_LEAST_LINES, _LEAST_SHARE * min(lines.total(), others.total()))


def _lines(text: bytes) -> Counter[bytes]:
    """Return the lines that are not blank, without ticks and done dates."""
    plain = _DONE_DATE.sub(b"", _TICK.sub(b"[]", text))
    return Counter(line for line in map(bytes.strip, plain.splitlines()) if line)
