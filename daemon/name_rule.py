"""Which names of notes are one and the same: to Unicode, and to the vault's own file system."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from unicodedata import is_normalized, normalize

from ..parsers.problem import Problem


def folds_case(root: Path, probes: Iterable[str]) -> bool:
    """Return whether the file system takes `A` and `a` for one name; told by a file that is there, nothing is written."""
    for probe in probes:
        try:
            status = os.lstat(f"{root}/{probe}")
        except OSError:
            continue
        try:
            return os.path.samestat(status, os.lstat(f"{root}/{probe.swapcase()}"))
        except OSError:
            return False
    return False


def clashes(paths: Iterable[str], *, folds: bool) -> Iterator[Problem]:
    """Yield a problem for each note whose name is, in another spelling, that of a note before it.

    Both are read as the two files that they are; on another device they may become one, and one text would be lost.
    """
    first: dict[str, str] = {}
    told = [path for path in paths if folds or not path.isascii()]
    if not folds and all(is_normalized("NFC", path) for path in told):
        return
    for path in told:
        key = spelling(path, folds=folds)
        other = first.setdefault(key, path)
        if other != path:
            yield Problem(
                path, None, "name-clash", f"The note's name is that of another one, “{other}”, written in other characters that look the same.",
                "Rename one of the two; on another device they would be one note.",
            )  # fmt: skip


def respelt(known: Iterable[str], paths: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield each of the known paths that is gone while one path differs from it in capitals or Unicode's spelling alone, with that one."""
    there: dict[str, list[str]] = {}
    names = set(paths)
    for path in names:
        there.setdefault(_key(path), []).append(path)
    for path in known:
        found = there.get(_key(path), [])
        if path not in names and len(found) == 1:
            yield path, found[0]


def spelling(path: str, *, folds: bool) -> str:
    """Return the one spelling that stands for all in which a path may be written; those of its parts, one behind the other, are the same."""
    return _key(path) if folds else normalize("NFC", path)


def _key(path: str) -> str:
    return normalize("NFC", normalize("NFC", path).casefold())


def spelt_there(root: Path, path: str) -> str:
    """Return a vault path with each folder and file as it is written on the disk, where it stands there in another spelling of Unicode.

    Folders that came from a Mac are often written otherwise than a keyboard writes them: what looks the same is meant.
    """
    if path.isascii():
        return path
    found: list[str] = []
    for part in path.split("/"):
        found.append(_spelt_in(root.joinpath(*found), part))
    return "/".join(found)


def _spelt_in(folder: Path, name: str) -> str:
    if name.isascii() or os.path.lexists(folder / name):
        return name
    wanted = normalize("NFC", name)
    try:
        names = (entry.name for entry in folder.iterdir())
        return min((one for one in names if normalize("NFC", one) == wanted), default=name)
    except OSError:
        return name


def is_written_so(root: Path, path: str) -> bool:
    """Return whether a path stands in its folders in just this spelling, where the file system takes others as well."""
    folder = root
    for part in path.split("/"):
        try:
            names = {entry.name for entry in folder.iterdir()}
        except OSError:
            return False
        if part not in names:
            return False
        folder /= part
    return True
