"""The Tasks plugin's recurrence text (`every 2 weeks on Monday`): what it means, as a value.

The grammar is that of rrule.js 2.8.1's English parser: longest token wins, case does not matter, and whatever cannot
be read at the end is left out. Tasks adds an ending `when done`, and lets only letters, digits, commas, spaces
and `!` through.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from .recurrence_words import MONTHS, WEEKDAYS, Words, until_date

Frequency = Literal["minutely", "hourly", "daily", "weekly", "monthly", "yearly"]

_RULE = re.compile(r"([a-zA-Z0-9, !]+?)( when done)?", re.IGNORECASE | re.ASCII)
_DAYS_MONDAY_TO_FRIDAY = range(5)


@dataclass(frozen=True, slots=True)
class Weekday:
    """A weekday, 0 for Monday, and which of them in the month or year: 1 the first, -1 the last, 0 each one."""

    day: int
    nth: int = 0


@dataclass(frozen=True, slots=True)
class Recurrence:
    """One rule. Empty parts ask for nothing; `month_days` counts from the month's end where negative."""

    frequency: Frequency
    interval: int = 1
    weekdays: tuple[Weekday, ...] = ()
    month_days: tuple[int, ...] = ()
    months: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    until: date | None = None
    count: int | None = None
    when_done: bool = False

    @property
    def text(self) -> str:
        """The rule in the words that Tasks writes back."""
        from .recurrence_text import rule_text

        return rule_text(self)


def parse_recurrence(text: str) -> Recurrence | None:
    """Return the rule that `text` states, None where Tasks would ignore it.

    >>> parse_recurrence("every 3 days when done")
    Recurrence(frequency='daily', interval=3, weekdays=(), month_days=(), months=(), weeks=(), hours=(), until=None, \
count=None, when_done=True)
    >>> parse_recurrence("daily") is None
    True
    """
    match = _RULE.fullmatch(text)
    if not match:
        return None
    try:
        rule = _Sentence(match[1].strip()).rule()
    except _NoRuleError:
        return None
    return replace(rule, when_done=match[2] is not None)


def canonical_recurrence(text: str) -> str | None:
    """Return the rule as Tasks words it, None for an invalid one.

    >>> canonical_recurrence("every Sun and Sat when done")
    'every week on Saturday, Sunday when done'
    """
    rule = parse_recurrence(text)
    return rule.text if rule else None


class _NoRuleError(Exception):
    """The text is no rule."""


@dataclass(slots=True)
class _Parts:
    weekdays: list[Weekday] = field(default_factory=list)
    month_days: list[int] = field(default_factory=list)
    months: list[int] = field(default_factory=list)
    weeks: list[int] = field(default_factory=list)
    hours: list[int] = field(default_factory=list)
    until: date | None = None
    count: int | None = None


