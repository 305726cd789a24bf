"""What of a day's news was told already on a screen: neither a tick that is made again nor another name tells it twice."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from ..streaks.celebrations import celebrations
from ..streaks.life_figures import LifeFigures
from ..streaks.vault_figures import VaultFigures
from ..templates.news import celebration_text, fact_lines


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of news: its line, and whether it is a fact that nobody asked for, which is never a notification."""

    line: str
    is_fact: bool


@dataclass
class Bulletin:
    """The celebrations of one day that are no news any more, and whether its fact was told."""

    _day: date | None = None
    _known: set[tuple[str, ...]] = field(default_factory=set)
    _fact_told: bool = False

    def is_known(self, life: LifeFigures) -> None:
        """Take all that there is to tell for told."""
        self.fresh(life, life.figures)

    def fresh(self, life: LifeFigures, before: VaultFigures) -> list[Piece]:
        """Return the news that were not told before on this day; from here on they were.

        A goal that was not there `before` is one under another name, a copy or a new one: nobody saw it come so far.
        """
        today = life.figures.now.today
        if today != self._day:
            self._day, self._known, self._fact_told = today, set(), False
        found: list[Piece] = []
        for place, one in enumerate(celebrations(life)):
            if place == 0 and one.key not in self._known and before.goal(one.goal) is not None:
                found.append(Piece(celebration_text(one), is_fact=False))
            self._known.add(one.key)
        if not self._fact_told and (facts := list(fact_lines(life))):
            found += [Piece(fact, is_fact=True) for fact in facts]
            self._fact_told = True
        return found
