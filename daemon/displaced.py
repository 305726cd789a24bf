"""A file that has lost its name to a newer text, and is held open until nobody can write into it any more."""

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Displaced:
    """The open file, digests of the text that it had and of the one that took its place, and the note's path."""

    note: Path
    descriptor: int
    was: str
    successor: str

    def close(self) -> None:
        """Let go of it; the system then forgets it."""
        with suppress(OSError):
            os.close(self.descriptor)
