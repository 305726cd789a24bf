"""Cut a moment.js format into tokens, and say what each calendar token is worth on a day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from .moment_locale import MomentLocale, WeekRule
from .moment_names import find_locale

_BRACKETS = r"\[[^\[]*\]"
_TOKEN = re.compile(
    rf"{_BRACKETS}|\\?(?:[Hh]mm(?:ss)?|Mo|MM?M?M?|Do|DDDo|DD?D?D?|ddd?d?|do?|w[o|w]?|W[o|W]?|Qo?|N{{1,5}}"
    r"|YYYYYY|YYYYY|YYYY|YY|y{2,4}|yo?|gg(?:ggg?)?|GG(?:GGG?)?|e|E|a|A|hh?|HH?|kk?|mm?|ss?|S{1,9}|x|X|zz?|ZZ?|.)",
    re.ASCII,
)
_LONG = re.compile(rf"{_BRACKETS}|\\?(?:LTS|LT|LL?L?L?|l{{1,4}})")
_EXPANSIONS = 6

KNOWN = frozenset(
    re.findall(
        r"\S+",
        "Y YY YYYY YYYYY YYYYYY y yy yyy yyyy yo N NN NNN NNNN NNNNN gg gggg ggggg GG GGGG GGGGG Q Qo M Mo MM MMM MMMM"
        " w wo ww W Wo WW DDD DDDD DDDo D DD Do d do dd ddd dddd e E H HH h hh k kk hmm hmmss Hmm Hmmss"
        " a A m mm s ss S SS SSS SSSS SSSSS SSSSSS SSSSSSS SSSSSSSS SSSSSSSSS X x Z ZZ z zz",
    )
)
"""Every token that stands for a value; anything else in a format stands for itself."""


@lru_cache(maxsize=512)
def expand(form: str, locale: str) -> str:
    """Return the format with `L`, `LT`, `ll` … replaced by what they mean in the locale."""
    long_formats = find_locale(locale).long_formats
    for _ in range(_EXPANSIONS):
        if not _LONG.search(form):
            break
        form = _LONG.sub(lambda match: long_formats.get(match[0], match[0]), form)
    return form


@lru_cache(maxsize=512)
def tokens_of(expanded: str) -> tuple[str, ...]:
    """Return the pieces of an expanded format, longest token first, as moment.js cuts them."""
    return tuple(_TOKEN.findall(expanded))


def literal(token: str) -> str:
    r"""Return what a token that is no value stands for: brackets and backslashes removed.

    >>> literal("[Week]"), literal("\\Q")
    ('Week', 'Q')
    """
    if token.startswith("[") and len(token) > 1:
        return token.removeprefix("[").removesuffix("]")
    return token.replace("\\", "")


def values_on(day: date, week: WeekRule, locale: MomentLocale) -> Mapping[str, int]:
    """Return what each calendar field is worth on `day`. Weekdays are counted from 0, Sunday."""
    iso_year, iso_week, iso_weekday = day.isocalendar()
    week_year, week_number = week.week_of(day)
    era = locale.era_of(day)
    return {
        "year": day.year,
        "month": day.month,
        "day": day.day,
        "day_of_year": day.timetuple().tm_yday,
        "quarter": (day.month + 2) // 3,
        "week_year": week_year,
        "week": week_number,
        "iso_year": iso_year,
        "iso_week": iso_week,
        "weekday": iso_weekday % 7,
        "local_weekday": (iso_weekday - week.dow) % 7,
        "iso_weekday": iso_weekday,
        "era": locale.eras.index(era),
        "era_year": day.year - era.since.year + era.offset,
    }
