"""What tells that the files of a vault are still the same, held in little room: a vault may have 100,000 notes."""

from __future__ import annotations

import hashlib
import os
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import NamedTuple

_MOST = (1 << 63) - 1


class Stamp(NamedTuple):
    """What tells that a file is still the same: times in ns, size in bytes, inode, each of at most 63 bits."""

    mtime_ns: int
    ctime_ns: int
    size: int
    inode: int

    @classmethod
    def of(cls, status: os.stat_result) -> Stamp:
        """Return the stamp of a stat result."""
        return cls(*fitted((status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino)))


NEVER = Stamp(-1, -1, -1, -1)
"""The stamp of no file: a note that bears it is read again whatever it is like."""

Named = tuple[str, int, int, int, int]
"""A file's name with the four numbers of its stamp."""


def fitted(numbers: Iterable[int]) -> Iterator[int]:
    """Yield numbers in 63 bits; an inode of 64 keeps the lower ones."""
    return (number if -_MOST <= number <= _MOST else number & _MOST for number in numbers)


@dataclass(slots=True)
class Folder:
    """The files of one folder: their names in order, each between two `/`, and the four columns of their stamps."""

    names: str
    numbers: array[int]

    @classmethod
    def of(cls, rows: Sequence[Named]) -> Folder:
        """Return the folder of these files."""
        names, *columns = zip(*sorted(rows), strict=True)
        return cls.packed("/".join(names), columns)

    @classmethod
    def packed(cls, names: str, columns: Iterable[Iterable[int]]) -> Folder:
        """Return the folder of the files with these names, in order and with `/` between them, and these columns of stamps."""
        flat = list(chain.from_iterable(columns))
        try:
            numbers = array("q", flat)
        except OverflowError:
            numbers = array("q", fitted(flat))
        return cls(f"/{names}/", numbers)

    def __len__(self) -> int:
        return len(self.numbers) // 4

    def place(self, name: str) -> int:
        """Return the place of a name among the others, or -1."""
        found = self.names.find(f"/{name}/") if name else -1
        return self.names.count("/", 0, found) if found >= 0 else -1

    def stamp(self, place: int) -> Stamp:
        """Return the stamp of the file at a place."""
        size = len(self)
        return Stamp(*(self.numbers[column * size + place] for column in range(4)))

    def with_file(self, name: str, stamp: Stamp) -> Folder:
        """Return the folder with one file more."""
        names, numbers, size = self.list(), array("q", self.numbers), len(self)
        place = bisect(names, name)
        for column, number in zip(reversed(range(4)), reversed(list(fitted(stamp))), strict=True):
            numbers.insert(column * size + place, number)
        names.insert(place, name)
        return Folder(f"/{'/'.join(names)}/", numbers)

    def without_file(self, place: int) -> Folder:
        """Return the folder without the file at a place."""
        names, numbers, size = self.list(), array("q", self.numbers), len(self)
        for column in reversed(range(4)):
            del numbers[column * size + place]
        del names[place]
        return Folder(f"/{'/'.join(names)}/", numbers)

    def list(self) -> list[str]:
        """Return the names."""
        return self.names[1:-1].split("/")

    def sizes(self) -> array[int]:
        """Return the sizes of the files in bytes."""
        size = len(self)
        return self.numbers[2 * size : 3 * size]

    def rows(self) -> Iterator[Named]:
        """Yield each name with its stamp's numbers."""
        size, numbers = len(self), self.numbers
        return zip(
            self.list(), *(numbers[column * size : (column + 1) * size] for column in range(4)), strict=True
        )


def _paths(folder: str, names: Iterable[str]) -> list[str]:
    return [f"{folder}/{name}" for name in names] if folder else list(names)


class Stamps(MutableMapping[str, Stamp]):
    """The stamps of a vault's notes by path, packed folder by folder: some seventy bytes a note."""

    def __init__(self, stamps: Mapping[str, Stamp] | None = None) -> None:
        self.folders: dict[str, Folder] = {}
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
        if place < 0:
            self.folders[folder] = found.with_file(name, stamp)
            return
        for column, number in enumerate(fitted(stamp)):
            found.numbers[column * len(found) + place] = number

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
        return sum(map(len, self.folders.values()))

    def paths(self) -> Iterator[str]:
        """Yield the paths folder by folder."""
        for folder, found in self.folders.items():
            yield from _paths(folder, found.list())

    def rows(self) -> Iterator[tuple[str, Stamp]]:
        """Yield each path with its stamp, folder by folder."""
        for folder, found in self.folders.items():
            prefix = f"{folder}/" if folder else ""
            for name, *numbers in found.rows():
                yield prefix + name, Stamp(*numbers)

    def differing(self, others: Iterable[tuple[str, Folder]]) -> set[str]:
        """Return the paths that one of the two has and the other has not, or with another stamp; the others come folder by folder."""
        paths: set[str] = set()
        missing = set(self.folders)
        for folder, other in others:
            own = self.folders.get(folder)
            missing.discard(folder)
            if own is None:
                paths.update(_paths(folder, other.list()))
            elif own != other:
                rows = set(own.rows()).symmetric_difference(other.rows())
                paths.update(_paths(folder, [row[0] for row in rows]))
        for folder in missing:
            paths.update(_paths(folder, self.folders[folder].list()))
        return paths

    def without(self, paths: Iterable[str]) -> Stamps:
        """Return the same stamps, but those of these paths as of notes that are to be read again."""
        found = Stamps()
        found.folders = dict(self.folders)
        for path in paths:
            folder = path.rpartition("/")[0]
            if path in found:
                kept = found.folders[folder]
                found.folders[folder] = Folder(kept.names, array("q", kept.numbers))
                found[path] = NEVER
        return found

    def digest(self) -> bytes:
        """Return what is the same for the same stamps, whatever their order was."""
        digest = hashlib.blake2b(digest_size=16)
        for folder in sorted(self.folders):
            found = self.folders[folder]
            digest.update(f"{folder}\n{len(found.names)}\n{found.names}".encode("utf-8", "surrogateescape"))
            digest.update(found.numbers)
        return digest.digest()
