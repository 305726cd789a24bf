"""Which of the notes that were touched are in the middle of a save: they are read when it is over."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from .ledger import Ledger
from .note_read import is_being_written
from .rereading import Rereading


class Saves:
    """The notes of one burst of news; a save passes through a file that is open, empty or missing for a moment."""

    def __init__(self, root: Path, ledger: Ledger, rereading: Rereading, touched: Iterable[str]) -> None:
        self._root = root
        self._ledger = ledger
        self._rereading = rereading
        self._touched = list(touched)
        self._arrived = rereading.inodes_now(self._touched)

    def notes(self) -> list[str]:
        """Return the notes, those that are gone first."""
        return sorted(self._touched, key=self._exists)

    def is_under_way(self, path: str) -> bool:
        """Return whether a note is being written, or one that we know is missing or empty.

        A note that is gone while its very file stands under another name was moved, and is not waited for.
        """
        if is_being_written(self._root / path):
            return True
        if path not in self._ledger.notes:
            return False
        if self._rereading.inode(path) in self._arrived and not self._exists(path):
            return False
        try:
            return (self._root / path).stat().st_size == 0
        except OSError:
            return True

    def _exists(self, path: str) -> bool:
        return os.path.exists(self._root / path)  # noqa: PTH110 - False where nobody may look
