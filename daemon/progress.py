"""A bar for work that takes more than a moment: on a terminal only, beside the output, and gone when the work is done."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING, Any, TextIO, TypeVar

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

Item = TypeVar("Item")
PATIENCE = 0.7
"""Seconds that pass before there is a bar: what is quick needs none."""
_STEP = 0.1
"""Seconds between two looks of the bar."""
_GONE = "\r\x1b[2K\x1b[?25h"


class _Shown:
    stream: TextIO | None = None
    clock: Callable[[], float] = time.monotonic


def show_progress(stream: TextIO | None) -> None:
    """Show bars on this stream from here on, if it is a terminal; on none with None."""
    _Shown.stream = stream if stream is not None and stream.isatty() else None


def is_shown() -> bool:
    """Return whether bars are shown."""
    return _Shown.stream is not None


def counted(items: Iterable[Item], count: int, label: str) -> Iterator[Item]:
    """Yield the items; once they take longer than a moment, show how many of `count` are done."""
    if _Shown.stream is None:
        yield from items
        return
    bar = _LateBar(_Shown.stream, count, label, _Shown.clock)
    try:
        for done, item in enumerate(items):
            bar.at(done)
            yield item
    finally:
        bar.end()


class _LateBar:
    """A bar that is drawn only when its time has come."""

    def __init__(self, stream: TextIO, count: int, label: str, clock: Callable[[], float]) -> None:
        self._stream, self._count, self._label, self._clock = stream, count, label, clock
        self._next = clock() + PATIENCE
        self._bar: ProgressBar[Any] | None = None
        self._done = 0

    def at(self, done: int) -> None:
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _STEP
        if self._bar is None:
            self._bar = self._made()
        self._bar.update(done - self._done)
        self._done = done

    def end(self) -> None:
        if self._bar is not None:
            self._stream.write(_GONE)
            self._stream.flush()

    def _made(self) -> ProgressBar[Any]:
        import click

        return click.progressbar(length=self._count, label=self._label, file=self._stream, show_eta=False)
