"""Takes in all notes of a vault at once: from the disk those that changed, from the index the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Set
from dataclasses import dataclass, field
from itertools import repeat
from operator import itemgetter
from typing import TYPE_CHECKING

from ..parsers.glance import Glance, plain
from ..parsers.glancer import NOTHING
from ..parsers.goal import Goal
from ..parsers.note import Note
from ..templates.words import say
from .folder import Folder, prefix_of
from .known_notes import Fact
from .noting import Fresh
from .packed_note import packed, tells_something, unpacked
from .progress import counted
from .reader import RACY, Reader
from .reading_process import MOST_TEXTS, Answer, Asked, Told
from .stamp import HELD_NEVER, Stamp, mtime_of
from .stamps import Stamps

if TYPE_CHECKING:
    from .many_readers import ManyReaders

_MOST_AT_ONCE = 2000
"""Notes that are noted in the index together: what was read stays read, whenever the process is killed."""
_MOST_HELD = 5000
"""Notes with boxes that are held between reading and counting; of a larger vault all are asked of the index again."""
_WITH_BOXES = 4
"""So many notes to one with boxes, at most: of a vault that must have more than may be held none is held at all."""
_WORTH_SHARING = 20_000
"""Notes from which on starting processes that read them costs less than it saves."""
_LEAST_SHARE = 1000
"""Notes that a process is asked for at once, at least."""


@dataclass
class Intake:
    """What a reading of all notes finds: the goals, the young notes, and what there is to know of each note.

    `started` is in ns, when the walk ended that found the notes. A young note may change again without its stamp
    telling: it is held, and read again at the next start. `whole` is called with each note that is no ordinary one.
    """

    reader: Reader
    started: float
    whole: Callable[[Note], None]
    goals: list[Goal] = field(default_factory=list)
    young: dict[str, Note] = field(default_factory=dict)
    most_held: int = field(default_factory=lambda: _MOST_HELD)
    doubtful: set[str] = field(default_factory=set)
    """The notes that are to be read again at the next start: the index has them with the stamp of no file."""
    _held: list[Fact] | None = field(default_factory=list)
    _batch: dict[str, Fresh] = field(default_factory=dict)
    _doubtful: set[str] = field(default_factory=set)
    _stamps: Stamps = field(default_factory=Stamps)
    """Those of the folders that were read since the index was last told."""

    def read(self, changed: Set[str] | None) -> None:
        """Read the notes that changed, or with None all; note them in the index."""
        folders = self.reader.stamps.folders
        self.reader.give_back()
        if len(self.reader.stamps) > self.most_held * _WITH_BOXES:
            self._held = None
        readers = self._readers() if changed is None else None
        if readers is not None:
            self._read_with(readers)
        else:
            self._read_alone(changed)
        self._note(changed, {path.rpartition("/")[0] for path in changed or ()} - folders.keys())

    def _read_alone(self, changed: Set[str] | None) -> None:
        folders = self.reader.stamps.folders
        count, done = sum(1 for _ in folders.held()), 0
        for folder, notes in counted(folders.held(), count, say("progress.reading")):
            done += self._read_folder(folder, notes, changed)
            self._stamps.folders[folder] = notes
            if done >= _MOST_AT_ONCE:
                self._note(changed)
                done = 0

    def _read_folder(self, folder: str, notes: Folder, changed: Set[str] | None) -> int:
        """Read the notes of a folder that changed; return how many these are."""
        prefix = prefix_of(folder)
        names, sizes = notes.list(), notes.sizes()
        places = [at for at, name in enumerate(names) if changed is None or prefix + name in changed]
        for begin in range(0, len(places), MOST_TEXTS):
            part = places[begin : begin + MOST_TEXTS]
            asked = [names[at] for at in part]
            found = self.reader.glances(folder, asked, [sizes[at] for at in part], self.started)
            for at, fact in zip(part, found, strict=True):
                if fact is not NOTHING:
                    self._take_read(prefix + names[at], notes.held_stamp(at), fact)
        return len(places)

    def _readers(self) -> ManyReaders | None:
        """Return processes that read, if there are notes enough and processors for them; what they find is not held."""
        count = len(self.reader.stamps)
        if count < _WORTH_SHARING or self.most_held >= count:
            return None
        from .many_readers import ManyReaders, processors

        at_once = processors()
        if at_once == 1:
            return None
        self._held = None
        return ManyReaders(self.reader.order(self.started), at_once)

    def _read_with(self, readers: ManyReaders) -> None:
        try:
            count = sum(1 for _ in _shares(self.reader.stamps))
            shares = _shares(self.reader.stamps)  # each is let go of when it is noted
            answers = counted(readers.read(shares), count, say("progress.reading"))
            done = 0
            for share, answer in answers:
                done += self._take_share(share, answer)
                if done >= _MOST_AT_ONCE:
                    self._note(None)
                    done = 0
        finally:
            readers.close()

    def _take_share(self, share: Asked, answer: Answer | None) -> int:
        """Take in what another process found in these folders; return how many notes they have."""
        told = answer.told() if answer is not None else repeat(None)
        for folder, notes in share:
            prefix = prefix_of(folder)
            for at, (name, one) in enumerate(zip(notes.list(), told, strict=False)):
                self._take_told(prefix + name, notes, at, one)
            self._stamps.folders[folder] = notes
        return sum(len(notes) for _, notes in share)

    def _take_told(self, path: str, notes: Folder, at: int, told: Told | None) -> None:
        """Take in what another process found; what it did not read is read here."""
        if told is None:
            self._take_read(path, notes.held_stamp(at), None)
            return
        self.reader.parsed += 1
        is_ordinary, data = told
        if data:
            self._batch[path] = notes.held_stamp(at), data
        fact = None if is_ordinary else unpacked(data, path, self.reader.reading.rules)
        if fact is not None:
            self._take(path, fact)

    def _take_read(self, path: str, stamp: bytes, fact: Note | Glance | None) -> None:
        """Take in what a note says; one that is still to be read is read with care."""
        if fact is None:
            young = is_young(mtime_of(stamp), self.started)
            fact = self._read_young(path) if young else self.reader.read_with_care(path)
        if fact is None:
            self._doubtful.add(path)
        elif tells_something(fact):
            self._batch[path] = stamp, packed(fact)
            self._take(path, fact)

    def _read_young(self, path: str) -> Note | Glance | None:
        self._doubtful.add(path)
        raw = self.reader.raw(path)
        if raw is None:
            return None
        note = self.young[path] = self.reader.whole(raw)
        return plain(note, self.reader.reading)

    def _take(self, path: str, fact: Note | Glance) -> None:
        if isinstance(fact, Note):
            self.whole(fact)
            if fact.goal is not None:
                self.goals.append(fact.goal)
        if self._held is not None:
            self._held.append((path, fact))
            if len(self._held) > self.most_held:
                self._held = None

    def _note(self, changed: Set[str] | None, gone: Set[str] = frozenset()) -> None:
        """Have the index know what was read since the last time, and which folders are gone."""
        batch, stamps = self._batch, self._stamps.without(self._doubtful)
        batch.update((path, (HELD_NEVER, batch[path][1])) for path in self._doubtful & batch.keys())
        folders = stamps.folders.keys() | gone
        # An unmounted disk leaves an empty folder.
        if (
            self.reader.stamps.folders
            and (changed is None or changed)
            and self.reader.index.store(batch, stamps, folders, changed)
        ):
            self.reader.let_go(stamps.folders.items())
        self.doubtful |= self._doubtful
        self._batch, self._stamps, self._doubtful = {}, Stamps(), set()
        del batch, stamps
        self.reader.give_back()

    def take_known(self, changed: Set[str] | None) -> None:
        """Take in what the index knew of the notes that did not change, if any; raise `CacheLost` where it fails."""
        if changed is not None:
            for path, fact in self.reader.known_facts(changed):
                self._take(path, fact)

    def facts(self) -> Iterator[Fact]:
        """Yield what there is to know of each note that has anything to tell, by path; raise `CacheLost` where the index fails."""
        if self._held is not None:
            self._held.sort(key=itemgetter(0))
            yield from self._held
            return
        yield from self.reader.all_facts(self.young.keys() | self.reader.problems.keys())
        for path, note in self.young.items():
            yield path, plain(note, self.reader.reading)

    def read_and_hold(self) -> None:
        """Read all notes from the disk, and hold what they tell: the index cannot be asked."""
        self.most_held = len(self.reader.stamps)
        self.read(None)

    def take_unseen(self, unseen: Stamps) -> None:
        """Take in notes of folders that cannot be looked into at the moment, those of which the index still tells what they were."""
        self.most_held += len(unseen)
        for folder, notes in unseen.folders.items():
            rows = [
                row for row in notes.rows() if self._take_noted(prefix_of(folder) + row[0], Stamp(*row[1:]))
            ]
            if rows:
                self.reader.stamps.folders[folder] = Folder.of(rows)

    def _take_noted(self, path: str, stamp: Stamp) -> bool:
        fact = self.reader.index.note(path, stamp)
        if fact is not None and tells_something(fact):
            self._take(path, fact)
        return fact is not None


def _shares(stamps: Stamps) -> Iterator[Asked]:
    share: list[tuple[str, Folder]] = []
    size = 0
    for folder, notes in stamps.folders.held():
        share.append((folder, notes))
        size += len(notes)
        if size >= _LEAST_SHARE:
            yield share
            share, size = [], 0
    if share:
        yield share


def is_young(mtime_ns: int, started: float) -> bool:
    """Return whether a note was changed so lately that another change might not show in its stamp."""
    return abs(started - mtime_ns) < RACY
