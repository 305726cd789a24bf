"""Keeps one vault up to date: reads its notes, works out the figures, and writes what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from ..parsers.glance import plain
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.day_wins import frog_problem
from ..streaks.life_figures import LifeFigures
from ..streaks.tally import LedgerState
from ..streaks.vault_figures import VaultFigures
from ..templates.view import View
from .aside import Aside
from .cache_file import CacheLost
from .change import Change
from .clock import DayClock
from .cycles import no_search
from .drawn import Drawn, is_drawing
from .found import Found, is_page
from .index import Fresh, NoteIndex, state_print
from .intake import Intake, is_young
from .journal import Journal
from .known_notes import KnownNotes
from .last_walk import LastWalk
from .ledger import Ledger
from .live_times import LiveTimes
from .new_notes import NewNotes
from .note_plan import unknown_names
from .note_writer import NoteWriter
from .open_boxes import OpenBoxes
from .outcome import Outcome
from .page_changes import PageChanges
from .page_plans import PagePlans
from .planning import Planning
from .reader import Reader
from .rereading import Rereading
from .seen import Seen
from .shown import Shown
from .stamping import Stamping
from .stamps import NEVER, Stamps
from .tick_times import TickTimes
from .undated_ticks import UndatedTicks
from .unseen import is_unseen, keep_unseen
from .vault import Vault
from .writing import Writing

_MOST_CHANGED = 1000
"""Changed notes from which on everything is counted anew rather than one note after the other."""


class Keeper:
    """The one place where the notes of a vault are read and written.

    `read_all` and `read_one` take the notes in, `figures` tells what they add up to, `plan` says what is to be
    written and `write` writes it. Only notes that hold blocks, goals or stamps are kept as text. With `compiled` false
    notes are read by Python alone.
    """

    def __init__(
        self,
        vault: Vault,
        clock: DayClock,
        seen: Seen,
        index: NoteIndex | None = None,
        journal: Journal | None = None,
        times: TickTimes | None = None,
        *,
        compiled: bool = True,
    ) -> None:
        self.vault = vault
        self.clock = clock
        self._seen = seen
        self._index = index or NoteIndex.of_this_process(vault.reading)
        self._reading = vault.reading
        self._reader = Reader(vault, self._index, compiled=compiled)
        self.journal = journal
        self.stamping = Stamping.of(vault.settings.stamp, vault.adopted.task_format)
        self.ledger = Ledger(vault.defaults, self._reading.rules)
        self.aside = Aside(vault.root)
        self.writer = NoteWriter(vault.root, self.aside, journal, self._moment)
        self.walk = LastWalk(vault, clock)
        self.drawn = Drawn(vault.root)
        self._started = 0.0
        found = self._found = Found(self._reader)
        self.times = LiveTimes(times, clock, self.ledger)
        self._ticks = UndatedTicks(self.stamping, seen, clock, self._reader, self.ledger, found)
        self._open_boxes = OpenBoxes(self.stamping, seen, self._index, self.ledger, found)
        self._shown = Shown(vault, clock, self.ledger, self.times, found.names)
        self.rereading = Rereading(
            clock, self._reader, self.ledger, found, self._ticks, self.times, self._read_anew
        )
        self.changes = PageChanges(vault.reading, self.ledger, self._ticks)
        self._pages = PagePlans(vault, self.ledger, found, journal, self.drawn, self.changes)
        self.new_notes = NewNotes(vault, clock, self.ledger, journal, self._shown)
        self.planning = Planning(clock, self._shown, found, self._pages, self.new_notes, self.writer)
        self._writing = Writing(vault, self.writer, self.changes, self._ticks, self.rereading)

    @property
    def parsed(self) -> int:
        """How many notes were read from the disk."""
        return self._reader.parsed

    def close(self) -> list[Problem]:
        """Let go of what is open; return the saves that our last writes had overtaken."""
        self.writer.forget_prepared()
        late = [one.problem(self.vault.root) for one in self.aside.close()]
        self._seen.close()
        if self.journal is not None:
            self.journal.close()
        self.times.close()
        self._index.close()
        return late

    # Reading

    def read_all(self) -> int:
        """Read every note; return how many there are."""
        with no_search():
            return self._read_all()

    def _read_all(self, *, anew: bool = False) -> int:
        self._found.begin()
        self._open_boxes.begin()
        with self._index.still():
            walk = self.walk.begin()
            self._started = self.clock.clock().timestamp() * 1e9
            clashes = None if anew else self._restore(walk.found)
            if clashes is not None:
                self.walk.take_as_kept(walk, clashes)
                return len(walk.found)
            known = self._index.stamps()
            found = self.walk.take(walk, known)
            intake = Intake(self._reader, self._started, self._take_whole)
            known = known if found.notes or found.unseen else Stamps()
            keep_unseen(found.notes, known, found.unseen)
            changed: Set[str] | None = found.notes.differing(known.folders.items()) if known.folders else None
            few = not anew and changed is not None and len(changed) <= _MOST_CHANGED
            restored = few and self._restore(known) is not None
            if not restored:
                self._reader.begin(found.notes)
                changed = intake.take_known(changed)
        if changed is not None and restored:
            self._take_changed(changed)
        else:
            self._take_anew(intake, changed)
        return len(found.notes)

    def _take_anew(self, intake: Intake, changed: Set[str] | None) -> None:
        """Take in all notes, and have the index know them all."""
        intake.read(changed)
        notes = self._found.notes = KnownNotes(self._reader.stamps, self._reader, self._reader.problems)
        try:
            self.ledger.take_all(intake.goals, intake.facts(), notes)
        except CacheLost:
            intake.hold_all()
            self.ledger.take_all(intake.goals, intake.facts(), notes)
        for path, note in intake.young.items():
            notes[path] = note
        self._ticks.notice(self._stamped(notes))
        self._keep_state(intake.kept)

    def _take_whole(self, note: Note) -> None:
        self._found.take_in(note)
        if is_page(note):
            self._found.pages.later(note.path)

    def _take_changed(self, changed: Set[str]) -> None:
        """Read again what has changed since the last start, and have the index know it."""
        for path in sorted(changed):
            self.read_one(path)
        stamps, fresh, doubtful = self._reader.stamps, dict[str, Fresh](), {*self._reader.problems}
        for path in changed & stamps.keys():
            if is_young(stamps[path].mtime_ns, self._started):
                doubtful.add(path)
            if path in self._found.notes:
                stamp = NEVER if path in doubtful else stamps[path]
                fresh[path] = stamp, plain(self._found.notes[path], self._reading)
        if not changed <= doubtful:
            kept = stamps.without(doubtful)
            self._index.store(fresh, kept, {path.rpartition("/")[0] for path in changed}, changed)
            self._keep_state(kept)

    def _stamped(self, notes: KnownNotes) -> Iterator[Note]:
        """Yield the notes whose boxes may be stamped and of which something is remembered."""
        known = self._seen.paths()
        for path in sorted(known & self._may_be_stamped(known)):
            note = notes.get(path)
            if note is not None:
                yield note

    def _may_be_stamped(self, paths: Set[str]) -> Set[str]:
        return self.ledger.stamped_notes if self.stamping.scope == "auto" else paths

    # What the notes add up to, kept from one start to the next

    def _state_print(self) -> str:
        return state_print(self.vault.defaults, self.stamping, self.vault.settings.max_note_size)

    def _keep_state(self, known: Stamps) -> None:
        """Keep what is known now, where the next start may rely on it: the index has every note, and no tick is pending."""
        pending = self._found.ticked or self._reader.in_doubt
        if pending or not known or not self._index.has_just(known):
            return
        found = self._found
        clashes = self.walk.clashes(known)
        state = (
            self.ledger.state().packed(),
            list(found.pages),
            found.block_problems,
            found.naming,
            self._reader.problems,
            clashes,
        )
        self._index.keep_state(self._state_print(), known, state)

    def _restore(self, known: Stamps) -> Sequence[Problem] | None:
        """Take over what was kept of just these notes, and return the problems of their names; None where nothing was.

        No note is opened, and none is looked for in the index.
        """
        kept = self._index.state(self._state_print(), known) if known.folders else None
        if kept is None:
            return None
        self._reader.begin(known)
        (values, pages, block_problems, naming, problems, clashes), remembered = kept
        try:
            self._found.notes = KnownNotes(known, self._reader, problems)
            self.ledger.restore(LedgerState.of(values), self._found.notes)
        except (TypeError, ValueError):
            return None
        for path in pages:
            self._found.pages.later(path)
        self._found.block_problems = block_problems
        self._reader.problems = problems
        self._found.naming = naming
        if remembered:
            self._open_boxes.restored()
        return tuple(clashes)

    def _read_anew(self) -> None:
        self._read_all(anew=True)

    def read_one(self, path: str, *, seen_live: bool = False) -> bool:
        """Read one note again if its bytes may have changed; return whether anything was taken in."""
        if is_drawing(path):
            return not is_unseen(self.vault.root, path) and self._pages.look_again(path)
        return self.rereading.read(path, seen_live=seen_live)

    def changed_since(self) -> set[str]:
        """Return the notes, and the pictures, that are new, changed or gone by a walk over the vault; none is opened."""
        found = self.walk.again()
        keep_unseen(found.notes, self._reader.stamps, found.unseen)
        return (
            self._reader.stamps.differing(found.notes.folders.items())
            | self.drawn.changed()
            | self._found.again
        )

    def remember(self) -> None:
        """Remember which boxes are open now, so that a tick is noticed that nobody sees."""
        self._open_boxes.remember()

    # Figures

    def figures(self, now: Now | None = None) -> VaultFigures:
        """Return the figures of the vault as of now."""
        return self._shown.figures(now)

    def life(self, figures: VaultFigures | None = None) -> LifeFigures:
        """Return what is told beside the figures; each part is worked out when it is asked for."""
        return self._shown.life(figures)

    def view(self, figures: VaultFigures) -> View:
        """Return what is shown of these figures."""
        return self._shown.view(figures)

    def problems(self, figures: VaultFigures) -> list[Problem]:
        """Return everything that is wrong in the vault, by place."""
        frogs = frog_problem(self.ledger.frogs_on(figures.now.today))
        found = [
            *self.vault.problems,
            *self.walk.problems,
            *self.clock.problems(),
            *(self.journal.problems() if self.journal is not None else ()),
            *self._reader.problems.values(),
            *self.ledger.problems(),
            *figures.problems,
            *self.ledger.chain_problems(),
            *([frogs] if frogs else []),
            *(problem for found in self._found.block_problems.values() for problem in found),
            *unknown_names(self._found.naming, self.view(figures)),
        ]
        return sorted(set(found), key=lambda problem: problem.place)

    # Writing

    def plan(self, *, create_daily: bool = False) -> Iterator[Change | Problem]:
        """Yield the changes that bring the vault's notes up to date, and a problem for each that cannot be made."""
        return self.planning.plan(create_daily=create_daily)

    def write(self, changes: Iterable[Change | Problem], asked: str | None = None) -> Outcome:
        """Write the changes, each whole or not at all; `asked` is the command that somebody gave to have them made."""
        return self._writing.write(changes, asked)

    def _moment(self) -> str:
        return self.clock.moment().isoformat(" ", "minutes")
