"""Frontmatter of the ordinary shapes as plain values, a line at a time, since reading it as YAML takes ten times as long.

Each line is a name with nothing, one text or a list in brackets behind it, an item of a list below such a name, a comment,
or empty. A text with any other line is left to the YAML reader, which the tests hold this against.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from .core_schema import plain_value
from .possessive import IS_SOUND
from .yaml_shapes import ITEM, ODD, QUOTED, SIGN, START

_NAME = r"(?!(?i:null|true|false) *:)[^\W\d][\w-]{0,80}+(?: [\w-]{1,80}+){0,5}+"
_TEXT = rf"{START}{SIGN}:#]*+(?:(?::(?=[^ \n])|(?<! )#){SIGN}:#]*+)*+"
_WORD = rf"(?:{QUOTED}|{ITEM})"
_LIST = rf"\[ *(?:{_WORD} *(?:, *{_WORD} *)*+,? *)?\]"
_VALUE = rf"(?: +({QUOTED}|{_LIST}|\[{_LIST}\]|{_TEXT}))?"
_COMMENT = rf"#{SIGN}]*+"
_END = rf" *(?:(?<= ){_COMMENT})?\n"
_LINE = rf"({_NAME}):{_VALUE}{_END}|( *-){_VALUE}{_END}|{_COMMENT}\n| *\n|([^\n]*\n?)"
_WORDS = re.compile(r"\"[^\"]*\"|'[^']*'|[^ ,\[\]\"'][^,\[\]]*")


def read_plain_yaml(text: str) -> Mapping[str, object] | None:
    r"""Return the mapping that `read_yaml` would make of a text whose lines end in LF; None where it is not sure.

    >>> read_plain_yaml("day: 2026-01-04\ntags: [a, 7]\nup:\n  - '[[Note]]'\n")
    {'day': '2026-01-04', 'tags': ['a', 7], 'up': ['[[Note]]']}
    """
    if not IS_SOUND or not (text.isascii() or ODD.search(text) is None):
        return None
    values: dict[str, object] = {}
    above, indent = "", ""
    items: list[object] | None = None
    for name, value, dash, item, odd in _line().findall(text):
        if name and name not in values:
            values[name] = _value(value)
            above, items = "" if value else name, None
        elif dash and items is not None and dash == indent:
            items.append(_value(item))
        elif dash and above and items is None:
            values[above] = items = [_value(item)]
            indent = dash
        elif name or dash or odd:
            return None
    return values


@cache
def _line() -> re.Pattern[str]:
    """Return the expression for one line; making it takes some milliseconds, so it is made when it is needed."""
    return re.compile(_LINE)


def _value(written: str) -> object:
    first = written[:1]
    if first in ('"', "'"):
        return written[1:-1]
    if first == "[":
        return [_words(written[1:-1])] if written.startswith("[[") else _words(written)
    return plain_value(written.rstrip(" "))


def _words(written: str) -> list[object]:
    return [_value(word) for word in _WORDS.findall(written)]
