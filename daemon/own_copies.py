"""Conflict copies of our own making: two devices that were apart had each brought our blocks of one note up to date.

A sync client then keeps both notes, although nobody has written a word. Such a copy, brought up to date, is its note to
the last byte: it holds nothing of anybody's, and is taken away. A copy in which somebody wrote stays until `conflicts`
is told to merge it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from ..parsers.ignored import original_of, original_picture
from .keeper import Keeper
from .note_read import RawNote, is_being_written, read_raw
from .pictures import LARGEST, is_ours
from .stamp import Stamp
from .temporary import swap_file

COPY = "conflict-copy"
"""The code of the problem that names a copy."""
_Stamps = tuple[Stamp | None, Stamp | None]


class OwnCopies:
    """Takes away the copies of our making; which ones are somebody's is remembered for as long as they stay the same.

    Only names that nobody gives a note are looked at: `Goal 2.md` may be one that was doubled on purpose.
    """

    def __init__(self) -> None:
        self._theirs: dict[str, _Stamps] = {}

    def undecided(self, keeper: Keeper) -> set[str]:
        """Return the copies that were not looked at yet."""
        notes = {
            path for path in keeper.walk.conflict_copies() if path not in self._theirs and _note_of(path)
        }
        return notes | set(_copies_of_pictures(keeper))

    def take_away(self, keeper: Keeper) -> tuple[str, ...]:
        """Remove the copies that say nothing which their note does not say; return their paths.

        To be called when the notes are up to date: one that is to be written first keeps its copy until then.
        """
        copies = keeper.walk.conflict_copies()
        self._theirs = {path: stamps for path, stamps in self._theirs.items() if path in copies}
        gone = tuple(
            path for path in copies if (note := _note_of(path)) and self._taken_away(keeper, path, note)
        )
        keeper.walk.forget_copies(gone)
        pictures = sorted(set(_copies_of_pictures(keeper)))
        return gone + tuple(path for path in pictures if _picture_removed(keeper, path))

    def _taken_away(self, keeper: Keeper, copy: str, note: str) -> bool:
        root = keeper.vault.root
        stamps = (_stamp(root / copy), _stamp(root / note))
        if self._theirs.get(copy) == stamps:
            return False
        data = _same_when_up_to_date(keeper, copy, note)
        if data is None:
            self._theirs[copy] = stamps
            return False
        return not is_being_written(root / copy) and _removed(root / copy, data)


def _note_of(copy: str) -> str | None:
    """Return the note that a copy was made of, by its name alone."""
    folder, slash, name = copy.rpartition("/")
    original = original_of(name)
    return f"{folder}{slash}{original}" if original is not None else None


def _copies_of_pictures(keeper: Keeper) -> Iterator[str]:
    """Yield the copies of pictures of ours, which say so in their text: both were drawn from the notes."""
    root = keeper.vault.root
    for folder in {keeper.vault.place(keeper.vault.settings.pictures_folder), *keeper.drawn.folders()}:
        try:
            names = os.listdir(root / folder)  # noqa: PTH208 - names alone, and few of them
        except (OSError, ValueError):
            continue
        for name in names:
            picture = original_picture(name)
            if picture is not None and all(_is_drawn(root / folder / one) for one in (name, picture)):
                yield f"{folder}/{name}" if folder else name


def _is_drawn(path: Path) -> bool:
    try:
        return path.is_file() and path.stat().st_size <= LARGEST and is_ours(path.read_bytes())
    except OSError:
        return False


def _picture_removed(keeper: Keeper, path: str) -> bool:
    copy = keeper.vault.root / path
    try:
        data = copy.read_bytes()
    except OSError:
        return False
    return is_ours(data) and not is_being_written(copy) and _removed(copy, data)


def _stamp(path: Path) -> Stamp | None:
    try:
        return Stamp.of(path.lstat())
    except OSError:
        return None


def _same_when_up_to_date(keeper: Keeper, copy: str, note: str) -> bytes | None:
    """Return the bytes of a copy which would be its note, if it had its name and were brought up to date."""
    root, most = keeper.vault.root, keeper.vault.settings.max_note_size
    theirs, ours = read_raw(root, copy, most), read_raw(root, note, most)
    if not isinstance(theirs, RawNote) or not isinstance(ours, RawNote):
        return None
    renewed = keeper.changes.brought_up_to_date(theirs, note, keeper.view(keeper.figures()))
    return theirs.data if renewed == ours.data else None


def _removed(copy: Path, data: bytes) -> bool:
    """Remove a file that holds these bytes; a save that comes in this instant is kept beside it."""
    try:
        with swap_file(copy, copy, data, data):
            pass
    except OSError:
        return False
    return not copy.exists()
