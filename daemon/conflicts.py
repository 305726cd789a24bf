"""Conflict copies of sync clients: which there are, and how one becomes one with its note again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..parsers.blocks import Block
from ..parsers.edit import Edit, apply
from ..parsers.frontmatter import read_frontmatter
from ..parsers.ignored import original_of, possible_originals
from ..parsers.merge import Merged, bare, merged
from ..parsers.note import Reading, read_note
from ..parsers.problem import Problem
from ..parsers.property_lines import property_edits, read_property_lines
from .change import Change
from .errors import NoteChanged, NoteInUse
from .keeper import Keeper
from .note_read import RawNote, read_raw
from .own_copies import COPY
from .undoing import move_to_trash
from .vault import Vault

_TRIES = 5


@dataclass(frozen=True, slots=True)
class Conflict:
    """A conflict copy and its note (None where that is gone), and in how many lines they differ, but for ticks."""

    copy: str
    note: str | None
    ticks: int = 0
    lines: int = 0
    common: bool = False


@dataclass(frozen=True, slots=True)
class Resolution:
    """What became of a conflict copy: the note's new text, what of both was kept, and where the copy is now.

    `reason` says why nothing was done, where nothing was.
    """

    conflict: Conflict
    result: Merged | None = None
    trash: str | None = None
    reason: str | None = None


def conflicts(keeper: Keeper, problems: list[Problem]) -> list[Conflict]:
    """Return the conflict copies of the vault, each with its note."""
    return [_conflict(keeper, problem.path) for problem in problems if problem.code == COPY]


def resolve(keeper: Keeper, conflict: Conflict) -> Resolution:
    """Make one note of a conflict copy and its note, then move the copy to the trash.

    Nothing is done where the note is gone, or where both have changed the frontmatter in different ways: two versions
    of it one after the other would be none. If somebody saves the note at the same moment, it is read again.
    """
    for _ in range(_TRIES):
        with suppress(NoteChanged, NoteInUse):
            return _resolved(keeper, conflict)
    return Resolution(conflict, reason="note-in-use")


def _resolved(keeper: Keeper, conflict: Conflict) -> Resolution:
    copy = _read(keeper, conflict.copy)
    note = _read(keeper, conflict.note) if conflict.note is not None else None
    if copy is None:
        return Resolution(conflict, reason="copy-unreadable")
    if note is None or conflict.note is None:
        return Resolution(conflict, reason="note-gone")
    base = _common(keeper, conflict.note, conflict.copy)
    known = (
        RawNote(conflict.note, base, base.decode("utf-8", "surrogateescape"), valid=True) if base else None
    )
    vault = keeper.vault
    result = merged(
        note.data,
        _with_ours_of(note, copy, vault),
        _with_ours_of(note, known, vault) if known else None,
    )
    if any(line <= _frontmatter_lines(note) + 1 for line, _ in result.kept_both):
        return Resolution(conflict, result, reason="frontmatter-differs")
    if result.data != note.data:
        keeper.writer.write_one(Change(conflict.note, note.data, result.data), "merge")
    try:
        return Resolution(conflict, result, move_to_trash(keeper.vault.root, conflict.copy))
    except FileNotFoundError:  # somebody else has merged it, or its sync client has taken it away
        return Resolution(conflict, reason="copy-unreadable")


def _conflict(keeper: Keeper, copy: str) -> Conflict:
    path = _note_of(keeper.vault.root, copy)
    ours, theirs = _read(keeper, path) if path is not None else None, _read(keeper, copy)
    if path is None or ours is None or theirs is None:
        return Conflict(copy, None)
    ticks, lines = _differences(ours.data, theirs.data)
    return Conflict(copy, path, ticks, lines, _common(keeper, path, copy) is not None)


def _with_ours_of(note: RawNote, other: RawNote, vault: Vault) -> bytes:
    """Return the bytes of `other` with the content of our blocks and our properties as in `note`: they are made anew anyway."""
    ours = {block.name: block for block in _blocks(note, vault.reading)}
    edits = [
        Edit(*block.content, note.text[slice(*ours[block.name].content)])
        for block in _blocks(other, vault.reading)
        if block.name in ours
    ]
    if vault.settings.properties:
        eol = "\r\n" if "\r\n" in other.text else "\n"
        edits += property_edits(other.text, _properties(note), eol)
    return other.encode(apply(other.text, edits))


def _blocks(raw: RawNote, reading: Reading) -> list[Block]:
    """Return the blocks of a note that are ours alone, each name once."""
    found = [
        block
        for block in read_note(raw.path, raw.text, reading).blocks
        if block.name != "today" and block.end
    ]
    return [
        block for place, block in enumerate(found) if block.name not in {one.name for one in found[:place]}
    ]


def _properties(note: RawNote) -> dict[str, str]:
    """Return the values of our properties in a note as they are written there."""
    places = read_property_lines(note.text, read_frontmatter(note.text, note.path)).places.values()
    return {one.name: note.text[one.start : one.end] for one in places if one.text is not None}


def _note_of(root: Path, copy: str) -> str | None:
    """Return the path of the note that a copy was made of, where it is there."""
    folder, slash, name = copy.rpartition("/")
    named = original_of(name)
    names = (named,) if named is not None else possible_originals(name)
    found = (f"{folder}{slash}{one}" for one in names)
    return next((path for path in found if (root / path).is_file()), None)


def _differences(ours: bytes, theirs: bytes) -> tuple[int, int]:
    """Return how many lines differ in their tick alone, and how many in their text."""
    same, other = set(ours.splitlines()), set(theirs.splitlines())
    names, others = {bare(line) for line in same}, {bare(line) for line in other}
    ticks = sum(bare(line) in names for line in other - same)
    text = sum(bare(line) not in names for line in other) + sum(bare(line) not in others for line in same)
    return ticks, text


def _frontmatter_lines(note: RawNote) -> int:
    span = read_frontmatter(note.text, note.path).span
    return span.last_line if span is not None else 0


def _common(keeper: Keeper, note: str, copy: str) -> bytes | None:
    """Return the last text of a note that both devices had before the copy was last saved.

    What a sync client brought later may be the other version itself: by that, all that it says would seem to be taken
    out by the copy.
    """
    if keeper.journal is None:
        return None
    try:
        status = (keeper.vault.root / copy).stat()
    except OSError:
        return None
    return keeper.journal.common(note, before=min(status.st_mtime, status.st_ctime))


def _read(keeper: Keeper, path: str | None) -> RawNote | None:
    raw = read_raw(keeper.vault.root, path, keeper.vault.settings.max_note_size) if path is not None else None
    return raw if isinstance(raw, RawNote) else None


def passages(result: Merged) -> Iterator[tuple[int, str, str]]:
    """Yield the passages of which both versions were kept: the line, ours, theirs."""
    for line, passage in result.kept_both:
        yield line, _text(passage.ours), _text(passage.theirs)


def _text(lines: Iterable[bytes]) -> str:
    return b"".join(lines).decode("utf-8", "replace")
