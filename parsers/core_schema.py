"""What a plain word of YAML means by the core schema of YAML 1.2: null, true, false, a number, else a text."""

from __future__ import annotations

import re
from decimal import Decimal
from math import inf, isfinite

NULL = re.compile(r"(?:~|null|Null|NULL)?\Z")
BOOL = re.compile(r"(?:true|True|TRUE|false|False|FALSE)\Z")
_MOST_BITS = 1023
_BASED = re.compile(r"0o[0-7]+\Z|0x[0-9a-fA-F]+\Z")
_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_NO_NUMBER = re.compile(r"[-+]?\.(?:inf|Inf|INF)\Z|\.(?:nan|NaN|NAN)\Z")
NUMERIC = re.compile("|".join(pattern.pattern for pattern in (_BASED, _NUMBER, _NO_NUMBER)))
_FIRST = frozenset("~nNtTfF+-.0123456789")
"""What a word begins with that may be no text."""


def plain_value(text: str) -> object:
    """Return what a word means that has neither quotes nor a tag.

    >>> [plain_value(word) for word in ("1e3", "~", "True", "off", "2026-01-04")]
    [1000, None, True, 'off', '2026-01-04']
    """
    if text and text[0] not in _FIRST:
        return text
    if NUMERIC.match(text):
        return number(text)
    if BOOL.match(text):
        return text.lower() == "true"
    return None if NULL.match(text) else text


def number(text: str) -> int | float | None:
    """Return a number as JavaScript would write it to JSON: one kind of number, and null for what is none."""
    if _BASED.match(text):
        whole = int(text, 0)
        value = float(whole) if whole.bit_length() <= _MOST_BITS else inf
    elif _NUMBER.match(text):
        value = float(text)
    else:
        return None
    if not isfinite(value):
        return None
    return int(Decimal(repr(value))) if value.is_integer() and abs(value) < 1e21 else value
