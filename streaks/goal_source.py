"""What a goal itself contributes to the tree of goals."""

from __future__ import annotations

from dataclasses import dataclass

from .entries import Step
from .figures import Figures
from .history import Entry


@dataclass(frozen=True, slots=True)
class GoalSource:
    """A goal's micro-wins by line, its steps (None: as they were), and the boxes where a reading may stand."""

    wins: tuple[Figures, ...] = ()
    steps: tuple[Step, ...] | None = ()
    boxes: tuple[Entry, ...] = ()
