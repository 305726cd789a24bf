"""The boxes of each micro-win, in little room until one of them changes."""

from __future__ import annotations

from ..streaks.history import Entry, History, read_history
from ..streaks.made_values import MadeValues, Table
from ..streaks.packed_boxes import PackedBoxes
from .kept_values import dumped, loaded
from .shelf import Shelf, ShelfLost


class WinBoxes:
    """The boxes of micro-wins by id: packed as they were counted, on a shelf where there is one, or by the notes that they stand in.

    What is asked of those on the shelf raises `ShelfLost` where they cannot be read any more.
    """

    def __init__(self, packed: Table[PackedBoxes] | None = None, shelf: Shelf | None = None) -> None:
        """Take over the boxes of micro-wins, one after the other: the table is empty afterwards."""
        self._packed: dict[str, PackedBoxes] = {}
        self.shelf = shelf
        self._places: dict[str, int] = {}
        self._by_path: dict[str, dict[str, tuple[Entry, ...]]] = {}
        given = packed if packed is not None else {}
        for win_id in list(given):
            self._put(win_id, given.pop(win_id))

    def of(self, win_id: str) -> list[Entry]:
        """Return the boxes of a micro-win, by path and line; those that nobody has changed stay packed."""
        packed = self._packed_of(win_id)
        if packed is not None:
            return packed.entries(win_id)
        by_path = self._by_path.get(win_id, {})
        return [entry for path in sorted(by_path) for entry in by_path[path]]

    def history(self, win_id: str) -> History:
        """Return what the boxes of a micro-win make, day by day."""
        packed = self._packed_of(win_id)
        return packed.history(win_id) if packed is not None else read_history(self.of(win_id))

    def put(self, win_id: str, path: str, entries: tuple[Entry, ...] | None) -> None:
        """Have these be the boxes of a micro-win in one note, with None none."""
        by_path = self._unpacked(win_id)
        if entries is None:
            by_path.pop(path, None)
        else:
            by_path[path] = entries

    def packed(self) -> MadeValues[PackedBoxes]:
        """Return all boxes in little room; those on the shelf are taken from there when they are asked for."""
        changed = {win_id: PackedBoxes.of(self.of(win_id)) for win_id in self._by_path}
        held: dict[str, int | PackedBoxes] = {**self._places, **self._packed, **changed}
        return MadeValues(held, self._boxes)

    def _put(self, win_id: str, boxes: PackedBoxes) -> None:
        place = self.shelf.put(dumped(boxes.packed())) if self.shelf is not None else None
        if place is None:
            self._packed[win_id] = boxes
        else:
            self._places[win_id] = place

    def _packed_of(self, win_id: str) -> PackedBoxes | None:
        place = self._places.get(win_id)
        return self._packed.get(win_id) if place is None else self._at(place)

    def _boxes(self, held: int | PackedBoxes) -> PackedBoxes:
        return self._at(held) if isinstance(held, int) else held

    def _at(self, place: int) -> PackedBoxes:
        if self.shelf is None:
            raise ShelfLost
        return PackedBoxes.of_row(loaded(self.shelf.get(place)))

    def _unpacked(self, win_id: str) -> dict[str, tuple[Entry, ...]]:
        packed = self._packed_of(win_id)
        place = self._places.pop(win_id, None)
        if place is not None and self.shelf is not None:
            self.shelf.drop(place)
        self._packed.pop(win_id, None)
        found = self._by_path.setdefault(win_id, {})
        for entry in packed.entries(win_id) if packed is not None else ():
            found[entry.path] = (*found.get(entry.path, ()), entry)
        return found
