"""Looks at the bytes of many notes, all read in one way: most are done with by a compiled look, where it was compiled."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import suppress

from .glance import Glance, glance
from .note import KANBAN, Note, Reading
from .note_date import PeriodNames

Seen = tuple[bytes, bool]
"""The boxes of an ordinary note in one piece, and whether it is one only if it is a daily note."""

NOTHING = Glance()
"""What is told of every note that has nothing to tell."""


class Glancer:
    """The look at notes for one way of reading them; with `compiled` false Python does all of it."""

    def __init__(self, reading: Reading, *, compiled: bool = True) -> None:
        self._reading = reading
        self._names = PeriodNames(reading.formats, reading.locale, reading.week)
        self._boxes = _compiled_look(reading) if compiled else _unsure

    def glance(self, path: str, data: bytes) -> Glance | Note | None:
        """Return what `glance` returns for the note's text; None where the bytes are no text."""
        return self.glances("", (path,), (data,))[0]

    def glances(
        self, prefix: str, names: Iterable[str], texts: Iterable[bytes | None]
    ) -> list[Glance | Note | None]:
        """Return the same for each note of a folder whose paths begin so; None for one without bytes."""
        boxes_of, period_of = self._boxes, self._names.period_of
        found: list[Glance | Note | None] = []
        for name, data in zip(names, texts, strict=True):
            if data is None:
                found.append(None)
                continue
            path = prefix + name
            seen, period = boxes_of(data), period_of(path)
            if seen is None or (seen[1] and (period is None or period.kind != "day")):
                found.append(self._whole(path, data))
            elif period is not None or seen[0]:
                found.append(Glance.of(period, seen[0]))
            else:
                found.append(NOTHING)
        return found

    def _whole(self, path: str, data: bytes) -> Glance | Note | None:
        with suppress(UnicodeDecodeError):
            if b"\0" not in data:
                return glance(path, data.decode(), self._reading)
        return None


def _unsure(_data: bytes) -> Seen | None:
    return None


def _compiled_look(reading: Reading) -> Callable[[bytes], Seen | None]:
    """Return the compiled look for what matters to this reading; one that is never sure where there is none."""
    if reading.rules.global_filter:
        return _unsure
    try:
        from .box_bytes import Look
    except ImportError:  # it was not compiled
        return _unsure
    tag = reading.words.tag.lstrip("#")
    return Look(tag, (reading.words.type, tag, KANBAN)).boxes
