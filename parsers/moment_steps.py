"""What each token of a moment.js format lets a strict reader match, and the field that it fills."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from .moment_format import named
from .moment_locale import MomentLocale
from .moment_names import find_locale
from .moment_tokens import KNOWN, expand, literal, tokens_of

Reader = Callable[[str], int | None]
"""From the matched text to the field's value; None where no such value can be."""


@dataclass(frozen=True, slots=True)
class Step:
    """One token: what it matches, the field it fills (none for a literal), and how the value is read."""

    pattern: re.Pattern[str]
    field: str = ""
    read: Reader = len


_NUMBERS: Mapping[str, tuple[str, str]] = {
    "YYYY": ("year", "[0-9]{4}"),
    "YYYYY": ("year", "[+-]?[0-9]{6}"),
    "YYYYYY": ("year", "[+-]?[0-9]{6}"),
    **dict.fromkeys(("y", "yy", "yyy", "yyyy"), ("era_year", "[0-9]{1,9}")),
    "gggg": ("week_year", "[0-9]{4}"),
    "GGGG": ("iso_year", "[0-9]{4}"),
    "ggggg": ("week_year", "[+-]?[0-9]{6}"),
    "GGGGG": ("iso_year", "[+-]?[0-9]{6}"),
    "Q": ("quarter", "[1-4]"),
    "M": ("month", "[0-9]{1,2}"),
    "MM": ("month", "[0-9]{2}"),
    "D": ("day", "[0-9]{1,2}"),
    "DD": ("day", "[0-9]{2}"),
    "DDD": ("day_of_year", "[0-9]{1,3}"),
    "DDDD": ("day_of_year", "[0-9]{3}"),
    "w": ("week", "[0-9]{1,2}"),
    "ww": ("week", "[0-9]{2}"),
    "W": ("iso_week", "[0-9]{1,2}"),
    "WW": ("iso_week", "[0-9]{2}"),
    "d": ("weekday", "[0-9]{1,2}"),
    "e": ("local_weekday", "[0-9]{1,2}"),
    "E": ("iso_weekday", "[0-9]{1,2}"),
}
"""What a strict reader lets a number token match, and the field it fills."""

_SHORT_YEARS = {"YY": ("year", "[0-9]{2}"), "gg": ("week_year", "[0-9]{2}"), "GG": ("iso_year", "[0-9]{2}")}
_SIGNED_YEAR = "[+-]?[0-9]{1,9}"

_CLOCK: Mapping[str, tuple[str, int, int]] = {
    "H": ("[0-9]{1,2}", 0, 23),
    "HH": ("[0-9]{2}", 0, 23),
    "h": ("[0-9]{1,2}", 1, 12),
    "hh": ("[0-9]{2}", 1, 12),
    "k": ("[0-9]{1,2}", 1, 24),
    "kk": ("[0-9]{2}", 1, 24),
    **dict.fromkeys(("m", "s"), ("[0-9]{1,2}", 0, 59)),
    **dict.fromkeys(("mm", "ss"), ("[0-9]{2}", 0, 59)),
    **dict.fromkeys(("hmm", "Hmm"), ("[0-9]{3,4}", 0, 2359)),
    **dict.fromkeys(("hmmss", "Hmmss"), ("[0-9]{5,6}", 0, 235_959)),
    "S": ("[0-9]", 0, 9),
    "SS": ("[0-9]{2}", 0, 99),
}


@lru_cache(maxsize=512)
def steps_of(form: str, code: str) -> tuple[Step, ...]:
    """Return what the text has to show, token by token; `code` names the locale."""
    locale = find_locale(code)
    return tuple(_step(token, locale) for token in tokens_of(expand(form, code)))


def _step(token: str, locale: MomentLocale) -> Step:
    if token in _NUMBERS:
        field, pattern = _NUMBERS[token]
        return Step(re.compile(pattern), field, int)
    if token in _SHORT_YEARS or token == "Y":
        field, pattern = _SHORT_YEARS.get(token, ("year", _SIGNED_YEAR))
        return Step(re.compile(pattern), field, _year_of)
    if token in _CLOCK:
        pattern, least, most = _CLOCK[token]
        return Step(re.compile(pattern), read=lambda text: int(text) if least <= int(text) <= most else None)
    if token == "Do":
        return Step(
            re.compile(locale.day_ordinal),
            "day",
            lambda text: int(text[:2] if text[:2].isdigit() else text[0]),
        )
    return _words(token, locale) or _moment_of(token) or Step(re.compile(re.escape(literal(token))))


def _words(token: str, locale: MomentLocale) -> Step | None:
    if token in ("MMM", "MMMM", "dd", "ddd", "dddd"):
        names, field = named(token, locale)
        first = 1 if field == "month" else 0
        return _choice([(word, number + first) for word, number in names.every_case()], field)
    if token in ("a", "A"):
        words = {word for _, *both in locale.meridiems for word in both}
        return _choice([(word, 0) for word in sorted(words, key=len, reverse=True)], "")
    if token in KNOWN and token.startswith("N"):
        eras = enumerate(locale.eras)
        attribute = {"NNNN": "name", "NNNNN": "narrow"}.get(token, "abbreviation")
        return _choice([(getattr(era, attribute), number) for number, era in eras], "era")
    return None


def _choice(words: list[tuple[str, int]], field: str) -> Step:
    """Return a step that matches one of the words in any case, with or without its closing full stop.

    The longest is tried first: in Russian `MMM` is «март» alone and «мар.» behind a day.
    """
    values = {_key(word): value for word, value in words}
    bare = [
        re.escape(unicodedata.normalize("NFC", word).rstrip(".")) + r"\.?" * word.endswith(".")
        for word, _ in sorted(words, key=lambda pair: len(pair[0].rstrip(".")), reverse=True)
    ]
    return Step(re.compile("|".join(bare), re.IGNORECASE), field, lambda text: values.get(_key(text)))


def _key(word: str) -> str:
    return unicodedata.normalize("NFC", word.rstrip(".").lower())


def _moment_of(token: str) -> Step | None:
    if token in ("x", "X"):
        scale = 86_400_000 if token == "x" else 86_400
        return Step(re.compile("[+-]?[0-9]{1,18}"), "day_number", lambda text: int(text) // scale + _EPOCH)
    if token in ("Z", "ZZ"):
        return Step(re.compile("Z|[+-][0-9]{2}(?::?[0-9]{2})?", re.IGNORECASE))
    if token in KNOWN and token.startswith("S"):
        return Step(re.compile("[0-9]{3}" if token == "SSS" else "[0-9]{1,18}"))
    return None


_EPOCH = date(1970, 1, 1).toordinal()


def _year_of(text: str) -> int:
    year = int(text)
    return year + (2000 if year <= 68 else 1900) if len(text) == 2 else year
