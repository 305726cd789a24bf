"""Columns of whole numbers in one row of bytes: each in as few bytes a number as its largest needs."""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from struct import Struct

_HEAD = Struct("=iI")
_SAME, _ALIKE, _SMALL, _WIDE, _WIDEST = b'"', b"=", b"B", b"H", b"q"
_SIZES = {_SMALL: 1, _WIDE: 2, _WIDEST: 8}


Numbers = list[int] | bytes
"""A column as it is written: an array would give its bytes for its numbers."""


def written_columns(base: int, *columns: Numbers) -> bytes:
    """Return a number of four bytes and columns, which are of one length, as bytes; the same numbers make the same bytes.

    A column that is the same as the one before takes one byte, one that has a small number everywhere two.
    """
    parts = [_HEAD.pack(base, len(columns[0]))]
    before = b""
    for column in columns:
        part = _written(column)
        parts.append(_SAME if part == before else part)
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
    place = _HEAD.size
    while place < len(written):
        begin = place + 1
        code = written[place:begin]
        if code == _SAME:
            place = begin
            columns.append(columns[-1])
        elif code == _ALIKE:
            place = begin + 1
            columns.append(written[begin:place] * count)
        else:
            place = begin + count * _SIZES[code]
            columns.append(_read(written[begin:place], code))
    return base, columns


def _read(column: bytes, code: bytes) -> Sequence[int]:
    if code == _SMALL:
        return column
    return memoryview(column).cast("H" if code == _WIDE else "q")


def _written(column: Numbers) -> bytes:
    try:
        small = bytes(column)
    except ValueError:
        return _wider(column)
    return _ALIKE + small[:1] if small and small.count(small[0]) == len(small) else _SMALL + small


def _wider(column: Numbers) -> bytes:
    if min(column) >= 0 and max(column) < 1 << 16:
        return _WIDE + array("H", column).tobytes()
    return _WIDEST + array("q", column).tobytes()
