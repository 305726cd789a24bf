"""A text that lost its place to another is kept beside it, under a name that is known for a conflict copy."""

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from .new_name import give_name

_LONGEST_STEM = 120


def keep_file_beside(file: Path, note: Path) -> Path:
    """Give a file a name beside `note` that says what it is and when it was saved (UTC); return its path.

    Raise OSError; then the file has the name that it had.
    """
    saved = file.stat().st_mtime
    for path in _copy_paths(note, saved):
        if give_name(file, path):
            with suppress(OSError):
                file.unlink()
            return path
    raise AssertionError("there is no end to the names")


def _copy_paths(note: Path, saved: float) -> Iterator[Path]:
    """Yield `Goal (conflicted copy 2026-01-31 090500).md`, then the same with a number."""
    stem = note.stem.encode()[:_LONGEST_STEM].decode(errors="ignore")
    when = f"{datetime.fromtimestamp(saved, UTC):%Y-%m-%d %H%M%S}"
    for number in count(1):
        again = f" {number}" if number > 1 else ""
        yield note.with_name(f"{stem} (conflicted copy {when}{again}){note.suffix}")
