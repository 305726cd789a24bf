"""The folder of a vault: whether it is there, and whether it is still the same one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from ..templates import watch_text as words
from .watch_event import Event, Say

Sight = Literal["gone", "same", "another"]


class Place:
    """Where a vault is; its folder may be renamed, unmounted, deleted and put back at any time."""

    def __init__(self, root: Path, say: Say) -> None:
        self._root = root
        self._say = say
        self._known = self._identity(may_be_empty=True)
        self.gone = False

    def look(self, *, may_be_empty: bool) -> Sight:
        """Return what is there; say so once when the folder goes, and once when it is back.

        One that was away is another. An empty folder is what an unmounted disk leaves behind, and no vault unless it
        may be empty.
        """
        found = self._identity(may_be_empty=may_be_empty)
        was_gone, self.gone = self.gone, found is None
        if found is None:
            if not was_gone:
                self._say(Event("gone", words.gone(str(self._root))))
            return "gone"
        if was_gone:
            self._say(Event("back", words.back(str(self._root))))
        same = not was_gone and found == self._known
        self._known = found
        return "same" if same else "another"

    def _identity(self, *, may_be_empty: bool) -> tuple[int, int] | None:
        try:
            with os.scandir(self._root) as found:
                if not may_be_empty and next(found, None) is None:
                    return None
            status = self._root.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino
