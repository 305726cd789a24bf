"""Keeps one vault up to date: reads its notes, works out the figures, and writes what has changed."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, fields, replace
from datetime import date
from itertools import islice
from typing import NamedTuple

from ..parsers.blocks import OF_THE_DAY, Block
from ..parsers.day_range import DayRange
from ..parsers.edit import apply
from ..parsers.glance import plain
from ..parsers.note import Note, read_note
from ..parsers.period import Period
from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.catalog import Catalog
from ..streaks.day_wins import DayTimes, frog_problem
from ..streaks.entries import NO_DAYS
from ..streaks.history import Entry
from ..streaks.life_figures import DayNotes, LifeFigures, LifeMemory
from ..streaks.tally import LedgerState
from ..streaks.vault_figures import VaultFigures
from ..templates.blocks import is_of_its_goal
from ..templates.news import news_lines
from ..templates.rows import Rows
from ..templates.view import View, shared_names
from .ahead import Ahead
from .aside import Aside
from .cache_file import CacheLost
from .carrying import open_tasks
from .change import Change, Unproved, proved_change
from .clock import DayClock
from .cycles import no_search
from .daily_note import daily_path, draft_daily_note
from .draft import Draft
from .drawn import Drawn, is_drawing
from .errors import MicrowinsError, NoteWriteError
from .index import Fresh, NoteIndex, state_print
from .intake import Intake, is_young
from .journal import BLOCKS, DATES, Journal
from .known_notes import KnownNotes
from .ledger import Ledger
from .look_back import LookBacks
from .name_rule import NAME_CLASH
from .note_plan import Page, appended_block, naming_blocks, page_edits, page_problems, unknown_names
from .note_read import RawNote, parse_raw, read_raw
from .note_write import Landed, sweep_temporary_files
from .note_writer import AT_ONCE, Answer, NoteWriter
from .pages import Lazy
from .period_note import draft_period_note, period_path, period_with, wanted_kinds
from .pictures import Pictures, album_of, is_picture
from .reader import RACY, Reader
from .scan import Scan, locate, scan, sifted
from .seen import Seen
from .settled import Settled
from .stamping import (
    BoxStamp,
    Stamping,
    carried_over,
    newly_ticked,
    open_box_keys,
    stamp_edits,
    unticked_stamps,
)
from .stamps import NEVER, Stamp, Stamps
from .tick_times import TickTimes, timed, turned
from .unseen import is_unseen, keep_unseen
from .vault import Vault
from .walk import Walk


class BlockHidden(MicrowinsError):
    """A block would stand where markers mean nothing, and each pass would add another one."""

    code = "block-hidden"

    def __init__(self, path: str) -> None:
        super().__init__(
            f"A block in {path} would not be found again, so the note is left as it is.",
            "Close the code block, comment or formula that is still open above it.",
        )


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a pass did: notes looked at, notes parsed, and what was written, made or left alone with a problem.

    `removed` are conflict copies of our own making.
    """

    scanned: int = 0
    parsed: int = 0
    written: tuple[str, ...] = ()
    created: tuple[str, ...] = ()
    skipped: tuple[Problem, ...] = ()
    changes: tuple[Change, ...] = ()
    removed: tuple[str, ...] = ()


LEFT_BEHIND = 3600.0
"""Seconds after which a temporary file of ours is no write in progress any more."""
_MOST_CHANGED = 1000
"""Changed notes from which on everything is counted anew rather than one note after the other."""


class _Text(NamedTuple):
    """A note's bytes and what they say."""

    raw: RawNote
    note: Note


def _nothing(_path: str) -> None:
    return None


@dataclass
class _Found:
    """The state of the vault as last read."""

    pages: Lazy[RawNote] = field(default_factory=lambda: Lazy(_nothing))
    ticked: dict[str, Mapping[int, date]] = field(default_factory=dict)
    block_problems: dict[str, tuple[Problem, ...]] = field(default_factory=dict)
    again: set[str] = field(default_factory=set)
    naming: dict[str, tuple[Block, ...]] = field(default_factory=dict)
    settled: Settled = field(default_factory=Settled)


