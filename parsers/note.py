"""A note as a value: everything that later steps need to know of its text."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from .blocks import Block, block_around
from .bounds import LONGEST_LINE, few, long_line, too_many_blocks, too_much
from .conflict_sides import counted_once
from .frontmatter import Frontmatter, frontmatter_span, read_frontmatter
from .goal import Goal, GoalWords, is_tag_line, says_goal
from .goal_tag import may_hold_tag
from .heading_dates import Stretches, heading_dates
from .marker_slips import may_hold_slip
from .moment import WeekRule
from .note_date import PeriodicFormat, note_period
from .note_marks import NO_MARKS, read_marks
from .period import Kind
from .plain_frontmatter import is_plain
from .problem import Problem
from .source import Source, split_lines
from .structure import Structure, may_hold_task, read_structure
from .task import State
from .tasks import PLAIN, BoxRules, Task, read_plain, read_tasks

DATE_TEXT = "YYYY-MM-DD"
KANBAN = "kanban-plugin"
"""The name in the frontmatter of a Kanban board."""
MENTION = "microwins"
"""What stands in every marker of ours."""
_TODAY_ALONE = re.compile(
    r"(?:\A|\n)<!-- microwins:today -->\r?\n(?:[^\n]*\n)*?<!-- /microwins -->(?=\r?\n|\Z)"
)
_MARKERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """How notes of this vault are to be read: goals' words, periodic notes' names, what each box means."""

    words: GoalWords = GoalWords()
    formats: tuple[PeriodicFormat, ...] = (PeriodicFormat("day", "", DATE_TEXT),)
    locale: str = "en"
    week: WeekRule | None = None
    rules: BoxRules = PLAIN

    def kind_of(self, path: str) -> Kind | None:
        """Return what kind of period a note is about by its path, None where it tells none."""
        period = note_period(path, self.formats, self.locale, self.week)
        return period.kind if period else None

    @property
    def statuses(self) -> Mapping[str, State]:
        """What each symbol in a box means."""
        return self.rules.statuses


@dataclass(frozen=True, slots=True)
class Note:
    """A note: its day or period if its name tells one, its goal if it is one, its boxes, our blocks, its problems.

    `passed_over` are the boxes that count for nothing: all of a Kanban board's, and, outside daily notes, those
    without the vault's global filter. `unfiltered` are the lines of the boxes without it: in a daily note they
    count for a micro-win and for nothing else.
    """

    path: str
    kind: Kind | None = None
    date: dt.date | None = None
    frontmatter: Mapping[str, object] | None = field(default=None, compare=False)
    goal: Goal | None = None
    tasks: tuple[Task, ...] = ()
    blocks: tuple[Block, ...] = ()
    heading_dates: Stretches = ()
    problems: tuple[Problem, ...] = ()
    markers_broken: bool = False
    kanban: bool = False
    passed_over: tuple[Task, ...] = ()
    unfiltered: frozenset[int] = frozenset()

    @property
    def boxes(self) -> tuple[Task, ...]:
        """All boxes of the note in their order, also those that count for nothing."""
        if not self.passed_over:
            return self.tasks
        return tuple(sorted((*self.tasks, *self.passed_over), key=lambda task: task.line))

    @property
    def day(self) -> dt.date | None:
        """The day of a daily note."""
        return self.date if self.kind == "day" else None

    def heading_date(self, line: int) -> dt.date | None:
        """Return the date that a heading above `line` sets for its section, or None."""
        place = bisect_left(self.heading_dates, (line,)) - 1
        return self.heading_dates[place][2] if place >= 0 and line <= self.heading_dates[place][1] else None

    def block_at(self, line: int) -> Block | None:
        """Return the block in which `line` stands, or None."""
        return block_around(self.blocks, line)


def read_note(
    path: str, text: str, reading: Reading, *, whole: bool = True, frontmatter: Frontmatter | None = None
) -> Note:
    """Return what a note says. Never raises: what is wrong with a note is told in its problems.

    With `whole` false a frontmatter that makes no difference to any figure is not read. One that was read already may
    be given.
    """
    words = reading.words
    if frontmatter is None:
        frontmatter = frontmatter_of(text, path, words, whole=whole)
    period = note_period(path, reading.formats, reading.locale, reading.week)
    kind, date = (period.kind, period.start) if period else (None, None)
    values, problems = frontmatter.values, frontmatter.problems
    kanban = KANBAN in (values or {})
    may_be_goal = _may_be_goal(text, frontmatter, words)
    ours = may_be_goal or MENTION in text or may_hold_slip(text)
    if not (ours or may_hold_task(text)):
        return Note(path, kind, date, values, problems=problems, kanban=kanban)
    refused = too_much(text, path)
    if refused is not None:
        return Note(
            path, kind, date, values, problems=(*problems, refused), markers_broken=True, kanban=kanban
        )
    plain = None if ours or kanban else read_plain(text, reading.rules)
    if plain is not None:
        dates = heading_dates(plain.headings, plain.lines)
        problems = few((*problems, *_long_line(path, text, plain.tasks)))
        note = Note(path, kind, date, values, None, plain.tasks, (), dates, problems)
        return _filtered(note, reading.rules) if reading.rules.global_filter else note
    structure = read_structure(text)
    if structure.too_much:
        refused = too_many_blocks(path)
        return Note(
            path, kind, date, values, problems=(*problems, refused), markers_broken=True, kanban=kanban
        )
    tasks = read_tasks(text, structure, rules=reading.rules)
    if kanban:
        return Note(path, kind, date, values, problems=problems, kanban=True, passed_over=tasks)
    marks = NO_MARKS
    if ours:
        marks = read_marks(path, text, structure, frontmatter, words, daily=kind == "day")
        if marks.is_in_conflict:
            tasks, goal = counted_once(Source.of(text).texts, tasks, marks.goal)
            marks = replace(marks, goal=goal)
    note = Note(
        path,
        kind,
        date,
        values,
        marks.goal,
        tasks,
        marks.blocks,
        heading_dates(structure.headings, len(Source.of(text).texts)),
        few(
            (
                *problems,
                *marks.problems,
                *_too_deep(path, structure),
                *_long_line(path, text, tasks),
            )
        ),
        marks.broken,
    )
    return _filtered(note, reading.rules) if reading.rules.global_filter else note


def may_be_more(text: str, frontmatter: Frontmatter, words: GoalWords) -> bool:
    """Return False only where a note is no goal and no Kanban board, and has no bad frontmatter and no marker of ours.

    The markers of one `today` block are none of these: its boxes count as any others do.
    """
    if not _is_list_of_the_day(text) if MENTION in text else may_hold_slip(text):
        return True
    kanban = KANBAN in (frontmatter.values or {})
    return kanban or bool(frontmatter.problems) or _may_be_goal(text, frontmatter, words)


def _is_list_of_the_day(text: str) -> bool:
    """Return whether all that is ours in a text is one plain `today` block: nothing above hides a marker of it, nothing below is one with a slip."""
    found = _TODAY_ALONE.search(text) if text.count(MENTION) == _MARKERS else None
    if found is None or "<" in text[found.end() :]:
        return False
    signs = (text.count(one, 0, found.end()) for one in ("<", "-->", "```", "~~~", "$$"))
    return tuple(signs) == (_MARKERS, _MARKERS, 0, 0, 0) and not ("%" in text and "%%" in text)


def frontmatter_of(text: str, path: str, words: GoalWords, *, whole: bool) -> Frontmatter:
    """Return a note's frontmatter; with `whole` false none that makes no difference to any figure."""
    span = frontmatter_span(text)
    if span is None:
        return Frontmatter()
    wanted = (words.type.casefold(), words.tag.lstrip("#").casefold(), KANBAN)
    if not whole and is_plain(text, span, wanted):
        return Frontmatter(None, span)
    return read_frontmatter(text, path)


