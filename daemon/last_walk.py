"""What the last walk over a vault told besides the notes that it has."""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable

from ..parsers.problem import Problem
from .clock import DayClock
from .note_write import sweep_temporary_files
from .scan import Scan, scan, sifted
from .stamps import Stamps
from .vault import Vault
from .walk import Walk

LEFT_BEHIND = 60.0
"""Seconds after which a temporary file of ours is no write in progress any more."""


class LastWalk:
    """What is wrong with the names and folders of a vault, conflict copies among it, and what writes of ours left there."""

    def __init__(self, vault: Vault, clock: DayClock) -> None:
        self._vault = vault
        self._clock = clock
        self._unfinished: tuple[str, ...] = ()
        self.problems: tuple[Problem, ...] = ()
        self.ended = 0.0
        """When the last walk was over of which all was taken, in nanoseconds of the clock that files bear."""

    def begin(self) -> Walk:
        """Walk over the vault; what is found is to be taken afterwards."""
        walk = Walk.over(self._vault.root, self._vault.exclusions)
        self.ended = self._clock.clock().timestamp() * 1e9
        return walk

    def take(self, walk: Walk, known: Stamps) -> Scan:
        """Take what a walk found over a vault of which these notes were known when somebody last looked."""
        return self._take(sifted(walk, known))

    def take_as_kept(self, walk: Walk, clashes: Iterable[Problem]) -> Scan:
        """Take what a walk found that found just the notes that were known, whose names have these problems."""
        return self._take(Scan.of(walk, clashes))

    def _take(self, found: Scan) -> Scan:
        self.problems, self._unfinished = found.problems, found.unfinished
        return found

    def clashes(self, among: Container[str]) -> list[Problem]:
        """Return the problems that these notes have by their names alone."""
        return [one for one in self.problems if one.code == "name-clash" and one.path in among]

    def again(self) -> Scan:
        """Walk over the vault once more."""
        return self._take(scan(self._vault.root, self._vault.exclusions))

    def sweep(self) -> None:
        """Take away the temporary files that a write of ours left when it was killed; young ones may be in use."""
        now = self._clock.clock().timestamp()
        for folder in self._unfinished:
            sweep_temporary_files(self._vault.root / folder, now=now, age=LEFT_BEHIND)

    def conflict_copies(self) -> list[str]:
        """Return the conflict copies that were found."""
        return [problem.path for problem in self.problems if problem.code == "conflict-copy"]

    def forget_copies(self, paths: Collection[str]) -> None:
        """Take note that these conflict copies are gone."""
        self.problems = tuple(
            one for one in self.problems if one.code != "conflict-copy" or one.path not in paths
        )
