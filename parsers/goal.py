"""A goal note: what its frontmatter says and which micro-wins it declares."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeVar

from .bounds import LONGEST_LINE, MOST_MICRO_WINS, LineSet
from .day_range import DayRange, read_date, read_day_range, read_weekday
from .declaration import Declaration, read_declaration
from .frontmatter import Frontmatter
from .goal_status import read_archived_range, read_flag, read_weight, says_archived
from .line_fields import read_fields
from .line_words import read_links
from .measure import Measure, read_measure
from .problem import Problem
from .properties import property_of, read_aliases, read_tags, texts
from .property_lines import property_problems
from .schedule import read_schedule
from .source import Source
from .structure import ListItem, Structure

_ITEM = re.compile(r"[ \t]*-(?:[ \t]+(.*?))?[ \t]*\Z")
_T = TypeVar("_T")
_WANTED = {
    "rest": "weekdays such as [sat, sun]",
    "pause": "ranges such as [2026-07-01..2026-07-14]",
    "archived": "true, the day from which on it is, or ranges such as [2026-03-01..2026-05-01]",
}
_PLACED = ("parent", "status")
_ONLY_TAGS = re.compile(r"\s*(?:#[^\s#]+\s*)+\Z")


@dataclass(frozen=True, slots=True)
class GoalWords:
    """What makes a note a goal, the heading under which its micro-wins stand, and whether it is to hold properties of ours."""

    type: str = "goal"
    tag: str = "goal"
    heading: str = "Micro-wins"
    properties: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal: its name, its dates, its amount to reach, and the micro-wins that it declares.

    `archived` are the days on which it is put aside, `retired` says that it is so whatever the day. `weight` is what it
    counts for in the goal above, `by_leaves` that those below it count by how many parts they have, `light` that
    one smallest step a day is laid out. `lines` tells the
    line of a key of the frontmatter.
    """

    path: str
    title: str
    declarations: tuple[Declaration, ...] = ()
    identity: str | None = None
    parent: str | None = None
    start: date | None = None
    end: date | None = None
    target: date | None = None
    measure: Measure | None = None
    rest: frozenset[int] = frozenset()
    pauses: tuple[DayRange, ...] = ()
    grace: str | None = None
    aliases: tuple[str, ...] = ()
    archived: tuple[DayRange, ...] = ()
    retired: bool = False
    status: str | None = None
    weight: Decimal = Decimal(1)
    by_leaves: bool = False
    light: bool = False
    lines: Mapping[str, int] = field(default_factory=dict)


def is_goal(values: Mapping[str, object], source: Source, structure: Structure, words: GoalWords) -> bool:
    """Return whether a note is a goal: by its type, by a tag in its frontmatter, or by a line of nothing but tags."""
    if says_goal(values, words):
        return True
    tagged = [line.number for line in source.lines if "#" in line.text and is_tag_line(line.text, words)]
    hidden = LineSet(structure.not_markdown) if tagged else ()
    return any(line not in hidden for line in tagged)


def is_tag_line(line: str, words: GoalWords) -> bool:
    """Return whether a line is nothing but tags, and a goal's among them."""
    return (
        _ONLY_TAGS.match(line) is not None
        and f"#{words.tag.lstrip('#').casefold()}" in line.casefold().split()
    )


def says_goal(values: Mapping[str, object], words: GoalWords) -> bool:
    """Return whether a note's frontmatter alone makes it a goal: by its type, or by one of its tags."""
    if not values:
        return False
    kinds = (text.strip().casefold() for text in texts(property_of(values, "type")))
    if words.type.casefold() in kinds:
        return True
    wanted = words.tag.lstrip("#").casefold()
    return wanted in (tag.casefold() for tag in read_tags(values))


