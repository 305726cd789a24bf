"""What a line is called once its decoration is taken away: how a box finds its micro-win."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WIKILINK = re.compile(r"!?\[\[([^\[\]]*?)\]\]")
_MARKDOWN_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_TAG = re.compile(r"(?<!\S)#[^\s!@#$%^&*(),.?\":{}|<>]+")
_EMPHASIS = re.compile(r"[*_~`=]+")
_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_VARIATION = re.compile("[\ufe00-\ufe0f]")
_BARE = re.compile(r"[A-Za-z0-9 .,;:!?()'\"/%+&-]*")
"""Text without any decoration but spaces and punctuation at its ends."""
_WORDS = re.compile(r"[A-Za-z .,;!?'-]+")
_UNSAFE = re.compile(r"[^a-z0-9]+")
_TYPED = str.maketrans(
    {**dict.fromkeys("‘’‚‛′", "'"), **dict.fromkeys("“”„‟«»″", '"'), **dict.fromkeys("‐‑‒–—−", "-")}
)
"""What a phone or a word processor makes of a quote, an apostrophe or a hyphen while one types."""


@lru_cache(maxsize=512)
def text_key(text: str) -> str:
    """Return `text` folded so that case, spacing, tags, links' targets, emoji and trailing punctuation do not matter.

    Nor does it matter whether quotes and dashes are curly and long. A text that is nothing but such decoration is called
    by it: `💧` is a name like any other.

    >>> text_key("**Write** 300 words ✍️ #frog!") == text_key("write  300 Words.")
    True
    >>> text_key("Don’t snooze")
    "don't snooze"
    """
    if _BARE.fullmatch(text):
        return bare_key(text)
    key = _decorated_key(text)
    return key if key.isascii() else key.translate(_TYPED)


def _decorated_key(text: str) -> str:
    """Return the key of a text, its quotes and dashes as they were typed."""
    shown = _WIKILINK.sub(lambda link: _shown(link[1]), text)
    shown = _MARKDOWN_LINK.sub(r"\1", shown)
    shown = _TAG.sub(" ", shown)
    bare = bare_key(shown) if _BARE.fullmatch(shown) else ""
    if bare:
        return bare
    plain = _folded(_EMPHASIS.sub("", shown))
    letters = _folded("".join(character for character in plain if not _is_symbol(character)))
    return letters.rstrip(" .,;:!?…·-–—").lstrip(" -–—") or plain or _folded(text)


has_number = _NUMBER.search
"""Finds a number in a text or key."""
is_words = _WORDS.fullmatch
"""Finds a line of only words, without any number or field; any other may be more than that."""


def bare_key(text: str) -> str:
    """Return the key of a text without any decoration but spaces and punctuation at its ends.

    >>> bare_key(" Write to  Anna.")
    'write to anna'
    """
    plain = " ".join(text.lower().split())
    return plain.rstrip(" .,;:!?-").lstrip(" -") or plain


def without_tags(text: str) -> str:
    """Return `text` without its tags and the white space that they leave behind.

    >>> without_tags("Open the draft #frog today")
    'Open the draft today'
    """
    return " ".join(_TAG.sub(" ", text).split())


def numberless_key(key: str) -> str:
    """Return a key of `text_key` with each number replaced, so that a 10-minute jog may grow to 20."""
    return _NUMBER.sub("0", key)


def slug(text: str) -> str:
    """Return an id made from `text`: ASCII letters and digits where there are any, else the folded text itself."""
    key = bare_key(text) if _BARE.fullmatch(text) else _decorated_key(text)
    letters = key if key.isascii() else unicodedata.normalize("NFKD", key).encode("ascii", "ignore").decode()
    plain = _UNSAFE.sub("-", letters).strip("-")
    return plain if plain and len(plain) * 2 >= len(key) else "-".join(key.split()) or "micro-win"


def _folded(text: str) -> str:
    seen = _VARIATION.sub("", unicodedata.normalize("NFKC", text))
    return " ".join(unicodedata.normalize("NFKC", seen.casefold()).split())


def _shown(inside: str) -> str:
    target, bar, alias = inside.partition("|")
    return alias if bar else target.rpartition("#")[2]


def _is_symbol(character: str) -> bool:
    return (
        unicodedata.category(character) in {"So", "Sk", "Cf", "Me", "Cs", "Cn", "Co"}
        and not character.isspace()
    )
