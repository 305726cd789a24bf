"""The notes of a vault as they were last read: few are held, the others are fetched when somebody asks for them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, MutableMapping, Set
from typing import Protocol

from ..parsers.glance import Glance
from ..parsers.note import Note
from .stamps import Stamps

MOST_FETCHED = 256
"""Notes that are held of those that were fetched."""

Fact = tuple[str, Note | Glance]
"""A note's path, and what is known of it: all, or of an ordinary one its boxes."""


class NoteSource(Protocol):
    """Where notes that are not held come from."""

    def note_again(self, path: str) -> Note | None:
        """Return the note at a path as it was last read; None where that cannot be told any more."""

    def facts_again(self, leaving_out: Set[str]) -> Iterator[Fact]:
        """Yield what is known of every note that was read, but of these."""


class KnownNotes(MutableMapping[str, Note]):
    """The notes by path. What was put here is held; of what is fetched the last few hundred are.

    The notes are those that have a stamp, but for those that are `unread` because of a problem.
    """

    def __init__(self, stamps: Stamps, source: NoteSource, unread: Mapping[str, object]) -> None:
        self._stamps = stamps
        self._source = source
        self._held: dict[str, Note] = {}
        self._fetched: dict[str, Note] = {}
        self._unread = unread
        self._gone: set[str] = set()

    def facts(self, whole: Set[str]) -> Iterator[Fact]:
        """Yield every note once, whole those that are held and these, the others in short."""
        own = self._held.keys() | {path for path in whole if path in self}
        for path in own:
            yield path, self[path]
        yield from self._source.facts_again(own | self._gone | self._unread.keys())

    def __getitem__(self, path: str) -> Note:
        """Return a note; KeyError where there is none, or where nothing tells any more what it was."""
        found = self._held.get(path) or self._fetched.get(path)
        if found is None:
            found = self.once(path)
            if found is None:
                raise KeyError(path)
            while len(self._fetched) >= MOST_FETCHED:
                del self._fetched[next(iter(self._fetched))]
            self._fetched[path] = found
        return found

    def once(self, path: str) -> Note | None:
        """Return a note without holding it for that; None where there is none."""
        found = self._held.get(path) or self._fetched.get(path)
        return found if found is not None or path not in self else self._source.note_again(path)

    def __setitem__(self, path: str, note: Note) -> None:
        self._held[path] = note
        self._fetched.pop(path, None)
        self._gone.discard(path)

    def __delitem__(self, path: str) -> None:
        self._held.pop(path, None)
        self._fetched.pop(path, None)
        self._gone.add(path)

    def leave_out(self, path: str) -> None:
        """Tell that nothing was known of a path until now, whatever stands there."""
        self._gone.add(path)

    def __contains__(self, path: object) -> bool:
        return path in self._held or (
            path in self._stamps and path not in self._gone and path not in self._unread
        )

    def __iter__(self) -> Iterator[str]:
        yield from self._held
        yield from (path for path in self._stamps if path not in self._held and path in self)

    def __len__(self) -> int:
        return sum(1 for _ in self)
