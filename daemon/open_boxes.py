"""Which boxes are open now, remembered from one reading to the next: so a tick that nobody saw is noticed."""

from __future__ import annotations

from collections.abc import Set

from ..parsers.note import Note
from ..streaks.catalog import Catalog
from .found import Found
from .index import NoteIndex
from .ledger import Ledger
from .seen import Seen
from .stamping import Stamping, open_box_keys


class OpenBoxes:
    """The open boxes of the notes whose ticks are stamped; the notes that were read since last time are remembered anew."""

    def __init__(
        self, stamping: Stamping, seen: Seen, index: NoteIndex, ledger: Ledger, found: Found
    ) -> None:
        self._stamping = stamping
        self._seen = seen
        self._index = index
        self._ledger = ledger
        self._found = found
        self._remembered_by: Catalog | None = None
        self._unkept = False

    def begin(self) -> None:
        """Take note that the whole vault is being read: nothing of it is remembered as it is now."""
        self._remembered_by, self._unkept = None, True

    def restored(self) -> None:
        """Take note that all is as it was when it was remembered last."""
        self._remembered_by, self._unkept = self._ledger.catalog, False

    def remember(self) -> None:
        """Remember which boxes are open now, for the notes whose ticks are stamped and that were read since last time."""
        if self._stamping.scope == "off":
            return
        catalog = self._ledger.catalog
        paths = self._undated_paths(self._found.unremembered if self._remembered_by is catalog else None)
        pending = paths & self._found.ticked.keys()
        self._found.unremembered, self._remembered_by = set(pending), catalog
        self._remember(paths - pending, catalog)
        if self._unkept and not pending:
            self._index.kept.set_remembered()
        self._unkept = False

    def _remember(self, paths: Set[str], catalog: Catalog) -> None:
        notes = (self._ledger.notes.get(path) for path in paths)
        concerned = {
            note.path: open_box_keys(note)
            for note in notes
            if note is not None and self._is_concerned(note, catalog)
        }
        if concerned:
            self._seen.remember(concerned)

    def _is_concerned(self, note: Note, catalog: Catalog) -> bool:
        return bool(note.tasks) and self._stamping.concerns_any(note, catalog)

    def _undated_paths(self, among: Set[str] | None) -> Set[str]:
        """Return the notes whose boxes may be stamped; of all notes, or of these."""
        if self._stamping.scope == "auto":
            paths = self._ledger.stamped_notes
            return paths if among is None else paths & among
        if among is not None:
            return among
        return {path for path, found in self._ledger.facts() if found.day is None}
