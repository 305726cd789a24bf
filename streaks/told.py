"""What figures say of a micro-win on a day, and where it is told while they sleep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, Protocol, TypeVar, overload

from .calendar import Now
from .day_entries import DayEntries
from .micro_win import MicroWin
from .packed_turns import PackedTurns
from .projection import Projection
from .running import Running
from .streak import PackedStreaks
from .totals import MicroWinTotals

Said = TypeVar("Said")
ToldRow = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All that figures say; the micro-win and the day that they are of they know themselves."""

    state: str
    unit: str
    packed_turns: PackedTurns
    streaks: PackedStreaks
    runs: bool
    strength: float
    totals: MicroWinTotals
    deadline: date | None
    history: DayEntries
    votes: int
    undated: int = 0
    pending: int = 0
    progress_now: Running | None = None
    projection: Projection | None = None

    def packed(self) -> ToldRow:
        """Return the same as values of which few are made of others, which are written fast."""
        turns, totals, history = self.packed_turns, self.totals, self.history
        return (
            (turns.numbers, turns.measures, turns.shares, turns.breaks, turns.sections),
            (self.streaks.numbers, history.numbers, history.kinds, totals.wins, totals.written),
            (self.state, self.unit, self.runs, self.strength, self.deadline, self.votes),
            (self.undated, self.pending, self.progress_now, self.projection),
        )

    @classmethod
    def of(cls, row: ToldRow) -> Told:
        """Return what `packed` gave."""
        turns, (streaks, days, kinds, wins, written), (state, unit, runs, strength, deadline, votes), rest = (
            row
        )
        return cls(
            state, unit, PackedTurns(*turns), PackedStreaks(streaks), runs, strength,
            MicroWinTotals.of(wins, written), deadline, DayEntries(days, kinds), votes, *rest,
        )  # fmt: skip


class Asleep(Protocol):
    """What tells for figures while they sleep."""

    def read(self) -> Told | None:
        """Return what they say; None where that cannot be told any more."""

    def again(self, win: MicroWin, now: Now) -> Told:
        """Work it out anew."""


class HasTold(Protocol):
    """What says something."""

    @property
    def told(self) -> Told:
        """What it says."""


class Says(Generic[Said]):
    """One of the things that figures say, by its name in `Told`."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    @overload
    def __get__(self, figures: None, owner: type) -> Says[Said]: ...

    @overload
    def __get__(self, figures: HasTold, owner: type) -> Said: ...

    def __get__(self, figures: HasTold | None, owner: type) -> Any:
        return self if figures is None else getattr(figures.told, self._name)
