"""What could not be written, and when it is tried again."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from ..parsers.problem import Problem
from .errors import NoteChanged, NoteInUse, ReadOnly, WriteFailed

RETRY = 60.0
"""Seconds until a note is tried again that the disk or its rights did not let us write."""
_PASSING = {ReadOnly.code, WriteFailed.code}
"""Failures that pass without any news from the vault."""


class HeldUp:
    """The notes that others keep from being written: for how long they have been in use, and when the disk is tried again."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._in_use: dict[str, float] = {}
        self.retry_at: float | None = None

    @property
    def waits(self) -> bool:
        """Whether a note was in use when it was tried last."""
        return bool(self._in_use)

    def failures(self, skipped: Iterable[Problem]) -> list[Problem]:
        """Take in what a pass could not write; return what is to be told of it.

        A note that has been in use for a moment only is tried again without a word, and so is one that was changed.
        """
        problems = [one for one in skipped if one.code != NoteChanged.code]
        in_use = {one.path for one in problems if one.code == NoteInUse.code}
        now = self._monotonic()
        self._in_use = {path: self._in_use.get(path, now) for path in in_use}
        failures = [
            one for one in problems if one.code != NoteInUse.code or now - self._in_use[one.path] >= RETRY
        ]
        if any(one.code in _PASSING for one in failures):
            self.retry_at = now + RETRY
        return failures
