"""What is made again and again of the same few things: where many are held, one is enough of those that are alike."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, cast

Make = TypeVar("Make", bound=Callable[..., Any])

_REMEMBERED: list[Callable[[], None]] = []


def alike(most: int) -> Callable[[Make], Make]:
    """Return what has a function give the same thing for the same arguments, as long as it is one of so many asked for last."""

    def remembering(make: Make) -> Make:
        made = lru_cache(most)(make)
        _REMEMBERED.append(made.cache_clear)
        return cast("Make", made)

    return remembering


def forget_alike() -> None:
    """Hold none of these things for that any longer, as when few are held."""
    for forget in _REMEMBERED:
        forget()
