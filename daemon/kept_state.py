"""What the notes of a vault add up to, kept from one start to the next."""

from __future__ import annotations

from collections.abc import Sequence

from ..parsers.problem import Problem
from ..streaks.ledger_state import LedgerState
from .found import Found
from .known_notes import KnownNotes
from .ledger import Ledger
from .open_boxes import OpenBoxes
from .reader import Reader
from .stamps import Stamps


class KeptState:
    """What was kept in the index for just the notes that there were; `made_by` names the settings that it depends on."""

    def __init__(
        self, made_by: str, reader: Reader, ledger: Ledger, found: Found, open_boxes: OpenBoxes
    ) -> None:
        self._made_by = made_by
        self._reader = reader
        self._index = reader.index
        self._ledger = ledger
        self._found = found
        self._open_boxes = open_boxes

    def begin(self) -> None:
        """Take note that the whole vault is being read: what is known now is not kept yet."""
        self._found.begin()
        self._open_boxes.begin()

    def keep(self, known: Stamps, clashes: Sequence[Problem]) -> None:
        """Keep what is known now, where the next start may rely on it: the index has every note, and no tick is pending.

        `clashes` are the problems that these notes have by their names alone.
        """
        found = self._found
        pending = found.ticked or self._reader.in_doubt
        if pending or not known or not self._index.has_just(known):
            return
        self._reader.give_back()
        self._ledger.unless_lost(
            lambda: self._index.kept.keep(self._made_by, known, self._state(clashes)),
        )

    def _state(self, clashes: Sequence[Problem]) -> Sequence[object]:
        found = self._found
        told = list(found.pages), found.block_problems, found.naming, self._reader.problems, clashes
        return *self._ledger.state().packed(), *told

    def restore(self, known: Stamps) -> Sequence[Problem] | None:
        """Take over what was kept of just these notes, and return the problems of their names; None where nothing was.

        No note is opened, and none is looked for in the index.
        """
        kept = self._index.kept.kept(self._made_by, known) if known.folders else None
        if kept is None:
            return None
        self._reader.begin(known)
        self._reader.let_go_noted()
        state = self._index.kept.state(kept)
        if state is None:
            return None
        found = self._found
        *values, pages, block_problems, naming, problems, clashes = state
        try:
            found.notes = KnownNotes(known, self._reader, problems)
            self._ledger.restore(LedgerState.of(tuple(values)), found.notes)
        except (TypeError, ValueError):
            return None
        goals = self._ledger.catalog.goals
        for path in pages:
            found.pages.later(goals[path].path if path in goals else path)
        found.block_problems, found.naming, self._reader.problems = block_problems, naming, problems
        if kept.remembered:
            self._open_boxes.restored()
        return tuple(clashes)
