"""Text as JavaScript sees it, because the programs that share the notes are written in it.

ECMAScript's white space is not Python's: it holds U+FEFF and lacks U+0085 and U+001C to U+001F.
"""

from __future__ import annotations

import re

WHITE_SPACE = (
    "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff"
)
"""Every character that ECMAScript's `trim` removes and its `\\s` matches."""

WHITE_CLASS = "\\t\\n\\v\\f\\r \\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000\\ufeff"
"""The same characters, to stand between the brackets of a regular expression's class."""

LINE_ENDS = "\\n\\r\\u2028\\u2029"
"""What ECMAScript's `.` does not match, to stand between the brackets of a class."""

_RUN = re.compile(f"[{WHITE_CLASS}]+")


def trim(text: str) -> str:
    r"""Return `text` without white space at either end.

    >>> trim("\ufeff walk\u00a0")
    'walk'
    """
    return text.strip(WHITE_SPACE)


def collapse(text: str) -> str:
    r"""Return `text` trimmed, each run of white space written as one space.

    >>> collapse("  walk \t the\u00a0dog ")
    'walk the dog'
    """
    return _RUN.sub(" ", text).strip(" ")


def is_white(character: str) -> bool:
    r"""Return whether this one character is white space.

    >>> is_white("\u3000"), is_white("\u200b")
    (True, False)
    """
    return character in WHITE_SPACE
