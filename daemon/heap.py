"""The memory of this process that is free and that the C library holds: much of it after a large vault was taken in."""

from __future__ import annotations

import sys
from contextlib import suppress


def give_back_what_is_free() -> None:
    """Give it to the system, where there is a way to (glibc has one): it takes a millisecond or two."""
    if sys.platform.startswith("linux"):
        import ctypes  # slow to load, and most commands have nothing to give back

        with suppress(AttributeError, OSError):
            ctypes.CDLL(None).malloc_trim(0)
