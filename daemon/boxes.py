"""Ticking from the terminal: find the box that is meant, change its one character, say what it moved."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date

from ..parsers.edit import Edit
from ..parsers.line_edit import append, mark, stamp, take_amounts, unstamp
from ..parsers.note import Note, read_note
from ..parsers.source import Source
from ..parsers.task import Quantity, State
from ..parsers.tasks import Task
from ..streaks.figures import Figures
from ..streaks.vault_figures import VaultFigures
from ..templates import phrases
from ..templates.today_block import box_line
from .announce import moved_goals
from .change import Change, proved_change
from .daily_note import draft_daily_note, today_path
from .errors import MicrowinsError, NoteChanged, NoteInUse
from .keeper import Keeper
from .named_box import NoSuchBox, Step, Target
from .note_plan import Page, added_box, page_edits
from .note_read import RawNote, read_raw


class NotWritable(MicrowinsError):
    """The note with the box is one that microwins does not write in."""

    code = "note-not-written"


@dataclass(frozen=True, slots=True)
class Marked:
    """What was changed: the note, the line, whether anything changed at all, and the answer to show.

    `win` is the id of the micro-win, None for a step. `raw` is the line's text: lines put in above it later move it.
    """

    path: str
    line: int
    changed: bool
    answer: str
    win: str | None
    raw: str

    def line_now(self, note: Note | None) -> int:
        """Return the line on which the box stands in a newer reading of its note."""
        below = (
            [task.line for task in note.tasks if task.raw == self.raw and task.line >= self.line]
            if note
            else []
        )
        return min(below, default=self.line)


@dataclass(frozen=True, slots=True)
class _Box:
    """A box in its note, as the note stands or as it is going to be."""

    raw: RawNote
    note: Note
    task: Task


_TRIES = 5
SYMBOLS = {State.DONE: "x", State.OPEN: " ", State.SKIPPED: "-"}
_WHY = {State.DONE: "tick", State.OPEN: "untick", State.SKIPPED: "skip"}
_FIRST = {
    State.DONE: (State.OPEN, State.PARTIAL, State.SKIPPED),
    State.OPEN: (State.DONE, State.SKIPPED, State.PARTIAL),
    State.SKIPPED: (State.OPEN, State.PARTIAL, State.DONE),
}
"""Which of several boxes of one micro-win is meant when it is put into a state."""


def mark_target(keeper: Keeper, target: Target, state: State, amount: Quantity | None = None) -> Marked:
    """Put a micro-win's or a step's box into `state`, write the note and take it in again.

    If somebody saves the note at the same moment, the box is looked for again in what they have written.
    """
    for _ in range(_TRIES - 1):
        with suppress(NoteChanged, NoteInUse):
            return _marked(keeper, target, state, amount)
    return _marked(keeper, target, state, amount)


def _marked(keeper: Keeper, target: Target, state: State, amount: Quantity | None) -> Marked:
    before = keeper.figures()
    again = isinstance(target, Figures) and state is State.DONE and _asks_for_more(target, amount)
    box = (
        _micro_win_box(keeper, target, state, again=again)
        if isinstance(target, Figures)
        else _step_box(keeper, target)
    )
    path, task = box.note.path, box.task
    win = target.win.id if isinstance(target, Figures) else None
    units = target.win.units if isinstance(target, Figures) else frozenset()
    edits = _box_edits(keeper, box, state, amount, units)
    proved = proved_change(box.raw, box.note, edits, keeper.vault.reading)
    if proved is None:
        return Marked(
            path,
            task.line,
            changed=False,
            answer=phrases.unchanged(
                target.win.name if isinstance(target, Figures) else target.text, task.state
            ),
            win=win,
            raw=task.raw,
        )
    _write(keeper, proved[0], box.raw, _WHY[state])
    keeper.read_one(path, seen_live=True)
    keeper.times.set(path, task.line, ticked=state is State.DONE)
    raw = next((now.raw for now in proved[1].tasks if now.line == task.line), task.raw)
    answer = _answer(keeper, target, state, before, keeper.figures())
    return Marked(path, task.line, changed=True, answer=answer, win=win, raw=raw)


def _answer(keeper: Keeper, target: Target, state: State, before: VaultFigures, after: VaultFigures) -> str:
    hidden = keeper.vault.settings.streaks_show == "hidden"
    moved = list(moved_goals(before, after))
    if isinstance(target, Step):
        return phrases.steps([(target.text, state)], moved)
    win = after.win(target.win.id) or target
    if state is State.DONE:
        return phrases.ticked(win, moved, hidden=hidden)
    return phrases.skipped(win) if state is State.SKIPPED else phrases.unticked(win, hidden=hidden)


def _micro_win_box(keeper: Keeper, target: Figures, state: State, *, again: bool) -> _Box:
    """Return a micro-win's box in today's daily note; the note, a block and a line are made where they are missing."""
    now = keeper.clock.now()
    catalog = keeper.ledger.catalog
    raw, note = _today(keeper, today_path(keeper.vault, keeper.ledger, now.today), now.today)
    _require_writable(raw, note)
    task = _box_to_mark(keeper, note, target, state, again=again)
    if task is None:
        view = keeper.view(keeper.figures(now))
        raw, note = _edited(keeper, raw, note, page_edits(Page(raw, note, is_today=True), view, catalog))
        task = _box_to_mark(keeper, note, target, state, again=again)
    if task is None:
        raw, note = _edited(
            keeper,
            raw,
            note,
            [added_box(Page(raw, note, is_today=True), box_line(target, catalog, note.path))],
        )
        task = _box_to_mark(keeper, note, target, state, again=again)
    if task is None:
        raise NoSuchBox(
            f"“{target.win.text}” has no box in {note.path}, and none could be added.",
            "Add the line by hand.",
        )
    return _Box(raw, note, task)


def _edited(keeper: Keeper, raw: RawNote, note: Note, edits: Sequence[Edit]) -> tuple[RawNote, Note]:
    """Return the note with these edits, proved and not yet written: its bytes are still those that it has now."""
    proved = proved_change(raw, note, edits, keeper.vault.reading)
    if proved is None:
        return raw, note
    return RawNote(raw.path, raw.data, proved[0].after.decode("utf-8", "surrogateescape"), raw.valid), proved[
        1
    ]


def _require_writable(raw: RawNote, note: Note) -> None:
    """Raise NotWritable for a note that microwins never writes in."""
    if not raw.valid:
        raise NotWritable(
            f"{raw.path} is not valid UTF-8, so microwins does not write in it.",
            "Save it as UTF-8 in your editor.",
        )
    if note.markers_broken:
        raise NotWritable(
            f"A marker of microwins in {raw.path} is broken, or a conflict of git is open there, so nothing is written in it.",
            "`microwins check` names the line.",
        )


def _today(keeper: Keeper, path: str, today: date) -> tuple[RawNote, Note]:
    raw = read_raw(keeper.vault.root, path, keeper.vault.settings.max_note_size)
    if isinstance(raw, RawNote):
        return raw, read_note(path, raw.text, keeper.vault.reading)
    if (keeper.vault.root / path).exists():
        raise MicrowinsError(f"{path}: {raw.problem.message}", raw.problem.remedy)
    text = draft_daily_note(keeper.vault, today).text
    return RawNote(path, b"", text, valid=True), read_note(path, text, keeper.vault.reading)


def _asks_for_more(target: Figures, amount: Quantity | None) -> bool:
    """Return whether one more time has a box of its own: under a limit, and where the amount of a day is not whole yet.

    That of a longer turn is only added to where somebody says how much: ticking twice may be a mistake.
    """
    if target.is_limit:
        return True
    running = target.progress_now
    if running is None or not running.unit or not 0 < running.got < running.needed:
        return False
    return running.period == "day" or amount is not None


def _box_to_mark(keeper: Keeper, note: Note, target: Figures, state: State, *, again: bool) -> Task | None:
    """Return the box that is meant; where each time has a box of its own, one that is ticked is not meant `again`."""
    task = _box_of(keeper, note, target.win.id, state)
    return None if task and again and state is State.DONE is task.state else task


def _box_of(keeper: Keeper, note: Note, win_id: str, state: State) -> Task | None:
    """Return the box of a micro-win in a note; of several the first that has something to gain by the new state.

    What is taken back is the last tick.
    """
    found = [task for task in note.tasks if _counts(note, task) and _win_id(keeper, note, task) == win_id]
    if state is State.OPEN:
        found.reverse()
    order = _FIRST[state]
    return min(
        found, key=lambda task: order.index(task.state) if task.state in order else len(order), default=None
    )


def _counts(note: Note, task: Task) -> bool:
    """Return whether a box is read at all: of those in our own blocks only those of `today` are."""
    block = note.block_at(task.line)
    return block is None or block.name == "today"


def _win_id(keeper: Keeper, note: Note, task: Task) -> str | None:
    win = keeper.ledger.catalog.match(task.fields, note.path).win
    return win.id if win else None


def _step_box(keeper: Keeper, step: Step) -> _Box:
    raw = read_raw(keeper.vault.root, step.path, keeper.vault.settings.max_note_size)
    if not isinstance(raw, RawNote):
        raise MicrowinsError(f"{step.path}: {raw.problem.message}", raw.problem.remedy)
    note = read_note(step.path, raw.text, keeper.vault.reading)
    _require_writable(raw, note)
    task = next(
        (task for task in note.tasks if task.line == step.line and task.fields.text == step.text), None
    )
    if task is None:
        raise NoSuchBox(f"“{step.text}” is no longer where it was in {step.path}.", "Try again.")
    return _Box(raw, note, task)


def _box_edits(
    keeper: Keeper, box: _Box, state: State, amount: Quantity | None, units: Collection[str]
) -> list[Edit]:
    """Return the edits of one box: its character, amounts of these units, and outside a daily note its done date."""
    note, task = box.note, box.task
    line = Source.of(box.raw.text).line(task.line)
    edits = [] if task.state is state else [mark(line, task, SYMBOLS[state])]
    if amount is not None:
        edits.append(append(line, amount_field(amount)))
    if state is State.OPEN is not task.state:
        amounts = take_amounts(line, units)
        edits += [amounts] if amounts else []
    style = keeper.stamping
    if not edits or note.day is not None or style.scope == "off":
        return edits
    if task.is_long:
        return edits
    if state is State.DONE and task.fields.done is None and note.heading_date(task.line) is None:
        edits.append(stamp(line, keeper.clock.now().today, style.style))
    elif state is not State.DONE and task.fields.done is not None:
        taken = unstamp(line, task.fields.done)
        edits += [taken] if taken else []
    return edits


def amount_field(amount: Quantity) -> str:
    """Return an amount as it is appended to a line."""
    return f" [{amount.unit}:: {phrases.plain_number(amount.amount)}]"


def _write(keeper: Keeper, change: Change, raw: RawNote, why: str) -> None:
    is_there = bool(raw.data) or (keeper.vault.root / change.path).exists()
    if not keeper.writer.write_one(replace(change, before=raw.data if is_there else None), why):
        raise NoteChanged(keeper.vault.root / change.path)
