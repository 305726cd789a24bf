"""What is known of a vault, kept up to date note by note: one changed note costs one note's work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from datetime import date
from typing import TypeVar

from ..parsers.day_range import DayRange
from ..parsers.goal import Goal
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..parsers.task import State
from ..parsers.tasks import PLAIN, BoxRules
from ..streaks.box_sums import MakeSums, quickest_sums
from ..streaks.calendar import Now
from ..streaks.catalog import Catalog, VaultDefaults, make_catalog
from ..streaks.chains import find_chains
from ..streaks.entries import NO_DAYS, NoteEntries, note_entries
from ..streaks.figures import figures_of
from ..streaks.history import Entry
from ..streaks.ledger_state import LedgerState
from ..streaks.micro_win import MicroWin
from ..streaks.note_days import NoteDays
from ..streaks.step_sums import StepSums
from ..streaks.tally import Tally
from ..streaks.told import Told
from ..streaks.vault_figures import VaultFigures
from .bed import Bed
from .contributions import Contributions, boxes_by_win, dated_boxes
from .known_notes import MOST_FETCHED, Fact, KnownNotes
from .reckoning import Counted, Reckoning
from .shelf import NO_SHELVES, ShelfLost, Shelves
from .win_boxes import WinBoxes

Answer = TypeVar("Answer")


class Ledger:
    """The notes of a vault with what each contributes, and the figures made of them.

    Figures of a micro-win are worked out again only when one of its boxes, its declaration or the day changes, those
    of a goal when they are, or its steps, or a goal below it. Of many micro-wins what seldom anybody asks for lies on a
    shelf, where there is one to be had; if it is lost, all is counted anew and held.
    """

    def __init__(
        self,
        defaults: VaultDefaults,
        rules: BoxRules = PLAIN,
        sums: MakeSums = quickest_sums,
        shelves: Shelves = NO_SHELVES,
    ) -> None:
        self._defaults = defaults
        self._rules = rules
        self._sums = sums
        self._shelves = shelves
        self.notes: MutableMapping[str, Note] = {}
        self.catalog: Catalog = make_catalog((), defaults)
        self._goals: dict[str, Goal] = {}
        self._contributions = Contributions(NoteDays(), self._made)
        self._counted = Counted()
        self._reckoning = self._reckoning_of(self.catalog)
        self._seen: dict[str, Mapping[int, date]] = {}
        self._problems: dict[str, tuple[Problem, ...]] = {}
        self._undated_notes: set[str] = set()
        self._steps: dict[str, bytes | None] = {}
        self._moved_lines = False
        self._changed_from: date | None = date.min
        self._chains_of: Catalog | None = None
        self._chain_problems: tuple[Problem, ...] = ()

    def load(self, notes: Iterable[Note], seen: Mapping[str, Mapping[int, date]] | None = None) -> None:
        """Take in all notes at once."""
        self.notes = {note.path: note for note in notes}
        self._seen = dict(seen or {})
        self._goals = {note.path: note.goal for note in self.notes.values() if note.goal is not None}
        self._match_all()

    def take_all(
        self, goals: Iterable[Goal], facts: Iterable[Fact], notes: MutableMapping[str, Note]
    ) -> None:
        """Take in all notes at once, of which these are the goals and `facts` what there is to know."""
        self.notes, self._seen = notes, {}
        self._goals = {goal.path: goal for goal in goals}
        self._count_all(facts)

    def _count_all(self, facts: Iterable[Fact]) -> None:
        catalog = make_catalog(self._goals.values(), self._defaults)
        tally = Tally(catalog, self._rules, self._sums)
        for path, found in facts:
            tally.take(path, found, self._seen.get(path, NO_DAYS))
        state = tally.state()
        self._take_state(state, catalog, self._boxes_of(state))

    def state(self) -> LedgerState:
        """Return what is known, so that `restore` need not match any box again.

        Boxes on the shelf are taken from there when they are asked for: see `unless_lost`.
        """
        return LedgerState(
            goals=list(self._goals.values()),
            days=self._counted.daily,
            matched=self._contributions.days(),
            wins=self._counted.boxes.packed(),
            other_wins=self._counted.other_wins,
            undated=self._counted.undated,
            problems=dict(self._problems),
            undated_notes=sorted(self._undated_notes),
            steps=[self._steps.get(path) for path in self._goals],
        )

    def restore(self, state: LedgerState, notes: MutableMapping[str, Note]) -> None:
        """Take in all notes at once as `state` tells them, and take that over; none is asked for before it is needed."""
        self.notes = notes
        self._seen = {}
        self._goals = {goal.path: goal for goal in state.goals}
        boxes = self._boxes_of(state)  # put away before the catalog is made, which then takes their room
        self._take_state(state, make_catalog(self._goals.values(), self._defaults), boxes)

    def _boxes_of(self, state: LedgerState) -> WinBoxes:
        return WinBoxes(state.wins, self._shelves.shelf_for(len(state.wins)))

    def _take_state(self, state: LedgerState, catalog: Catalog, boxes: WinBoxes) -> None:
        bed = Bed(boxes.shelf, self._told_anew) if boxes.shelf is not None else None
        self.catalog, self._contributions = catalog, Contributions(state.matched, self._made)
        self._moved_lines = False
        self._counted = Counted(boxes, state.days, state.other_wins, state.undated)
        self._reckoning = self._reckoning_of(catalog, bed)
        self._change_from(date.min)
        self._problems = state.problems
        self._undated_notes = set(state.undated_notes)
        self._steps = {goal.path: steps for goal, steps in zip(state.goals, state.steps, strict=True)}

    def _reckoning_of(self, catalog: Catalog, bed: Bed | None = None) -> Reckoning:
        return Reckoning(catalog, self._defaults, self._counted, self._steps_of, bed)

    @property
    def stamped_notes(self) -> set[str]:
        """The notes whose boxes may be stamped as part of a goal: the goals themselves, and undated ones with micro-wins."""
        return self._undated_notes | self._goals.keys()

    def update(self, path: str, note: Note | None, seen: Mapping[int, date] = NO_DAYS) -> None:
        """Take in one note that has changed; None where it is gone."""
        try:
            self._take_in(path, note, seen)
        except ShelfLost:
            self._hold_all()

    def _take_in(self, path: str, note: Note | None, seen: Mapping[int, date]) -> None:
        self.entries(path)
        before = self.notes.pop(path, None)
        self._seen.pop(path, None)
        self._goals.pop(path, None)
        if note is not None:
            self.notes[path] = note
            self._seen[path] = seen
            if note.goal is not None:
                self._goals[path] = note.goal
        if _day_of(before) != _day_of(note):
            self._reckoning.renew_limits()
            self._change_from(*(day for day in (_day_of(before), _day_of(note)) if day is not None))
        if before is not None and before.day is not None:
            self._counted.daily.discard(before.day, path)
        if note is not None and note.day is not None:
            self._counted.daily.add(note.day, path)
        if _declared(before) != _declared(note):
            self._match_all()
            return
        moved = _goal(before) != _goal(note)
        if moved:
            self._moved_lines = True
            self._change_from(date.min)
        if self._replace(path, note) or moved or _day_of(before) != _day_of(note):
            self._reckoning.touch()

    def entries(self, path: str) -> NoteEntries:
        """Return what the note at `path` contributes; of one with nothing but boxes that are unclear, `problems_of` tells."""
        return self._contributions.of(path)

    def _made(self, path: str) -> NoteEntries | None:
        note = self.notes.get(path)
        return self._made_of(note) if note is not None else None

    def _made_of(self, note: Note) -> NoteEntries | None:
        if not (note.tasks or note.goal is not None):
            return None
        return note_entries(note, self.catalog, self._seen.get(note.path, NO_DAYS))

    def _steps_of(self, path: str) -> StepSums:
        """Return what the steps of a goal come to; where they bear amounts its note tells it.

        That is asked for again when its blocks are planned: it is held if those of all goals can be.
        """
        known = self._steps.get(path)
        if known is not None:
            return StepSums.unpacked(known)
        found, notes = self._contributions.held(path), self.notes
        if found is None:
            if isinstance(notes, KnownNotes) and len(self._goals) > MOST_FETCHED:
                note = notes.once(path)
            else:
                note = notes.get(path)
            found = self._made_of(note) if note is not None else None
        return StepSums.of(found.steps if found is not None else ())

    def goal_notes(self) -> list[Note]:
        """Return the notes that are goals, by path."""
        return [self.notes[path] for path in self.catalog.goals]

    def daily_notes(self) -> Iterator[tuple[int, str]]:
        """Yield the day (an ordinal) and the path of each daily note."""
        return self._counted.daily.rows()

    def dated(self, day: date) -> list[Note]:
        """Return the daily notes of a day; there is mostly one."""
        return [self.notes[path] for path in self._counted.daily.on(day)]

    def figures(self, now: Now) -> VaultFigures:
        """Return the figures of the whole vault as of `now`; the same object as before where nothing changed."""
        self._take_in_moved_lines()
        return self.unless_lost(lambda: self._reckoning.figures(now))

    def as_of(self, now: Now) -> VaultFigures:
        """Return the figures as of another day; those that are kept of today stay as they are."""
        self._take_in_moved_lines()
        return self.unless_lost(lambda: self._reckoning.as_of(now))

    def changed_from(self) -> date | None:
        """Return the first day of which anything is told otherwise than when this was last asked, None where nothing is."""
        found, self._changed_from = self._changed_from, None
        return found

    def _change_from(self, *days: date) -> None:
        self._changed_from = min((*days, self._changed_from or date.max), default=None)

    def _take_in_moved_lines(self) -> None:
        """Follow goals whose lines were moved, as by a block that grew above them: names and rules are the same."""
        if not self._moved_lines:
            return
        self._moved_lines = False
        catalog = make_catalog(self._goals.values(), self._defaults)
        if catalog.wins.keys() != self.catalog.wins.keys():
            self._match_all()  # of two micro-wins with one name, the id tells the line
            return
        self.catalog = catalog
        self._reckoning.move_to(catalog)

    def done_in(self, span: DayRange) -> Iterator[Entry]:
        """Yield the boxes that were ticked on these days and are wins, of micro-wins and others."""
        limits = {win_id for win_id, win in self.catalog.wins.items() if win.is_limit}
        first, last = span.start.toordinal(), (span.end or date.max).toordinal()
        for found in self._contributions.between(first, last):
            for entry in (*found.micro_wins, *found.wins):
                is_win = entry.state is State.DONE and entry.micro_win not in limits
                if is_win and entry.day is not None and entry.day in span:
                    yield entry

    def problems(self) -> list[Problem]:
        """Return what is wrong with the notes themselves and with the boxes in them."""
        return [problem for found in self._problems.values() for problem in found]

    def problems_of(self, path: str) -> tuple[Problem, ...]:
        """Return what is wrong with one note and with the boxes in it."""
        return self._problems.get(path, ())

    def entries_of(self, win_id: str) -> list[Entry]:
        """Return the boxes of a micro-win, by path and line."""
        return self.unless_lost(lambda: self._counted.boxes.of(win_id))

    def boxes(self) -> list[Entry]:
        """Return the boxes of micro-wins and all other wins of the whole vault, by path."""
        return [box for one in self._contributions.every() for box in (*one.micro_wins, *one.wins)]

    def boxes_on(self, day: date) -> list[Entry]:
        """Return the boxes of a day whose ticks are wins, and those marked as frogs: the daily notes' first, by line."""
        found: dict[tuple[bool, str, int], Entry] = {}
        ordinal = day.toordinal()
        for entries in self._contributions.between(ordinal, ordinal):
            note, path = None, entries.path
            for entry in (*entries.frogs, *entries.micro_wins, *entries.wins):
                if entry.day != day:
                    continue
                note = note or self.notes[path]
                win = self.catalog.wins.get(entry.micro_win or "")
                if not (win is not None and win.is_limit):
                    found[note.day != day, path, entry.line] = entry
        return [found[place] for place in sorted(found)]

    def frogs_on(self, day: date) -> list[Entry]:
        """Return the boxes of a day's daily notes that are marked as its hard one, in their order."""
        return [entry for note in self.dated(day) for entry in self.entries(note.path).frogs]

    @property
    def other_wins(self) -> Mapping[date, int]:
        """How many wins each day has that belong to no micro-win."""
        return self._counted.other_wins

    def chain_problems(self) -> tuple[Problem, ...]:
        """Return the circles of micro-wins that come after each other."""
        if self._chains_of is not self.catalog:
            self._chains_of = self.catalog
            self._chain_problems = find_chains(list(self.catalog.wins.values())).problems
        return self._chain_problems

    def unless_lost(self, answer: Callable[[], Answer]) -> Answer:
        """Return an answer, asked for a second time where the shelf is lost (`ShelfLost`): then it is given without one."""
        try:
            return answer()
        except ShelfLost:
            self._hold_all()
            return answer()

    def _hold_all(self) -> None:
        """Count all anew without a shelf: the notes are what is known for sure."""
        self._shelves = NO_SHELVES
        self._match_all()

    def _told_anew(self, win: MicroWin, now: Now) -> Told:
        """Work out again what figures said that the shelf does not tell any more."""
        if self._shelves is not NO_SHELVES:
            self._hold_all()
        counted = self._counted
        return figures_of(win, counted.boxes.history(win.id), now, counted.daily).told

    def _match_all(self) -> None:
        """Match the boxes of all notes anew, as when a goal declares something else."""
        self._count_all(self.facts())

    def facts(self) -> Iterable[Fact]:
        """Return all notes as they are now, in short where that is all that is known of them."""
        if isinstance(self.notes, KnownNotes):
            return self.notes.facts(self._seen.keys())
        return self.notes.items()

    def _replace(self, path: str, note: Note | None) -> bool:
        """Put what a note contributes now in the place of what it did; return whether that is anything else.

        Only the micro-wins that differ are touched.
        """
        before, after = self._contributions.replace(path)
        self._note_problems(path, note, after)
        if note is not None and note.day is None and after is not None and after.micro_wins:
            self._undated_notes.add(path)
        else:
            self._undated_notes.discard(path)
        if before == after:
            return False
        changed = dated_boxes(before) ^ dated_boxes(after)
        if changed:
            self._change_from(*(day or date.min for day, _ in changed))
        old, new = boxes_by_win(before), boxes_by_win(after)
        for win_id in old.keys() | new.keys():
            if old.get(win_id) != new.get(win_id):
                self._set_entries(win_id, path, new.get(win_id))
        if (before.steps if before else ()) != (after.steps if after else ()):
            self._steps[path] = StepSums.of(after.steps if after else ()).packed()
            self._reckoning.touch(goals=[path])
        self._count(before, after)
        return True

    def _note_problems(self, path: str, note: Note | None, entries: NoteEntries | None) -> None:
        found = (*(note.problems if note else ()), *(entries.problems if entries else ()))
        if found:
            self._problems[path] = found
        else:
            self._problems.pop(path, None)

    def _set_entries(self, win_id: str, path: str, entries: tuple[Entry, ...] | None) -> None:
        self._reckoning.touch([win_id])
        self._counted.boxes.put(win_id, path, entries)

    def _count(self, before: NoteEntries | None, after: NoteEntries | None) -> None:
        """Count the other wins of a note in the place of those before: the days whose number stays are not touched."""
        changes = Counter(entry.day for entry in after.wins) if after is not None else Counter()
        changes.subtract(entry.day for entry in (before.wins if before is not None else ()))
        for day, number in changes.items():
            self._reckoning.count(day.toordinal() if day is not None else None, number)


def _day_of(note: Note | None) -> date | None:
    return note.day if note is not None else None


def _goal(note: Note | None) -> Goal | None:
    return note.goal if note is not None else None


def _declared(note: Note | None) -> Goal | None:
    """Return the goal of a note without its lines: what decides which boxes belong to it."""
    goal = _goal(note)
    return goal.without_lines() if goal is not None else None
