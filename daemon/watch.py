"""The loop: news comes in, figures are worked out and told at once, notes are written when they have been still."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence

from ..parsers.problem import Problem
from ..streaks.vault_figures import VaultFigures
from ..templates import watch_text as words
from .announce import StepChange
from .arrivals import Arrivals
from .changed_settings import ChangedSettings
from .cycles import let_go_of_cycles, spare_what_is_known
from .day_turn import DayTurn
from .following import Following, Wish
from .heap import give_back_what_is_free
from .held_up import HeldUp
from .inbox import Inbox, News
from .keeper import Keeper
from .late_saves import LateSaves
from .own_copies import COPY, OwnCopies
from .passes import Passes
from .place import Place
from .stillness import Stillness
from .sync_traces import SyncTraces
from .telling import Notify, Telling
from .timetable import Timetable
from .walks import Walks
from .watch_event import Event, Say

Monotonic = Callable[[], float]


class Watch:
    """Keeps one vault up to date until it is told to stop. `open_keeper` opens the vault anew with its settings.

    `monotonic` and `processor` count seconds: those that pass, and those for which this thread was busy.
    """

    def __init__(
        self,
        open_keeper: Callable[[], Keeper],
        inbox: Inbox,
        say: Say,
        *,
        monotonic: Monotonic = time.monotonic,
        processor: Monotonic = time.thread_time,
        notify: Notify | None = None,
        poll: Wish = None,
    ) -> None:
        self._keeper = open_keeper()
        self._inbox = inbox
        self._say = say
        self._monotonic = monotonic
        self._poll = poll
        root, wall = self._keeper.vault.root, self._keeper.clock.clock
        self._place = Place(root, say)
        self._follow = Following(root, inbox, say, monotonic, asked=self._polling_asked())
        self._walks = Walks(self._follow, say, monotonic, processor)
        self._settings = ChangedSettings(root, open_keeper, say, monotonic)
        self._traces = SyncTraces(root, wall, monotonic)
        self._telling = Telling(say, notify or (lambda _line: None))
        self._still = Stillness(monotonic)
        self._arrivals = Arrivals(self._traces, self._still, monotonic)
        self._held_up = HeldUp(monotonic)
        self._own_copies = OwnCopies()
        self._passes = Passes(self._still, self._arrivals, self._held_up, self._own_copies, self._telling)
        self._late_saves = LateSaves(monotonic)
        self._figures: VaultFigures | None = None
        self._day = DayTurn(monotonic, self._follow.ring_at)
        self._times = Timetable(
            monotonic, self._place, self._follow, self._walks, self._day, self._arrivals, self._settings, self._held_up,
            self._late_saves, self._still,
        )  # fmt: skip

    @property
    def keeper(self) -> Keeper:
        """The keeper of the vault as it is now."""
        return self._keeper

    def run(self) -> None:
        """Catch up, then follow the vault until the inbox is told to stop; a write in hand is finished first."""
        self._follow.start(asked=self._polling_asked())
        try:
            self.catch_up()
            while not self._inbox.stopping:
                self.step(self._inbox.wait(self.seconds_to_wait()))
        finally:
            self._follow.stop()
            self._close_keeper()

    def step(self, news: News) -> None:
        """Take in news and do what is due."""
        if news.stop or not self._vault_is_there(idle=news.around or self._times.is_idle(news)):
            return
        self._take_in(news)
        if self._walks.is_due():
            self._walk()
        if self._times.is_due(self._settings.at):
            self._reload()
        if self._times.is_due(self._arrivals.next_time()):
            self._read()
        self._turn_the_day(anew=news.around)
        if self._times.is_due(self._held_up.retry_at):
            self._held_up.retry_at = None
            self._still.put_off()
        if self._settings.at is None:
            self._write_or_prepare()
        self._tell_overtaken(self._late_saves.look(self._keeper))

    def seconds_to_wait(self) -> float:
        """Return how long there is nothing to do, unless news comes."""
        return self._times.seconds_to_wait()

    # Reading

    def catch_up(self) -> None:
        """Read the whole vault and write what has changed while nobody watched."""
        keeper = self._keeper
        scanned = keeper.read_all()
        self._figures = keeper.figures()
        self._day.look(keeper.clock)
        self._telling.is_known(keeper.life(self._figures))
        wins = len(self._figures.wins)
        self._say(Event("started", words.started(str(keeper.vault.root), scanned, wins)))
        self._tell_standing()
        if keeper.vault.consent:
            self._passes.catch_up(keeper)
            self._tell_standing()
        else:
            self._say(Event("read-only", words.NOT_SET_UP))
        self._figures = keeper.figures()
        spare_what_is_known()
        give_back_what_is_free()
        self._walks.caught_up()

    def _take_in(self, news: News) -> None:
        if news.settings:
            self._settings.touched()
        if news.lost:
            self._walks.lost()
        if news.synced:
            self._traces.seen()
        self._arrivals.touched(news.paths, self._keeper, news.told)
        if news.rescan:
            self._walks.ask()

    def _read(self) -> None:
        arrived = self._arrivals.read(self._keeper)
        if arrived.changed:
            self._figures_changed(arrived.steps)
            self._still.touched(arrived.changed, self._keeper.vault.settings.quiet)

    def _figures_changed(self, steps: Sequence[StepChange]) -> None:
        before, self._figures = self._figures, self._keeper.figures()
        if before is not None:
            hidden = self._keeper.vault.settings.streaks_show == "hidden"
            self._telling.changes(before, self._figures, steps, hidden=hidden)
            self._telling.news(self._keeper.life(self._figures), before)
        self._tell_standing()

    def _walk(self) -> None:
        """Find what nobody told of."""
        with self._walks.walk(asked=self._polling_asked()):
            self._arrivals.touched(self._keeper.changed_since(), self._keeper)
            self._keeper.walk.sweep()
            if self._keeper.vault.consent and self._own_copies.undecided(self._keeper):
                self._still.put_off(self._keeper.vault.settings.sync_quiet)
            self._settings.look()
            self._tell_standing()

    # Settings

    def _reload(self) -> None:
        """Open the vault anew if its settings, ours or another program's, say something else now."""
        fresh = self._settings.opened(self._keeper)
        if fresh is None:
            return
        self._close_keeper()
        was_asked = self._polling_asked()
        self._keeper = fresh
        self._figures = fresh.figures()
        let_go_of_cycles()
        spare_what_is_known()
        self._telling.is_known(fresh.life(self._figures))
        self._say(Event("settings", words.SETTINGS))
        if self._follow.runs and was_asked != self._polling_asked():
            self._follow.start(asked=self._polling_asked())
            self._walks.ask_now()
        self._tell_standing()
        self._still.put_off()

    def _polling_asked(self) -> Wish:
        setting = self._keeper.vault.settings.poll
        return setting if self._poll is None and isinstance(setting, bool) else self._poll

    # The day

    def _turn_the_day(self, *, anew: bool) -> None:
        before, today = self._day.today, self._day.look(self._keeper.clock, anew=anew)
        if today is None:
            return
        self._figures = self._keeper.figures()
        self._telling.is_known(self._keeper.life(self._figures))
        self._telling.day(before, today)
        self._tell_standing()
        self._still.put_off()
        give_back_what_is_free()

    # Writing

    def _write_or_prepare(self) -> None:
        if self._times.is_due(self._still.writing_at):
            self._write()
        elif self._times.is_due(self._still.prepare_at):
            self._passes.prepare(self._keeper)
        elif self._times.is_due(self._still.ready_at):
            self._passes.make_ready(self._keeper)
        elif self._still.was_put_off:
            self._passes.forget_prepared(self._keeper)

    def _write(self) -> None:
        self._passes.write(self._keeper, self._monotonic())
        if self._keeper.vault.consent:
            self._tell_standing()
            self._figures = self._keeper.figures()

    def _close_keeper(self) -> None:
        self._tell_overtaken(self._keeper.close())

    def _tell_overtaken(self, problems: Sequence[Problem]) -> None:
        self._telling.overtaken(problems)
        self._arrivals.touched({problem.path for problem in problems}, self._keeper)

    # The vault itself

    def _tell_standing(self) -> None:
        """Say what is wrong in the vault; a conflict copy that may go by itself is none yet."""
        if self._figures is not None:
            problems = self._keeper.problems(self._figures)
            own = self._own_copies.undecided(self._keeper) if self._keeper.vault.consent else ()
            self._telling.wrong(one for one in problems if one.code != COPY or one.path not in own)

    def _vault_is_there(self, *, idle: bool) -> bool:
        sight = self._place.look(may_be_empty=not self._keeper.vault.consent)
        if sight == "gone":
            return False
        if sight == "another" or self._follow.is_broken() or (idle and self._follow.is_deaf()):
            self._walks.ask_now(anew=True)
        return True
