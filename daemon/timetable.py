"""When a watch has something to do next, so that it may rest until then."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from .arrivals import Arrivals
from .changed_settings import ChangedSettings
from .day_turn import DayTurn
from .following import POLL, Following
from .held_up import HeldUp
from .inbox import News
from .late_saves import LateSaves
from .place import Place
from .stillness import Stillness
from .walks import LONGEST_WAIT, Walks


@dataclass(frozen=True, slots=True)
class Timetable:
    """All that a watch does at a time of its own. Times are seconds of `monotonic`.

    What is around the vault is looked at once a minute, and the clock when a day begins, unless the system tells of both.
    """

    monotonic: Callable[[], float]
    place: Place
    follow: Following
    walks: Walks
    day: DayTurn
    arrivals: Arrivals
    settings: ChangedSettings
    held_up: HeldUp
    late_saves: LateSaves
    still: Stillness

    def is_due(self, at: float | None) -> bool:
        """Return whether that time has come, if there is one."""
        return at is not None and self.monotonic() >= at

    def is_idle(self, news: News) -> bool:
        """Return whether there is no news, and nothing is to be read or written soon."""
        return not news and self.arrivals.next_time() is None and self.still.writing_at is None

    def seconds_to_wait(self) -> float:
        """Return how long there is nothing to do, unless news comes; a vault that is gone is looked for."""
        if self.place.gone:
            return POLL
        now = self.monotonic()
        times = [self.walks.next_time()]
        if not self.follow.is_told_around():
            times += now + LONGEST_WAIT, self.day.next_time()
        others = (
            self.arrivals.next_time(),
            self.settings.at,
            self.held_up.retry_at,
            self.late_saves.at,
            self.still.next_time() if self.settings.at is None else None,
        )
        return max(0.0, min([*times, *(at for at in others if at is not None)]) - now)
