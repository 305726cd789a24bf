"""A picture that a block shows, and where it lies: beside the notes, under a name that only what it shows decides."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote

from ..parsers.digests import sha256
from .safe_text import in_text

LONGEST_SLUG = 32
LONGEST_ALT = 400


@dataclass(frozen=True, slots=True)
class Picture:
    """The name of a picture's file, its SVG, and what it says in words, for those who do not see it."""

    name: str
    svg: str
    words: str


@dataclass(frozen=True, slots=True)
class Album:
    """The folder of the pictures, from the vault's root; one that begins with `./` lies beside each note."""

    folder: str

    def folder_for(self, note: str) -> str:
        """Return the vault path of the folder that holds the pictures of the note at a vault path."""
        if not self.folder.startswith("./"):
            return self.folder
        return posixpath.join(posixpath.dirname(note), self.folder[2:]).strip("/")

    def path(self, note: str, picture: Picture) -> str:
        """Return the vault path of a picture of a note."""
        return posixpath.join(self.folder_for(note), f"{picture.name}.svg")

    def way(self, note: str) -> str:
        """Return the way from a note to the folder of its pictures, ready for a link; empty or with a slash at its end."""
        way = posixpath.relpath(self.folder_for(note) or ".", posixpath.dirname(note) or ".")
        return "" if way == "." else quote(way, errors="surrogateescape") + "/"


def link(picture: Picture, way: str) -> str:
    """Return the line that shows a picture in a note: a Markdown image whose alternative text says what it shows."""
    return f"![{_alternative(picture.words)}]({way}{picture.name}.svg)"


def picture_name(kind: str, *about: str) -> str:
    """Return the name of a picture without its suffix, of letters and digits that every file system takes.

    `about` are the notes, micro-wins and days that it shows, the last one the most telling; two never share a name.

    >>> picture_name("heatmap", "2026")
    'heatmap-2026'
    """
    if all(re.fullmatch(r"[0-9a-z-]{1,40}", one) for one in about):
        return "-".join((kind, *about))
    known = "\0".join(unicodedata.normalize("NFC", one) for one in about)
    print_ = sha256(known.encode("utf-8", "surrogateescape")).hexdigest()[:6]
    return "-".join(filter(None, (kind, *(_slug(one) for one in about), print_)))


def _slug(text: str) -> str:
    name = text.rpartition("/")[2].removesuffix(".md")[:200]
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    return "-".join(re.findall("[a-z0-9]+", plain))[:LONGEST_SLUG].strip("-")


def _alternative(words: str) -> str:
    """Return words as the alternative text of an image: brackets end it, and behind a bar some readers expect a size."""
    return in_text(words.replace("|", "/"), LONGEST_ALT).replace("[", "\\[").replace("]", "\\]")
