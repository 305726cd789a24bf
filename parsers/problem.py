"""What could not be read, told to the person whose note it is."""

from __future__ import annotations

from dataclasses import dataclass

from .shared_texts import shared

LONGEST_MESSAGE = 600
"""Characters of a message: one that quotes an endless line is cut, as nobody would read it."""


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong in one place: a stable code, where, what, and what to do about it."""

    path: str
    line: int | None
    code: str
    message: str
    remedy: str = ""

    @property
    def place(self) -> tuple[str, int, str, str]:
        """What problems are told by: their note, their line, and then always in the same order."""
        return self.path, self.line or 0, self.code, self.message

    def __post_init__(self) -> None:
        """Cut a message that nobody would read to its end; hold once what is said of many places."""
        if len(self.message) > LONGEST_MESSAGE:
            half = LONGEST_MESSAGE // 2
            object.__setattr__(self, "message", f"{self.message[:half]} … {self.message[-half:]}")
        for name in ("code", "message", "remedy"):
            object.__setattr__(self, name, shared(getattr(self, name)))
