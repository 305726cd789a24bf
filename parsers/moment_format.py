"""Write a day as a moment.js format says."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from .moment_locale import MomentLocale, Names, WeekRule
from .moment_names import find_locale
from .moment_tokens import KNOWN, expand, literal, tokens_of, values_on

FIELDS: Mapping[str, tuple[str, int]] = {
    "Y": ("year", 4),
    "YYYY": ("year", 4),
    "YYYYY": ("year", 5),
    "y": ("era_year", 1),
    "yy": ("era_year", 2),
    "yyy": ("era_year", 3),
    "yyyy": ("era_year", 4),
    "gggg": ("week_year", 4),
    "ggggg": ("week_year", 5),
    "GGGG": ("iso_year", 4),
    "GGGGG": ("iso_year", 5),
    "Q": ("quarter", 1),
    "M": ("month", 1),
    "MM": ("month", 2),
    "D": ("day", 1),
    "DD": ("day", 2),
    "DDD": ("day_of_year", 1),
    "DDDD": ("day_of_year", 3),
    "w": ("week", 1),
    "ww": ("week", 2),
    "W": ("iso_week", 1),
    "WW": ("iso_week", 2),
    "d": ("weekday", 1),
    "e": ("local_weekday", 1),
    "E": ("iso_weekday", 1),
}
"""The calendar tokens that are plain numbers: the field, and how many digits at least."""

SHORT_YEARS: Mapping[str, str] = {"YY": "year", "gg": "week_year", "GG": "iso_year"}

_ORDINALS = {
    "Mo": "M",
    "Qo": "Q",
    "Do": "D",
    "DDDo": "DDD",
    "do": "d",
    "wo": "w",
    "Wo": "W",
    "yo": "y",
}

_CLOCK: Mapping[str, Callable[[datetime], str]] = {
    "H": lambda when: f"{when.hour}",
    "HH": lambda when: f"{when.hour:02}",
    "h": lambda when: f"{_twelve(when)}",
    "hh": lambda when: f"{_twelve(when):02}",
    "k": lambda when: f"{when.hour or 24}",
    "kk": lambda when: f"{when.hour or 24:02}",
    "m": lambda when: f"{when.minute}",
    "mm": lambda when: f"{when.minute:02}",
    "s": lambda when: f"{when.second}",
    "ss": lambda when: f"{when.second:02}",
    "hmm": lambda when: f"{_twelve(when)}{when:%M}",
    "hmmss": lambda when: f"{_twelve(when)}{when:%M%S}",
    "Hmm": lambda when: f"{when.hour}{when:%M}",
    "Hmmss": lambda when: f"{when.hour}{when:%M%S}",
    "X": lambda when: str(_milliseconds(when) // 1000),
    "x": lambda when: str(_milliseconds(when)),
    "Z": lambda when: _offset(when, ":"),
    "ZZ": lambda when: _offset(when, ""),
    "z": lambda _when: "",
    "zz": lambda _when: "",
}


def write(form: str, when: datetime, code: str, week: WeekRule) -> str:
    """Return `when` in this format; `code` names the locale."""
    locale = find_locale(code)
    expanded = expand(form, code)
    values = values_on(when.date(), week, locale)
    pieces = (_piece(token, expanded, when, values, locale) for token in tokens_of(expanded))
    return locale.localised("".join(pieces))


def _piece(token: str, form: str, when: datetime, values: Mapping[str, int], locale: MomentLocale) -> str:
    if token not in KNOWN:
        return literal(token)
    if token in FIELDS:
        field, width = FIELDS[token]
        return f"{values[field]:0{width}}"
    if token in _CLOCK:
        return _CLOCK[token](when)
    if token in SHORT_YEARS:
        return f"{values[SHORT_YEARS[token]] % 100:02}"
    if token in _ORDINALS:
        unit = _ORDINALS[token]
        number = values[FIELDS[unit][0]]
        return f"{number}{locale.ordinal(number, unit)}"
    return _word(token, form, when, values, locale)


def _word(token: str, form: str, when: datetime, values: Mapping[str, int], locale: MomentLocale) -> str:
    if token in ("a", "A"):
        return locale.meridiem(when.hour * 60 + when.minute, lower=token == "a")
    if token.startswith("N"):
        era = locale.era_of(when.date())
        return {"NNNN": era.name, "NNNNN": era.narrow}.get(token, era.abbreviation)
    if token.startswith("S"):
        return f"{when.microsecond // 1000:03}".ljust(len(token), "0")[: len(token)]
    if token == "YYYYYY":
        return f"{when.year:+07}"
    names, number = named(token, locale)
    return names.choose(form)[values[number] - (number == "month")]


def named(token: str, locale: MomentLocale) -> tuple[Names, str]:
    """Return the words that `MMM`, `MMMM`, `dd`, `ddd` or `dddd` choose from, and the field they write."""
    return {
        "MMM": (locale.months_short, "month"),
        "MMMM": (locale.months, "month"),
        "dd": (locale.weekdays_min, "weekday"),
        "ddd": (locale.weekdays_short, "weekday"),
        "dddd": (locale.weekdays, "weekday"),
    }[token]


def _twelve(when: datetime) -> int:
    return when.hour % 12 or 12


def _milliseconds(when: datetime) -> int:
    aware = when if when.tzinfo else when.replace(tzinfo=UTC)
    since = aware - datetime(1970, 1, 1, tzinfo=UTC)
    return (since.days * 86_400 + since.seconds) * 1000 + since.microseconds // 1000


def _offset(when: datetime, separator: str) -> str:
    offset = when.utcoffset()
    minutes = int(offset.total_seconds()) // 60 if offset else 0
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}{separator}{abs(minutes) % 60:02}"
