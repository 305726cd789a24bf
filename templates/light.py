"""Light mode: for hard times one smallest step a day stands in the list, of the whole vault or of a goal."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence

from ..streaks.figures import Figures

Group = Callable[[Figures], str | None]
"""Tells what a micro-win shares its one step with: None where it stands in the list as ever."""


def lightened(
    wins: Sequence[Figures], group: Group, answered: Callable[[Figures], bool]
) -> tuple[Figures, ...]:
    """Return micro-wins in their order, of each group those that are answered today or, without any, the smallest."""
    kept: set[str] = set()
    for name in {group(win) for win in wins}:
        members = [win for win in wins if group(win) == name]
        done = [win for win in members if answered(win)]
        chosen = members if name is None else done or [smallest(members)]
        kept.update(win.win.id for win in chosen)
    return tuple(win for win in wins if win.win.id in kept)


def still_to_add(wins: Sequence[Figures], group: Group, present: Container[str | None]) -> list[Figures]:
    """Return what is to be added to a list: nothing of a group of which a box stands there already."""
    taken = {group(win) for win in wins if win.win.id in present}
    return [
        win for win in wins if win.win.id not in present and (group(win) is None or group(win) not in taken)
    ]


def smallest(wins: Sequence[Figures]) -> Figures:
    """Return the first micro-win that has a smaller version, else the first that is not the hard one, else the first."""
    small = (win for win in wins if win.win.minimum)
    easy = (win for win in wins if not win.win.frog)
    return next(small, None) or next(easy, wins[0])
