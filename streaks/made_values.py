"""Values of a table that are made of others: of thousands none is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeVar

Kept = TypeVar("Kept")
Made = TypeVar("Made")


class MadeValues(Mapping[str, Made]):
    """A table whose values are made each time that they are asked for, of what another has in their places."""

    __slots__ = ("_kept", "_make")

    def __init__(self, kept: Mapping[str, Kept], make: Callable[[Kept], Made]) -> None:
        self._kept: Mapping[str, Kept] = kept
        self._make: Callable[[Kept], Made] = make

    def __getitem__(self, name: str) -> Made:
        return self._make(self._kept[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)
