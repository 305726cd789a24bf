"""What tells that the files of a vault are still the same, held in little room: a vault may have 100,000 notes."""

from __future__ import annotations

import hashlib
import os
from array import array
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
        flat = list(chain.from_iterable(columns))
        try:
            numbers = array("q", flat)
        except OverflowError:
            numbers = array("q", fitted(flat))
        return cls(f"/{'/'.join(names)}/", numbers)

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

    def list(self) -> list[str]:
        """Return the names."""
        return self.names[1:-1].split("/")

    def rows(self) -> Iterator[Named]:
        """Yield each name with its stamp's numbers."""
        size, numbers = len(self), self.numbers
        return zip(
            self.list(), *(numbers[column * size : (column + 1) * size] for column in range(4)), strict=True
        )


_NOTHING = Folder("//", array("q"))


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
        if found is None or place < 0:
            self._put(folder, [*(found.rows() if found else ()), (name, *stamp)])
            return
        for column, number in enumerate(fitted(stamp)):
            found.numbers[column * len(found) + place] = number

    def __delitem__(self, path: str) -> None:
        folder, _, name = path.rpartition("/")
        found = self.folders.get(folder)
        rows = [row for row in found.rows() if row[0] != name] if found else []
        if found is None or len(rows) == len(found):
            raise KeyError(path)
        self._put(folder, rows)

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

    def _put(self, folder: str, rows: Sequence[Named]) -> None:
        if rows:
            self.folders[folder] = Folder.of(rows)
        else:
            self.folders.pop(folder, None)

    def paths(self) -> Iterator[str]:
        """Yield the paths folder by folder."""
        for folder, found in self.folders.items():
            prefix = f"{folder}/" if folder else ""
            for name in found.list():
                yield prefix + name

    def rows(self) -> Iterator[tuple[str, Stamp]]:
        """Yield each path with its stamp, folder by folder."""
        for folder, found in self.folders.items():
            prefix = f"{folder}/" if folder else ""
            for name, *numbers in found.rows():
                yield prefix + name, Stamp(*numbers)

    def differing(self, other: Stamps) -> set[str]:
        """Return the paths that one of the two has and the other has not, or with another stamp."""
        paths: set[str] = set()
        for folder in self.folders.keys() | other.folders.keys():
            one, two = self.folders.get(folder), other.folders.get(folder)
            if one == two:
                continue
            prefix = f"{folder}/" if folder else ""
            if one is None or two is None:
                paths.update([prefix + name for name in (one or two or _NOTHING).list()])
            else:
                paths.update([prefix + row[0] for row in set(one.rows()) ^ set(two.rows())])
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
