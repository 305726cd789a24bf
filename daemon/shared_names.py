"""The names that several notes of a vault share: a link to one of them needs its folder."""

from __future__ import annotations

from ..templates.view import shared_names
from .reader import Reader


class SharedNames:
    """The names as the notes are now, worked out again when a note has come or gone."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._names: frozenset[str] = frozenset()
        self._is_known = False

    def forget(self) -> None:
        """Take note that the vault may have other notes now."""
        self._is_known = False

    def now(self) -> frozenset[str]:
        """Return the names; the same object as before where they are the same."""
        if not self._is_known:
            names = shared_names(self._reader.stamps.paths)
            self._names = names if names != self._names else self._names
            self._is_known = True
        return self._names
