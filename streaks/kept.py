"""What was made of figures, kept for as long as these are the very same objects: a tick leaves most of them alone."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from operator import is_
from typing import Generic, TypeVar

Thing = TypeVar("Thing")
Made = TypeVar("Made")


class Kept(Generic[Thing, Made]):
    """One thing made of each of many, by name; made anew where another object bears the name."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[Thing, Made]] = {}

    def of(self, name: Hashable, thing: Thing, make: Callable[[Thing], Made]) -> Made:
        """Return what `make` makes of a thing, now or before."""
        found = self._made.get(name)
        if found is None or found[0] is not thing:
            found = self._made[name] = thing, make(thing)
        return found[1]


class KeptTogether(Generic[Thing, Made]):
    """One thing made of several at a time, by name; made anew where any of them is another object."""

    def __init__(self) -> None:
        self._made: dict[Hashable, tuple[Sequence[Thing], Made]] = {}

    def of(self, name: Hashable, things: Sequence[Thing], make: Callable[[], Made]) -> Made:
        """Return what `make` makes of these things, now or before."""
        found = self._made.get(name)
        if found is None or len(found[0]) != len(things) or not all(map(is_, found[0], things)):
            found = self._made[name] = things, make()
        return found[1]


class KeptInOrder(Generic[Thing, Made]):
    """What was made of many things in a row; of those that stand where they stood it is not even looked up."""

    def __init__(self) -> None:
        self._things: Sequence[Thing] = ()
        self._made: list[Made] = []

    def of(self, things: Sequence[Thing], make: Callable[[Thing], Made]) -> list[Made]:
        """Return what `make` makes of each, now or before."""
        if len(things) == len(self._things):
            known = zip(self._things, things, self._made, strict=True)
            self._made = [old if was is now else make(now) for was, now, old in known]
        else:
            self._made = [make(thing) for thing in things]
        self._things = things
        return self._made
