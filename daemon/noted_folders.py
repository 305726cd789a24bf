"""The folders of a large vault, of which only a print is held: what stands in them the index tells again."""

from __future__ import annotations

from collections.abc import Callable, ItemsView, Iterator, Mapping, MutableMapping
from typing import Protocol

from .cache_file import CacheLost
from .folder import Folder, count_in, print_of

_MOST_FETCHED = 4


class FolderSource(Protocol):
    """Where folders are noted."""

    def folder(self, name: str) -> Folder | None:
        """Return a folder as it is noted, if it is."""

    def folders(self) -> Iterator[tuple[str, Folder]]:
        """Yield all folders that are noted; raise `CacheLost` where that fails."""


class NotedFolders(MutableMapping[str, Folder]):
    """Folders by path. One that is put here is held until it is let go of: then a print tells whether it is as it was noted.

    Where one was noted otherwise since, as by another process, nothing tells any more what it was: that is `lost`.
    """

    def __init__(self, folders: Mapping[str, Folder], source: FolderSource, lost: Callable[[], None]) -> None:
        """Take these folders over from whoever held them."""
        self._held = dict(folders)
        self._prints: dict[str, bytes] = {}
        self._fetched: dict[str, Folder] = {}
        self._source = source
        self._lost = lost

    @classmethod
    def noted(cls, source: FolderSource, lost: Callable[[], None]) -> NotedFolders:
        """Return the folders that are noted, none of which is held; raise `CacheLost` where that fails."""
        found = cls({}, source, lost)
        found._prints.update((folder, print_of(one)) for folder, one in source.folders())
        return found

    def let_go_of_noted(self, noted: NotedFolders) -> None:
        """Hold none of the folders that are just as they are noted there."""
        for folder, found in self.held():
            print_ = print_of(found)
            if noted._prints.get(folder) == print_:
                self._prints[folder] = print_
                del self._held[folder]

    def held(self) -> Iterator[tuple[str, Folder]]:
        """Yield the folders that are held, each of which may be changed or let go of then."""
        for folder in list(self._held):
            found = self._held.get(folder)
            if found is not None:
                yield folder, found

    def let_go(self, folder: str, noted: Folder) -> None:
        """Hold a folder no longer if it is just as it is noted."""
        if self._held.get(folder) == noted:
            self._prints[folder] = print_of(self._held.pop(folder))

    def has(self, folder: str, found: Folder) -> bool:
        """Return whether a folder is just as it was found; it is not fetched."""
        held = self._held.get(folder)
        if held is not None:
            return held == found
        print_ = self._prints.get(folder)
        return print_ is not None and print_ == print_of(found)

    def print_of(self, folder: str) -> bytes:
        """Return the print of a folder that is here."""
        held = self._held.get(folder)
        return print_of(held) if held is not None else self._prints[folder]

    def copied(self) -> NotedFolders:
        """Return the same folders, to be changed by themselves."""
        found = NotedFolders(self._held, self._source, self._lost)
        found._prints.update(self._prints)
        return found

    def count(self) -> int:
        """Return how many files there are."""
        return sum(map(len, self._held.values())) + sum(map(count_in, self._prints.values()))

    def __getitem__(self, folder: str) -> Folder:
        found = self._held.get(folder)
        if found is None:
            found = self._fetched.get(folder)
        return found if found is not None else self._fetch(folder)

    def _fetch(self, folder: str) -> Folder:
        known, found = self._prints[folder], self._source.folder(folder)
        if found is None or print_of(found) != known:
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
        """Yield the same: fetched in a row, which is faster than one by one. What was yielded may be let go of."""
        held, missing = list(self._held), dict(self._prints)
        for folder in held:
            found = self.get(folder)
            if found is not None:
                yield folder, found
        if not missing:
            return
        try:
            for folder, found in self._source.folders():
                if missing.get(folder) == print_of(found):
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
