"""The order of all micro-wins of a vault: it follows from what goals declare, and no tick changes it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from .chains import Chains, find_chains, up
from .figures import Figures
from .micro_win import MicroWin


@dataclass(frozen=True)
class Stacks:
    """Micro-wins in the order of their goals, and the order in which they are to be done; found once, when asked for."""

    wins: tuple[MicroWin, ...]

    @cached_property
    def chains(self) -> Chains:
        """Which micro-wins follow one another."""
        return find_chains(self.wins)

    @cached_property
    def after(self) -> Mapping[str, str]:
        """The id of the micro-win that each one follows, by its id."""
        return self.chains.after if any(win.after for win in self.wins) else {}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """The place of each micro-win, by its id: as the goals have them, each behind the one that it follows."""
        return {win_id: place for place, win_id in enumerate(self._placed(win.id for win in self.wins))}

    @cached_property
    def goals(self) -> Mapping[str, str]:
        """The path of the goal of each micro-win, by its id."""
        return {win.id: win.goal for win in self.wins}

    def in_order(self, wins: Sequence[Figures]) -> tuple[Figures, ...]:
        """Return some of these micro-wins with frogs first, and each one behind those that it follows.

        One that is not among them keeps what follows it behind what it follows.
        """
        known = self.places
        first = self._placed(win.win.id for win in wins if win.win.frog and win.win.id in known)
        place = {win_id: number - len(first) for number, win_id in enumerate(first)}
        return tuple(sorted(wins, key=lambda win: place.get(win.win.id, known[win.win.id])))

    def _placed(self, wins: Iterable[str]) -> dict[str, None]:
        """Return micro-wins as early as may be, each behind all those that it follows."""
        placed: dict[str, None] = {}
        for win_id in wins:
            for one in reversed(list(up(win_id, self.after))):
                placed.setdefault(one, None)
        return placed