class _Sentence:
    """A recursive descent over the words, one method for each part of the grammar."""

    def __init__(self, text: str) -> None:
        self.words = Words(text)
        self.parts = _Parts()

    def rule(self) -> Recurrence:
        if not self.words.accept("every"):
            raise _NoRuleError
        number = self.words.accept("number")
        frequency = self._unit()
        parts = self.parts
        return Recurrence(
            frequency,
            int(number) if number else 1,
            tuple(parts.weekdays),
            tuple(parts.month_days),
            tuple(parts.months),
            tuple(parts.weeks),
            tuple(parts.hours),
            parts.until,
            parts.count,
        )

    def _unit(self) -> Frequency:
        symbol = self.words.symbol
        if symbol in WEEKDAYS:
            return self._named_days()
        if symbol in MONTHS:
            return self._named_months()
        if symbol not in _UNITS:
            raise _NoRuleError
        frequency, tails = _UNITS[symbol]
        if symbol == "weekday(s)":
            self.parts.weekdays = [Weekday(day) for day in _DAYS_MONDAY_TO_FRIDAY]
        if self.words.advance():
            for tail in tails:
                tail(self)
        return frequency

    def _named_days(self) -> Frequency:
        self.parts.weekdays = [Weekday(day) for day in self._listed(WEEKDAYS)]
        self._at()
        self._days_after_weekdays()
        self._tail()
        return "weekly"

    def _named_months(self) -> Frequency:
        self.parts.months = [month + 1 for month in self._listed(MONTHS)]
        self._on()
        self._tail()
        return "yearly"

    def _listed(self, names: tuple[str, ...]) -> list[int]:
        """Return the numbers of the names that stand here, commas between them."""
        found = [names.index(self.words.symbol)]
        self.words.advance()
        while self.words.accept("comma"):
            if self.words.symbol not in names:
                raise _NoRuleError
            found.append(names.index(self.words.symbol))
            self.words.advance()
        return found

    def _on(self) -> None:
        on, the = self.words.accept("on"), self.words.accept("the")
        more = bool(on or the)
        while more and self._item():
            more = bool(self.words.accept("comma") or self.words.accept("the") or self.words.accept("on"))

    def _item(self) -> bool:
        nth = self._nth()
        symbol = self.words.symbol
        if symbol in WEEKDAYS:
            self.words.advance()
            self.parts.weekdays.append(Weekday(WEEKDAYS.index(symbol), nth))
        elif nth:
            self.parts.month_days.append(nth)
            self.words.accept("day(s)")
        elif symbol == "weekday(s)":
            self.words.advance()
            self.parts.weekdays = self.parts.weekdays or [Weekday(day) for day in _DAYS_MONDAY_TO_FRIDAY]
        elif symbol == "week(s)":
            self.words.advance()
            self.parts.weeks = self._numbers()
        elif symbol in MONTHS:
            self.words.advance()
            self.parts.months.append(MONTHS.index(symbol) + 1)
        else:
            return False
        return True

    def _nth(self) -> int:
        """Return which one is meant, counted from the end where negative; 0 if nothing here says so."""
        symbol, value = self.words.symbol, self.words.value
        if symbol == "last":
            self.words.advance()
            return -1
        if symbol not in ("first", "second", "third", "nth"):
            return 0
        number = {"first": 1, "second": 2, "third": 3}.get(symbol) or int(re.sub(r"\D", "", value))
        if number > 366:
            raise _NoRuleError
        self.words.advance()
        return -number if symbol != "first" and self.words.accept("last") else number

    def _numbers(self) -> list[int]:
        found = []
        while number := self.words.accept("number"):
            found.append(int(number))
            if not self.words.accept("comma"):
                return found
        raise _NoRuleError

    def _at(self) -> None:
        more = bool(self.words.accept("at"))
        while more:
            self.parts.hours = self._numbers()
            more = bool(self.words.accept("at"))

    def _days_after_weekdays(self) -> None:
        self.words.accept("on")
        self.words.accept("the")
        nth = self._nth()
        if not nth:
            return
        self.parts.month_days = [nth]
        # rrule.js skips a word here, so that of `on the 1st and 3rd` only the first is read.
        self.words.advance()
        while self.words.accept("comma"):
            nth = self._nth()
            if not nth:
                raise _NoRuleError
            self.parts.month_days.append(nth)
            self.words.advance()

    def _tail(self) -> None:
        if self.words.symbol == "until":
            self.parts.until = until_date(self.words.rest)
            if self.parts.until is None:
                raise _NoRuleError
        elif self.words.accept("for"):
            number = self.words.accept("number")
            if not number:
                raise _NoRuleError
            self.parts.count = int(number)


_Tail = Callable[[_Sentence], None]
_ON, _AT, _TAIL = _Sentence._on, _Sentence._at, _Sentence._tail

_UNITS: dict[str, tuple[Frequency, tuple[_Tail, ...]]] = {
    "day(s)": ("daily", (_AT, _TAIL)),
    "weekday(s)": ("weekly", (_AT, _TAIL)),
    "week(s)": ("weekly", (_ON, _AT, _TAIL)),
    "hour(s)": ("hourly", (_ON, _TAIL)),
    "minute(s)": ("minutely", (_ON, _TAIL)),
    "month(s)": ("monthly", (_ON, _TAIL)),
    "year(s)": ("yearly", (_ON, _TAIL)),
}
