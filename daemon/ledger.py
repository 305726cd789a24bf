"""What is known of a vault, kept up to date note by note: one changed note costs one note's work."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

from ..parsers.goal import Goal
from ..parsers.note import Note
from ..parsers.problem import Problem
from ..streaks.calendar import Now
from ..streaks.catalog import Catalog, VaultDefaults, make_catalog
from ..streaks.entries import NO_DAYS, NoteEntries, note_entries
from ..streaks.figures import Figures, figures
from ..streaks.goal_figures import Steps, goal_figures
from ..streaks.history import Entry
from ..streaks.totals import count_days
from ..streaks.vault_figures import VaultFigures, any_win_figures


class Ledger:
    """The notes of a vault with what each contributes, and the figures made of them.

    Figures of a micro-win are worked out again only when one of its boxes, its declaration or the day changes.
    """

    def __init__(self, defaults: VaultDefaults) -> None:
        self._defaults = defaults
        self.notes: dict[str, Note] = {}
        self.catalog: Catalog = make_catalog((), defaults)
        self._entries: dict[str, NoteEntries] = {}
        self._by_win: dict[str, dict[str, tuple[Entry, ...]]] = {}
        self._seen: dict[str, Mapping[int, date]] = {}
        self._figures: dict[str, Figures] = {}
        self._other_wins: Counter[date] = Counter()
        self._undated = 0
        self._now: Now | None = None

    def load(self, notes: Iterable[Note], seen: Mapping[str, Mapping[int, date]] | None = None) -> None:
        """Take in all notes at once."""
        self.notes = {note.path: note for note in notes}
        self._seen = dict(seen or {})
        self._match_all()

    def update(self, path: str, note: Note | None, seen: Mapping[int, date] = NO_DAYS) -> None:
        """Take in one note that has changed; None where it is gone."""
        before = self.notes.pop(path, None)
        self._seen.pop(path, None)
        if note is not None:
            self.notes[path] = note
            self._seen[path] = seen
        if _goal(before) != _goal(note):
            self._match_all()
        else:
            self._replace(path, note)

    def entries(self, path: str) -> NoteEntries:
        """Return what the note at `path` contributes."""
        return self._entries.get(path, NoteEntries(path))

    def goal_notes(self) -> list[Note]:
        """Return the notes that are goals, by path."""
        return [self.notes[path] for path in self.catalog.goals]

    def figures(self, now: Now) -> VaultFigures:
        """Return the figures of the whole vault as of `now`."""
        if now != self._now:
            self._figures.clear()
            self._now = now
        for win_id, win in self.catalog.wins.items():
            if win_id not in self._figures:
                self._figures[win_id] = figures(win, self._entries_of(win_id), now)
        steps = {path: Steps(found.steps_done, found.steps) for path, found in self._goal_entries()}
        ordered = {win_id: self._figures[win_id] for win_id in self.catalog.wins}
        goals, tree_problems = goal_figures(self.catalog, ordered, steps)
        days = self._win_days(now)
        undated = self._undated + sum(win.totals.wins.all - win.votes for win in ordered.values())
        return VaultFigures(
            now=now,
            goals=goals,
            totals=count_days(days.items(), now, undated),
            days=any_win_figures(days, self._defaults.neutral, self._defaults.grace, now),
            problems=(*self.catalog.problems, *tree_problems),
        )

    def problems(self) -> list[Problem]:
        """Return what is wrong with the notes themselves and with the boxes in them."""
        found = [problem for note in self.notes.values() for problem in note.problems]
        return found + [problem for entries in self._entries.values() for problem in entries.problems]

    def _entries_of(self, win_id: str) -> list[Entry]:
        by_path = self._by_win.get(win_id, {})
        return [entry for path in sorted(by_path) for entry in by_path[path]]

    def _goal_entries(self) -> Iterable[tuple[str, NoteEntries]]:
        return ((path, self._entries[path]) for path in self.catalog.goals)

    def _win_days(self, now: Now) -> Counter[date]:
        days = Counter({day: wins for day, wins in self._other_wins.items() if day <= now.today})
        for win in self._figures.values():
            days.update(day for day, entry in win.history.items() if entry.done and day <= now.today)
        return days

    def _match_all(self) -> None:
        goals: list[Goal] = [note.goal for note in self.notes.values() if note.goal is not None]
        self.catalog = make_catalog(goals, self._defaults)
        self._entries, self._by_win, self._figures = {}, {}, {}
        self._other_wins, self._undated = Counter(), 0
        for path, note in self.notes.items():
            self._replace(path, note)

    def _replace(self, path: str, note: Note | None) -> None:
        self._take_out(self._entries.pop(path, None))
        if note is not None and (note.tasks or note.goal is not None):
            self._put_in(note_entries(note, self.catalog, self._seen.get(path, NO_DAYS)))

    def _take_out(self, entries: NoteEntries | None) -> None:
        if entries is None:
            return
        for win_id in {entry.micro_win for entry in entries.micro_wins if entry.micro_win}:
            self._by_win[win_id].pop(entries.path, None)
            self._figures.pop(win_id, None)
        self._count(entries, -1)

    def _put_in(self, entries: NoteEntries) -> None:
        self._entries[entries.path] = entries
        by_win: dict[str, list[Entry]] = {}
        for entry in entries.micro_wins:
            by_win.setdefault(entry.micro_win or "", []).append(entry)
        for win_id, found in by_win.items():
            self._by_win.setdefault(win_id, {})[entries.path] = tuple(found)
            self._figures.pop(win_id, None)
        self._count(entries, 1)

    def _count(self, entries: NoteEntries, sign: int) -> None:
        for entry in entries.wins:
            if entry.day is None:
                self._undated += sign
            else:
                self._other_wins[entry.day] += sign


def _goal(note: Note | None) -> Goal | None:
    return note.goal if note is not None else None
