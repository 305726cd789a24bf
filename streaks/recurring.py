"""Boxes that recur: the boxes of daily notes that belong to no micro-win, gathered by what they are called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from ..parsers.identity import numberless_key, text_key
from ..parsers.note import Note
from ..parsers.task import Quantity, State
from ..parsers.units import unit_key
from .catalog import Catalog

CLASHES = 0.1
"""On more of its days than this share two texts stand side by side: then they are two things, not one that grows."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """One box in the note of a day."""

    day: date
    state: State
    text: str
    id: str | None = None
    quantities: tuple[Quantity, ...] = ()


@dataclass(frozen=True, slots=True)
class Recurring:
    """Boxes that are called the same: the days on which they stood in a note, and those on which they were ticked.

    On the days `skipped` it was marked so, which says nothing of its schedule. `text` is how it is mostly written, `amounts` what was given on the
    ticked days, by day, in the one unit that is given most.
    """

    text: str
    id: str | None
    seen: frozenset[date]
    done: tuple[date, ...]
    skipped: frozenset[date] = frozenset()
    unit: str = ""
    amounts: Mapping[date, Decimal] = field(default_factory=dict)

    @property
    def first(self) -> date:
        """The first day on which it was ticked."""
        return self.done[0]

    @property
    def last(self) -> date:
        """The last day on which it was ticked."""
        return self.done[-1]


def sightings(note: Note, catalog: Catalog) -> Iterator[Sighting]:
    """Yield the boxes of a daily note that belong to no micro-win, be it of an archived goal.

    Nothing is read back from our own blocks but from `today`, whose lines are the user's.
    """
    if note.day is None or note.goal is not None:
        return
    for task in note.tasks:
        block = note.block_at(task.line) if note.blocks else None
        if block is not None and block.name != "today":
            continue
        fields = task.fields
        match = catalog.match(fields, note.path)
        if match.win is None and not match.rivals and text_key(fields.text):
            yield Sighting(note.day, task.state, fields.text, fields.id, fields.quantities)


def gathered(found: Iterable[Sighting]) -> list[Recurring]:
    """Return the boxes by what they are called; those that were never ticked are left out.

    As in matching, an id comes before the text, and numbers make no difference where that alone makes it one: texts that
    differ in numbers and stand in one note are two things.
    """
    by_id: dict[str, list[Sighting]] = {}
    by_key: dict[str, dict[str, list[Sighting]]] = {}
    for one in found:
        if one.id is not None:
            by_id.setdefault(one.id, []).append(one)
        else:
            key = text_key(one.text)
            by_key.setdefault(numberless_key(key), {}).setdefault(key, []).append(one)
    groups = [*by_id.values(), *(group for texts in by_key.values() for group in _united(texts))]
    return [_recurring(group) for group in groups if any(one.state is State.DONE for one in group)]


def _united(texts: Mapping[str, Sequence[Sighting]]) -> list[Sequence[Sighting]]:
    """Return the boxes of texts that differ in numbers alone as one group, or each text's if they stand side by side."""
    if len(texts) == 1:
        return list(texts.values())
    days = Counter(day for boxes in texts.values() for day in {box.day for box in boxes})
    together = sum(times > 1 for times in days.values())
    if together > CLASHES * len(days):
        return list(texts.values())
    return [[box for boxes in texts.values() for box in boxes]]


def _recurring(boxes: Sequence[Sighting]) -> Recurring:
    ordered = sorted(boxes, key=lambda box: box.day)
    ticked = [box for box in ordered if box.state is State.DONE]
    unit = _unit(ticked)
    return Recurring(
        text=_usual_text(ticked),
        id=ordered[-1].id,
        seen=frozenset(box.day for box in ordered),
        done=tuple(sorted({box.day for box in ticked})),
        skipped=frozenset(box.day for box in ordered if box.state is State.SKIPPED)
        - {box.day for box in ticked},
        unit=unit,
        amounts=_amounts(ticked, unit),
    )


def _usual_text(ticked: Sequence[Sighting]) -> str:
    """Return the text that is written most; of several the one that was written last."""
    texts = Counter(box.text for box in reversed(ticked))
    return max(texts, key=texts.__getitem__)


def _unit(ticked: Sequence[Sighting]) -> str:
    """Return the unit that is given most, in the spelling that is written most."""
    spellings = Counter(quantity.unit for box in ticked for quantity in box.quantities)
    units: Counter[str] = Counter()
    for spelling, times in spellings.items():
        units[unit_key(spelling)] += times
    return max(spellings, key=lambda one: (units[unit_key(one)], spellings[one]), default="")


def _amounts(ticked: Sequence[Sighting], unit: str) -> dict[date, Decimal]:
    """Return the amounts by day; one that stands behind the text is the last of its line and is meant."""
    found: dict[date, Decimal] = {}
    for box in ticked:
        given = [one.amount for one in box.quantities if unit_key(one.unit) == unit_key(unit)]
        if given:
            found[box.day] = given[-1]
    return found
