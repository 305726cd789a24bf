"""A note's boxes as entries: which micro-win each belongs to, and the day that it counts for."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..parsers.declaration import is_frog
from ..parsers.goal_status import read_weight
from ..parsers.line_words import NUMBER, number
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.task import LineFields, Quantity, State
from ..parsers.tasks import Task
from ..parsers.units import unit_key
from .catalog import NO_MATCH, Catalog
from .history import Entry
from .micro_win import MicroWin

_NUMBER = re.compile(rf"{NUMBER}\Z")
_ONE = Decimal(1)
NO_DAYS: Mapping[int, date] = {}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of a goal: its box, what it weighs among the goal's steps, and its text; none in a block of ours."""

    entry: Entry
    weight: Decimal = _ONE
    text: str = ""

    @property
    def done(self) -> bool:
        """Whether it is ticked."""
        return self.entry.state is State.DONE

    def done_by(self, today: date) -> bool:
        """Return whether it is ticked, and not for a day to come."""
        return self.done and (self.entry.day is None or self.entry.day <= today)


@dataclass(frozen=True, slots=True)
class NoteEntries:
    """What a note contributes: the boxes of micro-wins, all other wins, its steps if it is a goal, what is ambiguous.

    `frogs` are the boxes that are marked as the hard one of the day, open ones too, in the order of the note.
    """

    path: str
    micro_wins: tuple[Entry, ...] = ()
    wins: tuple[Entry, ...] = ()
    steps: tuple[Step, ...] = ()
    problems: tuple[Problem, ...] = ()
    frogs: tuple[Entry, ...] = ()


def note_entries(note: Note, catalog: Catalog, seen: Mapping[int, date] = NO_DAYS) -> NoteEntries:
    """Return what `note` contributes. `seen` gives, by line, the day on which a box was first seen ticked.

    Boxes in our own blocks count only in a `today` block; nothing is read back from the others. Where the vault has
    a global filter, a box without it counts in a daily note as that of a micro-win, and as nothing else.
    """
    micro_wins: list[Entry] = []
    wins: list[Entry] = []
    steps: list[Step] = []
    problems: list[Problem] = []
    outer = _outer(note) if note.goal else frozenset()
    frogs: list[Entry] = []
    may_pass = note.goal is None and not any(task.rules.global_filter for task in note.tasks[:1])
    for task in note.tasks:
        if may_pass and task.state is State.OPEN and catalog.is_unknown(task.body):
            continue  # most boxes of most vaults are things yet to do
        block = note.block_at(task.line) if note.blocks else None
        if block is not None and block.name != "today":
            continue
        fields = task.fields
        match = catalog.match(fields, note.path)
        frog = bool(fields.tags) and is_frog(fields.tags)
        if match is NO_MATCH and task.state is State.OPEN and not (frog or note.goal):
            continue
        if match.rivals:
            problems.append(ambiguous(note.path, task.line, match.rivals))
        if match.win is None and task.line in note.unfiltered:
            continue
        entry = Entry(
            path=note.path,
            line=task.line,
            state=task.state,
            day=_day(note, task, seen, is_micro_win=match.win is not None),
            micro_win=match.win.id if match.win else None,
            quantities=counted_quantities(fields),
            time=fields.time,
            frog=frog or (match.win is not None and match.win.frog),
        )
        frogs += [entry] if entry.frog else []
        if match.win is not None:
            micro_wins.append(entry)
        else:
            wins += [entry] if task.state is State.DONE else []
            if note.goal and task.line not in outer:
                text = fields.text if note.block_at(task.line) is None else ""
                steps.append(Step(entry, _weight(note.path, task, problems), text))
    return NoteEntries(note.path, tuple(micro_wins), tuple(wins), tuple(steps), tuple(problems), tuple(frogs))


def _outer(note: Note) -> frozenset[int]:
    """Return the lines of the boxes that are no steps: those with others inside, and what was dropped with all in it."""
    dropped: set[int | None] = set()
    parents: set[int] = set()
    for task in note.tasks:
        if task.state is State.SKIPPED or task.parent in dropped:
            dropped.add(task.line)
        elif task.parent is not None:
            parents.add(task.parent)
    return frozenset(line for line in (*dropped, *parents) if line is not None)


def _weight(path: str, task: Task, problems: list[Problem]) -> Decimal:
    """Return what `[weight:: 3]` says on a step; 1 where nothing does."""
    written = task.fields.inline.get("weight", ())
    weight = read_weight(written[0]) if written else None
    if written and weight is None:
        problems.append(
            Problem(
                path, task.line, "step-weight", f"The weight “{written[0]}” is no positive number, so the step counts as one.",
                "Write for example [weight:: 3].",
            )
        )  # fmt: skip
    return weight or _ONE


def _day(note: Note, task: Task, seen: Mapping[int, date], *, is_micro_win: bool) -> date | None:
    """Return the day of a box: a micro-win's in a daily note is that note's; else what the line says comes first."""
    if is_micro_win and note.day is not None:
        return note.day
    written = None
    if task.state is State.DONE:
        written = task.fields.done
    elif task.state is State.SKIPPED:
        written = task.fields.cancelled
    return written or note.day or note.heading_date(task.line) or seen.get(task.line)


def counted_quantities(fields: LineFields) -> tuple[Quantity, ...]:
    """Return a line's amounts; one in a field stands for the same unit's in the text: `Write 300 words [words:: 420]`."""
    if not fields.quantities or not fields.inline or _is_given(fields):
        return fields.quantities
    given = list(_field_amounts(fields.inline))
    units = {unit for unit, _ in given}
    kept = []
    for quantity in fields.quantities:
        amount = unit_key(quantity.unit), quantity.amount
        if amount in given:
            given.remove(amount)
            kept.append(quantity)
        elif amount[0] not in units:
            kept.append(quantity)
    return tuple(kept)


def _is_given(fields: LineFields) -> bool:
    """Return whether the only amount is that of a field of its unit, as on most lines with one."""
    first = fields.quantities[0]
    values = fields.inline.get(first.unit, ())
    is_only = len(fields.quantities) == len(values) == 1 and _NUMBER.match(values[0]) is not None
    return is_only and number(values[0]) == first.amount


def _field_amounts(inline: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Decimal]]:
    """Yield the unit and the amount of each field that gives one; every key stands in lower case too."""
    for key, values in inline.items():
        if key == key.lower():
            yield from ((unit_key(key), number(value)) for value in values if _NUMBER.match(value))


def ambiguous(path: str, line: int, rivals: Sequence[MicroWin]) -> Problem:
    """Return the problem of a box that could belong to several micro-wins."""
    goals = [win.goal for win in rivals]
    if len(set(goals)) == 1:
        texts = " and ".join(f"“{win.name}”" for win in rivals[:3])
        return Problem(
            path, line, "micro-win-ambiguous", f"This box could belong to {texts}, so it counts for neither.",
            f"Write the name as it stands in the goal, or its id: [id:: {rivals[0].id}].",
        )  # fmt: skip
    names = " and ".join(f"“{goal.rpartition('/')[2].removesuffix('.md')}”" for goal in goals[:3])
    first = goals[0].rpartition("/")[2].removesuffix(".md")
    return Problem(
        path, line, "micro-win-ambiguous", f"This box could belong to {names}, so it counts for neither.",
        f"Add a link to the goal that is meant: [[{first}]].",
    )  # fmt: skip
