"""What a goal itself contributes to the tree of goals."""

from __future__ import annotations

from dataclasses import dataclass

from .figures import Figures
from .history import Entry
from .step_sums import NO_SUMS, StepSums


@dataclass(frozen=True, slots=True)
class GoalSource:
    """A goal's micro-wins by line, what its steps come to (None: as before), and the boxes where a reading may stand."""

    wins: tuple[Figures, ...] = ()
    steps: StepSums | None = NO_SUMS
    boxes: tuple[Entry, ...] = ()
