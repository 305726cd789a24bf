"""What the frontmatter of a goal says, property by property, and what of it is not understood."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import TypeVar

from .day_range import NO_REST, DayRange, read_date, read_day_range, read_weekday
from .frontmatter_lines import FrontmatterLines
from .goal_status import read_archived_range, read_flag, read_weight, says_archived
from .line_words import read_links
from .measure import Measure, read_measure
from .problem import Problem
from .properties import Values, by_folded_name

FULL_WEIGHT = Decimal(1)
"""What a goal counts for that says nothing about it, the same object for all of them."""
_T = TypeVar("_T")
_BEHIND_NAME = re.compile(r"[|#].*", re.DOTALL)
_DAY = "a date as YYYY-MM-DD"
_MEASURE = "an amount with its unit, such as 60000 words, or two different values, such as 92 -> 80 kg"
_WEEKDAYS = "weekdays such as [sat, sun]"
_RANGES = "ranges such as [2026-07-01..2026-07-14]"
_ARCHIVED = "true, the day from which on it is, or ranges such as [2026-03-01..2026-05-01]"


class GoalFields:
    """The properties of one goal; each that is asked for and not understood is put to `problems`, with its line."""

    __slots__ = ("lines", "path", "problems", "values")

    def __init__(self, values: Values, lines: FrontmatterLines, path: str) -> None:
        self.values = by_folded_name(values)
        self.lines = lines
        self.path = path
        self.problems: list[Problem] = []

    def words(self, key: str) -> str | None:
        """Return a text, a number as a text, or the texts of a list with commas between them."""
        value = self.values.get(key)
        if isinstance(value, list | dict):
            value = ", ".join(_all_texts(value))
        return str(value).strip() or None if value else None

    def parent(self) -> str | None:
        """Return the name of the goal above; `[[Book]]` without quotes is a list in a list to YAML."""
        value = self.values.get("parent")
        if value is None:
            return None
        written = list(_all_texts(value))
        linked = [link for text in written for link in read_links(text)]
        names = [name for text in linked or written if (name := _BEHIND_NAME.sub("", text).strip())]
        if len(dict.fromkeys(names)) > 1:
            self.problems.append(
                Problem(
                    self.path, self.lines.line_of("parent"), "goal-two-parents", f"A goal has one parent; only “{names[0]}” counts.",
                    "Leave one link in `parent`.",
                )
            )  # fmt: skip
        return names[0] if names else None

    def day(self, key: str) -> date | None:
        """Return a date; a time behind it is left out."""
        value = self.values.get(key)
        day = read_date(value.partition("T")[0]) if isinstance(value, str) else None
        return self._understood(key, value, day, _DAY)

    def measure(self) -> Measure | None:
        """Return the amount to reach."""
        value = self.values.get("measure")
        return self._understood(
            "measure", value, read_measure(value) if isinstance(value, str) else None, _MEASURE
        )

    def rest(self) -> frozenset[int]:
        """Return the weekdays on which nothing is due."""
        return frozenset(self._each("rest", read_weekday, _WEEKDAYS)) or NO_REST

    def pauses(self) -> tuple[DayRange, ...]:
        """Return the days on which nothing is due."""
        return tuple(self._each("pause", read_day_range, _RANGES))

    def archived(self) -> tuple[tuple[DayRange, ...], bool]:
        """Return the days on which a goal is archived, and whether it is whatever the day."""
        if not ("archived" in self.values or "status" in self.values):
            return (), False
        said = read_flag(self.values.get("archived"))
        ranges = self._each("archived", read_archived_range, _ARCHIVED) if said is None else []
        by_status = says_archived(self.words("status")) and all(one.end is not None for one in ranges)
        in_order = sorted(ranges, key=lambda one: (one.start, one.end is None, one.end))
        return tuple(in_order), bool(said) or by_status

    def grace(self) -> str | None:
        """Return how slips count in this goal."""
        return self._choice("grace", ("none", "never-twice"), "none or never-twice")

    def weight(self) -> Decimal:
        """Return what the goal counts for in the one above."""
        value = self.values.get("weight")
        if value is None:
            return FULL_WEIGHT
        weight = read_weight(value)
        return self._understood("weight", value, weight, "a positive number, such as 2") or FULL_WEIGHT

    def light(self) -> bool:
        """Return whether one smallest step a day is laid out."""
        value = self.values.get("light")
        return value is not None and bool(self._understood("light", value, read_flag(value), "true or false"))

    def by_leaves(self) -> bool:
        """Return whether those below it count by how many parts they have."""
        return self._choice("rollup", ("leaves", "goals"), "leaves, or goals") == "leaves"

    def _choice(self, key: str, allowed: Sequence[str], wanted: str) -> str | None:
        value = self.values.get(key)
        return self._understood(key, value, str(value) if value in allowed else None, wanted)

    def _each(self, key: str, read: Callable[[object], _T | None], wanted: str) -> list[_T]:
        """Return the readable items of a list, or of a text with commas; report the others."""
        value = self.values.get(key)
        if value is None:
            return []
        items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
        if not isinstance(value, str | list):
            self._report(key, value, "a list")
        found = []
        for item in items:
            one = read(item)
            if one is None:
                self._report(key, item, wanted)
            else:
                found.append(one)
        return found

    def _understood(self, key: str, value: object, read: _T | None, wanted: str) -> _T | None:
        if read is None and value is not None:
            self._report(key, value, wanted)
        return read

    def _report(self, key: str, value: object, wanted: str) -> None:
        shown = value if isinstance(value, str) else repr(value)
        message = f"`{key}: {shown}` in the frontmatter is not understood."
        line = self.lines.line_of(key)
        self.problems.append(Problem(self.path, line, "goal-field", message, f"Write {wanted}."))


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from _all_texts(item)