def _is_page(note: Note) -> bool:
    """Return whether we may write in a note: its text is kept."""
    return note.goal is not None or any(
        note.day is None or block.name not in {"today", *OF_THE_DAY} for block in note.blocks
    )


class Keeper:
    """The one place where the notes of a vault are read and written.

    `read_all` and `read_one` take the notes in, `figures` tells what they add up to, `plan` says what is to be
    written and `write` writes it. Only notes that hold blocks, goals or stamps are kept as text.
    """

    def __init__(
        self,
        vault: Vault,
        clock: DayClock,
        seen: Seen,
        index: NoteIndex | None = None,
        journal: Journal | None = None,
        times: TickTimes | None = None,
    ) -> None:
        self.vault = vault
        self.clock = clock
        self._seen = seen
        self._index = index or NoteIndex.of_this_process(vault.reading)
        self._reading = vault.reading
        self._reader = Reader(vault, self._index)
        self._notes = KnownNotes(self._reader.stamps, self._reader, self._reader.problems)
        self.journal = journal
        self._times = times
        self.stamping = Stamping.of(vault.settings.stamp, vault.adopted.task_format)
        self.ledger = Ledger(vault.defaults, self._reading.rules)
        self.aside = Aside(vault.root)
        self._writer = NoteWriter(vault.root, self.aside, journal, self._moment)
        self._proved: dict[str, _Text] = {}
        self._found = _Found()
        self._scan_problems: tuple[Problem, ...] = ()
        self._names: frozenset[str] | None = None
        self._shared_names: frozenset[str] = frozenset()
        self._unfinished: tuple[str, ...] = ()
        self._started = 0.0
        self._unkept = False
        self._left_alone: frozenset[str] = frozenset()
        self._ahead: Ahead | None = None
        self._readings = 0
        self._drawn = Drawn(vault.root)
        self._unremembered: set[str] | None = set()
        self._remembered_by: Catalog | None = None
        self._view: View | None = None
        self._memory = LifeMemory()
        self._rows = Rows()
        self._look_backs = LookBacks()

    @property
    def parsed(self) -> int:
        """How many notes were read from the disk."""
        return self._reader.parsed

    def close(self) -> list[Problem]:
        """Let go of what is open; return the saves that our last writes had overtaken."""
        self._writer.forget_prepared()
        late = [one.problem(self.vault.root) for one in self.aside.close()]
        self._seen.close()
        if self.journal is not None:
            self.journal.close()
        if self._times is not None:
            self._times.close()
        self._index.close()
        return late

    # Reading

    def read_all(self) -> int:
        """Read every note; return how many there are."""
        with no_search():
            return self._read_all()

    def _read_all(self, *, anew: bool = False) -> int:
        self._readings += 1
        self._found, self._names = _Found(Lazy(self._reader.text_now)), None
        with self._index.still():
            walk = Walk.over(self.vault.root, self.vault.exclusions)
            self._started, self._unkept = self.clock.clock().timestamp() * 1e9, True
            clashes = None if anew else self._restore(walk.found)
            if clashes is not None:
                self._tell(Scan.of(walk, clashes))
                return len(walk.found)
            known = self._index.stamps()
            found = sifted(walk, known)
            self._tell(found)
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

    def _tell(self, found: Scan) -> None:
        self._scan_problems, self._unfinished = found.problems, found.unfinished

    def _take_anew(self, intake: Intake, changed: Set[str] | None) -> None:
        """Take in all notes, and have the index know them all."""
        intake.read(changed)
        notes = self._notes = KnownNotes(self._reader.stamps, self._reader, self._reader.problems)
        self._unremembered = None
        try:
            self.ledger.take_all(intake.goals, intake.facts(), notes)
        except CacheLost:
            intake.hold_all()
            self.ledger.take_all(intake.goals, intake.facts(), notes)
        for path, note in intake.young.items():
            notes[path] = note
        self._notice(self._stamped(notes))
        self._keep_state(intake.kept)

    def _take_whole(self, note: Note) -> None:
        self._take_in(note)
        if _is_page(note):
            self._found.pages.later(note.path)

    def _take_changed(self, changed: Set[str]) -> None:
        """Read again what has changed since the last start, and have the index know it."""
        for path in sorted(changed):
            self.read_one(path)
        stamps, fresh, doubtful = self._reader.stamps, dict[str, Fresh](), {*self._reader.problems}
        for path in changed & stamps.keys():
            if is_young(stamps[path].mtime_ns, self._started):
                doubtful.add(path)
            if path in self._notes:
                stamp = NEVER if path in doubtful else stamps[path]
                fresh[path] = stamp, plain(self._notes[path], self._reading)
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
        ledger = self.ledger.state()
        values = [getattr(ledger, one.name) for one in fields(ledger)]
        found = self._found
        clashes = [one for one in self._scan_problems if one.code == NAME_CLASH and one.path in known]
        state = (
            values,
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
            self._notes = KnownNotes(known, self._reader, problems)
            self.ledger.restore(LedgerState(*values), self._notes)
        except (TypeError, ValueError):
            self.ledger = Ledger(self.vault.defaults, self._reading.rules)
            return None
        for path in pages:
            self._found.pages.later(path)
        self._found.block_problems = block_problems
        self._reader.problems = problems
        self._found.naming = naming
        self._unkept = not remembered
        self._unremembered = set() if remembered else None
        self._remembered_by = self.ledger.catalog if remembered else None
        return tuple(clashes)

    def read_one(
        self, path: str, *, seen_live: bool = False, written: _Text | None = None, again: bool = False
    ) -> bool:
        """Read one note again if its bytes may have changed, or `again`; return whether anything was taken in.

        What was just `written` there need not be read.
        """
        stamp = locate(self.vault.root, path, self.vault.exclusions)
        if stamp is None:
            return self._not_found(path)
        again |= path in self._found.again
        if not again and stamp == self._reader.stamps.get(path) and self._is_same(path, stamp):
            return False
        self._readings += 1
        was_page = path in self._found.pages
        known = self._found.pages.get(path)
        before = self.ledger.notes.get(path)
        if self._reader.in_doubt:
            return self._read_all(anew=True) >= 0
        ticked = self._found.ticked.get(path, NO_DAYS)
        self._names = self._names if path in self._reader.stamps else None
        if before is None:
            self._notes.leave_out(path)
        note = self._read(path, written=written)
        unchanged = (
            known is not None and self._found.pages.get(path) == known
            if was_page
            else note is not None and before is not None and self._counts_alike(before, note)
        )
        if unchanged and note is not None:
            self._reader.stamps[path] = stamp
            self._notes[path] = note
            self._found.ticked |= {path: ticked} if ticked else {}
            return False
        self._found.settled.forget(path)
        self.ledger.update(path, note)
        self._reader.stamps[path] = stamp
        if self._reader.in_doubt:
            return self._read_all(anew=True) >= 0
        if note is not None:
            # A note that was not there a moment ago was not seen while its boxes were ticked: its own time tells more.
            self._notice([note], live=seen_live and before is not None, before=before, ticked=ticked)
            if seen_live:
                self._notice_times(before, note, stamp)
        return True

    def _is_same(self, path: str, stamp: Stamp) -> bool:
        """Return whether a note whose stamp is what it was holds what it held; of a young one only its text tells."""
        if not self._is_racy(stamp):
            return True
        known = self._found.pages.get(path)
        return known is not None and self._reader.raw(path) == known

    def _counts_alike(self, before: Note, note: Note) -> bool:
        return before == note or plain(before, self._reading) == plain(note, self._reading)

    def _look_again(self, path: str) -> bool:
        """Have the notes planned anew that show a picture, if somebody has changed it; return whether that is so."""
        if not self._drawn.is_changed(path):
            return False
        for note in self._drawn.notes(path):
            self._found.settled.forget(note)
        self._readings += 1
        return True

    def changed_since(self) -> set[str]:
        """Return the notes, and the pictures, that are new, changed or gone by a walk over the vault; none is opened."""
        found = scan(self.vault.root, self.vault.exclusions)
        self._scan_problems = found.problems
        keep_unseen(found.notes, self._reader.stamps, found.unseen)
        return (
            self._reader.stamps.differing(found.notes.folders.items())
            | self._drawn.changed()
            | self._found.again
        )

    def known_inode(self, path: str) -> int | None:
        """Return the inode of a note as it was last read."""
        stamp = self._reader.stamps.get(path)
        return stamp.inode if stamp else None

    def inodes(self, paths: Iterable[str]) -> frozenset[int]:
        """Return the inodes of those of these notes that are there."""
        stamps = (locate(self.vault.root, path, self.vault.exclusions) for path in paths)
        return frozenset(stamp.inode for stamp in stamps if stamp is not None)

    def _read(self, path: str, *, written: _Text | None = None) -> Note | None:
        self._found.again.discard(path)
        self._found.pages.pop(path, None)
        self._found.ticked.pop(path, None)
        self._found.block_problems.pop(path, None)
        self._found.naming.pop(path, None)
        raw = written.raw if written else self._reader.raw(path)
        if raw is None:
            return None
        note = written.note if written else self._reader.whole(raw)
        self._take_in(note)
        if _is_page(note) or (note.blocks and note.day == self.clock.now().today):
            self._found.pages[path] = raw
        return note

    def _take_in(self, note: Note) -> None:
        if self._unremembered is not None:
            self._unremembered.add(note.path)
        block_problems = tuple(page_problems(note)) if note.blocks else ()
        if block_problems:
            self._found.block_problems[note.path] = block_problems
        naming = naming_blocks(note)
        if naming:
            self._found.naming[note.path] = naming

    def _not_found(self, path: str) -> bool:
        """Take a note for gone, unless it cannot be told: then it is what it was."""
        if is_unseen(self.vault.root, path):
            return False
        return self._look_again(path) if is_drawing(path) else self._forget(path)

    def _forget(self, path: str) -> bool:
        self._readings += 1
        known = path in self._reader.stamps
        self.ledger.update(path, None)
        found, reader = self._found, self._reader
        for table in (
            reader.stamps,
            reader.problems,
            found.pages,
            found.ticked,
            found.block_problems,
            found.naming,
        ):
            table.pop(path, None)
        found.settled.forget(path)
        found.again.discard(path)
        self._names = None
        if reader.in_doubt:
            self._read_all(anew=True)
        return known

    def _is_racy(self, stamp: Stamp) -> bool:
        """Return whether a note was changed so lately that another change might not show in its time stamp."""
        return abs(self.clock.clock().timestamp() * 1e9 - stamp.mtime_ns) < RACY

    # Boxes ticked outside dated notes

    def _notice(
        self,
        notes: Iterable[Note],
        *,
        live: bool = False,
        before: Note | None = None,
        ticked: Mapping[int, date] = NO_DAYS,
    ) -> None:
        """Find the boxes that were ticked since the notes were last read, and count them from now on.

        `before` is the one note as it was until now, and `ticked` the days of those of its ticks that no line bears yet.
        """
        if self.stamping.scope == "off":
            return
        today = self.clock.now().today
        for note in notes:
            if note.day is not None or not note.tasks or not self._concerned(note):
                continue
            day = today if live else self.clock.day_at(self._reader.stamps[note.path].mtime_ns / 1e9, today)
            was_open = self._seen.open_boxes(note.path)
            if before is not None:
                was_open = (was_open or frozenset()) | frozenset(open_box_keys(before))
            found = newly_ticked(note, self.ledger.catalog, self.stamping, was_open, day)
            if before is not None and ticked:
                found = carried_over(note, found, before, ticked)
            if found:
                self._found.ticked[note.path] = found
                self.ledger.update(note.path, note, found)
            if found or unticked_stamps(note, self._seen):
                self._keep_page(note.path)

    def _concerned(self, note: Note) -> bool:
        return any(self.stamping.concerns(note, task, self.ledger.catalog) for task in note.tasks)

    def _keep_page(self, path: str) -> None:
        """Keep the text of a note that was read without it, if it still says the same; else it is read anew later."""
        if path in self._found.pages:
            return
        raw = read_raw(self.vault.root, path, self.vault.settings.max_note_size)
        if isinstance(raw, RawNote) and parse_raw(raw, self._reading, whole=False) == self.ledger.notes.get(
            path
        ):
            self._found.pages[path] = raw
        else:
            self._found.again.add(path)

    def remember(self) -> None:
        """Remember which boxes are open now, for the notes whose ticks are stamped and that were read since last time."""
        if self.stamping.scope == "off":
            return
        same_goals = self._remembered_by is self.ledger.catalog
        paths = self._undated_paths(self._unremembered if same_goals else None)
        pending = paths & self._found.ticked.keys()
        notes = {path: note for path in paths - pending if (note := self.ledger.notes.get(path)) is not None}
        self._unremembered = set(pending)
        self._remembered_by = self.ledger.catalog
        concerned = {
            path: open_box_keys(note) for path, note in notes.items() if note.tasks and self._concerned(note)
        }
        if concerned:
            self._seen.remember(concerned)
        if self._unkept and not pending:
            self._index.set_remembered()
        self._unkept = False

    def _undated_paths(self, among: Set[str] | None) -> Set[str]:
        """Return the notes whose boxes may be stamped; of all notes, or of these."""
        if self.stamping.scope == "auto":
            paths = self.ledger.stamped_notes
            return paths if among is None else paths & among
        if among is not None:
            return among
        return {path for path, found in self.ledger.facts() if found.day is None}

    # The times of ticks

    def _notice_times(self, before: Note | None, note: Note, stamp: Stamp) -> None:
        """Remember when the boxes of today were ticked that are ticked now and were not a moment ago."""
        if self._times is None or before is None or not turned(before, note):
            return
        today = self.clock.now().today
        at = self.clock.time_at(stamp.mtime_ns / 1e9, today)
        if at is not None and note.day in {None, today}:
            self._times.saw(before, note, today, at)

    def set_time(self, path: str, line: int, *, ticked: bool) -> None:
        """Remember that the box on a line was ticked at this moment, or that it is no longer ticked."""
        note, at = self.ledger.notes.get(path), self.clock.time_of_day()
        if self._times is not None and note is not None and at is not None:
            self._times.set(note, line, self.clock.now().today, f"{at:%H:%M}" if ticked else None)

    def boxes_on(self, day: date) -> list[Entry]:
        """Return the boxes of a day with the times at which they were ticked, as far as they are written or were seen."""
        boxes = self.ledger.boxes_on(day)
        if self._times is None or not boxes:
            return boxes
        return timed(boxes, self._times.known(day, self.ledger.notes))

    def done_in(self, span: DayRange) -> list[Entry]:
        """Return the wins of these days, with the times at which they were ticked as far as they are known."""
        by_day: dict[date, list[Entry]] = {}
        for box in self.ledger.done_in(span):
            by_day.setdefault(box.day or date.min, []).append(box)
        return [
            box
            for day, boxes in by_day.items()
            for box in (timed(boxes, self._times.known(day, self.ledger.notes)) if self._times else boxes)
        ]

    # Figures

    def figures(self, now: Now | None = None) -> VaultFigures:
        """Return the figures of the vault as of now."""
        return self.ledger.figures(now or self.clock.now())

    def life(self, figures: VaultFigures | None = None) -> LifeFigures:
        """Return what is told beside the figures; each part is worked out when it is asked for."""
        settings = self.vault.settings
        return LifeFigures(
            figures or self.figures(),
            DayNotes(self.boxes_on, self.ledger.other_wins, self.ledger.step_days),
            DayTimes(settings.day_start, settings.morning_until),
            at=self.clock.time_of_day(),
            streaks=settings.streaks_show == "shown",
            celebrate=settings.celebrate,
            surprise=settings.surprise,
            memory=self._memory,
        )

    def view(self, figures: VaultFigures) -> View:
        """Return what is shown of these figures."""
        if self._names is None:
            names = shared_names(self._reader.stamps.paths())
            if names != self._shared_names:
                self._shared_names, self._rows = names, Rows()
            self._names = self._shared_names
        view = self._view
        if view is None or view.figures is not figures or view.ambiguous_names is not self._names:
            settings = self.vault.settings
            shown = settings.streaks_show == "shown"
            view = self._view = View(
                figures, shown, self._names, language=settings.language, light=settings.light, properties=settings.properties,
                markdown_links=settings.links == "markdown",
                rows=self._rows, album=album_of(self.vault), step_days=self.ledger.step_days,
                news=lambda: news_lines(self.life(figures)),
                open_tasks=lambda days: open_tasks(self.ledger, figures.now.today, days),
                look_back=lambda look: self._look_backs.review(self.ledger, settings, look, figures.now),
            )  # fmt: skip
        return view

    def problems(self, figures: VaultFigures) -> list[Problem]:
        """Return everything that is wrong in the vault, by place."""
        frogs = frog_problem(self.ledger.frogs_on(figures.now.today))
        found = [
            *self.vault.problems,
            *self._scan_problems,
            *self.clock.problems(),
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

    def sweep(self) -> None:
        """Take away the temporary files that a write of ours left when it was killed; young ones may be in use."""
        now = self.clock.clock().timestamp()
        for folder in self._unfinished:
            sweep_temporary_files(self.vault.root / folder, now=now, age=LEFT_BEHIND)

    def leave_alone(self, paths: Iterable[str]) -> None:
        """Plan nothing for these notes until told otherwise: somebody is still writing in them."""
        self._left_alone = frozenset(paths)

    def plan(self, *, create_daily: bool = False) -> Iterator[Change | Problem]:
        """Yield the changes that bring the vault's notes up to date, and a problem for each that cannot be made."""
        ahead, self._ahead = self._ahead, None
        if ahead is not None and not create_daily and ahead.grounds == self._grounds():
            yield from ahead.planned
            return
        self._writer.forget_prepared()
        yield from self._planned(create_daily=create_daily)

    def prepare(self) -> None:
        """Make the plan ahead; `plan` gives it if until then nothing was read that could change it."""
        self._ahead = Ahead.of(list(self._planned()), self._grounds())
        self._writer.prepare(self._ahead.changes if self._ahead is not None else ())

    def _grounds(self) -> Hashable:
        return self._readings, self.clock.now(), self.clock.daily_note_due(), self._left_alone

    def _planned(self, *, create_daily: bool = False) -> Iterator[Change | Problem]:
        now = self.clock.now()
        view = self.view(self.figures(now))
        self._proved.clear()
        self._keep_todays_page(now.today)
        pictures = Pictures(self.vault, self._drawn)
        self._found.settled.follow(view)
        for path in sorted(self._found.pages.keys() - self._found.settled.paths - self._left_alone):
            raw = self._found.pages.get(path)
            if raw is None:
                continue  # it has changed since it was last looked at
            if self._is_held(path, raw.data):
                continue
            page = self._page(path, raw, now.today)
            drawn = list(pictures.changes(page.note, view))
            yield from drawn
            try:
                change = self._page_change(page, view)
            except (Unproved, BlockHidden) as error:
                yield Problem(path, None, error.code, error.message, error.hint)
                continue
            if change is not None:
                yield change
            elif not drawn:
                alone = page.note.goal is not None and all(map(is_of_its_goal, page.note.blocks))
                self._found.settled.add(path, alone=alone)
        if create_daily or (self.vault.settings.daily_create and self.clock.daily_note_due()):
            yield from self.plan_daily()
        if self.clock.daily_note_due():
            for kind in wanted_kinds(self.vault):
                yield from self.plan_period(period_with(self.vault, kind, now.today), anew=False)

    def today_path(self, today: date) -> str:
        """Return the path of today's note: where it should be, or, if it is not there, where it was moved to."""
        path = daily_path(self.vault, today)
        if path in self.ledger.notes:
            return path
        return min((note.path for note in self.ledger.dated(today)), default=path)

    def _keep_todays_page(self, today: date) -> None:
        """Keep the text of today's daily note if it has blocks; those of other days are the user's alone."""
        path = self.today_path(today)
        note = self.ledger.notes.get(path)
        if note is not None and note.blocks:
            self._keep_page(path)

    def plan_daily(self, *, light: bool = False, asked: bool = False) -> Iterator[Change | Problem]:
        """Yield the making of today's daily note, if there is none; where it is asked for, also of one that was taken back."""
        now = self.clock.now()
        if asked or not self._is_held(self.today_path(now.today), None):
            yield from self._daily_change(now.today, self.view(self.figures(now)), light=light)

    def plan_period(self, period: Period, *, anew: bool = True) -> Iterator[Change | Problem]:
        """Yield the making of a period's note, if there is none; without `anew` not where one was made before."""
        path = period_path(self.vault, period)
        if (self.vault.root / path).exists() or (not anew and self._was_made(path)):
            return
        view = self.view(self.figures(self.clock.now()))
        yield from self._made(draft_period_note(self.vault, period), view)

    def _was_made(self, path: str) -> bool:
        """Return whether a note that is not there now was made on this machine: whoever deleted it does not want it."""
        if self.journal is None:
            return False
        return self._is_held(path, None) or any(self.journal.changes(path, most=1))

    def write(self, changes: Iterable[Change | Problem], asked: str | None = None) -> Outcome:
        """Write the changes, each whole or not at all; a note that changed in the meantime is left for the next pass.

        `asked` is the command that somebody gave to have a note made, for the journal.
        """
        written: list[str] = []
        created: list[str] = []
        skipped: list[Problem] = []
        waiting = iter(changes)
        while some := list(islice(waiting, AT_ONCE)):
            skipped += (one for one in some if isinstance(one, Problem))
            planned = [one for one in some if isinstance(one, Change)]
            for change, answer in zip(planned, self._write_together(planned, asked), strict=True):
                if isinstance(answer, NoteWriteError):
                    shown = answer.message.replace(f"{self.vault.root}/", "")
                    skipped.append(Problem(change.path, None, answer.code, shown, answer.hint))
                elif answer is not False:
                    (written if change.before is not None else created).append(change.path)
        return Outcome(written=tuple(written), created=tuple(created), skipped=tuple(skipped))

    def _write_together(self, changes: Sequence[Change], asked: str | None) -> list[Answer]:
        stamps = {change.path: self._stamps_of(change.path) for change in changes}
        # A date is remembered before it is written and forgotten after it is gone: a kill between leaves none unknown.
        for change in changes:
            for stamp in stamps[change.path]:
                if stamp.day is not None:
                    self._seen.set_stamp(change.path, stamp.key, stamp.day)
        answers = self._writer.write(
            [(change, self._reason(change, stamps[change.path], asked)) for change in changes]
        )
        for change, answer in zip(changes, answers, strict=True):
            if not isinstance(answer, NoteWriteError) and not is_picture(change):
                for stamp in stamps[change.path]:
                    self._seen.set_stamp(change.path, stamp.key, stamp.day)
                self._read_written(change, answer)
        return answers

    def _reason(self, change: Change, stamps: Sequence[BoxStamp], asked: str | None) -> str | None:
        """Return what the journal is told of a change that a pass makes; it does not know of pictures."""
        if is_picture(change):
            return None
        if change.before is not None:
            return DATES if stamps else BLOCKS
        if asked is not None:
            return asked
        return "daily note" if self._reading.kind_of(change.path) in {None, "day"} else "review note"

    def _read_written(self, change: Change, answer: Answer) -> None:
        """Take in a note that was just written: as it was proved, if it is our file that stands there."""
        path = change.path
        names = self._names if change.before is not None else None
        proved = self._proved.pop(path, None)
        stamp = locate(self.vault.root, path, self.vault.exclusions)
        is_ours = (
            isinstance(answer, Landed) and stamp is not None and answer.is_file(stamp.inode, stamp.mtime_ns)
        )
        known = proved if is_ours and proved is not None and proved.raw.data == change.after else None
        self.read_one(path, written=known, again=True)
        self._names = names

    def look_aside(self) -> list[Problem]:
        """Look once more at the files that our writes took the place of; return the saves that had come too late."""
        return [one.problem(self.vault.root) for one in self.aside.look()]

    def write_bytes(self, change: Change, why: str) -> bool:
        """Write one change, noted in the journal before; return False where a note to be made was there already."""
        (answer,) = self._writer.write([(change, why)])
        if isinstance(answer, NoteWriteError):
            raise answer
        return answer is not False

    def conflict_copies(self) -> list[str]:
        """Return the conflict copies that the last walk found."""
        return [problem.path for problem in self._scan_problems if problem.code == "conflict-copy"]

    def picture_folders(self) -> set[str]:
        """Return the folders in which pictures of ours may stand."""
        return {self.vault.settings.pictures_folder, *self._drawn.folders()}

    def forget_copies(self, paths: Collection[str]) -> None:
        """Take note that these conflict copies are gone."""
        self._scan_problems = tuple(
            one for one in self._scan_problems if one.code != "conflict-copy" or one.path not in paths
        )

    def brought_up_to_date(self, raw: RawNote, path: str) -> bytes | None:
        """Return what a pass would make of a text if it were the note at `path`; None where we write nothing there."""
        note = parse_raw(replace(raw, path=path), self._reading)
        if not raw.valid or note.markers_broken or not (note.blocks or note.goal):
            return None
        now = self.clock.now()
        page = Page(raw, note, is_today=note.day is not None and note.day == now.today)
        edits = page_edits(page, self.view(self.figures(now)), self.ledger.catalog)
        return raw.encode(apply(raw.text, edits))

    def note_common(self, path: str) -> None:
        """Remember the text of a note that a sync client brought as one that another device has too."""
        raw = read_raw(self.vault.root, path, self.vault.settings.max_note_size)
        if self.journal is not None and isinstance(raw, RawNote) and not is_drawing(path):
            self.journal.set_common(path, raw.data, self.clock.clock().timestamp())

    def _moment(self) -> str:
        return self.clock.moment().isoformat(" ", "minutes")

    def _is_held(self, path: str, data: bytes | None) -> bool:
        return self.journal is not None and self.journal.holds(path, data)

    def _page(self, path: str, raw: RawNote, today: date) -> Page:
        note = self.ledger.notes.get(path) or Note(path)
        return Page(raw, note, is_today=note.day is not None and note.day == today)

    def _page_change(self, page: Page, view: View) -> Change | None:
        stamps = [stamp.edit for stamp in self._stamps_of(page.note.path)] if page.raw.valid else []
        edits = [*stamps, *page_edits(page, view, self.ledger.catalog)]
        if not edits:
            return None
        if self._summary_would_be_hidden(page):
            raise BlockHidden(page.note.path)
        proved = proved_change(page.raw, page.note, edits, self._reading)
        if proved is None:
            return None
        change, after = proved
        raw = RawNote(change.path, change.after, change.after.decode("utf-8", "surrogateescape"), valid=True)
        if page_edits(replace(page, raw=raw, note=after), view, self.ledger.catalog):
            raise BlockHidden(change.path)
        self._proved[change.path] = _Text(raw, after)
        return change

    def _summary_would_be_hidden(self, page: Page) -> bool:
        """Return whether a goal note ends inside of something in which a marker means nothing."""
        if page.note.goal is None or any(block.name == "summary" for block in page.note.blocks):
            return False
        text = apply(page.raw.text, [appended_block(page, "summary", "")])
        return all(block.name != "summary" for block in read_note(page.note.path, text, self._reading).blocks)

    def _stamps_of(self, path: str) -> list[BoxStamp]:
        raw, note = self._found.pages.get(path), self.ledger.notes.get(path)
        if raw is None or note is None or self.stamping.scope == "off" or note.day is not None:
            return []
        if not raw.valid or note.markers_broken:
            return []
        return list(
            stamp_edits(note, raw.text, self._found.ticked.get(path, NO_DAYS), self.stamping, self._seen)
        )

    def _daily_change(self, today: date, view: View, *, light: bool = False) -> Iterator[Change | Problem]:
        """Yield the making of today's note, with its blocks filled, where there is none yet."""
        path = self.today_path(today)
        if (self.vault.root / path).exists():
            return
        yield from self._made(
            replace(draft_daily_note(self.vault, today, light=light), path=path), view, is_today=True
        )

    def _made(self, draft: Draft, view: View, *, is_today: bool = False) -> Iterator[Change | Problem]:
        """Yield the making of a note, with its blocks filled."""
        yield from draft.problems
        path = draft.path
        note = read_note(path, draft.text, self._reading)
        page = Page(
            RawNote(path, draft.text.encode("utf-8", "surrogateescape"), draft.text, valid=True),
            note,
            is_today=is_today,
        )
        edits = page_edits(page, view, self.ledger.catalog)
        try:
            proved = proved_change(page.raw, note, edits, self._reading) if edits else None
        except Unproved as error:
            yield Problem(path, None, error.code, error.message, error.hint)
            return
        yield replace(proved[0], before=None) if proved else Change(path, None, page.raw.data)
