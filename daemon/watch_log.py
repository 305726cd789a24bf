"""What `watch` said lately, in the machine's state folder: a bounded file beside which at most one older one is kept."""

from __future__ import annotations

import json
import os
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from .cache_file import vault_key
from .watch_event import Event, Say

MOST_BYTES = 256_000
"""The size at which a new file is begun; the two together hold the last thousands of lines."""


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that was said, and when: local time to the second, `2026-11-20 09:30:00`."""

    at: str
    event: str
    text: str
    paths: tuple[str, ...] = ()

    @classmethod
    def read(cls, line: str) -> Said | None:
        """Return what a line of the file says; None for one that was cut off or is of another make."""
        with suppress(ValueError, TypeError, KeyError):
            found = json.loads(line)
            return cls(
                str(found["at"]), str(found["event"]), str(found["text"]), tuple(map(str, found["paths"]))
            )
        return None


class WatchLog:
    """The log of one vault's `watch`. Nothing in it is worth a failure: where the disk refuses, nothing is kept."""

    def __init__(self, state: Path, vault: Path, moment: Callable[[], str]) -> None:
        self.file = state / f"watch-{vault_key(vault)}.log"
        self._older = self.file.with_suffix(".log.1")
        self._moment = moment

    def add(self, event: Event) -> None:
        """Keep what was said."""
        line = json.dumps(
            asdict(Said(self._moment(), event.kind, event.text, event.paths)), ensure_ascii=False
        )
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            if self.file.exists() and self.file.stat().st_size > MOST_BYTES:
                self.file.replace(self._older)
            descriptor = os.open(self.file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
            with os.fdopen(descriptor, "a", encoding="utf-8", errors="replace") as file:
                file.write(line + "\n")

    def keeping(self, say: Say) -> Say:
        """Return what says an event and keeps it."""

        def kept(event: Event) -> None:
            self.add(event)
            say(event)

        return kept

    def last(self, count: int) -> list[Said]:
        """Return the last things that were said, the newest last."""
        found: deque[Said] = deque(maxlen=count)
        for file in (self._older, self.file):
            found.extend(_read(file))
        return list(found)

    def follow(self, wait: Callable[[], None]) -> Iterator[Said]:
        """Yield what is said from now on, for ever; `wait` passes the time between two looks."""
        place = self._size()
        while True:
            wait()
            size = self._size()
            if size < place:  # a new file was begun
                place = 0
            if size > place:
                text = _bytes_from(self.file, place)
                whole = text[: text.rfind(b"\n") + 1]
                place += len(whole)
                yield from _said(whole)

    def _size(self) -> int:
        try:
            return self.file.stat().st_size
        except OSError:
            return 0


def _read(file: Path) -> Iterator[Said]:
    return _said(_bytes_from(file, 0))


def _bytes_from(file: Path, place: int) -> bytes:
    with suppress(OSError), file.open("rb") as opened:
        opened.seek(place)
        return opened.read()
    return b""


def _said(data: bytes) -> Iterator[Said]:
    for line in data.decode("utf-8", "replace").splitlines():
        said = Said.read(line)
        if said is not None:
            yield said
