"""Keeps one vault up to date: reads its notes, works out the figures, and writes what has changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..parsers.problem import Problem
from ..streaks.box_sums import SumsInPython, quickest_sums
from ..streaks.calendar import Now
from ..streaks.day_wins import frog_problem
from ..streaks.life_figures import LifeFigures
from ..streaks.vault_figures import VaultFigures
from ..templates.view import View
from .aside import Aside
from .change import Change
from .clock import DayClock
from .drawn import Drawn, is_drawing
from .found import Found
from .index import NoteIndex
from .journal import Journal
from .kept_state import KeptState
from .last_walk import LastWalk
from .ledger import Ledger
from .live_times import LiveTimes
from .made_by import state_print
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
from .scan import Scan
from .seen import Seen
from .shelf import Shelves
from .shown import Shown
from .stamping import Stamping
from .tick_times import TickTimes
from .undated_ticks import UndatedTicks
from .unseen import is_unseen, keep_unseen
from .vault import Vault
from .whole_reading import WholeReading
from .writing import Writing


class Keeper:
    """The one place where the notes of a vault are read and written.

    `read_all` and `read_one` take the notes in, `figures` tells what they add up to, `plan` says what is to be
    written and `write` writes it. Only notes that hold blocks, goals or stamps are kept as text. With `compiled` false
    notes are read and counted by Python alone.
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
        self.index = index or NoteIndex.of_this_process(vault.reading)
        self._reader = Reader(vault, self.index, compiled=compiled)
        self.journal = journal
        self.stamping = Stamping.of(vault.settings.stamp, vault.adopted.task_format)
        sums = quickest_sums if compiled else SumsInPython
        self.ledger = Ledger(vault.defaults, vault.reading.rules, sums, Shelves(self.index.cache_folder))
        self.aside = Aside(vault.root)
        self.writer = NoteWriter(vault.root, self.aside, journal, self._moment)
        self.walk = LastWalk(vault, clock)
        self.drawn = Drawn(vault.root)
        found = self._found = Found(self._reader)
        self.times = LiveTimes(times, clock, self.ledger)
        self._ticks = UndatedTicks(self.stamping, seen, clock, self._reader, self.ledger, found)
        self._open_boxes = OpenBoxes(self.stamping, seen, self.index, self.ledger, found)
        self._shown = Shown(vault, clock, self.ledger, self.times, found.names)
        self.rereading = Rereading(
            clock, self._reader, self.ledger, found, self._ticks, self.times, self._read_anew
        )
        made_by = state_print(vault.defaults, self.stamping, vault.settings.max_note_size)
        kept = KeptState(made_by, self._reader, self.ledger, found, self._open_boxes)
        self._whole = WholeReading(
            self.walk, self._reader, self.ledger, found, self._ticks, self.rereading, kept
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
        self.index.close()
        return late

    # Reading

    def read_all(self) -> int:
        """Read every note; return how many there are."""
        return self._whole.read()

    def read_one(self, path: str, *, seen_live: bool = False) -> bool:
        """Read one note again if its bytes may have changed; return whether anything was taken in."""
        if is_drawing(path):
            return not is_unseen(self.vault.root, path) and self._pages.look_again(path)
        return self.rereading.read(path, seen_live=seen_live)

    def changed_since(self) -> set[str]:
        """Return the notes, and the pictures, that are new, changed or gone by a walk over the vault; none is opened."""
        changed = self._differing(self.walk.again())
        self._reader.give_back()
        return changed | self.drawn.changed() | self._found.again

    def _differing(self, found: Scan) -> set[str]:
        keep_unseen(found.notes, self._reader.stamps, found.unseen)
        return self._reader.stamps.differing(found.notes.folders.items())

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
            *self.index.problems(),
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

    def make_ready(self) -> None:
        """Do what can be done shortly before it is time to write what was planned ahead."""
        self._writing.make_ready(self.planning.ahead)

    def write(self, changes: Iterable[Change | Problem], asked: str | None = None) -> Outcome:
        """Write the changes, each whole or not at all; `asked` is the command that somebody gave to have them made."""
        return self._writing.write(changes, asked)

    def _read_anew(self) -> None:
        self._whole.read_anew()

    def _moment(self) -> str:
        return self.clock.moment().isoformat(" ", "minutes")
