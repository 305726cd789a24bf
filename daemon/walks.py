"""When the whole vault is looked at: from time to time, and soon after news of which nothing more is known."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from ..templates import watch_text as words
from .following import Following, Wish
from .lull import Lull
from .unread import BURST, LONGEST_BURST
from .watch_event import Event, Say

LONGEST_WAIT = 60.0
"""Seconds after which a loss of news is another one."""
WALK_REST = 10.0
"""Between two walks that news asks for lies this many times what one takes of the processor."""


class Walks:
    """The walks over a vault; with one the vault is followed anew, where its folders may be others than are followed.

    `monotonic` and `processor` count seconds: those that pass, and those for which this thread was busy.
    """

    def __init__(
        self, follow: Following, say: Say, monotonic: Callable[[], float], processor: Callable[[], float]
    ) -> None:
        self._follow = follow
        self._say = say
        self._monotonic = monotonic
        self._processor = processor
        self._asked_for = Lull()
        self._next, self._not_before = 0.0, 0.0
        self._anew = False
        self._lost_at: float | None = None

    def ask(self) -> None:
        """Ask for a walk once a burst of news is over."""
        self._asked_for.put_off(self._monotonic(), BURST, LONGEST_BURST)

    def ask_now(self, *, anew: bool = False) -> None:
        """Ask for a walk as soon as there may be one; with `anew` another folder may stand there."""
        self._anew = self._follow.runs if anew else self._anew
        self._asked_for.put_off(self._monotonic(), 0, 0)

    def lost(self) -> None:
        """Say that news was lost, once for all of a storm; folders may be unknown now."""
        now = self._monotonic()
        if self._lost_at is None or now - self._lost_at >= LONGEST_WAIT:
            self._say(Event("lost", words.LOST))
        self._lost_at, self._anew = now, self._follow.runs
        self.ask()

    def next_time(self) -> float:
        """Return when the next walk is due."""
        asked_at = self._asked_for.at
        return self._next if asked_at is None else min(self._next, max(asked_at, self._not_before))

    def is_due(self) -> bool:
        """Return whether it is time for a walk."""
        return self._monotonic() >= self.next_time()

    @contextmanager
    def walk(self, *, asked: Wish) -> Iterator[None]:
        """Be in one. Events of folders that are not followed yet may be lost until it begins, not after."""
        self._asked_for.clear()
        began = self._processor()
        if self._anew or self._follow.is_outgrown():
            self._anew = False
            self._follow.start(asked=asked)
        yield
        cost, now = self._processor() - began, self._monotonic()
        self._not_before = now + cost * WALK_REST
        self._next = now + self._follow.interval(cost)

    def caught_up(self) -> None:
        """Take note that the whole vault has just been read."""
        self._next = self._monotonic() + self._follow.interval(0)
