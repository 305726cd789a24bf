"""The words behind a block's name: `name=value`, or a word alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_VALUE = (
    r""""[^"]*"|'[^']*'(?=\s|\Z)|“[^”]*”|„[^“”]*[“”]|‘[^’]*’|\[\[[^\]]*\]\]"""
    r"""|[^\s"“]+(?:(?<=,)[ \t]+[^\s"“=]+(?=\s|\Z))*"""
)
_WORD = re.compile(rf"([A-Za-z][\w-]*)[ \t]*=[ \t]*({_VALUE})|(\S+)")
_QUOTES, _CLOSING = "\"'“„‘", "\"'”“’"


@dataclass(frozen=True, slots=True)
class OptionWord:
    """A word of a marker: an option's name and its value, without the quotes that it stood in; or a `name` alone."""

    name: str
    value: str | None = None
    quoted: bool = False


def option_words(written: str) -> Iterator[OptionWord]:
    """Yield what is written behind a block's name; quotes may be straight, curled or German, a list may have spaces.

    >>> [(one.name, one.value) for one in option_words("text goal='Be fit' show = head, pace")]
    [('text', None), ('goal', 'Be fit'), ('show', 'head, pace')]
    """
    for match in _WORD.finditer(written):
        name, value, alone = match.groups()
        if name is None:
            yield OptionWord(alone)
        elif len(value) > 1 and value[0] in _QUOTES and value[-1] in _CLOSING:
            yield OptionWord(name, value[1:-1], quoted=True)
        else:
            yield OptionWord(name, value)
