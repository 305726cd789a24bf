"""Read a day, week, month, quarter or year back from text, as strictly as moment.js does and a little stricter.

moment lets a later token overrule an earlier one; here every token has to agree with the day that the text names.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Set
from dataclasses import dataclass
from datetime import date

from .moment_locale import ISO_WEEK, MomentLocale, WeekRule
from .moment_names import find_locale
from .moment_steps import Step, steps_of
from .moment_tokens import values_on
from .period import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """Text whose shape is that of the format: the period it names, None if its values contradict each other."""

    period: Period | None


def read(form: str, text: str, code: str, week: WeekRule, today: date | None) -> Reading | None:
    """Return what `text` says in this format, None where its shape is another one; `code` names the locale."""
    locale = find_locale(code)
    steps = steps_of(unicodedata.normalize("NFC", form), code)
    found = _fields(steps, locale.plain(unicodedata.normalize("NFC", text)))
    if found is None:
        return None
    values = dict(found)
    if len(values) < len(set(found)):
        return Reading(None)
    try:
        return Reading(_named(values, week, locale, today))
    except (ValueError, OverflowError):
        return Reading(None)


def _fields(steps: tuple[Step, ...], text: str) -> list[tuple[str, int]] | None:
    position, found = 0, []
    for step in steps:
        match = step.pattern.match(text, position)
        if not match:
            return None
        position = match.end()
        value = step.read(match[0])
        if value is None:
            return None
        if step.field:
            found.append((step.field, value))
    return found if position == len(text) else None


def _named(values: dict[str, int], week: WeekRule, locale: MomentLocale, today: date | None) -> Period | None:
    if "day_number" in values:
        return Period("day", date.fromordinal(values["day_number"]))
    if today is not None:
        values = _completed(values, week, today)
    around = _around(values, week, locale)
    if around is None:
        return None
    agreeing = [day for day in around.days() if _agrees(day, values, week, locale)]
    if not _names_a_day(values):
        return around if agreeing else None
    return Period("day", agreeing[0]) if len(agreeing) == 1 else None


def _around(values: Mapping[str, int], week: WeekRule, locale: MomentLocale) -> Period | None:
    """Return the shortest stretch that the fields fix; which of its days is meant, the others may say."""
    year = _year(values, locale)
    if "month" in values and "day" in values:
        return Period("day", date(year, values["month"], values["day"])) if year else None
    if "day_of_year" not in values:
        for rule, week_year, number in ((ISO_WEEK, "iso_year", "iso_week"), (week, "week_year", "week")):
            counted = values.get(week_year, year)
            if number in values and counted:
                return _week(counted, values[number], rule)
    if not year:
        return None
    if "month" in values:
        return Period("month", date(year, values["month"], 1))
    if "quarter" in values:
        return Period("quarter", date(year, values["quarter"] * 3 - 2, 1))
    return Period("year", date(year, 1, 1))


def _year(values: Mapping[str, int], locale: MomentLocale) -> int | None:
    if "era" in values and "era_year" in values:
        era = locale.eras[values["era"]]
        return era.since.year + values["era_year"] - era.offset
    found = (values.get(name) for name in ("year", "era_year", "week_year", "iso_year"))
    return next((year for year in found if year is not None), None)


def _week(year: int, number: int, rule: WeekRule) -> Period:
    start = date.fromordinal(rule.first_week(year) + 7 * (number - 1))
    if rule.week_of(start) != (year, number):
        raise ValueError(number)
    return Period("week", start)


def _names_a_day(values: Mapping[str, int]) -> bool:
    weekdays = values.keys() & {"weekday", "local_weekday", "iso_weekday"}
    weeks = values.keys() & {"week", "iso_week"}
    return bool({"day", "day_of_year"} & values.keys() or (weekdays and weeks))


def _agrees(day: date, values: Mapping[str, int], week: WeekRule, locale: MomentLocale) -> bool:
    worth = values_on(day, week, locale)
    given = values.keys()
    # `YYYY-[W]ww` is widely used although the year of a week is another figure around New Year.
    loose = given & {"week", "iso_week"} and not given & {"week_year", "iso_year", "month", "day_of_year"}
    return all(worth[name] == value for name, value in values.items() if not (loose and name == "year"))


def _completed(values: dict[str, int], week: WeekRule, today: date) -> dict[str, int]:
    """Fill in from `today` what moment fills in: what is larger than the largest field given."""
    now = values_on(today, week, find_locale("en"))
    given = values.keys()
    if given & {"month", "day", "day_of_year", "quarter", "year"} or not given & _WEEKLY:
        missing = _larger(given)
    elif given & {"iso_year", "iso_week", "iso_weekday"}:
        return {"iso_year": now["iso_year"], "iso_week": 1} | values
    else:
        missing = ("week_year", "week")
    return {name: now[name] for name in missing} | values


_WEEKLY = frozenset(("week_year", "week", "iso_year", "iso_week", "weekday", "local_weekday", "iso_weekday"))


def _larger(given: Set[str]) -> tuple[str, ...]:
    if given & {"year", "era_year", "week_year", "iso_year"}:
        return ()
    if given & {"month", "quarter", "day_of_year"}:
        return ("year",)
    return ("year", "month") if "day" in given else ("year", "month", "day")
