"""A goal note: what its frontmatter says and which micro-wins it declares."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from .bounds import LONGEST_LINE, MOST_MICRO_WINS, LineSet
from .day_range import NO_REST, DayRange
from .declaration import Declaration, read_declaration
from .frontmatter import Frontmatter
from .frontmatter_lines import FrontmatterLines
from .goal_fields import FULL_WEIGHT, GoalFields
from .measure import Measure
from .micro_win_lines import listed_wins, slips, too_many_wins
from .problem import Problem
from .properties import property_of, read_aliases, read_tags, texts
from .property_lines import property_problems
from .source import Source
from .structure import ListItem, Structure

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
    one smallest step a day is laid out. `parent_line` and `status_line` tell where that stands of which only among all
    goals something can turn out to be wrong.
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
    parent_line: int | None = None
    status_line: int | None = None
    rest: frozenset[int] = NO_REST
    pauses: tuple[DayRange, ...] = ()
    grace: str | None = None
    aliases: tuple[str, ...] = ()
    archived: tuple[DayRange, ...] = ()
    retired: bool = False
    status: str | None = None
    weight: Decimal = FULL_WEIGHT
    by_leaves: bool = False
    light: bool = False

    def without_lines(self) -> Goal:
        """Return the same wherever in its note it is said."""
        declarations = tuple(replace(one, line=0) for one in self.declarations)
        return replace(self, declarations=declarations, parent_line=None, status_line=None)


def is_goal(values: Mapping[str, object], source: Source, structure: Structure, words: GoalWords) -> bool:
    """Return whether a note is a goal: by its type, by a tag in its frontmatter, or by a line of nothing but tags."""
    if says_goal(values, words):
        return True
    lines = enumerate(source.texts, 1)
    tagged = [number for number, text in lines if "#" in text and is_tag_line(text, words)]
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
    path: str, frontmatter: Frontmatter, text: str, items: Sequence[ListItem], words: GoalWords
) -> tuple[Goal, tuple[Problem, ...]]:
    """Return the goal that a note declares, with the `items` under its heading, and what is wrong with the declaration."""
    lines = FrontmatterLines(text, frontmatter.span)
    fields = GoalFields(frontmatter.values or {}, lines, path)
    declarations = _declarations(fields, items)
    archived, retired = fields.archived()
    fields.problems += property_problems(text, frontmatter, path) if words.properties else ()
    goal = Goal(
        path=path,
        title=fields.words("title") or path.rpartition("/")[2].removesuffix(".md"),
        declarations=declarations,
        identity=fields.words("identity"),
        parent=fields.parent(),
        start=fields.day("start"),
        end=fields.day("end"),
        target=fields.day("target"),
        measure=fields.measure(),
        parent_line=lines.line_of("parent"),
        status_line=lines.line_of("status"),
        rest=fields.rest(),
        pauses=fields.pauses(),
        grace=fields.grace(),
        aliases=read_aliases(fields.values.get("aliases")),
        archived=archived,
        retired=retired,
        status=fields.words("status"),
        weight=fields.weight(),
        light=fields.light(),
        by_leaves=fields.by_leaves(),
    )
    return goal, tuple(fields.problems)


def _declarations(fields: GoalFields, items: Sequence[ListItem]) -> tuple[Declaration, ...]:
    """Return the micro-wins of a goal, those of the frontmatter first; report what is wrong with them."""
    path, problems = fields.path, fields.problems
    bullets = [(item.body, item.line) for item in items if item.box is None]
    written = (*listed_wins(fields.values.get("micro_wins"), fields.lines, path, problems), *bullets)
    problems += too_many_wins(written, path)
    found: list[Declaration] = []
    for body, line in written[:MOST_MICRO_WINS]:
        declaration, wrong = read_declaration(body[:LONGEST_LINE], line, path)
        problems += wrong
        found += [declaration] if declaration else []
    problems += slips(found, items, path)
    return tuple(found)
