"""Texts from notes, made harmless for the place in which they are put."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

LONGEST = 120
_DOUBLED = re.compile(r"([%$])(?=\1)")
_PICTURE = re.compile(r"(?<!!)!+(?=\[)")
_WHOLE_PICTURE = re.compile(r"(?<!!)!+(?=\[\[[^\[\]]+\]\]|\[.{0,400}\][(\[])")
_LOADED = re.compile(r"<(?:img|iframe|video|audio|embed|object)\b[^<>]*>", re.IGNORECASE)
_JOINERS = frozenset("\u200c\u200d")
"""Invisible characters that belong to words and to emoji."""
_MARKUP = str.maketrans({"<": "&lt;", ">": "&gt;", "\\": "\\\\", "`": "\\`"})


@lru_cache(maxsize=1024)
def in_text(text: str, longest: int = LONGEST) -> str:
    """Return `text` as one line of a paragraph that can open no comment, no HTML, no code and no marker.

    A picture in it becomes a link to it: what is loaded from somewhere is loaded where its writer put it, nowhere else.
    """
    return _DOUBLED.sub("\\1\u200b", _PICTURE.sub("", one_line(text, longest)).translate(_MARKUP))


def in_cell(text: str) -> str:
    """Return `text` as the content of a table cell."""
    return in_text(text).replace("|", "\\|")


@lru_cache(maxsize=1024)
def in_fence(text: str, width: int) -> str:
    """Return `text` cut and padded to `width` columns, for a fenced block; it cannot close the fence."""
    plain = one_line(text, 1000).replace("`", "'").replace("~~~", "---")
    return pad(plain, width)


def in_box(text: str) -> str:
    r"""Return `text` as that of a box, which is a note's own text: only what would be loaded from somewhere is not.

    >>> in_box("Look at ![the map](https://example.org/map.png)")
    'Look at [the map](https://example.org/map.png)'
    """
    return " ".join(_LOADED.sub("", _WHOLE_PICTURE.sub("", text)).split())


def pad(text: str, width: int) -> str:
    """Return `text` cut or filled with spaces to `width` terminal columns; wide characters take two."""
    shown, used = "", 0
    if columns(text) > width:
        for character in text:
            if used + columns(character) > width - 1:
                break
            shown, used = shown + character, used + columns(character)
        shown, used = shown + "…", used + 1
    else:
        shown, used = text, columns(text)
    return shown + " " * (width - used)


def columns(text: str) -> int:
    """Return the number of terminal columns that `text` takes."""
    total = 0
    for character in text:
        if unicodedata.combining(character) or unicodedata.category(character) in {"Cf", "Mn", "Me", "Cc"}:
            continue
        total += 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
    return total


def one_line(text: str, longest: int) -> str:
    """Return `text` as one line of characters that can be seen, cut to `longest` of them."""
    line = " ".join("".join(_visible(character) for character in text).split())
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _visible(character: str) -> str:
    kept = character.isprintable() or character.isspace() or character in _JOINERS
    return character if kept else "\ufffd"
