"""Files of a folder that nobody has written for a moment, read many at once and without a lease."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)

Reading = Callable[[bytes, Sequence[str], Iterable[int], float, int], list[bytes | None]]


def read_in_python(
    folder: bytes, names: Sequence[str], sizes: Iterable[int], before: float, most: int
) -> list[bytes | None]:
    """Return the bytes of each file of a folder, if it is of its size and was last written before this ns, also after the reading; else None.

    That moment lies so long before the present that a write that begins now gives the file a later time: so no lease is
    needed. A file of more than `most` bytes is not read.
    """
    return [
        _settled(folder + b"/" + os.fsencode(name), size, before) if size <= most else None
        for name, size in zip(names, sizes, strict=True)
    ]


def _settled(path: bytes, size: int, before: float) -> bytes | None:
    with suppress(OSError):  # one that is a pipe now would block
        descriptor = os.open(path, _FLAGS)
        try:
            data = os.read(descriptor, size + 1)
            status = os.fstat(descriptor)
        finally:
            os.close(descriptor)
        if (
            status.st_mtime_ns < before
            and stat.S_ISREG(status.st_mode)
            and len(data) == status.st_size == size
        ):
            return data
    return None


try:
    from .folder_files import settled_files as _read
except ImportError:  # it was not compiled
    _read = read_in_python

read_settled: Reading = _read
"""The same, compiled if that may be."""
