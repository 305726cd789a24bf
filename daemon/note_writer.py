"""Writes changes into the notes of one vault, each noted in the journal before it is made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from .aside import Aside
from .change import Change
from .errors import NoteChanged, NoteWriteError
from .journal import Journal
from .note_write import Landed, Replacement, create_note, replace_notes
from .prepared_text import PreparedText

AT_ONCE = 8
"""Changes of a pass that are put on the disk together: so many files of ours stand in the vault at a time."""

Answer = Landed | NoteWriteError | bool
"""What came of a change: the file that took the note's place, a failure, or whether a note to be made was made."""

Asked = tuple[Change, str | None]
"""A change that is to be written, and the reason that the journal is told."""


@dataclass(frozen=True, slots=True)
class NoteWriter:
    """Writes below `root`; `moment` tells the time that the journal notes."""

    root: Path
    aside: Aside
    journal: Journal | None
    moment: Callable[[], str]
    prepared: dict[str, PreparedText] = field(default_factory=dict)
    noted: dict[str, tuple[Asked, int | None]] = field(default_factory=dict)
    """The changes that the journal was told of shortly before their time, and their numbers there."""

    def prepare(self, changes: Iterable[Change]) -> None:
        """Put the texts of changes on the disk that are to be written soon, as far as that can be done out of sight."""
        self.forget_prepared()
        for change in islice(changes, AT_ONCE):
            text = PreparedText.of(self.root / change.path, change.after)
            if text is not None:
                self.prepared[change.path] = text

    def make_ready(self, changes: Iterable[Asked]) -> None:
        """Note prepared changes in the journal and give their texts names: after that they only have to take their places."""
        ready = [one for one in changes if one[0].path in self.prepared]
        numbers = self._noted(ready)
        for asked in ready:
            path = asked[0].path
            self.noted[path] = asked, numbers.get(path)
            with suppress(OSError):  # it is tried again, or written then
                self.prepared[path].give_name()

    def forget_prepared(self) -> None:
        """Let go of texts that were prepared, and strike out what the journal was told of them."""
        for text in self.prepared.values():
            text.close()
        self.prepared.clear()
        for _, number in self.noted.values():
            self._strike_out(number)
        self.noted.clear()

    def write(self, changes: Sequence[Asked]) -> list[Answer]:
        """Write changes together, each with the reason that the journal is told; what was not written is struck out there.

        Without a reason it is a picture: nothing of it is noted, and where somebody was faster the next pass looks again.
        A note that is made is noted once it is there: nothing is lost by it, and one that a kill kept from being made
        must not look like one that somebody deleted.
        """
        noted = self._noted([one for one in changes if one[0].before is not None])
        made = {change.path: self._made(change) for change, _ in changes if change.before is None}
        self._noted([one for one in changes if made.get(one[0].path) is True])
        replaced = [
            Replacement(self.root / change.path, change.before, change.after, self.prepared.get(change.path))
            for change, _ in changes
            if change.before is not None
        ]
        landed = iter(replace_notes(replaced, self.root, keep=self.aside.keep))
        answers = [
            made[change.path] if change.before is None else _answer(next(landed), why)
            for change, why in changes
        ]
        for (change, _), answer in zip(changes, answers, strict=True):
            if answer is False or isinstance(answer, NoteWriteError):
                self._strike_out(noted.get(change.path))
        self.forget_prepared()
        return answers

    def write_one(self, change: Change, why: str) -> bool:
        """Write one change; return False where a note to be made was there already, raise NoteWriteError as it comes."""
        (answer,) = self.write([(change, why)])
        if isinstance(answer, NoteWriteError):
            raise answer
        return answer is not False

    def _noted(self, changes: Sequence[Asked]) -> dict[str, int | None]:
        """Note changes in the journal that are not noted there yet; return their numbers by path."""
        if self.journal is None:
            return {}
        known = {path: number for path, number in map(self._noted_before, changes) if number is not None}
        asked = [(change, why) for change, why in changes if why is not None and change.path not in known]
        numbers = self.journal.record_all(asked, self.moment()) if asked else []
        return known | {change.path: number for (change, _), number in zip(asked, numbers, strict=True)}

    def _noted_before(self, asked: Asked) -> tuple[str, int | None]:
        """Return the path of a change, and its number if it is noted; somebody may have struck it out, as one that was not made."""
        path = asked[0].path
        before, number = self.noted.get(path, (None, None))
        if before != asked or self.journal is None or not self.journal.knows(number):
            return path, None
        del self.noted[path]
        return path, number

    def _strike_out(self, number: int | None) -> None:
        if self.journal is not None:
            self.journal.forget(number)

    def _made(self, change: Change) -> Answer:
        try:
            return create_note(self.root / change.path, change.after, root=self.root)
        except NoteWriteError as error:
            return error


def _answer(found: Landed | NoteWriteError | None, why: str | None) -> Answer:
    if found is None:
        return True
    return False if why is None and isinstance(found, NoteChanged) else found
