"""The stamps of all notes of a vault, folder by folder."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from typing import TYPE_CHECKING

from ..parsers.digests import blake2b
from .folder import Folder, Folders, prefix_of, written
from .stamp import NEVER, Stamp

if TYPE_CHECKING:
    from .noted_folders import NotedFolders


def _paths(folder: str, names: Iterable[str]) -> list[str]:
    return [f"{folder}/{name}" for name in names] if folder else list(names)


def _differing(folder: str, one: Folder | None, other: Folder | None) -> list[str]:
    """Return the paths that one of two folders has and the other has not, or with another stamp."""
    rows = [set(found.rows()) if found is not None else set() for found in (one, other)]
    return _paths(folder, {row[0] for row in rows[0] ^ rows[1]})


class Stamps(MutableMapping[str, Stamp]):
    """The stamps of a vault's notes by path, packed folder by folder: some seventy bytes a note, or next to none where they are noted."""

    def __init__(self, stamps: Mapping[str, Stamp] | None = None) -> None:
        self.folders: Folders | NotedFolders = Folders()
        for path, stamp in (stamps or {}).items():
            self[path] = stamp

    def __getitem__(self, path: str) -> Stamp:
        folder, _, name = path.rpartition("/")
        found = self.folders.get(folder)
        place = found.place(name) if found else -1
        if found is None or place < 0:
            raise KeyError(path)
        return found.stamp(place)

    def __setitem__(self, path: str, stamp: Stamp) -> None:
        folder, _, name = path.rpartition("/")
        found = self.folders.get(folder)
        place = found.place(name) if found else -1
        if found is None:
            self.folders[folder] = Folder.of([(name, *stamp)])
            return
        self.folders[folder] = found.with_stamp(place, stamp) if place >= 0 else found.with_file(name, stamp)

    def __delitem__(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        found = self.folders.get(folder)
        place = found.place(name) if found else -1
        if found is None or place < 0:
            raise KeyError(path)
        if len(found) == 1:
            del self.folders[folder]
        else:
            self.folders[folder] = found.without_file(place)

    def __contains__(self, path: object) -> bool:
        if not isinstance(path, str):
            return False
        folder, _, name = path.rpartition("/")
        found = self.folders.get(folder)
        return found is not None and found.place(name) >= 0

    def __iter__(self) -> Iterator[str]:
        """Yield the paths in their order."""
        return iter(sorted(self.paths()))

    def __len__(self) -> int:
        return self.folders.count()

    def paths(self) -> Iterator[str]:
        """Yield the paths folder by folder."""
        for folder, found in self.folders.items():
            yield from _paths(folder, found.list())

    def rows(self) -> Iterator[tuple[str, Stamp]]:
        """Yield each path with its stamp, folder by folder."""
        for folder, found in self.folders.items():
            prefix = prefix_of(folder)
            for name, *numbers in found.rows():
                yield prefix + name, Stamp(*numbers)

    def differing(self, others: Iterable[tuple[str, Folder]]) -> set[str]:
        """Return the paths that one of the two has and the other has not, or with another stamp; the others come folder by folder."""
        paths: set[str] = set()
        missing = set(self.folders)
        for folder, other in others:
            missing.discard(folder)
            if self.folders.has(folder, other):
                continue
            paths.update(_differing(folder, self.folders.get(folder), other))
        for folder in missing:
            own = self.folders.get(folder)
            # Where nothing tells any more what stood there, looking at it shows that.
            paths.update(_paths(folder, own.list()) if own is not None else [folder])
        return paths

    def differing_from(self, known: Stamps) -> set[str]:
        """Return the same for stamps that were known, where those that are not held here are known just so."""
        paths: set[str] = set()
        for folder, found in self.folders.held():
            if not known.folders.has(folder, found):
                paths.update(_differing(folder, found, known.folders.get(folder)))
        for folder in known.folders.keys() - self.folders.keys():
            paths.update(_differing(folder, None, known.folders.get(folder)))
        return paths

    def without(self, paths: Iterable[str]) -> Stamps:
        """Return the same stamps, but those of these paths as of notes that are to be read again."""
        found = Stamps()
        found.folders = self.folders.copied()
        found.update((path, NEVER) for path in paths if path in found)
        return found

    def digest(self) -> bytes:
        """Return what is the same for the same stamps, whatever their order was."""
        digest = blake2b(digest_size=16)
        for folder in sorted(self.folders):
            digest.update(written(f"{folder}\n"))
            digest.update(self.folders.print_of(folder))
        return digest.digest()