def read_goal(
    path: str, frontmatter: Frontmatter, source: Source, structure: Structure, words: GoalWords
) -> tuple[Goal, tuple[Problem, ...]]:
    """Return the goal that a note declares and what is wrong with the declaration."""
    values = frontmatter.values or {}
    problems: list[Problem] = []
    declarations: list[Declaration] = []
    written = (*_listed(frontmatter, source, path, problems), *_bullets(structure, words.heading))
    problems += _too_many(written, path)
    for body, line in written[:MOST_MICRO_WINS]:
        declaration, wrong = read_declaration(body[:LONGEST_LINE], line, path)
        problems += wrong
        declarations += [declaration] if declaration else []
    problems += _slips(declarations, structure, words.heading, path)
    archived, retired = _archived(values, path, problems)
    problems += property_problems(source.text, frontmatter, path) if words.properties else ()
    goal = Goal(
        path=path,
        title=_words(values, "title") or path.rpartition("/")[2].removesuffix(".md"),
        declarations=tuple(declarations),
        identity=_words(values, "identity"),
        parent=_parent(property_of(values, "parent"), path, problems),
        start=_day(values, "start", path, problems),
        end=_day(values, "end", path, problems),
        target=_day(values, "target", path, problems),
        measure=_measure(property_of(values, "measure"), path, problems),
        rest=frozenset(_each(values, "rest", read_weekday, path, problems)),
        pauses=tuple(_each(values, "pause", read_day_range, path, problems)),
        grace=_grace(property_of(values, "grace"), path, problems),
        aliases=read_aliases(values),
        archived=archived,
        retired=retired,
        status=_words(values, "status"),
        weight=_weight(property_of(values, "weight"), path, problems),
        light=_light(property_of(values, "light"), path, problems),
        by_leaves=_by_leaves(property_of(values, "rollup"), path, problems),
        lines=_lines(frontmatter, source),
    )
    return goal, tuple(_placed(problem, frontmatter, source) for problem in problems)


def _too_many(written: Sequence[tuple[str, int]], path: str) -> Iterator[Problem]:
    if len(written) > MOST_MICRO_WINS:
        yield Problem(
            path, written[MOST_MICRO_WINS][1], "too-many-micro-wins",
            f"The goal declares more than {MOST_MICRO_WINS} micro-wins; those from here on are not read.",
            "Part it into several goals.",
        )  # fmt: skip


def _words(values: Mapping[str, object], key: str) -> str | None:
    value = property_of(values, key)
    return str(value).strip() or None if value else None


def _listed(
    frontmatter: Frontmatter, source: Source, path: str, problems: list[Problem]
) -> list[tuple[str, int]]:
    """Return the micro-wins of the frontmatter list with their lines; report what YAML took away from one."""
    value = property_of(frontmatter.values or {}, "micro_wins")
    items = value if isinstance(value, list) else [] if value is None else [value]
    raw = _raw_items(frontmatter, source, "micro_wins")
    if not isinstance(value, list) or len(raw) != len(items):
        return _on_one_line(items, _key_line(frontmatter, source, "micro_wins"), path, problems)
    found = []
    for item, (written, line) in zip(items, raw, strict=True):
        if _is_eaten(item, written):
            problems.append(_eaten(path, line, f"Paste: {_as_item(written)}"))
        found.append((item if isinstance(item, str) else written, line))
    return found


def _on_one_line(
    items: Sequence[object], key: tuple[str, int], path: str, problems: list[Problem]
) -> list[tuple[str, int]]:
    """Return the micro-wins of `micro_wins: Read a page` or `micro_wins: [Read, Walk]`."""
    written, line = key
    if len(items) == 1 and not written.startswith("["):
        if _is_eaten(items[0], written):
            problems.append(_eaten(path, line, f"Paste, below `micro_wins:`: {_as_item(written)}"))
    elif not all(isinstance(item, str) for item in items):
        problems.append(
            _eaten(
                path,
                line,
                'Write each micro-win in quotes, on a line of its own: - "Read a page 🔁 every day"',
            )
        )
    return [(item, line) for item in texts(items)]


def _is_eaten(item: object, written: str) -> bool:
    """Return whether YAML made something else of an item than the text that is written there."""
    if not written or written[0] in "\"'|>":
        return False
    return not isinstance(item, str) or re.search(r"\s#", written) is not None


def _as_item(written: str) -> str:
    return '- "' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _eaten(path: str, line: int, remedy: str) -> Problem:
    message = "YAML reads a part of this micro-win as something else."
    return Problem(path, line, "yaml-ate-text", message, remedy)


