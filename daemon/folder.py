"""The files of one folder with their stamps, held in little room: a vault may have 100,000 notes."""

from __future__ import annotations

import os
import struct
from array import array
from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..parsers.digests import blake2b
from .stamp import STAMP_BYTES, Named, Stamp, packed

_COUNT = 4
"""Bytes at the end of a print that tell a number of files."""
_TEXT = 8192
"""Bytes of names that are looked at together: with one odd letter among them they are four times as large as text."""
_ODD = "surrogatepass" if os.name == "nt" else "surrogateescape"
"""How letters of a name are written that no text may have: Linux has any bytes, Windows halves of pairs."""


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
        return cls(written(names), numbers)

    @classmethod
    def of(cls, rows: Iterable[Named]) -> Folder:
        """Return the folder of these files."""
        ordered = sorted(rows)
        return cls.named(f"/{'/'.join(row[0] for row in ordered)}/", packed([row[1:] for row in ordered]))

    @property
    def names(self) -> str:
        """The names, each between two `/`."""
        return self.written.decode("utf-8", _ODD)

    def texts(self) -> Iterable[str]:
        """Return the names in texts of some thousand letters, in each of which they stand between two `/`."""
        return self._texts() if len(self.written) > _TEXT else (self.names,)

    def _texts(self) -> Iterator[str]:
        begin, end = 0, self.written.rfind(b"/")
        while begin < end:
            cut = self.written.find(b"/", min(begin + _TEXT, end))
            yield self.written[begin : cut + 1].decode("utf-8", _ODD)
            begin = cut

    def __len__(self) -> int:
        return len(self.numbers) // STAMP_BYTES

    def place(self, name: str) -> int:
        """Return the place of a name among the others, or -1."""
        try:
            found = self.written.find(written(f"/{name}/")) if name else -1
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
        found = []
        for names in self.texts():
            found += names[1:-1].split("/")
        return found

    def sizes(self) -> array[int]:
        """Return the sizes of the files in bytes."""
        return array("q", self.numbers)[2::4]

    def rows(self) -> Iterator[Named]:
        """Yield each name with its stamp's numbers."""
        numbers = iter(memoryview(self.numbers).cast("q"))
        return zip(self.list(), numbers, numbers, numbers, numbers, strict=True)


def written(names: str) -> bytes:
    """Return names as the disk has them, in UTF-8."""
    return names.encode("utf-8", _ODD)


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


def prefix_of(folder: str) -> str:
    """Return what the paths of all that lies in a folder begin with; of the vault's own folder nothing."""
    return f"{folder}/" if folder else ""
