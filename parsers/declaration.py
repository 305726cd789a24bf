"""A line that declares a micro-win: what it is called, when it is due, how much is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from .day_range import DayRange, read_date
from .line_fields import read_fields
from .line_words import read_tags, without_links
from .problem import Problem
from .schedule import Rule, read_schedule
from .task import LineFields, Quantity

_AMOUNT = re.compile(r"([0-9][0-9.,]*)[\s-]*([^\W\d_][^\n]*)\Z")
_SCHEDULE_REMEDY = "Write for example: every day, every weekday, every Mon and Thu, every 3 days, every 3 days when done, 3 times a week."
Report = Callable[[str, str, str], None]


@dataclass(frozen=True, slots=True)
class Declaration:
    """A micro-win as one line of a goal note declares it, for the days from `since` to `until`."""

    line: int
    text: str
    schedule: str
    rule: Rule | None
    since: date | None = None
    until: date | None = None
    target: Quantity | None = None
    minimum: str | None = None
    after: str | None = None
    aliases: tuple[str, ...] = ()
    id: str | None = None
    tags: tuple[str, ...] = ()
    rest: frozenset[int] = frozenset()
    pauses: tuple[DayRange, ...] = ()
    count: int | None = None

    @property
    def frog(self) -> bool:
        """Whether it is marked as the hard one of the day."""
        return is_frog(self.tags)


def is_frog(tags: Iterable[str]) -> bool:
    """Return whether these tags mark the hard one of the day."""
    return any(tag.casefold() == "#frog" for tag in tags)


def read_declaration(body: str, line: int, path: str) -> tuple[Declaration | None, tuple[Problem, ...]]:
    """Return the micro-win that a bullet's text declares, or None for a text with no words, and what is wrong with it."""
    problems: list[Problem] = []

    def report(code: str, message: str, remedy: str) -> None:
        problems.append(Problem(path, line, code, message, remedy))

    fields = read_fields(body)
    if not fields.text.strip():
        return None, ()
    schedule = (fields.recurrence or _one(fields, "every") or _one(fields, "repeat") or "").strip()
    declaration = Declaration(
        line=line,
        text=fields.text,
        schedule=schedule,
        rule=_rule(schedule, _one(fields, "limit"), report),
        since=_day(fields, "from", report),
        until=_day(fields, "until", report),
        target=_target(fields, report),
        minimum=_one(fields, "min"),
        after=_one(fields, "after"),
        aliases=fields.inline.get("was", ()),
        id=fields.id,
        tags=read_tags(without_links(fields.text)),
    )
    return declaration, tuple(problems)


def read_amount(text: str) -> Quantity | None:
    """Return the amount and unit in a text such as `60000 words` or `1,5 km`, or None.

    >>> read_amount("60,000 words")
    Quantity(amount=Decimal('60000'), unit='words')
    """
    match = _AMOUNT.match(text.strip())
    if match is None:
        return None
    digits = re.sub(r",(?=[0-9]{3}(?:[^0-9]|\Z))", "", match[1].rstrip(".,")).replace(",", ".")
    try:
        return Quantity(Decimal(digits), match[2].strip())
    except InvalidOperation:
        return None


def _one(fields: LineFields, key: str) -> str | None:
    values = fields.inline.get(key, ())
    return values[0].strip() or None if values else None


def _rule(schedule: str, limit: str | None, report: Report) -> Rule | None:
    if limit is not None:
        report(
            "limit-uncounted",
            f"The limit “{limit}” is not scored yet; totals are kept.",
            "Nothing needs to be done.",
        )
        return None
    if not schedule:
        return None
    rule = read_schedule(schedule) or read_schedule(f"every {schedule}")
    if rule is None:
        report(
            "schedule-unknown",
            f"The schedule “{schedule}” is not understood, so no turn is counted.",
            _SCHEDULE_REMEDY,
        )
    return rule


def _day(fields: LineFields, key: str, report: Report) -> date | None:
    written = _one(fields, key)
    day = read_date(written)
    if written is not None and day is None:
        report("date-invalid", f"“{written}” is no date.", f"Write [{key}:: YYYY-MM-DD].")
    return day


def _target(fields: LineFields, report: Report) -> Quantity | None:
    written = _one(fields, "target")
    target = read_amount(written) if written else None
    if written and (target is None or target.amount <= 0):
        report(
            "target-invalid",
            f"The target “{written}” is no amount.",
            "Write a number and a unit, such as 300 words.",
        )
        return None
    return target
