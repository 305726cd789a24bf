"""The property lines that we keep in a goal's frontmatter: where each value stands, and the edits that change it alone.

The places are those that the YAML parser tells, so that a value is found again in whatever way Obsidian or a person has
written it: plain or in quotes, in any order, with a comment behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from .edit import Edit
from .frontmatter import Frontmatter, read_frontmatter
from .problem import Problem

PROPERTIES = ("streak", "best", "wins", "strength", "last_win", "progress")
"""The properties that we keep, in the order in which they are put in."""

_NUMBER = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?\Z")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\Z")
_EMPTY = re.compile(r"(?:~|null|Null|NULL)?\Z")
_COLON = re.compile(r"[ \t]*:")


@dataclass(frozen=True, slots=True)
class PropertyPlace:
    """One property line: its name, the offsets in the note of its value, where its colon ends, and what it says.

    `text` is None where the value is none that we may replace: a list, a text of the user's, one over several lines.
    """

    name: str
    start: int
    end: int
    colon: int
    text: str | None


@dataclass(frozen=True, slots=True)
class PropertyLines:
    """Our lines in a frontmatter by name, and the column at which its names stand; None where none can be added."""

    places: Mapping[str, PropertyPlace]
    column: int | None


def read_property_lines(text: str, frontmatter: Frontmatter) -> PropertyLines:
    r"""Return our property lines in a note's frontmatter; none at all where it cannot be read.

    >>> text = "---\ntype: goal\nStreak: '4' # days\n---\n"
    >>> place = read_property_lines(text, read_frontmatter(text)).places["streak"]
    >>> place.text, text[place.start : place.end]
    ('4', "'4'")
    """
    span = frontmatter.span
    if span is None or frontmatter.problems:
        return PropertyLines({}, None)
    from .yaml_places import TopLevel, read_top_level

    top: TopLevel = read_top_level(text[span.start : span.end])
    if top.column is None:
        return PropertyLines({}, None)
    found: dict[str, PropertyPlace] = {}
    for entry in top.entries:
        name = entry.name.casefold()
        if name in PROPERTIES and (name not in found or entry.name == name):
            colon = _COLON.match(text, span.start + entry.name_end)
            kept = entry.text if colon and _is_ours(name, entry.text) else None
            end_of_colon = colon.end() if colon else span.start + entry.start
            found[name] = PropertyPlace(
                name, span.start + entry.start, span.start + entry.end, end_of_colon, kept
            )
    return PropertyLines(found, top.column)


def property_edits(text: str, wanted: Mapping[str, str], eol: str) -> list[Edit]:
    r"""Return the edits that make a note's properties say what is wanted; '' stands for what is not known.

    A value that is wanted already stays as it is written. Missing lines are put in above the closing `---`; what is not
    known gets no line. A note without frontmatter gets none.

    >>> property_edits("---\ntype: goal\nstreak: 4 # days\n---\n", {"streak": "5", "wins": "9"}, "\n")
    [Edit(start=23, end=24, replacement='5'), Edit(start=32, end=32, replacement='wins: 9\n')]
    """
    frontmatter = read_frontmatter(text)
    lines = read_property_lines(text, frontmatter)
    if frontmatter.span is None or lines.column is None:
        return []
    edits: list[Edit] = []
    added = ""
    for name in PROPERTIES:
        value, place = wanted.get(name, ""), lines.places.get(name)
        if place is not None:
            edits += _value_edit(place, value)
        elif value:
            added += f"{' ' * lines.column}{name}: {value}{eol}"
    at = frontmatter.span.end
    return [*edits, Edit(at, at, added)] if added else edits


def property_problems(text: str, frontmatter: Frontmatter, path: str) -> Iterator[Problem]:
    """Yield a problem for each of our properties whose name the user has given to something else."""
    if frontmatter.span is None or frontmatter.problems:
        return
    lines = read_property_lines(text, frontmatter)
    if lines.column is None:
        yield Problem(
            path, 1, "property-form", "This frontmatter is written in braces or ended by `...`, so no properties are kept in it.",
            "Write it as lines of the form `name: value`, and nothing behind them.",
        )  # fmt: skip
    for place in lines.places.values():
        if place.text is None:
            yield Problem(
                path, text.count("\n", 0, place.start) + 1, "property-taken",
                f"`{place.name}` holds something of yours, so microwins leaves it as it is.",
                "Call yours by another name, or switch off `properties`.",
            )  # fmt: skip


def other_values(frontmatter: Frontmatter) -> list[tuple[str, object]]:
    """Return everything that a frontmatter says but for our properties, in its order."""
    values = frontmatter.values or {}
    return [(name, value) for name, value in values.items() if name.casefold() not in PROPERTIES]


def _value_edit(place: PropertyPlace, value: str) -> list[Edit]:
    if place.text is None or _same(place.text, value):
        return []
    if not value:
        return [Edit(place.colon, place.end, "")]
    if place.start == place.end:
        return [Edit(place.colon, place.colon, f" {value}")]
    return [Edit(place.start, place.end, value)]


def _is_ours(name: str, text: str | None) -> bool:
    """Return whether a value may be one that we wrote: a number or a date, or nothing."""
    if text is None:
        return False
    form = _DATE if name == "last_win" else _NUMBER
    return form.match(text) is not None or _EMPTY.match(text) is not None


def _same(text: str, value: str) -> bool:
    if _EMPTY.match(text):
        return not value
    if _NUMBER.match(text) and _NUMBER.match(value):
        return Decimal(text) == Decimal(value)
    return text == value
