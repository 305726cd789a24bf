"""Paths of notes as their days make them: most boxes stand in daily notes, whose paths differ by the day alone."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .texts import written_after

_ISO, _YEAR, _MONTH, _DAY, _PLAIN = (bytes([mark]) for mark in range(1, 6))
_MARKS = re.compile(rb"[\x01-\x05]")


def pattern_of(path: bytes, day: int) -> bytes:
    """Return a path with marks where the day, an ordinal, is written in it, whole or in parts; 0 stands for no day."""
    if _MARKS.search(path):
        return _PLAIN + path
    if not day:
        return path
    iso = date.fromordinal(day).isoformat().encode()
    found = path.replace(iso, _ISO)
    return found.replace(iso[:4], _YEAR).replace(iso[5:7], _MONTH).replace(iso[8:], _DAY)


def path_of(pattern: bytes, day: int) -> str:
    """Return the path of which this is the pattern on that day."""
    if pattern.startswith(_PLAIN):
        return _text(pattern[1:])
    if not day:
        return _text(pattern)
    iso = date.fromordinal(day).isoformat().encode()
    found = pattern.replace(_DAY, iso[8:]).replace(_MONTH, iso[5:7]).replace(_YEAR, iso[:4])
    return _text(found.replace(_ISO, iso))


def written_patterns(patterns: Iterable[bytes]) -> bytes:
    """Return patterns, which are often much alike, each by what it does not share with the one before, with a NUL between two."""
    found, before = [], b""
    for pattern in patterns:
        found.append(written_after(before, pattern))
        before = pattern
    return b"\0".join(found)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