def _filtered(note: Note, rules: BoxRules) -> Note:
    """Return a note with its boxes told apart by the global filter; the boxes of a goal are its steps either way."""
    if note.goal is not None:
        return note
    others = tuple(task for task in note.tasks if not rules.is_task(task))
    found = replace(note, unfiltered=frozenset(task.line for task in others))
    if note.day is not None:
        return found
    return replace(found, tasks=tuple(filter(rules.is_task, note.tasks)), passed_over=others)


def _may_be_goal(text: str, frontmatter: Frontmatter, words: GoalWords) -> bool:
    if says_goal(frontmatter.values or {}, words):
        return True
    found = may_hold_tag(text, words.tag.lstrip("#"))
    return found and any("#" in line and is_tag_line(line, words) for line in split_lines(text))


def _too_deep(path: str, structure: Structure) -> tuple[Problem, ...]:
    if structure.too_deep is None:
        return ()
    return (
        Problem(
            path,
            structure.too_deep,
            "nested-too-deep",
            "Lists or quotes are nested more than 100 deep from here on, so their boxes are not read.",
            "Bring the list nearer to the margin.",
        ),
    )


def _long_line(path: str, text: str, tasks: Sequence[Task]) -> tuple[Problem, ...]:
    if len(text) <= LONGEST_LINE:
        return ()
    return long_line([(task.line, len(task.body)) for task in tasks], path)
