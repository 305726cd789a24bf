"""Frontmatter of the ordinary shapes, known to be sound by its looks alone, since reading YAML takes a hundred times as long.

One level of names, each with nothing, one line of text, a list, or names of its own below it. Whatever passes loads without
a problem; the tests hold it against the YAML reader.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache

from .frontmatter import FrontmatterSpan
from .possessive import IS_SOUND
from .yaml_shapes import ITEM, ODD, QUOTED, SIGN, START

_MOST = 4096
_NAME = r"(?!(?i:null|true|false) *:)[^\W\d](?:[\w-]| (?=[\w-])){0,80}+"
_TEXT = rf"{START}(?:{SIGN}:#]|:(?=[^ \r\n])|(?<! )#)*+"
_LIST = rf"\[ *(?:(?:{QUOTED}|{ITEM}) *(?:, *(?:{QUOTED}|{ITEM}) *)*+,? *)?\]"
_VALUE = rf"(?:{QUOTED}|{_LIST}|\[{_LIST}\]|{_TEXT})"
_END = rf" *(?:(?<= )#{SIGN}]*+)?\r?\n"
_GAP = rf"(?:#{SIGN}]*+\r?\n| *\r?\n)*+"
_BULLETS = rf"(?=(?P<list> *)-)(?:(?P=list)-(?: +{_VALUE})?{_END}{_GAP})++"
_NAMES = rf"(?=(?P<map> +)[^ ])(?:(?P=map){_NAME}:(?: +{_VALUE})?{_END}{_GAP})++"
_LINES = rf"\|-? *\r?\n(?P<lines> +){SIGN} ]{SIGN}]*+\r?\n(?:(?P=lines){SIGN}]*+\r?\n| *\r?\n)*+"
_ENTRY = rf"{_NAME}:(?: +(?:{_VALUE}{_END}|{_LINES})|{_END}{_GAP}(?:{_BULLETS}|{_NAMES})?)"
_PLAIN = rf"{_GAP}(?:{_ENTRY}{_GAP})*+\Z"
_KEY = re.compile(r"^ *([^\W\d][^:\n]*+)(?=:)", re.MULTILINE)


def is_plain(text: str, span: FrontmatterSpan, words: Sequence[str]) -> bool:
    r"""Return whether it is sure, without reading it as YAML, that a frontmatter is sound and that none of the words is a name or a value in it.

    Words are in lower case; a value is the whole of a text or an item of a list, with or without a `#` before it. What is
    not surely sound may be sound nevertheless.

    >>> from .frontmatter import frontmatter_span
    >>> text = "---\nday: 2026-01-04\ntags: [a, b/c]\n---\n"
    >>> [is_plain(text, frontmatter_span(text), [word]) for word in ("goal", "c", "a")]
    [True, True, False]
    """
    if span.end - span.start > _MOST or not IS_SOUND:
        return False
    yaml_text = text[span.start : span.end]
    folded = yaml_text.casefold()
    if any(word in folded and _alone(word).search(folded) for word in words):
        return False
    if not (_shape().match(yaml_text) and (yaml_text.isascii() or ODD.search(yaml_text) is None)):
        return False
    keys = _KEY.findall(yaml_text)
    return len(keys) == len(set(keys))


@cache
def _shape() -> re.Pattern[str]:
    """Return the expression for all of a frontmatter; making it takes some milliseconds, so it is made when it is needed."""
    return re.compile(_PLAIN)


@lru_cache(maxsize=32)
def _alone(word: str) -> re.Pattern[str]:
    """Return what finds a word as the whole of a name or a value: what stands beside it is no part of a word."""
    return re.compile(rf"(?<![\w/-]){re.escape(word)}(?![\w/-])")
