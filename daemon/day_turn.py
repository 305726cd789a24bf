"""When a day begins: the clock is asked for it when it may have something new to say, and not at each look."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from ..streaks.calendar import Now
from .clock import DayClock
from .day_mark import Look

HOLDS = 300.0
"""Seconds for which an answer holds at most: a zone may get other rules, or another with the same offset be chosen."""


class DayTurn:
    """The day it was when the clock was asked last, and whether the time had come to make its note.

    That holds until the next change that the clock knows of, unless it is set back, or its zone has another offset.
    `monotonic` counts seconds; `ring_at` is told the moment of that change, in seconds since 1970.
    """

    def __init__(self, monotonic: Callable[[], float], ring_at: Callable[[float], None]) -> None:
        self._monotonic = monotonic
        self._ring_at = ring_at
        self._answer: tuple[Now, bool] | None = None
        self._clock: DayClock | None = None
        self._asked = Look(0.0, 0.0)
        self._change, self._next = 0.0, 0.0

    @property
    def today(self) -> date | None:
        """The day it was at the last look; None before the first."""
        return self._answer[0].today if self._answer is not None else None

    def look(self, clock: DayClock, *, anew: bool = False) -> date | None:
        """Return the day it is if the clock says something else than before, or it is time to make its note; else None.

        With `anew` it is asked in any case: it may have been set, or its zone be another.
        """
        look, before = clock.look(), self._answer
        if anew or not self._holds(clock, look):
            self._answer = clock.now(), clock.daily_note_due()
            self._clock, self._asked = clock, look
            self._change = clock.next_change(look.moment)
        self._ring_at(self._change)
        self._next = self._monotonic() + self._until - look.moment
        return self.today if before != self._answer else None

    def next_time(self) -> float:
        """Return when the clock is asked again where nobody tells of it, by what it showed at the last look."""
        return self._next

    @property
    def _until(self) -> float:
        return min(self._change, self._asked.moment + HOLDS)

    def _holds(self, clock: DayClock, look: Look) -> bool:
        same = clock is self._clock and look.offset == self._asked.offset
        return same and self._asked.moment <= look.moment < self._until
