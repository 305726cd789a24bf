"""Columns of whole numbers in one row of bytes: each in as few bytes a number as its largest needs."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from itertools import accumulate
from operator import sub
from struct import Struct
from typing import Literal, TypeAlias

Code = Literal["H", "i", "q"]
Numbers: TypeAlias = "list[int] | bytes | array[int]"
"""A column as it is written."""

_HEAD = Struct("=iI")
_SAME, _ALIKE, _SMALL = b'"=B'
_BYTE = 1 << 8
_WIDER: tuple[tuple[Code, int, int], ...] = (
    ("H", 0, 1 << 16),
    ("i", -(1 << 31), 1 << 31),
    ("q", -(1 << 63), 1 << 63),
)
_CODES = {ord(code): (code, array(code).itemsize) for code, _, _ in _WIDER}


def written_columns(base: int, *columns: Numbers) -> bytes:
    """Return a number of four bytes and columns, which are of one length, as bytes; the same numbers make the same bytes.

    A column that is the same as the one before takes one byte, one that has a small number everywhere two.
    """
    parts = [_HEAD.pack(base, len(columns[0]))]
    before = b""
    for column in columns:
        part = _written(column)
        parts.append(bytes([_SAME]) if part == before else part)
        before = part
    return b"".join(parts)


def read_base(written: bytes) -> int:
    """Return the number alone."""
    base: int = _HEAD.unpack_from(written)[0]
    return base


def read_columns(written: bytes) -> tuple[int, list[Sequence[int]]]:
    """Return the number and the columns that were written."""
    base, count = _HEAD.unpack_from(written)
    columns: list[Sequence[int]] = []
    place, size = _HEAD.size, len(written)
    while place < size:
        sign, begin, end = written[place], place + 1, place + 1
        if sign == _SMALL:
            end += count
            columns.append(written[begin:end])
        elif sign == _SAME:
            columns.append(columns[-1])
        elif sign == _ALIKE:
            end += 1
            columns.append(written[begin:end] * count)
        else:
            code, width = _CODES[sign]
            end += count * width
            columns.append(memoryview(written[begin:end]).cast(code))
        place = end
    return base, columns


def gaps_of(days: Sequence[int]) -> Numbers:
    """Return the days from each to the next, the first one twice, so that regular days have a column of one number."""
    if isinstance(days, range) and len(days) > 1:
        return bytes([days.step]) * len(days) if days.step < _BYTE else [days.step] * len(days)
    gaps = list(map(sub, days[1:], days))
    return [gaps[0] if gaps else 0, *gaps] if days else []


def days_before(last: int, gaps: Sequence[int]) -> list[int]:
    """Return the days that have these gaps, up to the last one."""
    return list(accumulate(gaps[1:], initial=last - sum(gaps[1:]))) if gaps else []


def _written(column: Numbers) -> bytes:
    try:
        small = bytes(iter(column) if isinstance(column, array) else column)
    except ValueError:
        return _wider(column)
    alike = small and small.count(small[0]) == len(small)
    return bytes([_ALIKE, small[0]]) if alike else bytes([_SMALL]) + small


def _wider(column: Numbers) -> bytes:
    least, most = min(column), max(column)
    code = next(code for code, low, high in _WIDER if low <= least and most < high)
    return code.encode() + array(code, column).tobytes()
