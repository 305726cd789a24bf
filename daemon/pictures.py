"""The picture files that blocks link to: made where they are missing, replaced where they are ours and show less."""

from __future__ import annotations

from collections.abc import Iterator

from ..parsers.note import Note
from ..parsers.problem import Problem
from ..templates.blocks import block_problem, pictures_of
from ..templates.picture import Album, Picture
from ..templates.svg import MARK
from ..templates.view import View
from .change import Change
from .drawn import Drawn, is_drawing
from .note_read import RawNote, read_raw
from .vault import Vault

LARGEST = 200_000
"""Bytes of a file that can be a picture of ours; they are a few thousand."""


def album_of(vault: Vault) -> Album | None:
    """Return where the vault wants its pictures; None where it wants none."""
    settings = vault.settings
    return Album(vault.place(settings.pictures_folder)) if settings.pictures_show else None


class Pictures:
    """The pictures of one pass: each file is planned once, however many blocks link to it."""

    def __init__(self, vault: Vault, drawn: Drawn) -> None:
        self._vault, self._drawn = vault, drawn
        self._planned: set[str] = set()

    def changes(self, note: Note, view: View) -> Iterator[Change | Problem]:
        """Yield the making or replacing of the pictures that the blocks of a note show, where they differ."""
        if view.album is None or note.markers_broken:
            return
        for block in note.blocks:
            if block_problem(block, note.path, view) is not None:
                continue  # its link stays as it was last written
            for picture in pictures_of(block, note.path, view):
                path = view.album.path(note.path, picture)
                stamp = self._drawn.stamp(path)
                self._drawn.looked_at(path, stamp, note.path)
                if path not in self._planned:
                    self._planned.add(path)
                    yield from self._change(path, picture, is_there=stamp is not None)

    def _change(self, path: str, picture: Picture, *, is_there: bool) -> Iterator[Change | Problem]:
        after = picture.svg.encode()
        if not is_there:
            yield Change(path, None, after)
            return
        found = read_raw(self._vault.root, path, LARGEST)
        if not isinstance(found, RawNote) or not is_ours(found.data):
            yield _foreign(path)
        elif found.data != after:
            yield Change(path, found.data, after)


def is_picture(change: Change) -> bool:
    """Return whether a change is one of a picture and not of a note.

    Nothing is kept of the one before, and the journal does not know of it: pictures follow from the notes.
    """
    return is_drawing(change.path)


def is_ours(data: bytes) -> bool:
    """Return whether a file is a picture that we made: its second line says so."""
    return MARK.encode() in data[:1000].split(b"\n")[:3]


def _foreign(path: str) -> Problem:
    return Problem(
        path, None, "picture-foreign", "This file has the name of a picture of ours and was not made by microwins; it is left as it is.",
        "Give it another name, or set `pictures.folder` to another folder.",
    )  # fmt: skip
