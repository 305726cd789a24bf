"""A plan that is made while the notes have yet to be still: when they have been, it only has to be written."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass

from ..parsers.problem import Problem
from .change import Change

Planned = Change | Problem


@dataclass(frozen=True, slots=True)
class Ahead:
    """What was planned, and for what: for the same `grounds` it would be planned again."""

    planned: tuple[Planned, ...]
    grounds: Hashable

    @classmethod
    def of(cls, planned: Sequence[Planned], grounds: Hashable) -> Ahead | None:
        """Return a plan for later; None where a note is to be made, since then somebody may have decided otherwise."""
        makes_any = any(isinstance(one, Change) and one.before is None for one in planned)
        return None if makes_any else cls(tuple(planned), grounds)

    @property
    def changes(self) -> list[Change]:
        """The changes alone."""
        return [one for one in self.planned if isinstance(one, Change)]
