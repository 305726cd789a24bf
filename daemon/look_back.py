"""Looks back over a period for the notes that are about one, worked out again only when a day of it is told otherwise."""

from __future__ import annotations

from datetime import date

from ..parsers.settings import Settings
from ..streaks.calendar import DAY, Now
from ..streaks.day_wins import DayTimes
from ..streaks.life_figures import wins_of_days
from ..streaks.lookback import Lookback, now_at
from ..streaks.review import Review, review
from ..streaks.review_life import Sources
from ..streaks.vault_figures import VaultFigures
from .ledger import Ledger

MOST_KEPT = 24


class LookBacks:
    """What periods came to, as it is written into notes: every device knows the same of them.

    So times of ticks count only where they are written on the line, and once a period is over nothing in it depends on
    the day on which it is written. What is over is kept: a tick of today changes nothing in it.
    """

    def __init__(self) -> None:
        self._ledger: Ledger | None = None
        self._figures: dict[Now, VaultFigures] = {}
        self._reviews: dict[tuple[Lookback, Now], Review] = {}

    def review(self, ledger: Ledger, settings: Settings, look: Lookback, now: Now) -> Review:
        """Return what a period came to."""
        self._forget_changes(ledger)
        at = now_at(look.until, now)
        if at == now:
            return self._made(ledger, settings, look, now)
        if (look, at) not in self._reviews:
            self._reviews[look, at] = self._made(ledger, settings, look, now)
        return self._reviews[look, at]

    def _forget_changes(self, ledger: Ledger) -> None:
        """Let go of what has changed: the figures of all days from the first one that is told otherwise."""
        first = ledger.changed_from()
        if ledger is not self._ledger or len(self._reviews) + len(self._figures) > MOST_KEPT:
            self._ledger, first = ledger, date.min
        if first is not None:
            self._figures = {at: one for at, one in self._figures.items() if at.today < first}
            self._reviews = {key: one for key, one in self._reviews.items() if key[0].until < first}

    def _as_of(self, ledger: Ledger, at: Now) -> VaultFigures:
        if at not in self._figures:
            self._figures[at] = ledger.as_of(at)
        return self._figures[at]

    def _made(self, ledger: Ledger, settings: Settings, look: Lookback, now: Now) -> Review:
        at = now_at(look.until, now)
        figures = ledger.figures(now) if at == now else self._as_of(ledger, at)
        eve = self._as_of(ledger, now_at(look.start - DAY, Now(now.today, now.today, now.week_start)))
        sources = Sources(
            boxes=sorted(
                ledger.done_in(look.days), key=lambda box: (box.day or look.start, box.path, box.line)
            ),
            wins_by_day=wins_of_days(figures, ledger.other_wins),
            times=DayTimes(settings.day_start, settings.morning_until),
            streaks=settings.streaks_show == "shown",
            advise=True,
        )
        return review(look, figures, eve, sources)
