"""Fill the placeholders that Obsidian and Periodic Notes know, in a template that the vault brings along.

The list is closed and holds no expressions. What is put in is never looked at again, what is not known stays as it
is and is reported, and Templater's `<% … %>` passes through, because Templater runs it when the note is created.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..parsers.moment import Kind, WeekRule, format_moment, week_rule

MOST_UNKNOWN = 20
"""So many placeholders that are not known are told of one template."""
_NAMES = ("title", "date", "time")
_MORE_NAMES: Mapping[Kind, tuple[str, ...]] = {
    "day": ("yesterday", "tomorrow"),
    "week": ("sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"),
    "month": ("month",),
    "quarter": ("quarter",),
    "year": ("year",),
}
_OFFSET = r"(?P<number>[+-][0-9]{1,6})(?P<unit>[yqmwdhs])\s*"
_DATE = re.compile(
    rf"(?P<name>date|time|month|quarter|year)\s*(?:{_OFFSET})?(?::(?P<form>.+))?", re.IGNORECASE | re.ASCII
)
_WEEKDAY = re.compile(
    r"(?P<name>sunday|monday|tuesday|wednesday|thursday|friday|saturday)\s*:(?P<form>.*)", re.IGNORECASE
)
_WEEKDAYS = _MORE_NAMES["week"]
_ALMOST = re.compile(
    r"\s*(?P<name>\w+)\s*(?P<sign>[+-])\s*(?P<number>[0-9]{1,6})\s*(?P<unit>[A-Za-z]?)\s*(?P<form>:.+)?",
    re.ASCII,
)
LONGEST_MEANT = 80
_STEPS = {
    "w": timedelta(weeks=1),
    "d": timedelta(days=1),
    "h": timedelta(hours=1),
    "m": timedelta(minutes=1),
    "s": timedelta(seconds=1),
}
_MONTHS = {"y": 12, "Y": 12, "M": 1, "Q": 3}
# moment.js takes `D` for the day of the month and does not know `q`: neither moves a date.
_STILL = ("D", "q")


@dataclass(frozen=True, slots=True)
class Unknown:
    """A placeholder that was left as it stands: its text, its 1-based line, and the known name that is nearest to it."""

    text: str
    line: int
    near: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A template with its placeholders replaced, and those that were left because nobody here knows them."""

    text: str
    unknown: tuple[Unknown, ...]


@dataclass(frozen=True, slots=True)
class _Note:
    """What the placeholders draw on."""

    title: str
    date_is_title: bool
    moment: datetime
    note_format: str
    date_format: str
    time_format: str
    locale: str
    kind: Kind
    week: WeekRule

    def written(self, form: str, moment: datetime) -> str:
        return format_moment(form, moment, self.locale, self.week)


def fill_placeholders(  # noqa: PLR0913 - each is one thing that a template may ask for
    template: str,
    *,
    title: str,
    day: date,
    now_time: time | None,
    note_format: str = "YYYY-MM-DD",
    date_format: str = "YYYY-MM-DD",
    time_format: str = "HH:mm",
    locale: str = "en",
    kind: Kind = "day",
    week: WeekRule | None = None,
    date_is_title: bool = False,
) -> Filled:
    """Return the template filled for the note of `day`.

    `{{date}}` takes `date_format`, or is the title, as in Periodic Notes; dates with an offset, and those of yesterday and tomorrow, `note_format`; after
    a colon stands any format. `now_time` is the clock (None: midnight). Yesterday and tomorrow are known in
    daily notes, `{{monday:…}}` to `{{sunday:…}}` in weekly ones, `{{month:…}}`, `{{quarter:…}}` and `{{year:…}}` in
    those of their kind.

    >>> fill_placeholders("{{title}}: {{date+1d:dddd}} {{titel}}", title="Plan", day=date(2025, 6, 15), now_time=None)
    Filled(text='Plan: Monday {{titel}}', unknown=(Unknown(text='{{titel}}', line=1, near='title'),))
    """
    moment = datetime.combine(day, now_time or time())
    rule = week or week_rule(locale)
    note = _Note(title, date_is_title, moment, note_format, date_format, time_format, locale, kind, rule)
    pieces: list[str] = []
    unknown: dict[str, int] = {}
    line = 1
    for text, inner in _pieces(template):
        value = _value(inner, note) if inner else None
        pieces.append(text if value is None else value)
        if inner is not None and value is None and len(unknown) < MOST_UNKNOWN:
            unknown.setdefault(text, line)
        line += text.count("\n")
    told = (Unknown(text, at, _meant(text, note) or _nearest(text, kind)) for text, at in unknown.items())
    return Filled("".join(pieces), tuple(told))


