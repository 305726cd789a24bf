"""Reading a whole vault: what has changed from the disk, all else as it was kept."""

from __future__ import annotations

from collections.abc import Set
from contextlib import suppress

from ..parsers.glance import plain
from ..parsers.note import Note
from .cache_file import CacheLost
from .cycles import no_search
from .first_reader import WORTH_IT
from .found import Found, is_page
from .heap import give_back_what_is_free
from .intake import Intake, is_young
from .kept_state import KeptState
from .known_notes import KnownNotes
from .last_walk import LastWalk
from .ledger import Ledger
from .noting import Fresh
from .reader import Reader
from .rereading import Rereading
from .stamp import HELD_NEVER, packed
from .stamps import Stamps
from .undated_ticks import UndatedTicks
from .unseen import keep_unseen

_MOST_CHANGED = 1000
"""Changed notes from which on everything is counted anew rather than one note after the other."""

_TRIES = 2
"""How often the index is asked: one that was found to be damaged has been begun anew, and fills again."""


class WholeReading:
    """Walks over a vault and takes in all notes: at once, or, where few have changed, those on top of what was kept."""

    def __init__(
        self,
        walk: LastWalk,
        reader: Reader,
        ledger: Ledger,
        found: Found,
        ticks: UndatedTicks,
        rereading: Rereading,
        kept: KeptState,
    ) -> None:
        self._walk = walk
        self._reader = reader
        self._index = reader.index
        self._ledger = ledger
        self._found = found
        self._ticks = ticks
        self._rereading = rereading
        self._kept = kept

    def read(self) -> int:
        """Read every note; return how many there are."""
        with no_search():
            count = self._read()
            while count is None:
                count = self._read()
        if count >= WORTH_IT:
            give_back_what_is_free()
        return count

    def read_anew(self) -> None:
        """Read the vault as if nothing had been kept of what the notes add up to."""
        self._read(anew=True)

    def _read(self, *, anew: bool = False) -> int | None:
        """Return how many notes there are; None where another process has read them, and it is to be seen what it kept."""
        for _ in range(_TRIES):
            with suppress(CacheLost):
                return self._read_changed(anew=anew)
        return self._read_and_hold()

    def _read_changed(self, *, anew: bool) -> int | None:
        self._begin()
        with self._index.still():
            walk = self._walk.begin()
            clashes = None if anew else self._kept.restore(walk.found)
            if clashes is not None:
                self._walk.take_as_kept(walk, clashes)
                return len(self._reader.stamps)
            known = self._reader.known(walk.found)
            found = self._walk.take(walk, known)
            intake = Intake(self._reader, self._walk.ended, self._take_whole)
            known = known if found.notes or found.unseen else Stamps()
            keep_unseen(found.notes, known, found.unseen)
            changed: Set[str] | None = found.notes.differing_from(known) if known.folders else None
            few = not anew and changed is not None and len(changed) <= _MOST_CHANGED
            restored = few and self._kept.restore(known) is not None
            first = None if restored or anew else self._index.first_reader(len(found.notes))
            if not restored and first is None:
                self._reader.begin(found.notes)
                intake.take_known(changed)
            if self._reader.in_doubt:
                raise CacheLost
        if first is not None:
            first.read()
            return None
        if changed is not None and restored:
            self._take_changed(changed)
        else:
            self._take_anew(intake, changed)
        return len(self._reader.stamps)

    def _take_anew(self, intake: Intake, changed: Set[str] | None) -> None:
        """Take in all notes, and have the index know them all; raise `CacheLost` where it fails meanwhile."""
        intake.read(changed)
        self._take_all(intake)
        self._keep_all(intake)

    def _read_and_hold(self) -> int:
        """Read all notes from the disk, and hold what they tell: the index is not to be relied on."""
        self._begin()
        found = self._walk.take(self._walk.begin(), Stamps())
        self._reader.begin(found.notes, hold=True)
        intake = Intake(self._reader, self._walk.ended, self._take_whole)
        intake.read_and_hold()
        if found.unseen:
            unseen = Stamps()
            keep_unseen(unseen, self._index.stamps(), found.unseen)
            intake.take_unseen(unseen)
        self._take_all(intake)
        self._keep_all(intake)
        return len(self._reader.stamps)

    def _begin(self) -> None:
        self._kept.begin()
        self._reader.in_doubt = False
        self._index.renew()

    def _keep_all(self, intake: Intake) -> None:
        self._ticks.notice_unseen()
        self._keep(self._reader.stamps.without(intake.doubtful))

    def _take_all(self, intake: Intake) -> None:
        notes = self._found.notes = KnownNotes(self._reader.stamps, self._reader, self._reader.problems)
        self._ledger.take_all(intake.goals, intake.facts(), notes)
        for path, note in intake.young.items():
            notes[path] = note
        self._reader.give_back()

    def _take_whole(self, note: Note) -> None:
        self._found.take_in(note)
        if is_page(note):
            self._found.pages.later(note.path)

    def _take_changed(self, changed: Set[str]) -> None:
        """Read again what has changed since the last start, and have the index know it."""
        for path in sorted(changed):
            self._rereading.read(path)
        stamps, fresh, doubtful = self._reader.stamps, dict[str, Fresh](), {*self._reader.problems}
        for path in changed & stamps.keys():
            if is_young(stamps[path].mtime_ns, self._walk.ended):
                doubtful.add(path)
            if path in self._found.notes:
                stamp = HELD_NEVER if path in doubtful else packed([stamps[path]])
                fresh[path] = stamp, plain(self._found.notes[path], self._reader.reading)
        if not changed <= doubtful:
            kept = stamps.without(doubtful)
            folders = {path.rpartition("/")[0] for path in changed}
            if self._index.store(fresh, kept, folders, changed):
                told = ((one, kept.folders.get(one)) for one in folders)
                self._reader.let_go((one, found) for one, found in told if found is not None)
            self._keep(kept)

    def _keep(self, known: Stamps) -> None:
        self._kept.keep(known, self._walk.clashes(known))