def _key_line(frontmatter: Frontmatter, source: Source, key: str) -> tuple[str, int]:
    """Return what stands behind a key of the frontmatter, and its line."""
    if frontmatter.span is not None:
        for line in source.lines[frontmatter.span.first_line : frontmatter.span.last_line - 1]:
            if _is_key(line.text, key):
                return line.text.partition(":")[2].strip(), line.number
    return "", 1


def _is_key(line: str, key: str) -> bool:
    return line[: len(key) + 1].casefold() == f"{key}:"


def _raw_items(frontmatter: Frontmatter, source: Source, key: str) -> list[tuple[str, int]]:
    """Return the items of a block list in the frontmatter as they are written, with their lines."""
    if frontmatter.span is None:
        return []
    items: list[tuple[str, int]] = []
    inside = False
    for line in source.lines[frontmatter.span.first_line : frontmatter.span.last_line - 1]:
        match = _ITEM.match(line.text)
        if _is_key(line.text, key):
            inside = True
        elif inside and match:
            items.append((match[1] or "", line.number))
        elif inside and line.text.strip() and not line.text[0].isspace() and not line.text.startswith("#"):
            break
    return items


def _slips(
    declarations: Sequence[Declaration], structure: Structure, heading: str, path: str
) -> Iterator[Problem]:
    """Yield what was most likely meant as a schedule: one without its sign, and one on a box."""
    for one in declarations:
        words = one.text.split()
        starts = (" ".join(words[-count:]) for count in range(min(6, len(words) - 1), 1, -1))
        meant = next(
            (text for text in starts if text.casefold().startswith("every ") and read_schedule(text)), None
        )
        if not one.schedule and meant:
            yield Problem(
                path, one.line, "schedule-unmarked", f"“{meant}” is read as a part of the name, so nothing is due.",
                f"Put the sign in front of it: 🔁 {meant}.",
            )  # fmt: skip
    for item in _items(structure, heading):
        if item.box is not None and read_fields(item.body[:LONGEST_LINE]).recurrence:
            yield Problem(
                path, item.line, "micro-win-box", "A box under this heading is a step of the goal; its schedule is not used.",
                "To declare a micro-win, write a plain bullet without the box.",
            )  # fmt: skip


def _bullets(structure: Structure, heading: str) -> list[tuple[str, int]]:
    """Return the plain bullets under the heading, up to the next heading of its level or above."""
    return [(item.body, item.line) for item in _items(structure, heading) if item.box is None]


def _items(structure: Structure, heading: str) -> list[ListItem]:
    found: list[ListItem] = []
    wanted = heading.strip().casefold()
    for position, top in enumerate(structure.headings):
        if top.text.strip().rstrip(":").casefold() != wanted:
            continue
        below = (later.line for later in structure.headings[position + 1 :] if later.level <= top.level)
        end = next(below, None)
        first = bisect_right(structure.items, top.line, key=lambda item: item.line)
        last = bisect_left(structure.items, end, key=lambda item: item.line) if end else None
        found += [item for item in structure.items[first:last] if item.depth == 0]
    return found


def _parent(value: object, path: str, problems: list[Problem]) -> str | None:
    """Return the name of the goal above; `[[Book]]` without quotes is a list in a list to YAML."""
    written = list(_all_texts(value))
    linked = [link for text in written for link in read_links(text)]
    names = [name for text in linked or written if (name := re.split(r"[|#]", text)[0].strip())]
    if len(dict.fromkeys(names)) > 1:
        problems.append(
            Problem(
                path, None, "goal-two-parents", f"A goal has one parent; only “{names[0]}” counts.",
                "Leave one link in `parent`.",
            )
        )  # fmt: skip
    return names[0] if names else None


