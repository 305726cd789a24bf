"""A process that reads notes for another one: which ones it is told on its input, what they say goes to its output."""

from __future__ import annotations

import gc
import pickle
import sys
from collections.abc import Sequence
from dataclasses import dataclass

from ..parsers.glance import glance
from ..parsers.note import Note, Reading
from .index import packed, tells_something
from .note_read import settled_text

Asked = Sequence[tuple[str, int]]
"""The paths of notes with their sizes."""
Told = tuple[bool, bytes]
"""Whether a note is an ordinary one, and what it says as the index keeps it: nothing where there is nothing to tell."""
Answer = list[Told | None]
"""What each note that was asked for says; None of one that could not be read so."""


@dataclass(frozen=True, slots=True)
class Order:
    """How notes are to be read: where they are, what is made of them, how large they may be, and before which ns they were written."""

    root: str
    reading: Reading
    max_size: int
    before: float


def answer(order: Order, asked: Asked) -> Answer:
    """Read notes; what is not simply read is left to whoever asked."""
    return [_told(order, path, size) for path, size in asked]


def _told(order: Order, path: str, size: int) -> Told | None:
    text = settled_text(order.root, path, size, order.max_size, order.before)
    if text is None:
        return None
    fact = glance(path, text, order.reading)
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
