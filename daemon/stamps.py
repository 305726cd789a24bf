"""What tells that the files of a vault are still the same, held in little room: a vault may have 100,000 notes."""

from __future__ import annotations

import os
import struct
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator, Mapping, MutableMapping
from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from ..parsers.digests import blake2b

if TYPE_CHECKING:
    from .noted_folders import NotedFolders

STAMP_BYTES = 32
_COUNT = 4
"""Bytes at the end of a print that tell a number of files."""
_MOST = (1 << 63) - 1
_ODD = "surrogatepass" if os.name == "nt" else "surrogateescape"
"""How letters of a name are written that no text may have: Linux has any bytes, Windows halves of pairs."""


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
    """The files of one folder: their names in order, each between two `/`, and the four numbers of each stamp in 32 bytes.

    The names are `written` as the disk has them, in UTF-8: as text one odd letter makes all of them four times as large.
    """

    written: bytes
    numbers: bytes

    @classmethod
    def named(cls, names: str, numbers: bytes) -> Folder:
        """Return the folder of files with these names, in their order and each between two `/`."""
        return cls(_written(names), numbers)

    @classmethod
    def of(cls, rows: Iterable[Named]) -> Folder:
        """Return the folder of these files."""
        ordered = sorted(rows)
        return cls.named(f"/{'/'.join(row[0] for row in ordered)}/", packed([row[1:] for row in ordered]))

    @property
    def names(self) -> str:
        """The names, each between two `/`."""
        return self.written.decode("utf-8", _ODD)

    def __len__(self) -> int:
        return len(self.numbers) // STAMP_BYTES

    def place(self, name: str) -> int:
        """Return the place of a name among the others, or -1."""
        try:
            found = self.written.find(_written(f"/{name}/")) if name else -1
        except UnicodeEncodeError:  # no file can be called so
            return -1
        return self.written.count(b"/", 0, found) if found >= 0 else -1

    def stamp(self, place: int) -> Stamp:
        """Return the stamp of the file at a place."""
        return Stamp(*struct.unpack_from("4q", self.numbers, place * STAMP_BYTES))

    def held_stamp(self, place: int) -> bytes:
        """Return the stamp of the file at a place as it is held."""
        return self.numbers[place * STAMP_BYTES : (place + 1) * STAMP_BYTES]

    def with_stamp(self, place: int, stamp: Stamp) -> Folder:
        """Return the folder with another stamp for the file at a place."""
        before, after = self.numbers[: place * STAMP_BYTES], self.numbers[(place + 1) * STAMP_BYTES :]
        return Folder(self.written, before + packed([stamp]) + after)

    def with_file(self, name: str, stamp: Stamp) -> Folder:
        """Return the folder with one file more."""
        names = self.list()
        place = bisect(names, name)
        names.insert(place, name)
        before, after = self.numbers[: place * STAMP_BYTES], self.numbers[place * STAMP_BYTES :]
        return Folder.named(f"/{'/'.join(names)}/", before + packed([stamp]) + after)

    def without_file(self, place: int) -> Folder:
        """Return the folder without the file at a place."""
        names = self.list()
        del names[place]
        before, after = self.numbers[: place * STAMP_BYTES], self.numbers[(place + 1) * STAMP_BYTES :]
        return Folder.named(f"/{'/'.join(names)}/", before + after)

    def list(self) -> list[str]:
        """Return the names."""
        return self.names[1:-1].split("/")

    def sizes(self) -> array[int]:
        """Return the sizes of the files in bytes."""
        return array("q", self.numbers)[2::4]

    def rows(self) -> Iterator[Named]:
        """Yield each name with its stamp's numbers."""
        numbers = iter(memoryview(self.numbers).cast("q"))
        return zip(self.list(), numbers, numbers, numbers, numbers, strict=True)


def _written(names: str) -> bytes:
    return names.encode("utf-8", _ODD)


def packed(stamps: Iterable[Iterable[int]]) -> bytes:
    """Return the numbers of stamps as they are held, each in 64 bits."""
    numbers = [*chain.from_iterable(stamps)]
    try:
        return struct.pack(f"{len(numbers)}q", *numbers)
    except struct.error:
        return struct.pack(f"{len(numbers)}q", *fitted(numbers))


def _paths(folder: str, names: Iterable[str]) -> list[str]:
    return [f"{folder}/{name}" for name in names] if folder else list(names)


def _differing(folder: str, one: Folder | None, other: Folder | None) -> list[str]:
    """Return the paths that one of two folders has and the other has not, or with another stamp."""
    rows = [set(found.rows()) if found is not None else set() for found in (one, other)]
    return _paths(folder, {row[0] for row in rows[0] ^ rows[1]})


def mtime_of(held: bytes) -> int:
    """Return the time in ns of the last change that a stamp tells as it is held."""
    return int(struct.unpack_from("q", held)[0])


HELD_NEVER = packed([NEVER])
"""`NEVER` as it is held."""


def print_of(found: Folder) -> bytes:
    """Return what tells a folder from every other, and at its end how many files it has."""
    digest = blake2b(b"%d\n" % len(found.written), digest_size=16)
    digest.update(found.written)
    digest.update(found.numbers)
    return digest.digest() + len(found).to_bytes(_COUNT, "big")


def count_in(print_: bytes) -> int:
    """Return how many files a folder has, as its print tells."""
    return int.from_bytes(print_[-_COUNT:], "big")


class Folders(dict[str, Folder]):
    """Folders by path, all of them held."""

    def has(self, folder: str, found: Folder) -> bool:
        """Return whether a folder is just as it was found."""
        return self.get(folder) == found

    def print_of(self, folder: str) -> bytes:
        """Return the print of a folder that is here."""
        return print_of(self[folder])

    def held(self) -> Iterator[tuple[str, Folder]]:
        """Yield the folders that are held, each of which may be changed then."""
        yield from list(self.items())

    def copied(self) -> Folders:
        """Return the same folders, to be changed by themselves."""
        return Folders(self)

    def count(self) -> int:
        """Return how many files there are."""
        return sum(map(len, self.values()))


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
            prefix = f"{folder}/" if folder else ""
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
            digest.update(f"{folder}\n".encode("utf-8", _ODD))
            digest.update(self.folders.print_of(folder))
        return digest.digest()
