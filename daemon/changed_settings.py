"""The settings of a vault that is followed: where they change it is opened anew."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from .errors import MicrowinsError
from .keeper import Keeper
from .vault import settings_stamp
from .watch_event import Event, Say

SETTINGS_STILL = 0.5
"""Seconds for which a settings file must be still before it is read: a half-written one says something else."""


class ChangedSettings:
    """When settings, ours or another program's, are to be read again; what is wrong with them is said once."""

    def __init__(
        self, root: Path, open_keeper: Callable[[], Keeper], say: Say, monotonic: Callable[[], float]
    ) -> None:
        self._root = root
        self._open_keeper = open_keeper
        self._say = say
        self._monotonic = monotonic
        self._stamp = settings_stamp(root)
        self._problem = ""
        self.at: float | None = None

    def touched(self) -> None:
        """Take note that something may have been changed just now."""
        self.at = self._monotonic() + SETTINGS_STILL

    def look(self) -> None:
        """Look whether something was changed of which nobody told."""
        if settings_stamp(self._root) != self._stamp:
            self.touched()

    def opened(self, keeper: Keeper) -> Keeper | None:
        """Return the vault opened anew and read; None where `keeper` is to stay, as its settings are the same or no others work."""
        self.at, self._stamp = None, settings_stamp(self._root)
        try:
            fresh = self._open_keeper()
        except MicrowinsError as error:
            self._tell(error)
            return None
        if fresh.vault == keeper.vault and not self._problem:
            fresh.close()
            return None
        try:
            fresh.read_all()
            fresh.clock.now()
        except MicrowinsError as error:
            fresh.close()
            self._tell(error)
            return None
        self._problem = ""
        return fresh

    def _tell(self, error: MicrowinsError) -> None:
        text = f"{error.message} {error.hint}".strip()
        if text != self._problem:
            self._problem = text
            self._say(Event("problem", text))
