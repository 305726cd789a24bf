"""The marks that git leaves in a text where two devices changed the same lines: both versions stand below each other."""

from __future__ import annotations

import re
from collections.abc import Sequence

_OURS, _BASE, _THEIRS, _END = (re.compile(rf"{re.escape(sign * 7)}(?: .*)?\Z") for sign in "<|=>")


def sides(lines: Sequence[str]) -> tuple[list[int], list[int]] | None:
    """Return the places of the lines of each version, where these lines hold whole conflicts; None where they hold none.

    What both have in common is in both; what stood there before, if git tells it, is in neither.

    >>> sides(["a", "<<<<<<< HEAD", "b", "=======", "c", ">>>>>>> other"])
    ([0, 2], [0, 4])
    """
    versions: tuple[list[int], list[int]] = ([], [])
    inside, found = "", False
    for place, line in enumerate(lines):
        if not inside and _OURS.match(line):
            inside, found = "ours", True
        elif inside == "ours" and _BASE.match(line):
            inside = "base"
        elif inside in {"ours", "base"} and _THEIRS.match(line):
            inside = "theirs"
        elif inside == "theirs" and _END.match(line):
            inside = ""
        elif inside != "base":
            for name, version in zip(("ours", "theirs"), versions, strict=True):
                if inside in {"", name}:
                    version.append(place)
    return versions if found and not inside else None
