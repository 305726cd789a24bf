"""The value of an inline field with its type, as the Dataview plugin reads it.

A date is told as ISO text, a link, a tag and a duration as they are written, so that JSON can hold every value.
Dataview lets a day or an hour that does not exist roll over (30 February is 2 March). That is its reading and is
given here; the dates by which microwins itself counts are strict.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from math import isfinite

from .js_text import WHITE_CLASS, trim

_WS = f"[{WHITE_CLASS}]*"
_DATE = re.compile(
    r"([0-9]{4})-([0-9]{2})"
    r"(?:-([0-9]{2})(?:T([0-9]{2})(?::([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{3}))?"
    r"([+-][0-9]{1,2}(?::[0-9]{2})?|Z|\[[0-9A-Za-z+\-./,]+\])?)?)?)?)?"
)
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_UNIT = "(?:years?|yrs?|months?|mos?|weeks?|wks?|w|days?|d|hours?|hrs?|h|minutes?|mins?|m|seconds?|secs?|s)"
_AMOUNT = rf"{_NUMBER.pattern}{_WS}{_UNIT}"
_DURATION = re.compile(rf"{_AMOUNT}(?:(?:{_WS},{_WS}|{_WS}){_AMOUNT})*")
_STRING = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ESCAPE = re.compile(r"\\([\"\\])")
_TAG = re.compile(r"#[\w/\-\u200d\u20e3\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]*")
_LINK = re.compile(r"!?\[\[[^\[\]]*\]\]")
_WORD = re.compile(r"true|false|True|False|null")
_COMMA = re.compile(f"{_WS},{_WS}")
_WORDS = {"true": True, "True": True, "false": False, "False": False, "null": "null"}
_MOST_EXACT = 2**53

_Found = tuple[object, int]
"""A value, and where in the text it ends."""


def typed_value(text: str) -> object:
    """Return what Dataview makes of a field's value: null, a truth, a number, a text, or a list of these.

    >>> typed_value("7"), typed_value("true"), typed_value('"7"'), typed_value("7 hours"), typed_value("")
    (7, True, '7', '7 hours', None)
    >>> typed_value("2025-02-30, [[Book|the book]], 1.5")
    ['2025-03-02', '[[Book|the book]]', 1.5]
    """
    value = trim(text)
    if not value:
        return None
    first = _atom(value, 0)
    if first is None:
        return value
    comma = _COMMA.match(value, first[1])
    if comma is None:
        return first[0] if first[1] == len(value) else value
    items, end = _further(value, comma.end())
    return [first[0], *items] if end == len(value) else value


def _further(text: str, place: int) -> tuple[list[object], int]:
    """Return the values of the list that goes on at `place`, which may be none, and where it ends."""
    items: list[object] = []
    end = place
    found = _atom(text, place)
    while found is not None:
        items.append(found[0])
        end = found[1]
        comma = _COMMA.match(text, end)
        found = _atom(text, comma.end()) if comma else None
    return items, end


def _atom(text: str, place: int) -> _Found | None:
    """Return the first kind of value that fits at `place`; Dataview does not come back to try another one."""
    for read in _READERS:
        found = read(text, place)
        if found is not None:
            return found
    return None


def _date(text: str, place: int) -> _Found | None:
    match = _DATE.match(text, place)
    if match is None:
        return None
    year, month, _, hour, minute, second, thousandth = (int(part or 0) for part in match.groups()[:7])
    try:
        moment = datetime(year, month, 1) + timedelta(
            days=int(match[3] or 1) - 1, hours=hour, minutes=minute, seconds=second, milliseconds=thousandth
        )
    except (ValueError, OverflowError):
        return None
    if match[4] is None:
        return moment.date().isoformat(), match.end()
    return moment.isoformat(timespec="milliseconds" if thousandth else "seconds") + _zone(
        match[8]
    ), match.end()


def _zone(written: str | None) -> str:
    """Return an offset in ISO form, `Z`, or the name of a zone in its brackets."""
    if not written or written[0] not in "+-":
        return written or ""
    hours, _, minutes = written[1:].partition(":")
    return f"{written[0]}{hours:0>2}:{minutes or '00'}"


def _as_written(pattern: re.Pattern[str]) -> Callable[[str, int], _Found | None]:
    def read(text: str, place: int) -> _Found | None:
        match = pattern.match(text, place)
        return (match[0], match.end()) if match else None

    return read


def _string(text: str, place: int) -> _Found | None:
    match = _STRING.match(text, place)
    return (_ESCAPE.sub(r"\1", match[1]), match.end()) if match else None


def _word(text: str, place: int) -> _Found | None:
    match = _WORD.match(text, place)
    return (_WORDS[match[0]], match.end()) if match else None


def _number(text: str, place: int) -> _Found | None:
    """Return a number as JavaScript has it: 1.0 is 1, and what is too large for it is no number."""
    match = _NUMBER.match(text, place)
    number = float(match[0]) if match else None
    if match is None or number is None or not isfinite(number):
        return None
    return (int(number) if number.is_integer() and abs(number) < _MOST_EXACT else number), match.end()


_READERS = (_date, _as_written(_DURATION), _string, _as_written(_TAG), _as_written(_LINK), _word, _number)
