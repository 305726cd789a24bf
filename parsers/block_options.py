"""The options of a block as they stand in its marker: `goal="Be fit" weeks=4 hide=identity`."""

from __future__ import annotations

import re
from collections.abc import Mapping

_OPTION = re.compile(
    r"""\s*([A-Za-z][\w-]*)=("[^"]*"|“[^”]*”|'[^']*'|\[\[[^\[\]]*\]\]|[^\s"“']\S*)(?=\s|\Z)"""
)
_QUOTED = re.compile(r"""["“'](.*)["”']\Z""", re.DOTALL)


class BadOptions(Exception):
    """Options that cannot be followed: what is wrong with them, and what to write instead."""

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy


def read_options(text: str) -> Mapping[str, str]:
    """Return the options by their names, as they are written; a value with spaces stands in quotes.

    Raise BadOptions where something is no `name=value`, or a name stands there twice.

    >>> dict(read_options('goal="Be fit" weeks=4'))
    {'goal': 'Be fit', 'weeks': '4'}
    """
    found: dict[str, str] = {}
    place = 0
    while text[place:].strip():
        match = _OPTION.match(text, place)
        if match is None:
            word = text[place:].split(maxsplit=1)[0]
            raise BadOptions(
                f"“{word}” is no option.", 'Write options as name=value, and a value with spaces in quotes: goal="Be fit".'
            )  # fmt: skip
        name, quoted = match[1].lower(), _QUOTED.match(match[2])
        if name in found:
            raise BadOptions(f"The option `{name}` stands there twice.", "Leave one of the two.")
        found[name] = quoted[1].strip() if quoted else match[2]
        place = match.end()
    return found
