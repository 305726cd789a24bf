"""The boxes of each micro-win, in little room until one of them changes."""

from __future__ import annotations

from collections.abc import Mapping

from ..streaks.history import Entry, History, read_history
from ..streaks.packed_boxes import PackedBoxes


class WinBoxes:
    """The boxes of micro-wins by id: packed as they were counted, or by the notes that they stand in."""

    def __init__(self, packed: Mapping[str, PackedBoxes] | None = None) -> None:
        self._packed = dict(packed or {})
        self._by_path: dict[str, dict[str, tuple[Entry, ...]]] = {}

    def of(self, win_id: str) -> list[Entry]:
        """Return the boxes of a micro-win, by path and line; those that nobody has changed stay packed."""
        packed = self._packed.get(win_id)
        if packed is not None:
            return packed.entries(win_id)
        by_path = self._by_path.get(win_id, {})
        return [entry for path in sorted(by_path) for entry in by_path[path]]

    def history(self, win_id: str) -> History:
        """Return what the boxes of a micro-win make, day by day."""
        packed = self._packed.get(win_id)
        return packed.history(win_id) if packed is not None else read_history(self.of(win_id))

    def put(self, win_id: str, path: str, entries: tuple[Entry, ...] | None) -> None:
        """Have these be the boxes of a micro-win in one note, with None none."""
        by_path = self._unpacked(win_id)
        if entries is None:
            by_path.pop(path, None)
        else:
            by_path[path] = entries

    def packed(self) -> dict[str, PackedBoxes]:
        """Return all boxes in little room."""
        return {**self._packed, **{win_id: PackedBoxes.of(self.of(win_id)) for win_id in self._by_path}}

    def _unpacked(self, win_id: str) -> dict[str, tuple[Entry, ...]]:
        found = self._by_path.setdefault(win_id, {})
        packed = self._packed.pop(win_id, None)
        for entry in packed.entries(win_id) if packed is not None else ():
            found[entry.path] = (*found.get(entry.path, ()), entry)
        return found
