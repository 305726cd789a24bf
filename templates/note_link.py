"""Links to notes in blocks: wikilinks, which name a note, or Markdown links, which lead to it from the note they stand in.

A block is made once for all notes in which it looks the same, so a Markdown link is held as the note that is meant until it
is known where it stands.
"""

from __future__ import annotations

import posixpath
import re
from urllib.parse import quote

from .safe_text import in_text

_BEGIN, _MIDDLE, _END = "\ue000", "\ue001", "\ue002"
"""Characters that no text of a note keeps in a block."""
_HELD = re.compile(f"{_BEGIN}([^{_MIDDLE}]*){_MIDDLE}([^{_END}]*){_END}")


def held_link(path: str, shown: str, anchor: str = "") -> str:
    """Return a link to the note at `path`, or to a block of it, that does not yet say how it leads there."""
    text = in_text(shown).replace("[", "\\[").replace("]", "\\]")
    return f"{_BEGIN}{_quoted(path)}{'#' + quote(anchor, safe='^') if anchor else ''}{_MIDDLE}{text}{_END}"


def markdown_links(text: str, note: str) -> str:
    """Return the text of a block with its links as they lead from the note in which it stands.

    >>> markdown_links(held_link("Goals/Be fit.md", "Be fit"), "Days/2026-11-20.md")
    '[Be fit](../Goals/Be%20fit.md)'
    """
    folder = _quoted(posixpath.dirname(note)) or "."
    return _HELD.sub(lambda link: f"[{link[2]}]({posixpath.relpath(link[1], folder)})", text)


def _quoted(path: str) -> str:
    return quote(path, errors="surrogateescape")
