"""What goals come to day by day, put aside until one of them changes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, Protocol, TypeVar

Value = TypeVar("Value")


class Rows(Protocol):
    """Where rows of bytes are put."""

    def put(self, row: bytes) -> int | None:
        """Return the place of a row; None where it cannot be put anywhere."""

    def get(self, place: int) -> bytes:
        """Return the row at a place; raise an error where it is lost."""

    def drop(self, place: int) -> None:
        """Forget the row at a place."""


class PutAside(Generic[Value]):
    """Values by the paths of goals: held, or put aside as a row, where there are `rows`, until somebody asks."""

    def __init__(
        self, rows: Rows | None, written: Callable[[Value], bytes], read: Callable[[bytes], Value]
    ) -> None:
        self._rows = rows
        self._written, self._read = written, read
        self._held: dict[str, Value] = {}
        self._places: dict[str, int] = {}

    def get(self, path: str) -> Value | None:
        """Return the value of a goal, which is held from now on; None where it has none."""
        place = self._places.get(path)
        if place is not None and self._rows is not None:
            self._held[path] = self._read(self._rows.get(place))
            self._rows.drop(self._places.pop(path))
        return self._held.get(path)

    def of(self, path: str, new: Callable[[], Value]) -> Value:
        """Return the same; a goal that has none gets a new one."""
        found = self.get(path)
        if found is None:
            found = self._held[path] = new()
        return found

    def __contains__(self, path: str) -> bool:
        return path in self._held or path in self._places

    def put_aside(self, path: str) -> bool:
        """Hold the value of a goal no longer, if it can be put aside; return whether it is not held."""
        if self._rows is not None and path in self._held:
            place = self._rows.put(self._written(self._held[path]))
            if place is not None:
                self._places[path] = place
                del self._held[path]
        return path not in self._held

    def discard(self, path: str) -> None:
        """Forget the value of a goal."""
        self._held.pop(path, None)
        place = self._places.pop(path, None)
        if place is not None and self._rows is not None:
            self._rows.drop(place)
