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
"""In the place of a micro-win: a box of none, and one of which only its note tells."""
MOST_BODIES = 1 << 13
"""Texts of which it is remembered at once what a box of them means."""
NO_DAY = 0
"""In the place of a day's ordinal."""


class Known(NamedTuple):
    """What a box of a text means wherever it stands.

    `win` is the place of a micro-win, `OF_NONE` or `DEPENDS`, and `more` that of what there is to know of its boxes besides
    their state and their day; `done` and `cancelled` are the days (ordinals) that the text itself gives, `NO_DAY` where it
    gives none; `frog` says whether the text marks the hard one of the day.
    """

    win: int = OF_NONE
    more: int = 0
    done: int = NO_DAY
    cancelled: int = NO_DAY
    frog: bool = False


_ONLY_WORDS = Known()


class KnownBoxes:
    """Tells what boxes mean, in the vault of this catalog.

    Places are those in `wins`, the ids of micro-wins, and in `mores`, what there is to know of a box besides its state and
    its day. `problems` has the boxes of which nothing tells whose they are, by note.
    """

    def __init__(self, catalog: Catalog, rules: BoxRules) -> None:
        self.wins: dict[str, int] = {}
        self.mores: dict[bytes, int] = {}
        self.problems: dict[str, tuple[Problem, ...]] = {}
        self.statuses = rules.statuses
        self.heads = catalog.heads
        self._catalog = catalog
        self._rules = rules

    def learn(self, body: str) -> Known:
        """Return what a box of this text means."""
        if self._catalog.is_unknown(body):
            return _ONLY_WORDS
        fields = fields_of(body, self._rules)
        match = self._catalog.match_anywhere(fields)
        return Known(
            *((DEPENDS, 0) if match is None else self._places(match, fields)),
            _ordinal(fields.done),
            _ordinal(fields.cancelled),
            is_frog(fields.tags),
        )

    def places_in(self, path: str, line: int, body: str) -> tuple[int, int]:
        """Return the places of a box whose text does not tell them alone."""
        fields = fields_of(body, self._rules)
        match = self._catalog.match(fields, path)
        if match.rivals:
            self.problems[path] = (*self.problems.get(path, ()), ambiguous(path, line, match.rivals))
        return self._places(match, fields)

    def places(self, win_id: str, more: bytes) -> tuple[int, int]:
        """Return the places of the boxes of a micro-win of which this is to be known besides."""
        return self.wins.setdefault(win_id, len(self.wins)), self.mores.setdefault(more, len(self.mores))

    def _places(self, match: Match, fields: LineFields) -> tuple[int, int]:
        if match is NO_MATCH or match.win is None:
            return OF_NONE, 0
        frog = match.win.frog or is_frog(fields.tags)
        return self.places(match.win.id, written_more(counted_quantities(fields), fields.time, frog=frog))


def _ordinal(day: date | None) -> int:
    return day.toordinal() if day is not None else NO_DAY
