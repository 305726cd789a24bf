"""Which places of a note are ours to change: worked out from the note alone, apart from what plans the changes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..parsers.block_copies import copied_from
from ..parsers.blocks import Block
from ..parsers.edit import Edit
from ..parsers.note import Note
from ..parsers.own_lines import foreign_line
from ..parsers.source import Source
from ..parsers.tasks import Task
from .owned_properties import is_property_edit

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_FIELD = re.compile(
    rf"[ \t]*(?:✅\ufe0f? *{_DATE}(?: [0-9]{{2}}:[0-9]{{2}})?|[\[(]completion:: *{_DATE}[^\])\n]*[\])]|\[[^\[\]:]+:: *[0-9.]+\])"
)
_APPENDED = re.compile(r"\s*<!-- microwins:([a-z]+) -->\s.*<!-- /microwins -->\s*\Z", re.DOTALL)


def is_owned(edit: Edit, note: Note, source: Source) -> bool:
    """Return whether an edit touches nothing but what is ours to change.

    That is: the content of a block that holds no text of anybody else's, a second copy of a block, a new block at
    the end of the note, on the line of a box its one character and one done date or amount, and in the frontmatter
    of a goal the values of our properties.
    """
    return (
        any(_in_block(edit, block, source) for block in note.blocks)
        or any(_is_copy(edit, block, note, source) for block in note.blocks)
        or _is_appended(edit, source)
        or any(_on_box(edit, task, source) for task in note.boxes)
        or (note.goal is not None and is_property_edit(edit, source.text))
    )


def blocks_after(edits: Sequence[Edit], note: Note, source: Source) -> list[str]:
    """Return the names of the blocks that the note is to have after these edits, in order."""
    gone = {block.start for block in note.blocks for edit in edits if _is_copy(edit, block, note, source)}
    added = [
        match[1]
        for edit in edits
        if _is_appended(edit, source) and (match := _APPENDED.match(edit.replacement))
    ]
    return [*(block.name for block in note.blocks if block.start not in gone), *added]


def _in_block(edit: Edit, block: Block, source: Source) -> bool:
    start, end = block.content
    if not start <= edit.start <= edit.end <= end:
        return False
    kept = source.text[edit.start : edit.end]
    if block.name == "today" and _is_added_to(kept, edit.replacement):
        return True
    return foreign_line(source, block) is None


def _is_added_to(before: str, after: str) -> bool:
    """Return whether every line of `before` stands in `after`, in the same order: lines were only added."""
    lines: Iterator[str] = iter(after.splitlines())
    return all(line in lines for line in before.splitlines())


def _is_copy(edit: Edit, block: Block, note: Note, source: Source) -> bool:
    """Return whether an edit takes out a whole block that is a copy of one above it."""
    if edit.replacement or block.end is None:
        return False
    first, last = source.line(block.start), source.line(block.end)
    whole = (first.start, last.end + len(last.ending)) == (edit.start, edit.end)
    return whole and block.start in copied_from(source, note.blocks)


def _is_appended(edit: Edit, source: Source) -> bool:
    return edit.start == edit.end == len(source.text) and _APPENDED.match(edit.replacement) is not None


def _on_box(edit: Edit, task: Task, source: Source) -> bool:
    line = source.line(task.line)
    box = line.start + task.symbol_column
    if (edit.start, edit.end) == (box, box + len(task.symbol)):
        return len(edit.replacement) == 1
    if not line.start <= edit.start <= edit.end <= line.end:
        return False
    taken, given = source.text[edit.start : edit.end], edit.replacement
    return all(not text or _FIELD.fullmatch(text) for text in (taken, given))
