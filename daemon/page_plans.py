"""What is to be written into the notes of a vault that are there, and the pictures that they show."""

from __future__ import annotations

from collections.abc import Iterator, Set
from datetime import date

from ..parsers.note import Note
from ..parsers.problem import Problem
from ..templates.blocks import is_of_its_goal
from ..templates.view import View
from .change import Change, Unproved
from .daily_note import today_path
from .drawn import Drawn
from .found import Found
from .journal import Journal
from .ledger import Ledger
from .note_plan import Page
from .page_changes import BlockHidden, PageChanges, page_on
from .pictures import Pictures
from .vault import Vault


class PagePlans:
    """Looks at the notes that may say something else than is shown; those that were taken back are held by the journal."""

    def __init__(
        self,
        vault: Vault,
        ledger: Ledger,
        found: Found,
        journal: Journal | None,
        drawn: Drawn,
        changes: PageChanges,
    ) -> None:
        self._vault = vault
        self._ledger = ledger
        self._found = found
        self._journal = journal
        self._drawn = drawn
        self._changes = changes

    def planned(self, view: View, left_alone: Set[str]) -> Iterator[Change | Problem]:
        """Yield the changes that bring all notes up to date but those that are `left_alone`, and what cannot be changed."""
        self._changes.begin()
        self._keep_todays_page(view.figures.now.today)
        pictures = Pictures(self._vault, self._drawn)
        self._found.settled.follow(view)
        for path in sorted(self._found.pages.keys() - self._found.settled.paths - left_alone):
            raw = self._found.pages.get(path)
            if raw is None:
                continue  # it has changed since it was last looked at
            if self._journal is not None and self._journal.holds(path, raw.data):
                continue
            page = page_on(view, raw, self._ledger.notes.get(path) or Note(path))
            yield from self._of_page(page, view, pictures)

    def _of_page(self, page: Page, view: View, pictures: Pictures) -> Iterator[Change | Problem]:
        path = page.note.path
        drawn = list(pictures.changes(page.note, view))
        yield from drawn
        try:
            change = self._changes.change(page, view)
        except (Unproved, BlockHidden) as error:
            yield Problem(path, None, error.code, error.message, error.hint)
            return
        if change is not None:
            if not self._is_taken_back(change):
                yield change
        elif not drawn:
            alone = page.note.goal is not None and all(map(is_of_its_goal, page.note.blocks))
            self._found.settled.add(path, alone=alone)

    def _is_taken_back(self, change: Change) -> bool:
        return self._journal is not None and self._journal.holds(change.path, change.before, change.after)

    def _keep_todays_page(self, today: date) -> None:
        """Keep the text of today's daily note if it has blocks; those of other days are the user's alone."""
        path = today_path(self._vault, self._ledger, today)
        note = self._ledger.notes.get(path)
        if note is not None and note.blocks:
            self._found.keep_page(path, note)

    def look_again(self, picture: str) -> bool:
        """Have the notes planned anew that show a picture, if somebody has changed it; return whether that is so."""
        if not self._drawn.is_changed(picture):
            return False
        for path in self._drawn.notes(picture):
            self._found.settled.forget(path)
        self._found.readings += 1
        return True
