"""A process that reads notes for another one: which ones it is told on its input, what they say goes to its output."""

from __future__ import annotations

import gc
import os
import pickle
import sys
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from ..parsers.glance import Glance
from ..parsers.glancer import Glancer
from ..parsers.note import Note, Reading
from .folder import Folder, prefix_of
from .packed_note import packed, tells_something
from .settled_files import read_settled

Asked = Sequence[tuple[str, Folder]]
"""Folders with their notes."""
Told = tuple[bool, bytes]
"""Whether a note is an ordinary one, and what it says as the index keeps it: nothing where there is nothing to tell."""
MOST_TEXTS = 100
"""Notes whose texts are held at once."""


@dataclass(frozen=True, slots=True)
class Order:
    """How notes are to be read: where they are, what is made of them, how large they may be, before which ns they were written, and whether by Python alone."""

    root: str
    reading: Reading
    max_size: int
    before: float
    compiled: bool = True


@dataclass(frozen=True, slots=True)
class Answer:
    """What each note that was asked for says, in one piece of memory: several answers wait at a time.

    Of each note `sizes` has twice the number of bytes that are its own in `data`, and one more where it is an ordinary
    one; -1 where it could not be read so.
    """

    sizes: array[int]
    data: bytes

    @classmethod
    def of(cls, told: Iterable[Told | None]) -> Answer:
        """Return the answer that tells this of each note; None of one that could not be read so."""
        sizes, parts = array("q"), []
        for one in told:
            sizes.append(-1 if one is None else 2 * len(one[1]) + one[0])
            parts.append(b"" if one is None else one[1])
        return cls(sizes, b"".join(parts))

    def told(self) -> Iterator[Told | None]:
        """Yield what it tells of each note."""
        begin = 0
        for size in self.sizes:
            end = begin + max(size, 0) // 2
            yield (bool(size & 1), self.data[begin:end]) if size >= 0 else None
            begin = end


def answer(order: Order, asked: Asked) -> Answer:
    """Read notes; what is not simply read is left to whoever asked."""
    glancer = Glancer(order.reading, compiled=order.compiled)
    return Answer.of(chain.from_iterable(_folder_told(order, glancer, *one) for one in asked))


def _folder_told(order: Order, glancer: Glancer, folder: str, notes: Folder) -> Iterator[Told | None]:
    names, sizes = notes.list(), notes.sizes()
    for begin in range(0, len(names), MOST_TEXTS):
        part = slice(begin, begin + MOST_TEXTS)
        yield from map(_told, glances_in(order, glancer, folder, names[part], sizes[part]))


def glances_in(
    order: Order, glancer: Glancer, folder: str, names: Sequence[str], sizes: Iterable[int]
) -> list[Note | Glance | None]:
    """Return what there is to know of notes in a folder that are of these sizes; None of one that is to be read with care."""
    place = os.fsencode(f"{order.root}/{folder}")
    texts = read_settled(place, names, sizes, order.before, order.max_size)
    return glancer.glances(prefix_of(folder), names, texts)


def _told(fact: Note | Glance | None) -> Told | None:
    if fact is None:
        return None
    return not isinstance(fact, Note), packed(fact) if tells_something(fact) else b""


def main() -> None:
    """Answer until nothing more is asked: when the program that asks has gone, for whatever reason, this ends too."""
    gc.disable()  # notes have no cycles
    asking, telling = sys.stdin.buffer, sys.stdout.buffer
    try:
        order = pickle.load(asking)
        while True:
            pickle.dump(answer(order, pickle.load(asking)), telling, pickle.HIGHEST_PROTOCOL)
            telling.flush()
    except (EOFError, BrokenPipeError):
        return
