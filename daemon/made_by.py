"""What decides what an index says: where any of it is another, everything is read or counted anew."""

from __future__ import annotations

import os
from contextlib import suppress
from functools import cache
from importlib import import_module

from ..parsers.digests import blake2b
from ..parsers.note import Reading

_CODE = (".py", ".so", ".pyd")


def fingerprint(reading: Reading, most: int = 0) -> str:
    """Return what decides how a note is parsed: the parsers themselves, the settings that they are given, and the most bytes."""
    return _digest(f"{_made_of('microwins.parsers')}\n{reading!r}\n{most}")


def state_print(*settings: object) -> str:
    """Return what decides what notes add up to: the engine, the keeper, and the settings that they are given."""
    return _digest(f"{_made_of('microwins.streaks')}\n{_made_of('microwins.daemon')}\n{settings!r}")


def _digest(text: str) -> str:
    return blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest()


@cache
def _made_of(package: str) -> str:
    """Return the sizes and times of a package's files: changed code reads and counts everything again."""
    found = []
    for folder in import_module(package).__path__:
        with suppress(OSError), os.scandir(folder) as entries:
            for entry in entries:
                if entry.name.endswith(_CODE):
                    status = entry.stat()
                    found.append(f"{entry.name}:{status.st_size}:{status.st_mtime_ns}")
    return ";".join(sorted(found))
