"""Regular expressions made of a vault's formats: what the names of its periodic notes look like, and a plain day's.

Each token of a format lets a strict reader match something, one after the other and without a second try. An
expression of the same pieces in a row matches at least as much, so a name that it refuses is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from unicodedata import normalize

from .moment_names import find_locale
from .moment_steps import steps_of
from .moment_tokens import KNOWN, expand, literal, tokens_of
from .period import Period

_FIXED = {"YYYY": ("year", "[0-9]{4}"), "MM": ("month", "[0-9]{2}"), "DD": ("day", "[0-9]{2}")}


def name_pattern(formats: Iterable[tuple[str, str, str]], locale: str) -> re.Pattern[str]:
    """Return what `fullmatch` finds in every path, in NFC and without empty parts, that names a period.

    A format is given as its folder, the whole of it, and its last segment, which may stand in any folder.
    """
    if find_locale(locale).digits:
        return re.compile("(?s:.*)")
    names = [_name(*one, locale) for one in formats]
    return re.compile(rf"(?:{'|'.join(names) or '(?!)'})\.[mM][dD]")


def day_pattern(form: str, locale: str) -> re.Pattern[str] | None:
    """Return what finds `year`, `month` and `day` in a text, for a format of just these in full and of fixed signs; else None."""
    tokens = tokens_of(expand(normalize("NFC", form), locale))
    values = {token for token in tokens if token in KNOWN}
    if find_locale(locale).digits or values != _FIXED.keys():
        return None
    parts, seen = [], set()
    for token in tokens:
        field, digits = _FIXED.get(token, ("", ""))
        if not field:
            parts.append(re.escape(literal(token)))
        else:
            parts.append(f"(?P={field})" if field in seen else f"(?P<{field}>{digits})")
        seen.add(field)
    return re.compile("".join(parts))


def plain_day(found: re.Match[str]) -> Period | None:
    """Return the day that `day_pattern` found; None where the calendar has none such."""
    try:
        return Period("day", date(int(found["year"]), int(found["month"]), int(found["day"])))
    except ValueError:
        return None


def _name(folder: str, form: str, last: str, locale: str) -> str:
    whole, segment = _pieces(form, locale), _pieces(last, locale)
    inside = re.escape(folder + "/") if folder else ""
    return rf"{inside}(?:{whole}|(?:(?s:.*)/)?{segment})"


def _pieces(form: str, locale: str) -> str:
    steps = steps_of(normalize("NFC", form), locale)
    return "".join(
        f"(?i:{step.pattern.pattern})"
        if step.pattern.flags & re.IGNORECASE
        else f"(?:{step.pattern.pattern})"
        for step in steps
    )
