"""The memory of this process that the C library holds: much of it is free after a large vault was taken in."""

from __future__ import annotations

import sys
from contextlib import suppress


def give_back_what_is_free() -> None:
    """Give it to the system, where there is a way to (glibc has one): it takes a millisecond or two."""
    try:
        from .folder_files import give_free_memory_back as give_back
    except ImportError:  # it was not compiled
        give_back = _give_back
    give_back()


def _give_back() -> bool:
    if sys.platform.startswith("linux"):
        import ctypes  # slow to load, and large

        with suppress(AttributeError, OSError):
            return bool(ctypes.CDLL(None).malloc_trim(0))
    return False


def take_from_one_place() -> None:
    """Have threads that are started from here on take memory from where all is, if the C library can: what each has of its own stays with it."""
    with suppress(ImportError):  # it was not compiled
        from .folder_files import take_memory_from_one_place

        take_memory_from_one_place()
