"""The passes of a watch: what is to be written is planned, written and told."""

from __future__ import annotations

from collections.abc import Collection

from .arrivals import Arrivals
from .daily_note import today_path
from .errors import NoteChanged
from .held_up import HeldUp
from .keeper import Keeper
from .outcome import Outcome
from .own_copies import OwnCopies
from .stillness import Stillness
from .telling import Telling
from .updating import settle


class Passes:
    """Brings the notes up to date that have been still; a note in which somebody still writes is left to the next pass."""

    def __init__(
        self,
        still: Stillness,
        arrivals: Arrivals,
        held_up: HeldUp,
        own_copies: OwnCopies,
        telling: Telling,
    ) -> None:
        self._still = still
        self._arrivals = arrivals
        self._held_up = held_up
        self._own_copies = own_copies
        self._telling = telling

    def catch_up(self, keeper: Keeper) -> None:
        """Write what has changed while nobody watched."""
        keeper.walk.sweep()
        self._take(settle(keeper, anew=False), keeper)
        self._telling.removed(self._own_copies.take_away(keeper))

    def prepare(self, keeper: Keeper) -> None:
        """Plan ahead what is to be written once all has been still, as far as nothing more is to be read."""
        self._still.prepared()
        at = self._still.writing_at
        if keeper.vault.consent and at is not None and not self._arrivals.waiting:
            keeper.planning.leave_alone(self._busy(at, keeper))
            keeper.planning.prepare()

    def make_ready(self, keeper: Keeper) -> None:
        """Go as far as can be gone before all has been still: notes have yet to take their places."""
        self._still.made_ready()
        keeper.make_ready()

    def forget_prepared(self, keeper: Keeper) -> None:
        """Take back what was made ready for a writing that was put off."""
        self._still.forget_ready()
        keeper.planning.forget()

    def write(self, keeper: Keeper, now: float) -> None:
        """Write all notes that have been still by now; in a vault that is not set up only remember how they are."""
        self._still.begin()
        if not keeper.vault.consent:
            keeper.remember()
            return
        busy = self._busy(now, keeper)
        keeper.planning.leave_alone(busy)
        self._take(settle(keeper, anew=False), keeper, left_alone=busy)
        self._telling.removed(self._own_copies.take_away(keeper))
        self._still.end(busy)
        if busy:
            self._still.put_off(keeper.vault.settings.quiet)

    def _busy(self, at: float, keeper: Keeper) -> set[str]:
        """Return the notes that somebody is still writing in, or that we have not looked at since they were touched."""
        busy = self._still.restless(at, keeper.vault.settings.quiet) | {*self._arrivals.waiting}
        if self._still.is_drafted(at):
            busy.add(today_path(keeper.vault, keeper.ledger, keeper.clock.now().today))
        return busy

    def _take(self, outcome: Outcome, keeper: Keeper, left_alone: Collection[str] = ()) -> None:
        """Tell what came of a pass, and have tried again what is to be."""
        self._telling.outcome(outcome)
        overtaken = {problem.path for problem in outcome.skipped if problem.code == NoteChanged.code}
        self._arrivals.touched(overtaken, keeper)
        failures = self._held_up.failures(outcome.skipped)
        if self._held_up.waits:
            self._still.put_off(keeper.vault.settings.quiet)
        self._telling.failures(failures, unsure=left_alone)
