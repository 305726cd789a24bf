"""What is known of the picture files: how each stood when it was right, so that a change by others is noticed."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from .stamp import Stamp

SUFFIX = ".svg"


def is_drawing(path: str) -> bool:
    """Return whether a vault path may be that of a picture of ours; it is never that of a note."""
    return path.endswith(SUFFIX)


@dataclass
class _Shown:
    stamp: Stamp | None
    notes: set[str] = field(default_factory=set)


class Drawn:
    """The pictures of a vault that were looked at, each with the notes that show it.

    A sync client may bring an older one after ours was written: nothing in the notes tells of that.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._shown: dict[str, _Shown] = {}

    def stamp(self, path: str) -> Stamp | None:
        """Return what tells that a file is still the same; None where there is none."""
        try:
            return Stamp.of(os.lstat(self._root / path))
        except (OSError, ValueError):
            return None

    def looked_at(self, path: str, stamp: Stamp | None, note: str) -> None:
        """Remember how a picture stood before it was looked at, for a note that shows it."""
        shown = self._shown.setdefault(path, _Shown(stamp))
        shown.stamp = stamp
        shown.notes.add(note)

    def is_changed(self, path: str) -> bool:
        """Return whether a picture that we know is not as it was."""
        return path in self._shown and self._shown[path].stamp != self.stamp(path)

    def changed(self) -> set[str]:
        """Return all pictures that are not as they were."""
        return {path for path in self._shown if self.is_changed(path)}

    def folders(self) -> set[str]:
        """Return the folders of all pictures, as vault paths."""
        return {path.rpartition("/")[0] for path in self._shown}

    def notes(self, path: str) -> set[str]:
        """Return the notes that show a picture."""
        return self._shown[path].notes if path in self._shown else set()
