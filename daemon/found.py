"""What was found in the notes of a vault when they were last read, but for what counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..parsers.blocks import OF_THE_DAY, Block
from ..parsers.note import Note
from ..parsers.problem import Problem
from .known_notes import KnownNotes
from .note_plan import naming_blocks, page_problems
from .note_read import RawNote, read_raw
from .pages import Lazy
from .reader import Reader
from .settled import Settled
from .shared_names import SharedNames


class Found:
    """The notes, the texts that we may write in, the ticks whose date no line bears yet, and what is odd about blocks, by path.

    Notes in `again` are to be read once more; of those in `unremembered` other boxes may be open now. `readings` counts how often anything was taken in: as long as it stays,
    the same is to be written.
    """

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self.names = SharedNames(reader)
        self.readings = 0
        self.notes = KnownNotes(reader.stamps, reader, reader.problems)
        self.pages: Lazy[RawNote] = Lazy(reader.text_now)
        self.ticked: dict[str, Mapping[int, date]] = {}
        self.block_problems: dict[str, tuple[Problem, ...]] = {}
        self.naming: dict[str, tuple[Block, ...]] = {}
        self.again: set[str] = set()
        self.unremembered: set[str] = set()
        self.settled = Settled()

    def begin(self) -> None:
        """Forget all of it: the whole vault is being read."""
        self.readings += 1
        self.names.forget()
        self.pages = Lazy(self._reader.text_now)
        self.ticked, self.block_problems, self.naming = {}, {}, {}
        self.again, self.unremembered, self.settled = set(), set(), Settled()

    def take_in(self, note: Note) -> None:
        """Take in what is odd about the blocks of a note that was read."""
        self.unremembered.add(note.path)
        block_problems = tuple(page_problems(note)) if note.blocks else ()
        if block_problems:
            self.block_problems[note.path] = block_problems
        naming = naming_blocks(note)
        if naming:
            self.naming[note.path] = naming

    def forget(self, path: str) -> None:
        """Forget what was found in one note: it is gone, or being read."""
        self.again.discard(path)
        self.pages.discard(path)
        for table in (self.ticked, self.block_problems, self.naming):
            table.pop(path, None)

    def keep_page(self, path: str, note: Note | None) -> None:
        """Keep the text of a note that was read without it, if it still says the same; else it is read anew later."""
        if path in self.pages:
            return
        raw = read_raw(self._reader.vault.root, path, self._reader.vault.settings.max_note_size)
        if isinstance(raw, RawNote) and self._reader.whole(raw) == note:
            self.pages[path] = raw
        else:
            self.again.add(path)


def is_page(note: Note) -> bool:
    """Return whether we may write in a note: its text is kept."""
    return note.goal is not None or any(
        note.day is None or block.name not in {"today", *OF_THE_DAY} for block in note.blocks
    )
