"""A number for each of many days, in little room."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

PAGE = 64
"""Days of one page."""
_EMPTY = bytes(PAGE * array("i").itemsize)


class DayNumbers(Mapping[date, int]):
    """Numbers by day, kept by pages of some days that lie together; a day whose number is 0 is none of them."""

    __slots__ = ("_pages",)

    def __init__(self, pages: Mapping[int, bytes] | None = None) -> None:
        self._pages = {page: array("i", numbers) for page, numbers in (pages or {}).items()}

    @classmethod
    def of(cls, numbers: Iterable[tuple[date, int]]) -> DayNumbers:
        """Return the sums of the numbers of each day."""
        found = cls()
        for day, number in numbers:
            found.add(day.toordinal(), number)
        return found

    def add(self, day: int, number: int) -> int:
        """Add to the number of a day (an ordinal); return what it is now."""
        page, place = divmod(day, PAGE)
        numbers = self._pages.get(page)
        if numbers is None:
            numbers = self._pages[page] = array("i", _EMPTY)
        numbers[place] = found = numbers[place] + number
        return found

    def at(self, day: int) -> int:
        """Return the number of a day (an ordinal)."""
        page, place = divmod(day, PAGE)
        numbers = self._pages.get(page)
        return numbers[place] if numbers is not None else 0

    def __getitem__(self, day: date) -> int:
        found = self.at(day.toordinal())
        if not found:
            raise KeyError(day)
        return found

    def __iter__(self) -> Iterator[date]:
        return map(date.fromordinal, self.ordinals())

    def __len__(self) -> int:
        return sum(PAGE - numbers.count(0) for numbers in self._pages.values())

    def ordinals(self) -> Iterator[int]:
        """Yield the days that have a number, in order, as ordinals."""
        for page in sorted(self._pages):
            for place, number in enumerate(self._pages[page], page * PAGE):
                if number:
                    yield place

    def packed(self) -> dict[int, bytes]:
        """Return the same as plain values."""
        return {page: numbers.tobytes() for page, numbers in self._pages.items() if any(numbers)}
