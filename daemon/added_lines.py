"""Lines put into a goal's note: its micro-wins and steps grow, and every byte that stood there stays."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from ..parsers.blocks import Block
from ..parsers.edit import Edit, apply, changes_only
from ..parsers.identity import text_key
from ..parsers.note import Note, Reading, read_note
from ..parsers.source import Source
from ..parsers.structure import ListItem, read_structure
from ..parsers.task import State
from ..templates.goal_draft import WinDraft
from ..templates.words import say
from .change import Change, Unproved
from .errors import MicrowinsError
from .goal_notes import declarable
from .note_read import RawNote


class NotExtendable(MicrowinsError):
    """A goal's note is one in which nothing can be added."""

    code = "goal-not-extendable"


@dataclass(frozen=True, slots=True)
class Addition:
    """What is to be added to a goal: micro-wins under their heading, steps below the last one."""

    micro_wins: tuple[WinDraft, ...] = ()
    steps: tuple[str, ...] = ()


def added(raw: RawNote, note: Note, addition: Addition, reading: Reading) -> Change:
    """Return the change that adds lines to a goal's note, proved: all else stays, and what was added is read so.

    Raise NotExtendable for a note in which nothing may be written, Unproved where the result would say anything else.
    """
    if not raw.valid or note.markers_broken or note.goal is None:
        raise NotExtendable(
            f"{raw.path} is not written: its text or a marker in it is damaged.",
            "`microwins check` names the place.",
        )
    edits = list(_edits(raw.text, note, addition, reading))
    text = apply(raw.text, edits)
    after = read_note(raw.path, text, reading)
    if not (changes_only(raw.text, text, edits) and _only_added(note, after, addition)):
        raise Unproved(
            f"The lines could not be added to {raw.path} without changing what else it says.",
            "Add them by hand: " + "; ".join(_lines(addition)),
        )
    return Change(raw.path, raw.data, raw.encode(text))


def _lines(addition: Addition) -> list[str]:
    return [*(win.line for win in addition.micro_wins), *map(_step, addition.steps)]


def _step(text: str) -> str:
    return f"- [ ] {text}"


def _edits(text: str, note: Note, addition: Addition, reading: Reading) -> list[Edit]:
    source = Source.of(text)
    eol = next((line.ending for line in source.lines if line.ending), "\n")
    structure = read_structure(text)
    items = [item for item in structure.items if note.block_at(item.line) is None]
    places = []
    if addition.micro_wins:
        wins = [win.line for win in addition.micro_wins]
        declared = {one.line for one in note.goal.declarations} if note.goal else set()
        heading = reading.words.heading
        places.append((wins, heading, [item for item in items if item.line in declared]))
    if addition.steps:
        boxes = {task.line for task in note.tasks}
        steps = [item for item in items if item.line in boxes and item.depth == 0]
        places.append((list(map(_step, addition.steps)), say("note.example_steps"), steps))
    edits, tail = [], []
    for lines, heading, siblings in places:
        if siblings:
            edits.append(_below(source, siblings[-1], lines, eol))
        else:
            tail += ["", f"## {heading}", "", *lines]
    return [*edits, *([_at_end(source, note, tail, eol)] if tail else [])]


def _below(source: Source, sibling: ListItem, lines: Sequence[str], eol: str) -> Edit:
    """Return the edit that puts lines below a list item and all that belongs to it, indented and marked like it."""
    last = source.line(sibling.line)
    while last.number < len(source.lines):
        following = source.line(last.number + 1)
        if not following.text.strip() or not following.text[0].isspace():
            break
        last = following
    text = source.line(sibling.line).text
    indent = text[: len(text) - len(text.lstrip())]
    sign = text.lstrip()[:1]
    shown = [f"{indent}{sign if sign in '*+-' else '-'}{line[1:]}" for line in lines]
    place = last.end + len(last.ending)
    before = "" if last.ending else eol
    return Edit(place, place, before + eol.join(shown) + (eol if last.ending else ""))


def _at_end(source: Source, note: Note, lines: Sequence[str], eol: str) -> Edit:
    """Return the edit that puts a new section at the end of the note, above a block of ours that ends it."""
    text = source.text
    closing = [block for block in note.blocks if block.end is not None and not _text_below(source, block.end)]
    if closing:
        first = min(closing, key=lambda block: block.start)
        place = source.line(first.start).start
        gap = lines[1:] if text[:place].endswith(eol * 2) else lines
        return Edit(place, place, "".join(line + eol for line in (*gap, "")))
    ended = text.endswith(("\n", "\r"))
    return Edit(len(text), len(text), ("" if ended else eol) + "".join(line + eol for line in lines))


def _text_below(source: Source, line: int) -> bool:
    return any(below.text.strip() for below in source.lines[line:])


def _only_added(before: Note, after: Note, addition: Addition) -> bool:
    """Return whether a note says what it said, and besides that just what was to be added."""
    if before.goal is None or after.goal is None or after.markers_broken:
        return False
    same_blocks = [_block(one) for one in before.blocks] == [_block(one) for one in after.blocks]
    same_faults = sorted(one.code for one in before.problems) == sorted(one.code for one in after.problems)
    old_goal, new_goal = before.goal.without_lines(), after.goal.without_lines()
    same_goal = replace(old_goal, declarations=()) == replace(new_goal, declarations=())
    wins = Counter(replace(declarable(win), line=0) for win in addition.micro_wins)
    steps = Counter((text_key(step), State.OPEN, 0) for step in addition.steps)
    more_wins = _more(old_goal.declarations, new_goal.declarations)
    more_steps = _more(
        [(task.raw, task.depth) for task in before.tasks], [(task.raw, task.depth) for task in after.tasks]
    )
    known = {task.raw: task for task in after.tasks}
    read = Counter(
        (text_key(known[raw].fields.text), known[raw].state, depth) for raw, depth in more_steps.elements()
    )
    return same_blocks and same_faults and same_goal and more_wins == wins and read == steps


def _block(block: Block) -> tuple[str, str, bool]:
    return block.name, block.options, block.end is None


_T = TypeVar("_T", bound=Hashable)


def _more(before: Sequence[_T], after: Sequence[_T]) -> Counter[_T]:
    """Return what stands in `after` and not in `before`; what is missing there counts below zero."""
    found = Counter(after)
    found.subtract(Counter(before))
    kept = iter(after)
    in_order = all(one in kept for one in before)
    return Counter({one: times for one, times in found.items() if times or not in_order})
