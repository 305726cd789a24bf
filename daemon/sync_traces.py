"""The traces that a sync client leaves: files of its own, and notes that bear the time stamp of another device."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from .clock import Clock
from .drawn import is_drawing
from .keeper import Keeper
from .note_read import RawNote, read_raw
from .unread import GRACE


class SyncTraces:
    """Whether a sync client is at work in a vault. `wall` tells the time that files bear, `monotonic` counts seconds."""

    def __init__(self, root: Path, wall: Clock, monotonic: Callable[[], float]) -> None:
        self._root = root
        self._wall = wall
        self._monotonic = monotonic
        self._seen_at: float | None = None

    def seen(self) -> None:
        """Take note that there was one a moment ago; its traces may come before the notes that it brings."""
        self._seen_at = self._monotonic()

    def explain(self, paths: Iterable[str]) -> bool:
        """Return whether it may have been a sync client that touched these notes."""
        near = self._seen_at is not None and self._monotonic() - self._seen_at <= GRACE
        return near or self.brought(paths)

    def keep_common(self, path: str, keeper: Keeper) -> None:
        """Remember the text of a note that was brought as one that another device has too."""
        raw = read_raw(self._root, path, keeper.vault.settings.max_note_size)
        if keeper.journal is not None and isinstance(raw, RawNote) and not is_drawing(path):
            keeper.journal.set_common(path, raw.data, self._wall().timestamp())

    def brought(self, paths: Iterable[str]) -> bool:
        """Return whether one of these notes was changed on another device, and copied here just now."""
        wall = self._wall().timestamp()
        for path in paths:
            try:
                status = (self._root / path).stat()
            except OSError:
                continue
            if wall - status.st_mtime > GRACE and wall - status.st_ctime < GRACE:
                return True
        return False
