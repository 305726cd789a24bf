"""What a moment.js locale says: names, the first week, ordinals, digits. The words themselves are in `moment_names`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

Ordinal = Callable[[int, str], str]
"""From a number and the token that asks (`D`, `M`, `w` …) to what is written behind the number."""


@dataclass(frozen=True, slots=True)
class WeekRule:
    """How weeks are counted: the day they begin with (0 is Sunday), and which week is the year's first.

    `doy` is moment's figure: the first week is the one that holds 7 + `dow` - `doy` January.
    """

    dow: int
    doy: int

    def first_week(self, year: int) -> int:
        """Return the ordinal of the day on which the first week of `year` begins; it may lie before the year."""
        pivot = date(max(year, 1), 1, 1).toordinal() + 6 + self.dow - self.doy
        return pivot - (pivot - self.dow) % 7 - (0 if year else 364)

    def week_of(self, day: date) -> tuple[int, int]:
        """Return the week-year and the number of the week that holds `day`.

        >>> WeekRule(0, 6).week_of(date(2024, 12, 30)), WeekRule(1, 4).week_of(date(2025, 1, 5))
        ((2025, 1), (2025, 1))
        """
        ordinal = day.toordinal()
        year = day.year
        if year < date.max.year and ordinal >= self.first_week(year + 1):
            year += 1
        elif ordinal < self.first_week(year):
            year -= 1
        return year, (ordinal - self.first_week(year)) // 7 + 1

    def start_of(self, day: date) -> date:
        """Return the first day of the week that holds `day`."""
        back = (day.toordinal() - self.dow) % 7
        return day - timedelta(days=back) if day.toordinal() > back else day


ISO_WEEK = WeekRule(1, 4)


@dataclass(frozen=True, slots=True)
class Names:
    """Words for the months or the weekdays, with the other case that a pattern in the format asks for."""

    words: tuple[str, ...]
    cases: tuple[tuple[re.Pattern[str], tuple[str, ...]], ...] = ()

    def choose(self, form: str) -> tuple[str, ...]:
        """Return the words as they stand in the whole format `form`."""
        return next((words for pattern, words in self.cases if pattern.search(form)), self.words)

    def every_case(self) -> tuple[tuple[str, int], ...]:
        """Return each word that may be written, with its number from 0, the longest first."""
        lists = [self.words, *(words for _, words in self.cases)]
        pairs = {(word, number) for words in lists for number, word in enumerate(words)}
        return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))


@dataclass(frozen=True, slots=True)
class Era:
    """A run of years that are counted from its first one, which has the number `offset`."""

    since: date
    abbreviation: str
    name: str
    narrow: str
    offset: int = 1


_COMMON_ERA = (Era(date.min, "AD", "Anno Domini", "AD"),)


@dataclass(frozen=True, slots=True, kw_only=True)
class MomentLocale:
    """One locale of moment.js 2.29.

    `meridiems` holds (from this minute of the day, upper case, lower case); `day_ordinal` is what `Do` accepts.
    """

    months: Names
    months_short: Names
    weekdays: Names
    weekdays_short: Names
    weekdays_min: Names
    week: WeekRule
    long_formats: Mapping[str, str]
    ordinal: Ordinal
    day_ordinal: str
    meridiems: tuple[tuple[int, str, str], ...] = ((0, "AM", "am"), (720, "PM", "pm"))
    digits: str = ""
    comma: str = ","
    eras: tuple[Era, ...] = _COMMON_ERA

    def localised(self, text: str) -> str:
        """Return `text` with the locale's own digits and comma."""
        return text.translate(_table("0123456789,", self.digits + self.comma)) if self.digits else text

    def plain(self, text: str) -> str:
        """Return `text` with European digits and comma."""
        return text.translate(_table(self.digits + self.comma, "0123456789,")) if self.digits else text

    def meridiem(self, minute: int, *, lower: bool) -> str:
        """Return the word for this minute of the day: AM, PM, or a finer one."""
        _, high, low = [entry for entry in self.meridiems if entry[0] <= minute][-1]
        return low if lower else high

    def era_of(self, day: date) -> Era:
        """Return the era of `day`; the eras are listed latest first."""
        return next((era for era in self.eras if era.since <= day), self.eras[-1])


def _table(source: str, target: str) -> dict[int, str]:
    return {ord(old): new for old, new in zip(source, target, strict=True)}


def suffix(always: str = "", **by_token: str) -> Ordinal:
    """Return an ordinal that depends on nothing but the token."""
    return lambda _number, token: by_token.get(token, always)


def english(number: int, _token: str) -> str:
    """Return st, nd, rd or th."""
    if number % 100 // 10 == 1:
        return "th"
    return {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")


def french(number: int, token: str) -> str:
    """Return er, re, e, or nothing after a day of the month."""
    if number == 1:
        return "re" if token in ("w", "W") else "er"
    return "" if token == "D" else "e"


def dutch(number: int, _token: str) -> str:
    """Return ste or de."""
    return "ste" if number in (1, 8) or number >= 20 else "de"


def swedish(number: int, _token: str) -> str:
    """Return :a or :e."""
    return ":a" if number % 100 // 10 != 1 and number % 10 in (1, 2) else ":e"


_TURKISH = (
    {0: "'ıncı", 1: "'inci", 2: "'nci", 3: "'üncü", 4: "'üncü", 5: "'inci", 6: "'ncı", 7: "'nci", 8: "'inci"}
    | {9: "'uncu", 10: "'uncu", 20: "'nci", 30: "'uncu", 50: "'nci", 60: "'ıncı", 70: "'inci", 80: "'inci"}
    | {90: "'ıncı", 100: "'üncü"}
)


def turkish(number: int, token: str) -> str:
    """Return the ending that the last digit that is not zero asks for; days of the month have none."""
    if token in ("d", "D"):
        return ""
    last = number % 10 or number % 100 or min(number, 100)
    return _TURKISH.get(last, "undefined")
