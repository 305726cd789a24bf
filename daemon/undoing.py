"""Taking back what was written: the last change to a note, if nobody has changed the same lines since."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from ..parsers.merge import taken_back
from ..parsers.note import read_note
from .change import Change
from .errors import MicrowinsError
from .journal import ASKED, BLOCKS, Journal, Written
from .keeper import Keeper
from .note_read import RawNote, read_raw
from .note_write import replace_note

TRASH = ".trash"


class NothingToUndo(MicrowinsError):
    """No change of ours to the note is known."""

    code = "nothing-to-undo"


class ChangedSince(MicrowinsError):
    """The lines of our change are no longer what we made them."""

    code = "changed-since"


@dataclass(frozen=True, slots=True)
class Undo:
    """A change that can be taken back: what was written, the note as it is now, and as it would be (None: no note)."""

    written: Written
    now: bytes
    then: bytes | None

    @property
    def change(self) -> Change:
        """What taking it back changes."""
        return Change(self.written.path, self.now, self.then or b"")


def find_undo(keeper: Keeper, journal: Journal, path: str | None) -> tuple[Undo, ...]:
    """Return what taking back the last change would do: of this note, or what somebody asked for last, in all its notes.

    What only follows from a change that was asked for, such as a block brought up to date, is taken back with that one, and
    alone only where its note is named: it would stay away then, and its figures would no longer be true.
    Raise NothingToUndo or ChangedSince.
    """
    changes = [_with_what_followed(one, newer) for one, newer in _newest_first(journal.changes(path))]
    asked = [one for one in changes if one.why in ASKED]
    last = [one for one in asked if one.after == changes[0].after][:1] if path is not None else []
    for written in asked if path is None else [*last, *changes]:
        numbers = journal.joined(written.number) if path is None else {written.number}
        command = [one for one in changes if one.number in numbers]
        found = tuple(undo for one in command if (undo := _undo(keeper, one)) is not None)
        if found:
            return found
        for one in command:
            journal.forget(one.number)
    place = f" in {path}" if path is not None else ""
    raise NothingToUndo(
        f"No change of microwins{place} is known that could be taken back.",
        "`microwins undo --list` shows them.",
    )


def _newest_first(changes: Iterable[Written]) -> Iterator[tuple[Written, list[Written]]]:
    """Yield the changes with those that were made to the same note after each, the newest first."""
    newer: dict[str, list[Written]] = {}
    for one in changes:
        yield one, list(newer.get(one.path, ()))
        newer.setdefault(one.path, []).append(one)


def _with_what_followed(written: Written, newer: Sequence[Written]) -> Written:
    """Return a change with what we wrote into the note right after it, such as the done date of a box that a merge ticked.

    What follows from a change is none of somebody else's, and goes with it.
    """
    after = written.after
    for one in reversed(newer):
        if one.before != after or one.why in ASKED:
            break
        after = one.after
    return replace(written, after=after)


def take_back(keeper: Keeper, journal: Journal, undo: Undo) -> str | None:
    """Take a change back; what follows from the notes by itself is left alone then until the note is changed.

    Figures alone are left only as long as they are those that were taken back: they would no longer be true.
    Return where in `.trash` the note is now, as a vault path, if the change had made it.
    """
    path = keeper.vault.root / undo.written.path
    trash = None
    if undo.then is None:
        trash = move_to_trash(keeper.vault.root, undo.written.path)
    else:
        replace_note(path, undo.now, undo.then, root=keeper.vault.root, keep=keeper.aside.keep)
    journal.forget(undo.written.number)
    if undo.written.why not in ASKED or undo.then is None:
        journal.hold(undo.written.path, undo.then, undo.now if _is_of_figures(keeper, undo) else None)
    keeper.read_one(undo.written.path)
    return trash


def _is_of_figures(keeper: Keeper, undo: Undo) -> bool:
    """Return whether a change wrote nothing but other figures into blocks that had been there before."""
    if undo.then is None or undo.written.why != BLOCKS:
        return False
    before, after = (_markers(keeper, undo.written.path, data) for data in (undo.then, undo.now))
    return before == after


def _markers(keeper: Keeper, path: str, data: bytes) -> list[tuple[str, str]]:
    note = read_note(path, data.decode("utf-8", "surrogateescape"), keeper.vault.reading)
    return [(block.name, block.options) for block in note.blocks]


def move_to_trash(root: Path, path: str) -> str:
    """Move a note into the vault's `.trash`, under its own path; return where it is now, as a vault path."""
    for name in _trash_names(path):
        target = root / name
        if not os.path.lexists(target):
            target.parent.mkdir(parents=True, exist_ok=True)
            (root / path).rename(target)
            return name
    raise AssertionError("names never run out")


def _trash_names(path: str) -> Iterator[str]:
    stem = path.removesuffix(".md")
    yield f"{TRASH}/{path}"
    number = 2
    while True:
        yield f"{TRASH}/{stem} {number}.md"
        number += 1


def _undo(keeper: Keeper, written: Written) -> Undo | None:
    """Return what taking back one change would do, or None where the note no longer shows it."""
    raw = read_raw(keeper.vault.root, written.path, keeper.vault.settings.max_note_size)
    if not isinstance(raw, RawNote):
        return None
    if written.before is None:
        if raw.data != written.after:
            raise _changed(written, "the whole note")
        return Undo(written, raw.data, None)
    if raw.data == written.before:
        return None
    then = taken_back(written.before, written.after, raw.data)
    if then is None:
        raise _changed(written, "the same lines")
    return Undo(written, raw.data, then) if then != raw.data else None


def _changed(written: Written, what: str) -> ChangedSince:
    return ChangedSince(
        f"{written.path} was changed since {written.at}, in {what} that microwins wrote then ({written.why}).",
        "Change it by hand; `microwins undo --list` names other notes.",
    )
