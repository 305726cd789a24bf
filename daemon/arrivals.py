"""The notes of which there is news: they are read once it is quiet around each of them."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from ..parsers.note import Note
from .announce import StepChange, step_changes
from .keeper import Keeper
from .saves import Saves
from .stillness import Stillness
from .sync_traces import SyncTraces
from .unread import Unread

LATE = 0.5
"""Seconds by which news of a save may come late: what tells of renames holds all that follows back for so long at times."""


@dataclass(slots=True)
class Arrived:
    """What was read at once: the notes that say something new, each with when it was touched, and the steps taken there."""

    changed: dict[str, float] = field(default_factory=dict)
    steps: list[StepChange] = field(default_factory=list)


class Arrivals:
    """Takes in news of notes and reads them; what a sync client brings is written later."""

    def __init__(self, traces: SyncTraces, still: Stillness, monotonic: Callable[[], float]) -> None:
        self._traces = traces
        self._still = still
        self._monotonic = monotonic
        self._unread = Unread()

    @property
    def waiting(self) -> Collection[str]:
        """The notes that are to be read."""
        return self._unread.paths

    def next_time(self) -> float | None:
        """Return when there will be something to read; None where nothing waits."""
        return self._unread.next_time()

    def touched(self, paths: Collection[str], keeper: Keeper, told: float | None = None) -> None:
        """Take note of notes that are to be read; news of them was `told` at that time, or now."""
        if paths:
            self._unread.touched(paths, self._monotonic() if told is None else told)
            if self._traces.explain(paths):
                self._still.put_off(keeper.vault.settings.sync_quiet)

    def read(self, keeper: Keeper) -> Arrived:
        """Read the notes whose time has come, but those that are in the middle of a save."""
        now, found = self._monotonic(), Arrived()
        saves = Saves(keeper.vault.root, keeper.ledger, keeper.rereading, self._unread.take(now))
        for path in saves.notes():
            if saves.is_under_way(path) and self._unread.wait_for(path, now):
                continue
            at = self._unread.done(path)
            before = keeper.ledger.notes.get(path)
            if keeper.read_one(path, seen_live=True):
                found.changed[path] = self._saved_at(path, at, keeper)
                found.steps += self._steps(path, before, keeper)
        return found

    def _saved_at(self, path: str, told: float, keeper: Keeper) -> float:
        """Return when a note was saved: when that was told, or as its file says, if that is a little earlier.

        Where the system's tick is all that the file knows, that is up to a hundredth of a second before the save.
        """
        age = keeper.rereading.age(path)
        saved = told if age is None else self._monotonic() - age
        return saved if told - LATE <= saved <= told else told

    def _steps(self, path: str, before: Note | None, keeper: Keeper) -> list[StepChange]:
        """Return the steps that were taken in a note that was just read; what else it says is taken note of."""
        if self._traces.brought((path,)):
            self._traces.keep_common(path, keeper)
        after = keeper.ledger.notes.get(path)
        self._still.compare(before, after)
        return step_changes(before, after)
