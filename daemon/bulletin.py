"""What of a day's news was told already on a screen: a tick that is taken back and made again tells nothing twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..streaks.life_figures import LifeFigures
from ..templates.news import celebration, fact_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news: its line, and whether it is a fact that nobody asked for, which is never a notification."""

    line: str
    is_fact: bool


@dataclass
class Bulletin:
    """The celebrations of one day that were told, and whether its fact was."""

    _day: date | None = None
    _told: set[str] = field(default_factory=set)
    _fact_told: bool = False

    def fresh(self, life: LifeFigures) -> list[Piece]:
        """Return the news that were not told before on this day; from here on they were."""
        today = life.figures.now.today
        if today != self._day:
            self._day, self._told, self._fact_told = today, set(), False
        line = celebration(life)
        found = [Piece(line, is_fact=False)] if line and line not in self._told else []
        self._told.update(piece.line for piece in found)
        if not self._fact_told and (facts := list(fact_lines(life))):
            found += [Piece(fact, is_fact=True) for fact in facts]
            self._fact_told = True
        return found
