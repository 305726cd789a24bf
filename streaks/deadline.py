"""The last day that still saves a running streak."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import chain

from .streak import Grace, Streak, Walk, walked
from .turns import Turns


def deadline(
    turns: Turns,
    current: Streak,
    chances: Callable[[int], int | None],
    coming: Iterable[tuple[int | None, int]],
    grace: Grace,
    closed: date,
) -> date | None:
    """Return the last day that still saves the running streak, or None where nothing can end it or nothing can save it.

    Found by letting every open turn be missed until the streak ends, so that it cannot contradict the streak. Where
    the turn that ends it can no longer be satisfied – its last chance lies up to `closed` –, it is saved in the turn
    before. `chances` gives the last day (ordinal) that can still satisfy the open turn at a place, None where it
    cannot be missed, and `coming` those of the turns to come with their slip window (None: satisfied already).
    """
    begun = _begun(turns, current)
    opened = turns.outcomes.find("?", begun)
    place = len(turns) if opened < 0 else opened
    walk = _walk_to(turns, begun, place, grace)
    before = 0
    for day, walk.slip_window in chain(_from(turns, place, chances), coming):
        if day is None:
            walk.satisfied(1, 1, 1)
            continue
        if walk.missed() is not None:
            saving = day if day > closed.toordinal() else before
            return date.fromordinal(saving) if saving > closed.toordinal() else None
        before = max(before, day)
    return None


def _from(turns: Turns, place: int, chances: Callable[[int], int | None]) -> Iterator[tuple[int | None, int]]:
    """Yield the last day that can satisfy each turn from a place on, None for a satisfied one, with its slip window."""
    for at in range(place, len(turns)):
        outcome, window = turns.outcomes[at], turns.section(at).slip_window
        if outcome == "#":
            yield None, window
        elif outcome == "x":
            yield 0, window
        elif outcome == "?" and (day := chances(at)) is not None:
            yield day, window


def _begun(turns: Turns, current: Streak) -> int:
    """Return the place of the turn with which the running streak began."""
    return bisect_right(turns.starts, current.start.toordinal()) - 1


def _walk_to(turns: Turns, first: int, last: int, grace: Grace) -> Walk:
    """Return a walk that has taken the turns from `first` up to before `last`."""
    walk = Walk(grace)
    for _ in walked(walk, turns, first, last):
        pass
    return walk
