"""What of a folder is no part of the vault, by its place alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ..parsers.ignored import matches_any, may_match_notes

SETTINGS_FILES = (".microwins.toml", "microwins.toml")
"""What tells that a folder is a vault of its own."""


def _never(_path: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is left out besides leftovers and dot-folders: patterns, template folders, single notes.

    A note that `is_periodic` knows by its name is no conflict copy, however much it is like its neighbour.
    """

    patterns: tuple[str, ...] = ()
    is_periodic: Callable[[str], bool] = _never

    def leaves_out(self, path: str) -> bool:
        """Return whether the note or folder at a vault path is left out."""
        return matches_any(path, self.patterns) if self.patterns else False

    def may_leave_out_notes(self) -> bool:
        """Return False only where no note is left out but with the folder that it lies in."""
        return may_match_notes(self.patterns)
