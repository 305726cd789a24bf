"""The one place where the parts are put together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from ..parsers.problem import Problem
from ..templates.words import speak
from .clock import Clock, DayClock, UptimeClock, no_uptime, system_clock, system_uptime
from .day_mark import DayMemory
from .first_reader import FirstReader
from .index import NoteIndex
from .journal import Journal
from .keeper import Keeper
from .lock import VaultLock
from .seen import Seen
from .tick_times import TickTimes
from .told_problems import ToldProblems
from .vault import Vault, open_vault
from .watch_log import WatchLog


@dataclass(frozen=True, slots=True)
class Machine:
    """What the program takes from the machine that it runs on; tests put their own in its place."""

    environment: Mapping[str, str]
    clock: Clock
    state: Path
    cache: Path
    uptime: UptimeClock = no_uptime
    config: Path | None = None


def this_machine(environment: Mapping[str, str]) -> Machine:
    """Return the machine as it is."""
    from platformdirs import user_cache_path, user_config_path, user_state_path

    state, cache = user_state_path("microwins"), user_cache_path("microwins")
    return Machine(environment, system_clock, state, cache, system_uptime, user_config_path("microwins"))


@dataclass(frozen=True, slots=True)
class Session:
    """A vault that is open for one command."""

    machine: Machine
    vault: Vault
    clock: DayClock
    opened: list[Keeper] = field(default_factory=list)

    def keeper(self, *, stays: bool = False) -> Keeper:
        """Return a keeper that has read nothing yet; one that `stays` has a large vault read by another process first."""
        cache, vault = self.machine.cache, self.vault
        first = self._first_reader() if stays else None
        keeper = Keeper(
            vault,
            self.clock,
            Seen(cache, vault.root),
            NoteIndex(cache, vault.root, vault.reading, most=vault.settings.max_note_size, first=first),
            Journal(self.machine.state, vault.root),
            TickTimes(cache, vault.root),
        )
        self.opened.append(keeper)
        return keeper

    def _first_reader(self) -> FirstReader:
        machine = self.machine
        environment = dict(machine.environment)
        # Given as acting day: which days are closed is not for the other process to note.
        today = self.clock.now().today
        return FirstReader(self.vault.root, environment, machine.state, machine.cache, today)

    def reopened(self, *, apart: bool = False) -> Session:
        """Return the same vault with its settings read again; closing this session closes it too, unless it is set `apart`."""
        session = open_session(self.machine, self.vault.root, self.clock.acting_day)
        return session if apart else replace(session, opened=self.opened)

    def close(self) -> list[Problem]:
        """Let go of what the keepers hold open; return what is still to be told."""
        late: list[Problem] = []
        while self.opened:
            late += self.opened.pop().close()
        return late

    def lock(self) -> VaultLock:
        """Return the lock of the vault, not taken."""
        return VaultLock(self.machine.state, self.vault.root)

    def log(self) -> WatchLog:
        """Return the log of what `watch` says of the vault."""
        return WatchLog(
            self.machine.state, self.vault.root, lambda: f"{self.clock.moment():%Y-%m-%d %H:%M:%S}"
        )

    def told_problems(self) -> ToldProblems:
        """Return the memory of which problems of the vault were told."""
        return ToldProblems(self.machine.state, self.vault.root)

    def started(self) -> str:
        """Return the present moment as text, for the lock's card."""
        return self.machine.clock().isoformat(timespec="seconds")


def open_session(
    machine: Machine,
    folder: Path | None,
    acting_day: date | None,
    *,
    near: Path | None = None,
    here: bool = False,
) -> Session:
    """Open the vault in `folder`, or the one around `near` or the working folder (with `here`, that folder itself)."""
    vault = open_vault(folder, machine.environment, near=near, here=here)
    speak(vault.settings.language)
    memory = DayMemory(machine.state, vault.root) if vault.consent and acting_day is None else None
    return Session(
        machine, vault, DayClock(vault.settings, machine.clock, acting_day, memory, machine.uptime)
    )
