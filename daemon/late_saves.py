"""When it is looked whether a save came too late for a writing of ours."""

from __future__ import annotations

from collections.abc import Callable

from ..parsers.problem import Problem
from .aside import GRACE
from .keeper import Keeper


class LateSaves:
    """Looks at the files that our writings took the place of, a grace after each."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self.at: float | None = None

    def look(self, keeper: Keeper) -> list[Problem]:
        """Return the saves that came too late, if it is time to look."""
        found: list[Problem] = []
        if self.at is not None and self._monotonic() >= self.at:
            self.at = None
            found = [one.problem(keeper.vault.root) for one in keeper.aside.look()]
        if self.at is None and keeper.aside.holds_any:
            self.at = self._monotonic() + GRACE
        return found
