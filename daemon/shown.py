"""What there is to show of a vault: its figures, what is told beside them, and the view that blocks are made of."""

from __future__ import annotations

from ..streaks.calendar import Now
from ..streaks.day_wins import DayTimes
from ..streaks.life_figures import DayNotes, LifeFigures, LifeMemory
from ..streaks.vault_figures import VaultFigures
from ..templates.news import news_lines
from ..templates.rows import Rows
from ..templates.view import View
from .carrying import open_tasks
from .clock import DayClock
from .ledger import Ledger
from .live_times import LiveTimes
from .look_back import LookBacks
from .pictures import album_of
from .shared_names import SharedNames
from .vault import Vault


class Shown:
    """The figures and their view, the same objects as before where nothing changed."""

    def __init__(
        self, vault: Vault, clock: DayClock, ledger: Ledger, times: LiveTimes, names: SharedNames
    ) -> None:
        self._vault = vault
        self._clock = clock
        self._ledger = ledger
        self._times = times
        self._names = names
        self._view: View | None = None
        self._memory = LifeMemory()
        self._rows = Rows()
        self._look_backs = LookBacks()

    def figures(self, now: Now | None = None) -> VaultFigures:
        """Return the figures of the vault as of now."""
        return self._ledger.figures(now or self._clock.now())

    def life(self, figures: VaultFigures | None = None) -> LifeFigures:
        """Return what is told beside the figures; each part is worked out when it is asked for."""
        settings = self._vault.settings
        return LifeFigures(
            figures or self.figures(),
            DayNotes(self._times.boxes_on, self._ledger.other_wins),
            DayTimes(settings.day_start, settings.morning_until),
            at=self._clock.time_of_day(),
            streaks=settings.streaks_show == "shown",
            celebrate=settings.celebrate,
            surprise=settings.surprise,
            memory=self._memory,
        )

    def view(self, figures: VaultFigures) -> View:
        """Return what is shown of these figures."""
        view, names = self._view, self._names.now()
        if view is not None and view.ambiguous_names is not names:
            view, self._rows = None, Rows()
        if view is None or view.figures is not figures:
            view = self._view = self._made(figures, names)
        return view

    def _made(self, figures: VaultFigures, names: frozenset[str]) -> View:
        settings, ledger = self._vault.settings, self._ledger
        return View(
            figures,
            settings.streaks_show == "shown",
            names,
            language=settings.language,
            light=settings.light,
            properties=settings.properties,
            markdown_links=settings.links == "markdown",
            rows=self._rows,
            album=album_of(self._vault),
            news=lambda: news_lines(self.life(figures)),
            open_tasks=lambda days: open_tasks(ledger, figures.now.today, days),
            look_back=lambda look: self._look_backs.review(ledger, settings, look, figures.now),
        )
