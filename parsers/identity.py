"""What a line is called once its decoration is taken away: how a box finds its micro-win."""

from __future__ import annotations

import re
import unicodedata

_WIKILINK = re.compile(r"!?\[\[([^\[\]]*?)\]\]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"(?<!\S)#[^\s!@#$%^&*(),.?\":{}|<>]+")
_EMPHASIS = re.compile(r"[*_~`=]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def text_key(text: str) -> str:
    """Return `text` folded so that case, spacing, tags, links' targets, emoji and trailing punctuation do not matter.

    >>> text_key("**Write** 300 words ✍️ #frog!") == text_key("write  300 Words.")
    True
    """
    shown = _WIKILINK.sub(lambda link: _shown(link[1]), text)
    shown = _MARKDOWN_LINK.sub(r"\1", shown)
    plain = _EMPHASIS.sub("", _TAG.sub(" ", shown))
    letters = "".join(
        character for character in unicodedata.normalize("NFKC", plain) if not _is_symbol(character)
    )
    return " ".join(letters.casefold().split()).rstrip(" .,;:!?…·-–—").lstrip(" -–—")


def numberless_key(key: str) -> str:
    """Return a key of `text_key` with each number replaced, so that a 10-minute jog may grow to 20."""
    return _NUMBER.sub("0", key)


def slug(text: str) -> str:
    """Return an id made from `text`: ASCII letters and digits where there are any, else the folded text itself."""
    key = text_key(text)
    ascii_text = unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", ascii_text).strip("-")
    return plain if plain and len(plain) * 2 >= len(key) else "-".join(key.split()) or "micro-win"


def _shown(inside: str) -> str:
    target, bar, alias = inside.partition("|")
    return alias if bar else target.rpartition("#")[2]


def _is_symbol(character: str) -> bool:
    return (
        unicodedata.category(character) in {"So", "Sk", "Cf", "Mn", "Cs", "Cn", "Co"}
        and not character.isspace()
    )
