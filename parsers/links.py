"""Links in a line of text, and the note that a link means."""

from __future__ import annotations

import posixpath
import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from .line_words import read_links
from .named import Named

_LINK = re.compile(
    r"!?(?:\[\[[^\[\]]*\]\]"
    r"|\[[^\[\]]*\]\((?:<[^<>]*>|(?:[^()\s]|\([^()\s]*\))*)(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\))"
)
_SUFFIX = ".md"


def without_links(text: str, leads_away: Callable[[str], bool] | None = None) -> str:
    """Return `text` without its links and the white space that they leave behind.

    With `leads_away` only those go whose target it says to; what a link is called goes with it.

    >>> without_links("Plan [[Run#May|it]] or [read](Book.md)", lambda target: target == "Run")
    'Plan or [read](Book.md)'
    """
    if "[" not in text:
        return text

    def kept(match: re.Match[str]) -> str:
        goes = leads_away is None or any(map(leads_away, read_links(match[0])))
        return " " if goes else match[0]

    return " ".join(_LINK.sub(kept, text).split())


@dataclass(frozen=True, slots=True)
class NoteNames:
    """The paths of some notes by what these are called: by their files, and by the titles and aliases that they give themselves.

    A title that a file is called by too is left out: whoever writes it means the file.
    """

    _files: Named[str] = field(default_factory=Named)
    _titles: Named[str] = field(default_factory=Named)

    @classmethod
    def of(cls, notes: Iterable[tuple[str, Iterable[str]]]) -> NoteNames:
        """Return the names of notes, each given as its path and its titles."""
        found = cls()
        ordered = sorted((path, tuple(names)) for path, names in notes)
        for path, _ in ordered:
            found._files.add(_path_key(path).rpartition("/")[2], path)
        for path, names in ordered:
            for name in {_folded(name) for name in names} - {""}:
                if name not in found._files or name.endswith(_SUFFIX):
                    found._titles.add(name, path)
        return found

    def find(self, link: str, near: str = "") -> tuple[str, ...]:
        """Return the note that a link in the note at `near` means; several where it could mean each of them.

        A path counts from the folder of `near`, from the root, or is the end of a longer one. What a note's file
        is called comes before what another calls itself. Of several files of one name it is the one in the folder
        of `near`, else the one with the shortest path, as in Obsidian.
        """
        written = re.split(r"[#|]", link, maxsplit=1)[0].strip()
        wanted = _path_key(written)
        found = self._files.of(wanted.rpartition("/")[2]) if wanted else ()
        fitting = _fitting(written, wanted, found, near) if found else ()
        # A goal that was moved is still meant by its name where only one is called so.
        moved = found if "/" in wanted and len(found) == 1 else ()
        return fitting or self._titles.of(_folded(written)) or moved


def _fitting(written: str, wanted: str, paths: Iterable[str], near: str) -> tuple[str, ...]:
    """Return those of the paths that `wanted` means best."""
    keys = {path: _path_key(path) for path in paths}
    beside = posixpath.normpath(posixpath.join(posixpath.dirname(_path_key(near)), wanted))
    same = tuple(path for path, key in keys.items() if key == beside)
    if same and not written.startswith("/"):
        return same
    if written.startswith(("./", "../")):
        return ()
    wanted = wanted.strip("/")
    exact = tuple(path for path, key in keys.items() if key == wanted)
    if exact or written.startswith("/"):
        return exact
    ends = [path for path, key in keys.items() if key.endswith(f"/{wanted}")]
    least = min(map(len, ends), default=0)
    return tuple(path for path in ends if len(path) == least)


def _path_key(path: str) -> str:
    return _folded(path).removesuffix(_SUFFIX)


def _folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())
