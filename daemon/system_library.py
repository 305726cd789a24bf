"""The system's own library, for what Python has no words for."""

from __future__ import annotations

import ctypes
import os
from functools import cache


@cache
def _library() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)


def call(name: str, *words: object) -> int:
    """Call a function that answers with a number; raise OSError where that says that it failed, or there is no such function."""
    try:
        function = getattr(_library(), name)
    except AttributeError:
        raise OSError(f"This system has no {name}.") from None
    result = int(function(*words))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result
