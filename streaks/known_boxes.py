"""What boxes of ordinary notes mean by their text alone: the same boxes stand in daily note after daily note."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from ..parsers.declaration import is_frog
from ..parsers.problem import Problem
from ..parsers.task import LineFields
from ..parsers.tasks import BoxRules, fields_of
from .catalog import NO_MATCH, Catalog, Match
from .entries import ambiguous, counted_quantities
from .packed_boxes import written_more

OF_NONE, DEPENDS = -1, -2
"""In the place of a micro-win's sort: a box of no micro-win, and one of which only its note tells."""
MOST_BODIES = 1 << 14
"""Texts of which it is remembered at once what a box of them means."""
NO_DAY = 0
"""In the place of a day's ordinal."""


class Known(NamedTuple):
    """What a box of a text means wherever it stands.

    `sort` is that of a micro-win's box, `OF_NONE` or `DEPENDS`; `done` and `cancelled` are the days (ordinals) that the
    text itself gives, `NO_DAY` where it gives none; `frog` says whether the text marks the hard one of the day.
    """

    sort: int = OF_NONE
    done: int = NO_DAY
    cancelled: int = NO_DAY
    frog: bool = False


_ONLY_WORDS = Known()


class KnownBoxes:
    """Tells what boxes mean, in the vault of this catalog.

    A sort is a place in `sorts`: the id of a micro-win, and what there is to know of such a box besides its state and
    its day. `problems` has the boxes of which nothing tells whose they are, by note.
    """

    def __init__(self, catalog: Catalog, rules: BoxRules) -> None:
        self.sorts: list[tuple[str, bytes]] = []
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.statuses = rules.statuses
        self.heads = catalog.heads
        self._places: dict[tuple[str, bytes], int] = {}
        self._catalog = catalog
        self._rules = rules

    def learn(self, body: str) -> Known:
        """Return what a box of this text means."""
        if self._catalog.is_unknown(body):
            return _ONLY_WORDS
        fields = fields_of(body, self._rules)
        match = self._catalog.match_anywhere(fields)
        return Known(
            DEPENDS if match is None else self._sort(match, fields),
            _ordinal(fields.done),
            _ordinal(fields.cancelled),
            is_frog(fields.tags),
        )

    def sort_in(self, path: str, line: int, body: str) -> int:
        """Return the sort of a box whose text does not tell it alone."""
        fields = fields_of(body, self._rules)
        match = self._catalog.match(fields, path)
        if match.rivals:
            self.problems[path] = (*self.problems.get(path, ()), ambiguous(path, line, match.rivals))
        return self._sort(match, fields)

    def sort(self, win_id: str, more: bytes) -> int:
        """Return the sort of the boxes of a micro-win of which this is to be known besides."""
        key = win_id, more
        place = self._places.setdefault(key, len(self.sorts))
        if place == len(self.sorts):
            self.sorts.append(key)
        return place

    def _sort(self, match: Match, fields: LineFields) -> int:
        if match is NO_MATCH or match.win is None:
            return OF_NONE
        frog = match.win.frog or is_frog(fields.tags)
        return self.sort(match.win.id, written_more(counted_quantities(fields), fields.time, frog=frog))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else NO_DAY