def known_placeholders(kind: Kind) -> tuple[str, ...]:
    """Return the names that a template for this kind of note may use; a weekday's is one with its format alone."""
    return (*_NAMES, *map(_with_format, _MORE_NAMES[kind]))


def _with_format(name: str, form: str = "") -> str:
    return f"{name}:{form or 'YYYY-MM-DD'}" if name in _WEEKDAYS else name


def _meant(text: str, note: _Note) -> str:
    """Return the placeholder that is meant where only its unit is missing, or a space is too much: `{{date +7:D}}`."""
    match = _ALMOST.fullmatch(text[2:-2]) if len(text) <= LONGEST_MEANT else None
    if match is None:
        return ""
    near = f"{match['name']}{match['sign']}{match['number']}{match['unit'] or 'd'}{(match['form'] or '').rstrip()}"
    return near if _value(near, note) is not None else ""


def _nearest(text: str, kind: Kind) -> str:
    """Return the known name that a placeholder seems to mean, or nothing."""
    from difflib import get_close_matches

    name = re.split(r"[:+\-]", text[2:34].strip("{} "), maxsplit=1)[0].strip().casefold()
    found = next(iter(get_close_matches(name, (*_NAMES, *_MORE_NAMES[kind]), 1)), "")
    return _with_format(found, text[2:-2].partition(":")[2].strip()[:LONGEST_MEANT])


def _pieces(template: str) -> Iterator[tuple[str, str | None]]:
    """Yield the template in pieces, each with what stands between its braces; None for plain text."""
    position = 0
    while (start := template.find("<%", position)) >= 0:
        end = template.find("%>", start + 2)
        if end < 0:
            break
        yield from _braces(template[position:start])
        yield template[start : end + 2], None
        position = end + 2
    yield from _braces(template[position:])


def _braces(text: str) -> Iterator[tuple[str, str | None]]:
    position = 0
    while (end := text.find("}}", position)) >= 0:
        start = text.rfind("{{", position, end)
        if start < 0 or "\n" in text[start:end]:
            yield text[position : end + 2], None
        else:
            yield text[position:start], None
            yield text[start : end + 2], text[start + 2 : end]
        position = end + 2
    yield text[position:], None


def _value(inner: str, note: _Note) -> str | None:
    """Return what the placeholder stands for, None if it is none of ours."""
    name = inner.strip().lower()
    simple = _simple(name, note)
    if simple is not None:
        return simple
    if (match := _DATE.fullmatch(inner.lstrip())) and match["name"].lower() in {"date", "time", note.kind}:
        return _dated(match, note)
    if note.kind == "week" and (match := _WEEKDAY.fullmatch(inner.lstrip())):
        return _in_week(match, note)
    return None


def _simple(name: str, note: _Note) -> str | None:
    if name == "title":
        return note.title
    if name == "date":
        return note.title if note.date_is_title else note.written(note.date_format, note.moment)
    if name == "time":
        # Periodic Notes writes the clock into daily notes only.
        clock = note.kind == "day" or not note.date_is_title
        return note.written(note.time_format, note.moment) if clock else note.title
    if name == note.kind and name in ("month", "quarter", "year"):
        return note.written(note.note_format, note.moment)
    if name in ("yesterday", "tomorrow") and note.kind == "day":
        return _shifted(note, note.note_format, timedelta(days=-1 if name == "yesterday" else 1))
    return None


def _dated(match: re.Match[str], note: _Note) -> str | None:
    form = (match["form"] or note.note_format).strip()
    if not form:
        return None
    if match["number"] is None:
        return note.written(form, note.moment)
    number, unit = int(match["number"]), match["unit"]
    if unit in _STILL:
        return note.written(form, note.moment)
    if unit in _MONTHS:
        return _months_later(note, form, number * _MONTHS[unit])
    return _shifted(note, form, number * _STEPS[unit.lower()])


def _shifted(note: _Note, form: str, step: timedelta) -> str | None:
    try:
        return note.written(form, note.moment + step)
    except OverflowError:
        return None


def _months_later(note: _Note, form: str, months: int) -> str | None:
    """Write the same day of a later month, or the last one of a month that is too short."""
    year, month = divmod(note.moment.year * 12 + note.moment.month - 1 + months, 12)
    if not date.min.year <= year <= date.max.year:
        return None
    for last in range(note.moment.day, 27, -1):
        try:
            return note.written(form, note.moment.replace(year=year, month=month + 1, day=last))
        except ValueError:
            continue
    return note.written(form, note.moment.replace(year=year, month=month + 1))


def _in_week(match: re.Match[str], note: _Note) -> str | None:
    first = note.week.start_of(note.moment.date())
    ahead = (_WEEKDAYS.index(match["name"].lower()) - note.week.dow) % 7
    step = first + timedelta(days=ahead) - note.moment.date()
    return _shifted(note, match["form"].strip(), step)
