"""What tells that a file is still the same: its times, its size, its inode."""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

STAMP_BYTES = 32
"""Bytes in which a stamp is held."""
_MOST = (1 << 63) - 1


class Stamp(NamedTuple):
    """What tells that a file is still the same: times in ns, size in bytes, inode, each of at most 63 bits."""

    mtime_ns: int
    ctime_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a stat result."""
        return cls(*fitted((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)))


NEVER = Stamp(-1, -1, -1, -1)
"""The stamp of no file: a note that bears it is read again whatever it is like."""

Named = tuple[str, int, int, int, int]
"""A file's name with the four numbers of its stamp."""


def fitted(numbers: Iterable[int]) -> Iterator[int]:
    """Yield numbers in 63 bits; an inode of 64 keeps the lower ones."""
    return (number if -_MOST <= number <= _MOST else number & _MOST for number in numbers)


def packed(stamps: Iterable[Iterable[int]]) -> bytes:
    """Return the numbers of stamps as they are held, each in 64 bits."""
    numbers = [*chain.from_iterable(stamps)]
    try:
        return struct.pack(f"{len(numbers)}q", *numbers)
    except struct.error:
        return struct.pack(f"{len(numbers)}q", *fitted(numbers))


def mtime_of(held: bytes) -> int:
    """Return the time in ns of the last change that a stamp tells as it is held."""
    return int(struct.unpack_from("q", held)[0])


HELD_NEVER = packed([NEVER])
"""`NEVER` as it is held."""