def _all_texts(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for item in value if isinstance(value, list) else ():
        yield from _all_texts(item)


def _day(values: Mapping[str, object], key: str, path: str, problems: list[Problem]) -> date | None:
    value = property_of(values, key)
    day = read_date(value.partition("T")[0]) if isinstance(value, str) else None
    if value is not None and day is None:
        problems.append(_wrong(path, key, value, "a date as YYYY-MM-DD"))
    return day


def _measure(value: object, path: str, problems: list[Problem]) -> Measure | None:
    measure = read_measure(value) if isinstance(value, str) else None
    if value is not None and measure is None:
        wanted = "an amount with its unit, such as 60000 words, or two different values, such as 92 -> 80 kg"
        problems.append(_wrong(path, "measure", value, wanted))
    return measure


def _archived(
    values: Mapping[str, object], path: str, problems: list[Problem]
) -> tuple[tuple[DayRange, ...], bool]:
    """Return the days on which a goal is archived, and whether it is whatever the day."""
    said = read_flag(property_of(values, "archived"))
    ranges = _each(values, "archived", read_archived_range, path, problems) if said is None else []
    by_status = says_archived(_words(values, "status")) and all(one.end is not None for one in ranges)
    return tuple(sorted(ranges, key=lambda one: (one.start, one.end is None, one.end))), bool(
        said
    ) or by_status


def _weight(value: object, path: str, problems: list[Problem]) -> Decimal:
    weight = read_weight(value)
    if value is not None and weight is None:
        problems.append(_wrong(path, "weight", value, "a positive number, such as 2"))
    return weight or Decimal(1)


def _light(value: object, path: str, problems: list[Problem]) -> bool:
    flag = read_flag(value)
    if flag is None:
        problems.append(_wrong(path, "light", value, "true or false"))
    return bool(flag)


def _by_leaves(value: object, path: str, problems: list[Problem]) -> bool:
    if value is not None and value not in ("leaves", "goals"):
        problems.append(_wrong(path, "rollup", value, "leaves, or goals"))
    return value == "leaves"


def _lines(frontmatter: Frontmatter, source: Source) -> dict[str, int]:
    """Return the lines of the keys about which something can turn out to be wrong only among all goals."""
    if frontmatter.span is None:
        return {}
    found = {key: _line_of(key, frontmatter, source) for key in _PLACED}
    return {key: line for key, line in found.items() if line is not None}


def _grace(value: object, path: str, problems: list[Problem]) -> str | None:
    if value is not None and value not in ("none", "never-twice"):
        problems.append(_wrong(path, "grace", value, "none or never-twice"))
        return None
    return str(value) if value is not None else None


def _each(
    values: Mapping[str, object],
    key: str,
    read: Callable[[object], _T | None],
    path: str,
    problems: list[Problem],
) -> list[_T]:
    """Return the readable items of a list (or of a text with commas); report the others."""
    value = property_of(values, key)
    items = value.split(",") if isinstance(value, str) else value if isinstance(value, list) else []
    if value is not None and not isinstance(value, str | list):
        problems.append(_wrong(path, key, value, "a list"))
    found = []
    for item in items:
        one = read(item)
        if one is None:
            problems.append(_wrong(path, key, item, _WANTED[key]))
        else:
            found.append(one)
    return found


def _placed(problem: Problem, frontmatter: Frontmatter, source: Source) -> Problem:
    """Return a problem of a frontmatter field with the line on which its key stands."""
    named = re.match(r"`(\w+): ", problem.message)
    key = "parent" if problem.code == "goal-two-parents" else named[1] if named else None
    if problem.line is not None or key is None or frontmatter.span is None:
        return problem
    return replace(problem, line=_line_of(key, frontmatter, source))


def _line_of(key: str, frontmatter: Frontmatter, source: Source) -> int | None:
    if frontmatter.span is None:
        return None
    lines = source.lines[frontmatter.span.first_line : frontmatter.span.last_line - 1]
    written = re.compile(rf"[\"']?{key}[\"']?\s*:", re.IGNORECASE)
    return next((line.number for line in lines if written.match(line.text)), None)


def _wrong(path: str, key: str, value: object, wanted: str) -> Problem:
    shown = value if isinstance(value, str) else repr(value)
    return Problem(
        path,
        None,
        "goal-field",
        f"`{key}: {shown}` in the frontmatter is not understood.",
        f"Write {wanted}.",
    )
