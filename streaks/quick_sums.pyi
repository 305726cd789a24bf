"""What `box_sums.SumsInPython` does, compiled."""

from collections.abc import Sequence

from ..parsers.task import State
from .day_numbers import DayNumbers
from .known_boxes import KnownBoxes
from .packed_boxes import PackedBoxes
from .texts import Texts

class QuickSums:
    undated: int

    def __init__(self, known: KnownBoxes, other_wins: DayNumbers) -> None: ...
    def take(self, path: str, note: int, day: int, boxes: bytes) -> Sequence[int] | None: ...
    def put(self, note: int, line: int, state: State, day: int, sort: int) -> None: ...
    def has_undated(self) -> bool: ...
    def wins(self, notes: Texts) -> dict[str, PackedBoxes]: ...
