"""A line that declares a micro-win: what it is called, when it is due, how much is asked for."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from .bounds import LONGEST_LINE
from .day_range import NO_REST, DayRange, read_date, read_day_range, read_weekday
from .line_fields import read_fields
from .line_words import SPACED, joined, read_tags, ungrouped, without_links
from .problem import Problem
from .schedule import NO_TURNS, Limit, Rule, read_limit, read_schedule
from .shared_texts import shared
from .task import LineFields, Quantity

_MOST_DIGITS = 18
"""As many as an amount on a line may have: with more nothing could be worked out of it."""
_AMOUNT = re.compile(rf"({SPACED}|[0-9][0-9.,]*)[\s-]*([^\W\d_][^\n]*)\Z")
_HALF_READ = re.compile(r"\s[0-9]|\A(?:h[0-9]|[½⅓¼¾⅔])")
"""A second number in what should be a unit: `1 h 30 min`, `1h30`, `1½ h`."""
_SCHEDULE_REMEDY = "Write for example: every day, every weekday, every Mon and Thu, every 3 days, every 3 days when done, 3 times a week, 3 times in 7 days."
_LIMIT_REMEDY = "Write for example: [limit:: 2 a week], [limit:: 30 min a day], [limit:: 0 a day]."
_NTH_WEEKDAY = re.compile(r"[1-5](?:st|nd|rd|th) [a-z]+\Z", re.IGNORECASE)
Report = Callable[[str, str, str], None]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Declaration:
    """A micro-win as one line of a goal note declares it, for the days from `since` to `until`.

    `rest` and `pauses` are its own days on which nothing is due, `count` the repetitions that its goal asks for.
    """

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
    rest: frozenset[int] = NO_REST
    pauses: tuple[DayRange, ...] = ()
    count: int | None = None

    def __post_init__(self) -> None:
        """Hold once how many micro-wins are scheduled."""
        object.__setattr__(self, "schedule", shared(self.schedule))

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

    fields = read_fields(body[:LONGEST_LINE])
    if not fields.text.strip():
        return None, ()
    rule, schedule = _rule(fields, report)
    tags = read_tags(without_links(fields.text))
    declared = Declaration(line, fields.text, schedule, rule, id=fields.id, tags=tags)
    return _with_inline(declared, fields, report) if fields.inline else declared, tuple(problems)


def _with_inline(declared: Declaration, fields: LineFields, report: Report) -> Declaration:
    """Return a micro-win with what the fields in brackets say of it."""
    return replace(
        declared,
        since=_day(fields, "from", report),
        until=_day(fields, "until", report),
        target=_target(fields, report),
        minimum=_one(fields, "min"),
        after=_one(fields, "after"),
        aliases=fields.inline.get("was", ()),
        rest=frozenset(_each(fields, "rest", read_weekday, "[rest:: sat, sun]", report)) or NO_REST,
        pauses=tuple(_each(fields, "pause", read_day_range, "[pause:: 2026-07-01..2026-07-14]", report)),
        count=_count(fields, report),
    )


def read_amount(text: str) -> Quantity | None:
    """Return the amount and unit in a text such as `60000 words` or `1,5 km`, or None; one of more than 18 digits is none.

    >>> read_amount("60,000 words")
    Quantity(amount=Decimal('60000'), unit='words')
    """
    match = _AMOUNT.match(text.strip())
    if match is None or _HALF_READ.search(match[2]):
        return None
    written = joined("".join(match[1].split()).rstrip(".,"), match[2].split()[0])
    try:
        amount = Decimal(ungrouped(written))
    except InvalidOperation:
        return None
    return Quantity(amount, match[2].strip()) if amount.adjusted() < _MOST_DIGITS else None


def _one(fields: LineFields, key: str) -> str | None:
    values = fields.inline.get(key, ())
    return values[0].strip() or None if values else None


def _rule(fields: LineFields, report: Report) -> tuple[Rule | None, str]:
    """Return the rule of a line and how it is written: a limit stands in the place of a schedule."""
    limit = _one(fields, "limit")
    schedule = (fields.recurrence or _one(fields, "every") or _one(fields, "repeat") or "").strip()
    rule: Rule | None
    if limit is not None:
        rule = _limited(limit, schedule, report)
        schedule = schedule or f"at most {limit}"
    else:
        rule = _scheduled(schedule, report, spoken=fields.recurrence is not None)
    return _with_unlogged(rule, _one(fields, "unlogged"), report), schedule


def _limited(limit: str, schedule: str, report: Report) -> Rule | None:
    """Read a limit; beside a schedule it says nothing, for then it is open which of the two is meant."""
    if schedule:
        message = f"The limit “{limit}” stands beside the schedule “{schedule}”, so no turn is counted."
        report("limit-unknown", message, "Leave one of the two out.")
        return None
    rule = read_limit(limit)
    if rule is None:
        report(
            "limit-unknown",
            f"The limit “{limit}” is not understood, so no turn is counted.",
            _LIMIT_REMEDY,
        )
    return rule


def _scheduled(schedule: str, report: Report, *, spoken: bool) -> Rule | None:
    """Read a schedule; one that is `spoken` stands whole, in a field `every` belongs in front of it."""
    if not schedule or schedule.casefold() in NO_TURNS:
        return None
    ambiguous = not spoken and _NTH_WEEKDAY.match(schedule)
    rule = None if ambiguous else read_schedule(schedule) or read_schedule(f"every {schedule}")
    if rule is None:
        report(
            "schedule-unknown",
            f"The schedule “{schedule}” is not understood, so no turn is counted.",
            _SCHEDULE_REMEDY,
        )
    return rule


def _with_unlogged(rule: Rule | None, written: str | None, report: Report) -> Rule | None:
    """Return a limit that says what a period without any note is; other rules have no use for it."""
    if written is None:
        return rule
    word = written.casefold()
    if not isinstance(rule, Limit) or word not in {"clean", "unknown"}:
        report(
            "limit-unknown",
            f"“unlogged: {written}” is not understood here; it belongs to a limit.",
            "Write [unlogged:: clean] or [unlogged:: unknown] beside a limit.",
        )
        return rule
    return replace(rule, clean_unlogged=word == "clean")


def _each(
    fields: LineFields, key: str, read: Callable[[object], _T | None], example: str, report: Report
) -> list[_T]:
    """Return the readable items of a field with commas; report the others."""
    found = []
    items = [item.strip() for value in fields.inline.get(key, ()) for item in value.split(",")]
    for item in filter(None, items):
        one = read(item)
        if one is None:
            report(
                "field-invalid", f"“{item}” in `{key}` is not understood.", f"Write for example {example}."
            )
        else:
            found.append(one)
    return found


def _count(fields: LineFields, report: Report) -> int | None:
    written = _one(fields, "count")
    if written is None:
        return None
    if not re.fullmatch(r"[0-9]{1,6}", written) or not int(written):
        report(
            "field-invalid",
            f"“{written}” in `count` is no number of times.",
            "Write for example [count:: 100].",
        )
        return None
    return int(written)


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
