"""A schedule as somebody says it, in the language that is spoken, put into the grammar of notes, which is English."""

from __future__ import annotations

import re
from functools import cache

from ..parsers.schedule_text import ordinal
from .words import say, spoken


def as_in_notes(text: str) -> str:
    """Return a schedule word by word in the words of the grammar; what is none of them stays.

    The catalogue has pairs such as `jeden = every`, the words of the language first.
    """
    language = spoken()
    words, pattern = _words(language)
    if not words:
        return text
    numbered = re.sub(r"\b([0-9]{1,2})\.(?=\W|\Z)", lambda found: ordinal(int(found[1])), text.casefold())
    spaced = re.sub(r"(?<=[0-9])-?(?=mal\b)", " ", numbered)
    return " ".join(pattern.sub(lambda found: words[found[0]], " ".join(spaced.split())).split())


@cache
def _words(_language: str) -> tuple[dict[str, str], re.Pattern[str]]:
    """Return the pairs of the language that is spoken, and what finds the longest of them."""
    pairs = (pair.partition("=") for pair in say("said.schedule").split(";") if pair.strip())
    words = {theirs.strip(): ours.strip() for theirs, _, ours in pairs}
    longest = sorted(map(re.escape, words), key=len, reverse=True)
    return words, re.compile(rf"\b(?:{'|'.join(longest)})\b" if longest else r"(?!)")
