"""A note's boxes as entries: which micro-win each belongs to, and the day that it counts for."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..parsers.declaration import is_frog
from ..parsers.line_words import NUMBER, number
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.task import Quantity, State, Task
from ..parsers.units import unit_key
from .catalog import Catalog
from .history import Entry
from .micro_win import MicroWin

_NUMBER = re.compile(rf"{NUMBER}\Z")
NO_DAYS: Mapping[int, date] = {}


@dataclass(frozen=True, slots=True)
class NoteEntries:
    """What a note contributes: the boxes of micro-wins, all other wins, its steps if it is a goal, what is ambiguous.

    `frogs` are the boxes that are marked as the hard one of the day, open ones too, in the order of the note.
    `step_days` are the days of those steps of a goal that are done and whose day is known.
    """

    path: str
    micro_wins: tuple[Entry, ...] = ()
    wins: tuple[Entry, ...] = ()
    steps_done: int = 0
    steps: int = 0
    problems: tuple[Problem, ...] = ()
    frogs: tuple[Entry, ...] = ()
    step_days: tuple[date, ...] = ()


def note_entries(note: Note, catalog: Catalog, seen: Mapping[int, date] = NO_DAYS) -> NoteEntries:
    """Return what `note` contributes. `seen` gives, by line, the day on which a box was first seen ticked.

    Boxes in our own blocks count only in a `today` block; nothing is read back from the others. Where the vault has
    a global filter, a box without it counts in a daily note as that of a micro-win, and as nothing else.
    """
    micro_wins: list[Entry] = []
    wins: list[Entry] = []
    steps: list[Task] = []
    problems: list[Problem] = []
    frogs: list[Entry] = []
    parents = {task.parent for task in note.tasks if task.parent is not None}
    for task in note.tasks:
        block = note.block_at(task.line)
        if block is not None and block.name != "today":
            continue
        match = catalog.match(task.fields, note.path)
        if match.rivals:
            problems.append(_ambiguous(note.path, task, match.rivals))
        if match.win is None and task.line in note.unfiltered:
            continue
        entry = Entry(
            path=note.path,
            line=task.line,
            state=task.state,
            day=_day(note, task, seen, is_micro_win=match.win is not None),
            micro_win=match.win.id if match.win else None,
            quantities=_quantities(task),
            time=task.fields.time,
            frog=is_frog(task.fields.tags) or (match.win is not None and match.win.frog),
        )
        frogs += [entry] if entry.frog else []
        if match.win is not None:
            micro_wins.append(entry)
        else:
            steps += [task] if task.line not in parents else []
            wins += [entry] if task.state is State.DONE else []
    counted = [task for task in steps if task.state is not State.SKIPPED] if note.goal else []
    done = sum(task.state is State.DONE for task in counted)
    return NoteEntries(
        note.path, tuple(micro_wins), tuple(wins), done, len(counted), tuple(problems), tuple(frogs),
        tuple(_days_of(note, counted, seen)),
    )  # fmt: skip


def _day(note: Note, task: Task, seen: Mapping[int, date], *, is_micro_win: bool) -> date | None:
    """Return the day of a box: a micro-win's in a daily note is that note's; else what the line says comes first."""
    written = {State.DONE: task.fields.done, State.SKIPPED: task.fields.cancelled}.get(task.state)
    if is_micro_win and note.day is not None:
        return note.day
    return written or note.day or note.heading_date(task.line) or seen.get(task.line)


def _days_of(note: Note, steps: Sequence[Task], seen: Mapping[int, date]) -> Iterator[date]:
    for task in steps:
        day = _day(note, task, seen, is_micro_win=False) if task.state is State.DONE else None
        if day is not None:
            yield day


def _quantities(task: Task) -> tuple[Quantity, ...]:
    """Return a line's amounts; one in a field stands for the same unit's in the text: `Write 300 words [words:: 420]`."""
    given = Counter(_field_amounts(task.fields.inline))
    units = {unit for unit, _ in given}
    kept = []
    for quantity in task.fields.quantities:
        unit = unit_key(quantity.unit)
        in_field = given[unit, quantity.amount] > 0
        given[unit, quantity.amount] -= in_field
        kept += [quantity] if in_field or unit not in units else []
    return tuple(kept)


def _field_amounts(inline: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[str, Decimal]]:
    """Yield the unit and the amount of each field that gives one; every key stands in lower case too."""
    for key, values in inline.items():
        if key == key.lower():
            yield from ((unit_key(key), number(value)) for value in values if _NUMBER.match(value))


def _ambiguous(path: str, task: Task, rivals: Sequence[MicroWin]) -> Problem:
    goals = [win.goal for win in rivals]
    if len(set(goals)) == 1:
        texts = " and ".join(f"“{win.name}”" for win in rivals[:3])
        return Problem(
            path, task.line, "micro-win-ambiguous", f"This box could belong to {texts}, so it counts for neither.",
            f"Write the name as it stands in the goal, or its id: [id:: {rivals[0].id}].",
        )  # fmt: skip
    names = " and ".join(f"“{goal.rpartition('/')[2].removesuffix('.md')}”" for goal in goals[:3])
    first = goals[0].rpartition("/")[2].removesuffix(".md")
    return Problem(
        path, task.line, "micro-win-ambiguous", f"This box could belong to {names}, so it counts for neither.",
        f"Add a link to the goal that is meant: [[{first}]].",
    )  # fmt: skip
