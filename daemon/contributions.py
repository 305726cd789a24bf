"""What each note contributes, worked out when somebody asks: until then only the days of its boxes are held."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from itertools import chain

from ..streaks.entries import NoteEntries, Step
from ..streaks.history import Entry
from ..streaks.note_days import NoteDays
from ..streaks.tally import days_of_entries


class Contributions:
    """The entries of notes by path. `made` works those of a note out; None where there is no note or no box in it."""

    def __init__(self, days: NoteDays, made: Callable[[str], NoteEntries | None]) -> None:
        self._days = days
        self._made = made
        self._known: dict[str, NoteEntries] = {}

    def of(self, path: str) -> NoteEntries:
        """Return what one note contributes."""
        found = self._known.get(path)
        if found is None and path in self._days:
            self._days.take_out(path)
            found = self._made(path)
            if found is not None:
                self._known[path] = found
        return found or NoteEntries(path)

    def held(self, path: str) -> NoteEntries | None:
        """Return what one note contributes, if anybody asked for it before."""
        return self._known.get(path)

    def replace(self, path: str) -> tuple[NoteEntries | None, NoteEntries | None]:
        """Work out anew what one note contributes; return what it did and what it does."""
        before, after = self._known.pop(path, None), self._made(path)
        if after is not None:
            self._known[path] = after
        return before, after

    def between(self, first: int, last: int) -> Iterator[NoteEntries]:
        """Yield the entries of all notes that may have a box of one of these days (ordinals)."""
        for path in self._days.between(first, last):
            self.of(path)
        yield from self._known.values()

    def every(self) -> Iterator[NoteEntries]:
        """Yield the entries of all notes, by path."""
        for path in list(self._days):
            self.of(path)
        yield from (self._known[path] for path in sorted(self._known))

    def days(self) -> NoteDays:
        """Return the days of the boxes of all notes."""
        if not self._known:
            return self._days
        known = ((path, days_of_entries(entries)) for path, entries in self._known.items())
        return NoteDays.of(chain(self._days.rows(), known))


def boxes_by_win(found: NoteEntries | None) -> dict[str, tuple[Entry, ...]]:
    """Return the boxes of micro-wins of a note by their ids."""
    by_win: dict[str, tuple[Entry, ...]] = {}
    for entry in found.micro_wins if found is not None else ():
        if entry.micro_win is not None:
            by_win[entry.micro_win] = (*by_win.get(entry.micro_win, ()), entry)
    return by_win


def dated_boxes(found: NoteEntries | None) -> set[tuple[date | None, Entry | Step]]:
    """Return all that a note contributes, with the day of each."""
    if found is None:
        return set()
    boxes = {(entry.day, entry) for entry in (*found.micro_wins, *found.wins, *found.frogs)}
    return {*boxes, *((step.entry.day, step) for step in found.steps)}
