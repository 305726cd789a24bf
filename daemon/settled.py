"""The notes that are up to date: a pass looks at the others alone, however many goals a vault has."""

from __future__ import annotations

from collections.abc import Set

from ..streaks.vault_figures import VaultFigures, worked_out
from ..templates.view import View


class Settled:
    """Which notes say what the figures say that were followed last.

    Blocks that are made of their goal's figures `alone` stay right until these change; all others until any figure does.
    """

    def __init__(self) -> None:
        self._alone: dict[str, bool] = {}
        self._view: View | None = None

    @property
    def paths(self) -> Set[str]:
        """The notes that need not be looked at."""
        return self._alone.keys()

    def follow(self, view: View) -> None:
        """Forget the notes that may say something else by what is shown now."""
        before, self._view = self._view, view
        if before is view:
            return
        same_words = before is not None and before.ambiguous_names is view.ambiguous_names
        if before is None or not same_words or before.figures.now != view.figures.now:
            self._alone.clear()
        elif before.figures is not view.figures:
            self._alone = {path: True for path, alone in self._alone.items() if alone}
            self._forget_goals(before.figures, view.figures)

    def _forget_goals(self, before: VaultFigures, after: VaultFigures) -> None:
        for goal in worked_out(before, after):
            if before.goal(goal.goal.path) != goal:
                self.forget(goal.goal.path)
        for path in before.places.keys() - after.places.keys() if before.places is not after.places else ():
            self.forget(path)

    def add(self, path: str, *, alone: bool) -> None:
        """Take a note for one that says what the view says that was followed last."""
        self._alone[path] = alone

    def forget(self, path: str) -> None:
        """Have a note looked at again."""
        self._alone.pop(path, None)
