"""The rows of tables that were made before: a tick changes one or two of them."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.kept import Kept

Cells = tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """The cells of each goal and each micro-win, for one language and as long as links are written the same way."""

    goals: Kept[GoalFigures, Cells] = field(default_factory=Kept)
    wins: Kept[Figures, Cells] = field(default_factory=Kept)
