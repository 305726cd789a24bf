"""Links in a line of text."""

from __future__ import annotations

import re

_WIKILINK = re.compile(r"!?\[\[[^\[\]]*\]\]")


def without_links(text: str) -> str:
    """Return `text` without its wikilinks and the white space that they leave behind."""
    return " ".join(_WIKILINK.sub(" ", text).split())
