"""Texts in one piece of memory: paths of ten thousands of notes begin alike, and take a tenth of what as many strings do."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import islice

BLOCK = 16
MOST_SHARED = 254


class Texts:
    """Texts one behind the other, none of which holds a NUL, each made again when it is looked at.

    Of each stands one byte, how many bytes it shares with the one before and one more, then the others, then a NUL. The
    first of every `BLOCK` shares none, and where it begins is known.
    """

    __slots__ = ("_count", "_data", "_last", "_starts")

    def __init__(self, data: bytes = b"", starts: bytes = b"") -> None:
        self._data: bytes | bytearray = data
        self._starts = array("I", starts)
        self._count = data.count(b"\0")
        self._last = self.held(self._count - 1) if self._count else b""

    @classmethod
    def of(cls, texts: Iterable[str]) -> Texts:
        """Return these texts in this order."""
        found = cls()
        for text in texts:
            found.append(text)
        return found

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return map(_text, self.all_held())

    def append(self, text: str) -> None:
        """Put a text behind the others."""
        data, before = _bytes(text), self._last
        if isinstance(self._data, bytes):  # as it was given: of many texts a copy takes room
            self._data = bytearray(self._data)
        if self._count % BLOCK == 0:
            before = b""
            self._starts.append(len(self._data))
        self._data += written_after(before, data)
        self._data += b"\0"
        self._last = data
        self._count += 1

    def at(self, place: int) -> str:
        """Return the text at a place from 0 on."""
        return _text(self.held(place))

    def held(self, place: int) -> bytes:
        """Return the text at a place as bytes."""
        return next(islice(self._block(place // BLOCK), place % BLOCK, None))

    def all_held(self) -> Iterator[bytes]:
        """Yield all texts as bytes."""
        for block in range(len(self._starts)):
            yield from self._block(block)

    def find(self, text: str) -> int:
        """Return the place of a text among texts that are in their order, or -1."""
        wanted = _bytes(text)
        block = bisect_right(self._starts, wanted, key=self._first) - 1
        for place, found in enumerate(self._block(block) if block >= 0 else (), block * BLOCK):
            if found == wanted:
                return place
        return -1

    def packed(self) -> tuple[bytes, bytes]:
        """Return the same as two plain values, of which it is made again."""
        return bytes(self._data), self._starts.tobytes()

    def _first(self, start: int) -> bytes:
        return bytes(self._data[start + 1 : self._data.index(0, start)])

    def _block(self, block: int) -> Iterator[bytes]:
        start, *end = self._starts[block : block + 2]
        return read_in_row(self._data[start : end[0] - 1 if end else -1])


def written_after(before: bytes, text: bytes) -> bytes:
    """Return how a text is written behind another: one byte, how many it shares with that and one more, and the others."""
    most = min(len(before), len(text), MOST_SHARED)
    shared = next((place for place in range(most) if before[place] != text[place]), most)
    return bytes([shared + 1]) + text[shared:]


def read_in_row(written: bytes | bytearray) -> Iterator[bytes]:
    """Yield texts that were written one behind the other, with a NUL between two."""
    text = b""
    for part in written.split(b"\0"):
        text = text[: part[0] - 1] + part[1:]
        yield text


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _text(data: bytes) -> str:
    return data.decode("utf-8", "surrogatepass")
