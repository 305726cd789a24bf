"""Values of a table that are made of others: of thousands none is held."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

Kept = TypeVar("Kept")
Made = TypeVar("Made")


class MadeValues(Mapping[str, Made]):
    """A table whose values are made each time that they are asked for, of what another has in their places."""

    __slots__ = ("_kept", "_make")

    def __init__(self, kept: Table[Kept], make: Callable[[Kept], Made]) -> None:
        self._kept: Table[Any] = kept
        self._make: Callable[[Any], Made] = make

    def __getitem__(self, name: str) -> Made:
        return self._make(self._kept[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._kept)

    def __len__(self) -> int:
        return len(self._kept)

    def pop(self, name: str) -> Made:
        """Return a value; what it was made of is held no longer."""
        return self._make(self._kept.pop(name))


Table = dict[str, Kept] | MadeValues[Kept]
"""Values by names, which may be taken out one after the other."""
