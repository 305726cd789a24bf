"""The kinds of value that only the options of blocks have: numbers in a range, months and weeks, lists of parts."""

from __future__ import annotations

import re
from datetime import date

from .period import KINDS
from .period_text import read_period
from .setting_kinds import Kind

_WHOLE = re.compile(r"[0-9]{1,6}\Z")


def whole(least: int, most: int) -> Kind:
    """Make a kind that allows the whole numbers from `least` to `most`."""

    def read(value: object) -> int:
        if isinstance(value, str) and _WHOLE.match(value) and least <= int(value) <= most:
            return int(value)
        raise ValueError(f"a number from {least} to {most}")

    return read


def period(kind: str, example: str) -> Kind:
    """Make a kind that allows the names of months, or of weeks, or a day in one; its value is a day in it."""

    def read(value: object) -> date:
        found = read_period(value) if isinstance(value, str) else None
        if found is None or found[0] not in {kind, "day"} or not 1900 < found[1].year < 3000:
            raise ValueError(f"a {kind} such as {example}")
        return found[1]

    return read


def look_back(value: object) -> str:
    """Read the period of a look back: a kind of which the running one is meant, or the name of one."""
    text = value.strip().casefold() if isinstance(value, str) else ""
    named = read_period(text)
    if text in KINDS[1:] or (named is not None and named[0] != "day" and 1900 < named[1].year < 3000):
        return text
    raise ValueError(
        '"week", "month", "quarter", "year", or a name such as 2026-W47, 2026-11, 2026-Q4 or 2026'
    )


def parts(*allowed: str) -> Kind:
    """Make a kind that allows a list of these words, separated by commas."""

    def read(value: object) -> frozenset[str]:
        words = [word.strip().casefold() for word in str(value).split(",") if word.strip()]
        if not words or not set(words) <= set(allowed):
            raise ValueError("a list of " + ", ".join(f'"{word}"' for word in allowed))
        return frozenset(words)

    return read
