"""What the slots of one micro-win ask for, which is mostly the same again and again."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import overload

from .slots import Measure

_MOST_SMALL = 256


@dataclass(frozen=True, slots=True)
class Measures(Sequence[Measure]):
    """Measures in a row: each one once, and for each place which of them it is."""

    kinds: tuple[Measure, ...]
    places: Sequence[int]

    @classmethod
    def of(cls, measures: Iterable[Measure]) -> Measures:
        """Return these measures in this order."""
        made = list(measures)
        numbers = {measure: number for number, measure in enumerate(dict.fromkeys(made))}
        places = map(numbers.__getitem__, made)
        return cls(tuple(numbers), bytes(places) if len(numbers) <= _MOST_SMALL else array("I", places))

    def __len__(self) -> int:
        return len(self.places)

    def __iter__(self) -> Iterator[Measure]:
        return map(self.kinds.__getitem__, self.places)

    @overload
    def __getitem__(self, at: int) -> Measure: ...

    @overload
    def __getitem__(self, at: slice) -> Measures: ...

    def __getitem__(self, at: int | slice) -> Measure | Measures:
        if isinstance(at, slice):
            return Measures(self.kinds, self.places[at])
        return self.kinds[self.places[at]]
