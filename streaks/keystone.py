"""Keystones: the micro-wins on whose days there are more of the other wins. A correlation, from the user's own notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from .figures import Figures
from .turns import Outcome

FEWEST = 10
"""So many days of either kind must be known before anything is said."""


@dataclass(frozen=True, slots=True)
class Keystone:
    """A micro-win's days: the mean of the other wins on days on which it was done, and on days on which it was due and not done.

    `days_done` and `days_not_done` say on how many days each mean rests, at least ten.
    """

    win: str
    days_done: int
    days_not_done: int
    others_when_done: float
    others_when_not: float

    @property
    def difference(self) -> float:
        """How many more other wins there are on the days on which it was done; less than none is possible."""
        return self.others_when_done - self.others_when_not


def keystones(wins: Sequence[Figures], wins_of_day: Mapping[date, int]) -> tuple[Keystone, ...]:
    """Return the micro-wins with enough days of both kinds, the greatest difference first.

    `wins_of_day` has all wins of each day, without those of limits. Only days that are turns of their own and are
    closed or satisfied are compared: a week's quota is due on no day.
    """
    found = [one for win in wins if not win.win.is_limit and (one := _keystone(win, wins_of_day)) is not None]
    return tuple(sorted(found, key=lambda one: (-one.difference, one.win)))


def _keystone(figures: Figures, wins_of_day: Mapping[date, int]) -> Keystone | None:
    done: list[int] = []
    not_done: list[int] = []
    for turn in figures.turns:
        if turn.slot.start != turn.slot.end or turn.outcome not in {Outcome.SATISFIED, Outcome.MISSED}:
            continue
        entry = figures.history.get(turn.slot.start)
        own = entry is not None and entry.done
        others = wins_of_day.get(turn.slot.start, 0) - own
        (done if own else not_done).append(others)
    if min(len(done), len(not_done)) < FEWEST:
        return None
    return Keystone(figures.win.id, len(done), len(not_done), fmean(done), fmean(not_done))
