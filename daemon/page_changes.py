"""The changes to notes that are there: worked out, proved, and such that the note would need no second one."""

from __future__ import annotations

from dataclasses import replace

from ..parsers.edit import Edit, apply
from ..parsers.note import Note, Reading, read_note
from ..templates.view import View
from .change import Change, proved_change
from .errors import MicrowinsError
from .ledger import Ledger
from .note_plan import Page, appended_block, page_edits
from .note_read import RawNote, ReadNote, parse_raw
from .undated_ticks import UndatedTicks


class BlockHidden(MicrowinsError):
    """A block would stand where markers mean nothing, and each pass would add another one."""

    code = "block-hidden"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"A block in {path} would not be found again, so the note is left as it is.",
            "Close the code block, comment or formula that is still open above it.",
        )


class PageChanges:
    """What brings the blocks and dates of one note up to date; how it was proved is known until the note is written."""

    def __init__(self, reading: Reading, ledger: Ledger, ticks: UndatedTicks) -> None:
        self._reading = reading
        self._ledger = ledger
        self._ticks = ticks
        self._proved: dict[str, ReadNote] = {}

    def begin(self) -> None:
        """Forget the notes that were proved: they are planned anew."""
        self._proved.clear()

    def proved(self, path: str) -> ReadNote | None:
        """Return, once, what the note at a path will be when its change has been written."""
        return self._proved.pop(path, None)

    def change(self, page: Page, view: View) -> Change | None:
        """Return the change of a note, None where it needs none; raise Unproved or BlockHidden where it cannot be made."""
        edits = [*self._dates(page), *page_edits(page, view, self._ledger.catalog)]
        if not edits:
            return None
        if self._summary_would_be_hidden(page):
            raise BlockHidden(page.note.path)
        proved = proved_change(page.raw, page.note, edits, self._reading)
        if proved is None:
            return None
        change, after = proved
        raw = RawNote(change.path, change.after, change.after.decode("utf-8", "surrogateescape"), valid=True)
        if page_edits(replace(page, raw=raw, note=after), view, self._ledger.catalog):
            raise BlockHidden(change.path)
        self._proved[change.path] = ReadNote(raw, after)
        return change

    def brought_up_to_date(self, raw: RawNote, path: str, view: View) -> bytes | None:
        """Return what a pass would make of a text if it were the note at `path`; None where we write nothing there."""
        note = parse_raw(replace(raw, path=path), self._reading)
        if not raw.valid or note.markers_broken or not (note.blocks or note.goal):
            return None
        page = page_on(view, raw, note)
        return raw.encode(apply(raw.text, page_edits(page, view, self._ledger.catalog)))

    def _dates(self, page: Page) -> list[Edit]:
        return [stamp.edit for stamp in self._ticks.stamps_of(page.note.path)] if page.raw.valid else []

    def _summary_would_be_hidden(self, page: Page) -> bool:
        """Return whether a goal note ends inside of something in which a marker means nothing."""
        if page.note.goal is None or any(block.name == "summary" for block in page.note.blocks):
            return False
        text = apply(page.raw.text, [appended_block(page, "summary", "")])
        return all(block.name != "summary" for block in read_note(page.note.path, text, self._reading).blocks)


def page_on(view: View, raw: RawNote, note: Note) -> Page:
    """Return a note with its text as it is on the day of a view."""
    return Page(raw, note, is_today=note.day is not None and note.day == view.figures.now.today)
