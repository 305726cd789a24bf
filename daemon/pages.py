"""What is held of a vault only when it is asked for: notes that lie in the index, texts that lie on the disk."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from typing import TypeVar

Value = TypeVar("Value")
_MOST = 64


class Lazy(MutableMapping[str, Value]):
    """Values by path, of which the last `most` are held; the others are fetched when they are asked for.

    `fetch` returns None where a value cannot be had any more; then the path is as unknown as any other.
    """

    def __init__(
        self, fetch: Callable[[str], Value | None], waiting: Iterable[str] = (), most: int = _MOST
    ) -> None:
        self._fetch = fetch
        self._most = most
        self._values: dict[str, Value | None] = dict.fromkeys(waiting)
        self._held: dict[str, None] = {}
        """The paths whose values are held, the one that came first in front."""

    def later(self, path: str) -> None:
        """Hold a path whose value is fetched when it is asked for."""
        self._values[path] = None
        self._held.pop(path, None)

    def held(self, path: str) -> Value | None:
        """Return the value if it is held; None where it would have to be fetched, as it is now."""
        return self._values.get(path)

    def discard(self, path: str) -> None:
        """Let go of a path, if it is here, whether its value can be had or not."""
        self._values.pop(path, None)
        self._held.pop(path, None)

    def __getitem__(self, path: str) -> Value:
        """Return the value, fetched if it is not here; KeyError where there is none."""
        value = self._values[path]
        if value is None:
            value = self._fetch(path)
            if value is None:
                raise KeyError(path)
            self[path] = value
        return value

    def __setitem__(self, path: str, value: Value) -> None:
        self._values[path] = value
        self._held.pop(path, None)
        self._held[path] = None
        if len(self._held) > self._most:
            self.later(next(iter(self._held)))

    def __delitem__(self, path: str) -> None:
        del self._values[path]
        self._held.pop(path, None)

    def __contains__(self, path: object) -> bool:
        return path in self._values

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)
