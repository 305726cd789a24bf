"""Reads the notes of a vault: from the disk what has changed, from the index what is known."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from contextlib import suppress
from dataclasses import dataclass, field

from ..parsers.glance import Glance, glance
from ..parsers.glancer import Glancer
from ..parsers.note import Note
from ..parsers.problem import Problem
from .cache_file import CacheLost
from .first_reader import WORTH_IT
from .folder import Folder, Folders
from .heap import give_back_what_is_free
from .index import NoteIndex
from .known_notes import Fact
from .note_read import RawNote, parse_raw, read_raw
from .noted_folders import NotedFolders
from .reading_process import Order, glances_in
from .scan import locate
from .stamp import Stamp
from .stamps import Stamps
from .vault import Vault

RACY = 2e9
"""Nanoseconds within which a second change of a note might not show in its time stamp."""

_TOLD_AT_ONCE = 2500
"""Notes that the index tells of between two times at which free memory is given back: what is made of them is small."""


@dataclass
class Reader:
    """The notes of one vault with the stamps that they had when they were last read, and what kept notes from being read.

    `in_doubt` is set where nothing tells any more what a note was: then the vault is to be read anew. With `compiled`
    false notes are looked at by Python alone.
    """

    vault: Vault
    index: NoteIndex
    stamps: Stamps = field(default_factory=Stamps)
    problems: dict[str, Problem] = field(default_factory=dict)
    in_doubt: bool = False
    parsed: int = 0
    compiled: bool = True

    def __post_init__(self) -> None:
        self.reading = self.vault.reading
        self._root = str(self.vault.root)
        self._glancer = Glancer(self.reading, compiled=self.compiled)
        self._max_size = self.vault.settings.max_note_size

    def begin(self, stamps: Stamps, *, hold: bool = False) -> None:
        """Take these for the notes that there are; nothing is known of them yet.

        Of many the stamps are let go of where they are noted, unless they are to be held.
        """
        self.stamps, self.problems = stamps, {}
        if not hold and isinstance(stamps.folders, Folders) and len(stamps) >= WORTH_IT:
            stamps.folders = NotedFolders(stamps.folders, self.index, self._doubt)

    def known(self, found: Stamps) -> Stamps:
        """Return the stamps that the index knows. Of many notes none is held, nor any longer of those that were found just so."""
        if len(found) < WORTH_IT:
            return self.index.stamps()
        known = Stamps()
        try:
            noted = known.folders = NotedFolders.noted(self.index, self._doubt)
        except CacheLost:
            return Stamps()
        folders = found.folders = NotedFolders(dict(found.folders.items()), self.index, self._doubt)
        folders.let_go_of_noted(noted)
        give_back_what_is_free()
        return known

    def let_go(self, noted: Iterable[tuple[str, Folder]]) -> None:
        """Hold the stamps of many notes no longer where their folders are just as they are noted."""
        folders = self.stamps.folders
        if isinstance(folders, NotedFolders):
            for folder, found in noted:
                folders.let_go(folder, found)

    def give_back(self) -> None:
        """Give the memory back that was needed to read some of many notes."""
        if isinstance(self.stamps.folders, NotedFolders):
            give_back_what_is_free()

    def let_go_noted(self) -> None:
        """Hold none of the stamps of many notes that the index has as they are."""
        folders = self.stamps.folders
        if isinstance(folders, NotedFolders):
            if next(folders.held(), None) is not None:
                with suppress(CacheLost):
                    self.let_go(self.index.folders())
            give_back_what_is_free()

    def _doubt(self) -> None:
        self.in_doubt = True

    def raw(self, path: str) -> RawNote | None:
        """Return the text of a note; where it cannot be read that is a problem from now on."""
        found = read_raw(self.vault.root, path, self._max_size)
        if isinstance(found, RawNote):
            self.problems.pop(path, None)
            self.parsed += 1
            return found
        self.problems[path] = found.problem
        return None

    def order(self, started: float) -> Order:
        """Return how another process is to read the notes of this vault."""
        return Order(self._root, self.reading, self._max_size, started - RACY, self.compiled)

    def glances(
        self, folder: str, names: Sequence[str], sizes: Iterable[int], started: float
    ) -> list[Note | Glance | None]:
        """Return what there is to know of notes in a folder that are of these sizes; None of one that is to be read with care.

        `started` is in ns, when the walk ended that found them.
        """
        found = glances_in(self.order(started), self._glancer, folder, names, sizes)
        self.parsed += len(found) - found.count(None)
        return found

    def read_with_care(self, path: str) -> Note | Glance | None:
        """Return what there is to know of a note; what is wrong with it is told."""
        raw = self.raw(path)
        return self._fact(raw) if raw is not None else None

    def whole(self, raw: RawNote) -> Note:
        """Return all that a text says; a frontmatter that makes no difference to any figure is not read."""
        return parse_raw(raw, self.reading, whole=False)

    def text_now(self, path: str) -> RawNote | None:
        """Return the text of a note, if it is still the note that was last read."""
        raw = read_raw(self.vault.root, path, self._max_size)
        same = isinstance(raw, RawNote) and self.locate(path) == self.stamps.get(path)
        return raw if isinstance(raw, RawNote) and same else None

    def locate(self, path: str) -> Stamp | None:
        """Return the stamp of a note as it is now, or None where there is none."""
        return locate(self.vault.root, path, self.vault.exclusions)

    def note_again(self, path: str) -> Note | None:
        """Return a note as it was when it was last read.

        Of an ordinary note that has changed on the disk since, only the lines of its boxes are known. Another process
        may have put a newer text in the index: then nothing tells what the note was.
        """
        stamp = self.stamps.get(path)
        known = self.index.note(path, stamp) if stamp else None
        if isinstance(known, Note):
            return known
        raw = self.text_now(path)
        if raw is not None:
            return self.whole(raw)
        if known is None:
            self.in_doubt = True
            return Note(path)
        return known.note(path, self.reading.rules)

    def known_facts(self, changed: Set[str]) -> Iterator[Fact]:
        """Yield what the index tells of all notes but those that changed; raise `CacheLost` where it is damaged."""
        return ((path, found) for path, found in self.index.facts() if path not in changed)

    def facts_again(self, leaving_out: Set[str]) -> Iterator[Fact]:
        """Yield what is known of every note but of these, from the disk where the index is damaged; what nothing tells any more is in doubt."""
        if not self.index.is_whole():
            yield from self._facts_now(path for path in self.stamps.paths() if path not in leaving_out)
            return
        try:
            yield from self.all_facts(leaving_out)
        except CacheLost:
            self.in_doubt = True

    def all_facts(self, leaving_out: Set[str]) -> Iterator[Fact]:
        """Yield what is known of every note but of these; what the index does not know is read again from the disk.

        Raise `CacheLost` where the index fails meanwhile.
        """
        with self.index.still():
            fresh = self.stamps.differing(self.index.folders())
            if self.in_doubt:
                raise CacheLost
            left_out = fresh | leaving_out
            for place, (path, found) in enumerate(self.index.facts()):
                if place % _TOLD_AT_ONCE == 0:
                    self.give_back()
                if path not in left_out:
                    yield path, found
        yield from self._facts_now(fresh - leaving_out)

    def _facts_now(self, paths: Iterable[str]) -> Iterator[Fact]:
        """Yield what the disk tells of those of these notes that are known; of one that has changed since nothing tells what it was."""
        for path in paths:
            raw = self.text_now(path) if path in self.stamps else None
            if raw is not None:
                yield path, self._fact(raw)
            elif path in self.stamps:
                self.in_doubt = True

    def _fact(self, raw: RawNote) -> Note | Glance:
        return glance(raw.path, raw.text, self.reading) if raw.valid else self.whole(raw)
