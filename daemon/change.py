"""A change to one note, worked out and proved, and not yet written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..parsers.blocks import Block, closing
from ..parsers.edit import Edit, apply, changes_only
from ..parsers.note import Note, Reading, read_note
from ..parsers.source import Source
from .errors import MicrowinsError
from .note_read import RawNote
from .owned import blocks_after, is_owned
from .owned_properties import says_the_same


class Unproved(MicrowinsError):
    """A change would have touched text that is not ours; it was not made."""

    code = "change-unproved"


class MarkerInLine(Unproved):
    """A line would end in a marker of ours once something is taken off its end; the note's blocks would be broken."""

    code = "marker-in-line"


@dataclass(frozen=True, slots=True)
class Change:
    """The bytes of a note before and after; `before` is None where the note is made new."""

    path: str
    before: bytes | None
    after: bytes


def proved_change(
    raw: RawNote, note: Note, edits: Sequence[Edit], reading: Reading
) -> tuple[Change, Note] | None:
    """Return the change that `edits` make and the note that results, or None where nothing changes.

    Raise Unproved where an edit touches anything that is not ours to change, where the bytes outside the edits would
    differ, or where the changed text, read again, has other boxes outside our blocks than before (but for those whose
    own line was edited).
    """
    source = Source.of(raw.text)
    if not all(is_owned(edit, note, source) for edit in edits):
        raise _unproved(raw.path)
    after_text = apply(raw.text, edits)
    if after_text == raw.text:
        return None
    after = read_note(raw.path, after_text, reading, whole=False)
    if after.markers_broken and not note.markers_broken:
        raise MarkerInLine(
            f"Once changed, a line of {raw.path} would end in a marker of microwins, so it was not changed.",
            "Delete the marker that stands in the text of a box, or put it on a line of its own.",
        )
    edited = _edited_lines(source, note, edits)
    same_boxes = _boxes(note, edited) == _boxes(after, _edited_after(edited, note, after))
    same_blocks = [block.name for block in after.blocks] == blocks_after(edits, note, source)
    same_properties = says_the_same(raw.text, after_text, edits)
    if (
        not changes_only(raw.text, after_text, edits)
        or not same_boxes
        or not same_blocks
        or not same_properties
    ):
        raise _unproved(raw.path)
    return Change(raw.path, raw.data, raw.encode(after_text)), after


def _unproved(path: str) -> Unproved:
    return Unproved(
        f"A change to {path} would have touched text that is not ours, so it was not made.",
        "Please report this with the note, as far as you can share it.",
    )


def _boxes(note: Note, edited: Iterable[int]) -> list[str]:
    """Return the box lines of a note outside our blocks, less those that were edited."""
    skipped = set(edited)
    return [task.raw for task in note.tasks if task.line not in skipped and not _ours(note, task.line)]


def _ours(note: Note, line: int) -> bool:
    return note.block_at(line) is not None


def _edited_lines(source: Source, note: Note, edits: Sequence[Edit]) -> list[int]:
    """Return the lines outside our blocks that an edit touches: boxes and done dates."""
    starts = [line.start for line in source.lines]
    touched = {bisect_right(starts, edit.start) for edit in edits}
    return sorted(touched & {task.line for task in note.tasks if not _ours(note, task.line)})


def _edited_after(edited: list[int], note: Note, after: Note) -> list[int]:
    """Return where the edited lines stand afterwards: lines of ours above them may have been put in or taken out."""
    before = [task.line for task in note.tasks if not _ours(note, task.line)]
    now = [task.line for task in after.tasks if not _ours(after, task.line)]
    if len(before) != len(now):
        return []
    return [now[before.index(line)] for line in edited]


def content_edit(block: Block, content: str, eol: str, text: str) -> Edit | None:
    """Return the edit that puts `content` into a block, or None if it stands there; a pasted marker is closed.

    In a quote the content has the quote's signs already.
    """
    start, end = block.content
    if block.end is not None:
        return Edit(start, end, content) if text[start:end] != content else None
    follows_line_end = text[:start].endswith(("\n", "\r"))
    return Edit(
        start,
        end,
        f"{'' if follows_line_end else eol}{content}{block.quote}{closing(block.form)}{eol if follows_line_end else ''}",
    )
