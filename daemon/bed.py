"""Where figures of micro-wins sleep: on a shelf, from which they tell what they say when somebody asks."""

from __future__ import annotations

import io
import pickle
from collections.abc import Callable
from functools import lru_cache, partial
from typing import Any

from ..streaks.alike import forget_alike
from ..streaks.calendar import Now
from ..streaks.figures import Figures
from ..streaks.history import DayEntry
from ..streaks.micro_win import MicroWin
from ..streaks.told import Told
from ..streaks.totals import Totals
from ..streaks.turns import Section
from .kept_values import Pickler, Unpickler
from .shelf import Shelf, ShelfLost

MOST_AWAKE = 128
"""Figures that stay awake of those that were worked out last, and of those that were asked last."""
_OFTEN = 400
"""After so many figures what they were made of is forgotten: it was held so that they share it, and they sleep."""
_MOST_ALIKE = 4096
_ALIKE = {DayEntry, Section, Totals}
"""What many figures share: there it is held once, and written as a number."""
_ENGINE = "microwins.streaks."

Again = Callable[[MicroWin, Now], Told]


class Bed:
    """The figures that sleep on one shelf. `again` works out anew what cannot be read any more."""

    def __init__(self, shelf: Shelf, again: Again) -> None:
        self.again = again
        self.shelf = shelf
        self._alike: list[object] = []
        self._numbers: dict[int, int] = {}
        self._put = 0
        self.read = lru_cache(MOST_AWAKE)(partial(_read, shelf, self._alike))

    def put(self, figures: Figures) -> None:
        """Have figures sleep, if they can."""
        if figures.is_asleep:
            return
        stream = io.BytesIO()
        _Pickler(stream, self).dump(figures.told.packed())
        place = self.shelf.put(stream.getvalue())
        if place is None:
            return
        figures.sleep(_Sleeping(self, place))
        self._put += 1
        if not self._put % _OFTEN:
            forget_alike()

    def number(self, value: object) -> int | None:
        """Return the number of something that figures share; None where it has none, and is written as it is."""
        number = self._numbers.get(id(value))
        if number is None and len(self._alike) < _MOST_ALIKE:
            number = self._numbers[id(value)] = len(self._alike)
            self._alike.append(value)
        return number


def _read(shelf: Shelf, alike: list[object], place: int) -> Told | None:
    """Return what figures say; None where the shelf does not tell it any more."""
    try:
        row = shelf.get(place)
    except ShelfLost:
        return None
    return Told.of(_Unpickler(io.BytesIO(row), alike).load())


class _Sleeping:
    """Tells for figures that sleep, for as long as anybody has them."""

    __slots__ = ("_bed", "_place")

    def __init__(self, bed: Bed, place: int) -> None:
        self._bed, self._place = bed, place

    def read(self) -> Told | None:
        return self._bed.read(self._place)

    def again(self, win: MicroWin, now: Now) -> Told:
        return self._bed.again(win, now)

    def __del__(self) -> None:
        self._bed.shelf.drop(self._place)


class _Pickler(Pickler):
    """Writes what figures share as numbers."""

    def __init__(self, stream: io.BytesIO, bed: Bed) -> None:
        super().__init__(stream, pickle.HIGHEST_PROTOCOL)
        self._bed = bed

    def persistent_id(self, value: Any) -> Any:
        return self._bed.number(value) if type(value) in _ALIKE else None


class _Unpickler(Unpickler):
    """Reads what was written so, and the values that figures are made of."""

    def __init__(self, stream: io.BytesIO, alike: list[object]) -> None:
        super().__init__(stream)
        self._alike = alike

    def persistent_load(self, number: Any) -> Any:
        return self._alike[number]

    def find_class(self, module_name: str, global_name: str) -> Any:
        if f"{module_name}.".startswith(_ENGINE):
            return pickle.Unpickler.find_class(self, module_name, global_name)
        return super().find_class(module_name, global_name)
