"""Values of the parsers as bytes for the index, and back: fast, and nothing else is ever made of what is read."""

from __future__ import annotations

import io
import pickle
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from enum import Enum
from functools import lru_cache
from itertools import chain, islice
from typing import Any, Protocol

_SHAPES: dict[type[Any], _Shape | None] = {}
_CLASSES: dict[tuple[str, str], Any] = {}
_RULES = ("EveryDays", "OnWeekdays", "SinceLast", "Quota", "Rolling", "Once")
_ALIKE = {("decimal", "Decimal"), *(("microwins.parsers.schedule", name) for name in _RULES)}
"""What is made again and again of the same few texts or numbers: of those that are alike one is enough."""
_PIECE = 64
"""So much of a list or a table is written at once."""
_OURS = ("microwins.parsers.", "datetime", "decimal")


class Writable(Protocol):
    """What bytes are written to."""

    def write(self, data: bytes, /) -> object:
        """Take the next bytes."""


def dumped(value: object) -> bytes:
    """Return a value as bytes."""
    stream = io.BytesIO()
    Pickler(stream, pickle.HIGHEST_PROTOCOL).dump(value)
    return stream.getvalue()


def loaded(data: bytes) -> Any:
    """Return the value of which these bytes were made; raise whatever error where they are damaged."""
    return Unpickler(io.BytesIO(data)).load()


def dump_all(values: Sequence[object], file: Writable) -> None:
    """Write values one after the other, lists and tables in pieces: of what one of these needs nothing is held for the next."""
    counts = [-(-len(value) // _PIECE) or 1 if isinstance(value, list | Mapping) else 1 for value in values]
    for piece in chain([counts], chain.from_iterable(map(_pieces, values))):
        Pickler(file, pickle.HIGHEST_PROTOCOL).dump(piece)


def load_all(file: io.BufferedReader) -> tuple[Any, ...]:
    """Return the values of a file that has nothing else; raise whatever error where it is damaged."""
    found = tuple([_joined(file, count) for count in Unpickler(file).load()])
    if file.read(1):
        raise pickle.UnpicklingError("there is more than was written")
    return found


def _pieces(value: object) -> Iterator[object]:
    """Yield the pieces of a list or a table, at least one, and anything else as it is."""
    if isinstance(value, list):
        yield from (value[at : at + _PIECE] for at in range(0, len(value) or 1, _PIECE))
    elif isinstance(value, Mapping):
        rows = iter(value.items())
        yield from (dict(islice(rows, _PIECE)) for _ in range(0, len(value) or 1, _PIECE))
    else:
        yield value


def _joined(file: io.BufferedReader, count: int) -> Any:
    """Return the value of which the next pieces of a file are."""
    found = Unpickler(file).load()
    for _ in range(count - 1):
        more = Unpickler(file).load()
        if isinstance(found, dict):
            found.update(more)
        else:
            found.extend(more)
    return found


class Pickler(pickle.Pickler):
    """Packs a dataclass as its class and its fields: made again by a plain call, several times as fast as by state."""

    def reducer_override(self, value: Any) -> Any:
        """Return how a value is made again; some versions of Python would make an enum's member with `getattr`."""
        if isinstance(value, Enum):
            return type(value), (value.value,)
        shape = _shape(type(value))
        return (type(value), shape.arguments(value)) if shape is not None else NotImplemented


@dataclass(frozen=True, slots=True)
class _Shape:
    """The names of a dataclass's fields, and the values that they have where nothing else is said."""

    names: tuple[str, ...]
    defaults: tuple[object, ...]

    def arguments(self, value: object) -> tuple[object, ...]:
        """Return what makes a value again: its fields up to the last one that is not the class's own value itself."""
        found = [getattr(value, name) for name in self.names]
        while found and found[-1] is self.defaults[len(found) - 1]:
            found.pop()
        return tuple(found)


def _shape(kind: type[Any]) -> _Shape | None:
    """Return what a dataclass is made of, looked up once a class; of another class None."""
    if kind not in _SHAPES:
        parts = fields(kind) if is_dataclass(kind) else ()
        names, defaults = tuple(one.name for one in parts), tuple(one.default for one in parts)
        _SHAPES[kind] = _Shape(names, defaults) if parts else None
    return _SHAPES[kind]


class Unpickler(pickle.Unpickler):
    """Loads values of the parsers and of the standard library's dates and numbers, and nothing else."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Return a class that a note is made of."""
        found = _CLASSES.get((module_name, global_name))
        if found is not None:
            return found
        if not f"{module_name}.".startswith(_OURS):
            raise pickle.UnpicklingError(f"a note holds no {module_name}.{global_name}")
        found = super().find_class(module_name, global_name)
        if (module_name, global_name) in _ALIKE:
            found = lru_cache(maxsize=256)(found)
        _CLASSES[module_name, global_name] = found
        return found
