"""What is held of a vault only when it is asked for: notes that lie in the index, texts that lie on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import TypeVar

Value = TypeVar("Value")


class Lazy(MutableMapping[str, Value]):
    """Values by path, of which some are fetched when they are first asked for.

    `fetch` returns None where a value cannot be had any more; then the path is as unknown as any other.
    """

    def __init__(self, fetch: Callable[[str], Value | None], waiting: Iterable[str] = ()) -> None:
        self._fetch = fetch
        self._values: dict[str, Value | None] = dict.fromkeys(waiting)

    def later(self, path: str) -> None:
        """Hold a path whose value is fetched when it is asked for."""
        self._values[path] = None

    def __getitem__(self, path: str) -> Value:
        """Return the value, fetched if it is not here yet; KeyError where there is none."""
        value = self._values[path]
        if value is None:
            value = self._fetch(path)
            if value is None:
                raise KeyError(path)
            self._values[path] = value
        return value

    def __setitem__(self, path: str, value: Value) -> None:
        self._values[path] = value

    def __delitem__(self, path: str) -> None:
        del self._values[path]

    def __contains__(self, path: object) -> bool:
        return path in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
