"""The folders of a large vault, of which only a print is held: what stands in them the index tells again."""

from __future__ import annotations

from collections.abc import Callable, Container, ItemsView, Iterator, Mapping, MutableMapping
from typing import Protocol

from ..parsers.digests import blake2b
from .cache_file import CacheLost
from .stamps import Folder

_MOST_FETCHED = 4


class FolderSource(Protocol):
    """Where folders are noted."""

    def folder(self, name: str) -> Folder | None:
        """Return a folder as it is noted, if it is."""

    def folders(self) -> Iterator[tuple[str, Folder]]:
        """Yield all folders that are noted; raise `CacheLost` where that fails."""


class NotedFolders(MutableMapping[str, Folder]):
    """Folders by path. One that is put here is held; of the others a print tells whether they are as they were noted.

    Where one was noted otherwise since, as by another process, nothing tells any more what it was: that is `lost`.
    """

    def __init__(
        self,
        folders: Mapping[str, Folder],
        source: FolderSource,
        lost: Callable[[], None],
        *,
        noted: Container[str],
    ) -> None:
        """Take these folders over from whoever held them; those that are not `noted` are held on."""
        self._prints = {folder: _print_of(found) for folder, found in folders.items() if folder in noted}
        self._held = {folder: found for folder, found in folders.items() if folder not in self._prints}
        self._fetched: dict[str, Folder] = {}
        self._source = source
        self._lost = lost

    def has(self, folder: str, found: Folder) -> bool:
        """Return whether a folder is just as it was found; it is not fetched."""
        held = self._held.get(folder)
        return held == found if held is not None else self._prints.get(folder) == _print_of(found)

    def __getitem__(self, folder: str) -> Folder:
        found = self._held.get(folder)
        if found is None:
            found = self._fetched.get(folder)
        return found if found is not None else self._fetch(folder)

    def _fetch(self, folder: str) -> Folder:
        known, found = self._prints[folder], self._source.folder(folder)
        if found is None or _print_of(found) != known:
            self._lost()
            raise KeyError(folder)
        while len(self._fetched) >= _MOST_FETCHED:
            del self._fetched[next(iter(self._fetched))]
        self._fetched[folder] = found
        return found

    def __setitem__(self, folder: str, found: Folder) -> None:
        self._held[folder] = found
        self._forget(folder)

    def __delitem__(self, folder: str) -> None:
        if folder not in self:
            raise KeyError(folder)
        self._held.pop(folder, None)
        self._forget(folder)

    def _forget(self, folder: str) -> None:
        self._prints.pop(folder, None)
        self._fetched.pop(folder, None)

    def __contains__(self, folder: object) -> bool:
        return folder in self._held or folder in self._prints

    def __iter__(self) -> Iterator[str]:
        yield from self._held
        yield from self._prints

    def __len__(self) -> int:
        return len(self._held) + len(self._prints)

    def items(self) -> ItemsView[str, Folder]:
        """Return all folders with what stands in them, none of which is held for that."""
        return _Items(self)

    def each(self) -> Iterator[tuple[str, Folder]]:
        """Yield the same: fetched in a row, which is faster than one by one."""
        yield from list(self._held.items())
        missing = dict(self._prints)
        try:
            for folder, found in self._source.folders():
                if missing.get(folder) == _print_of(found):
                    del missing[folder]
                    yield folder, found
        except CacheLost:
            pass
        if missing:
            self._lost()


class _Items(ItemsView[str, Folder]):
    """Folders with what stands in them, none of which is looked up."""

    _mapping: NotedFolders

    def __iter__(self) -> Iterator[tuple[str, Folder]]:
        return self._mapping.each()


def _print_of(found: Folder) -> bytes:
    digest = blake2b(b"%d\n" % len(found.written), digest_size=16)
    digest.update(found.written)
    digest.update(found.numbers)
    return digest.digest()
