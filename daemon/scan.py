"""Which notes a vault has: one walk by name and stat; no note is opened."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

from ..parsers.ignored import (
    is_conflict_copy,
    is_leftover,
    is_note,
    may_be_conflict,
    may_be_copies,
    possible_originals,
)
from ..parsers.problem import Problem
from .conflict_copies import is_copy
from .exclusions import SETTINGS_FILES, Exclusions
from .folder import Folder, prefix_of
from .name_rule import clashes, folds_case, is_written_so, spelling
from .stamp import Stamp
from .stamps import Stamps
from .walk import Walk, name_problem


@dataclass(frozen=True, slots=True)
class Scan:
    """The notes found, by vault path with `/`, and what was left out with a reason."""

    notes: Stamps
    problems: tuple[Problem, ...]
    unfinished: tuple[str, ...] = ()
    """The folders that hold temporary files of ours, left behind by a write that was cut short."""
    unseen: tuple[str, ...] = ()
    """The folders that could not be read: nothing tells whether their notes are still there."""

    @classmethod
    def of(cls, walk: Walk, problems: Iterable[Problem]) -> Scan:
        """Return what a walk found whose files are all notes, with these problems besides its own."""
        return cls(
            walk.found,
            tuple(sorted([*walk.problems, *problems], key=lambda problem: problem.path)),
            tuple(sorted(walk.unfinished)),
            tuple(walk.unseen),
        )


def scan(root: Path, exclusions: Exclusions) -> Scan:
    """Return all notes below `root`. Folders that cannot be read are problems; links to folders are not followed."""
    return sifted(Walk.over(root, exclusions), Stamps())


def sifted(walk: Walk, known: Stamps) -> Scan:
    """Return the notes that a walk found, without the files that are none by their names, and the copies.

    Where a folder's notes are all as `known`, or are not held any more, there are none.
    """
    problems = list(_sift_names(walk.found, known))
    copies = dict(_copies(walk, known))
    problems += [_copy_problem(path, original) for path, original in copies.items()]
    problems += _name_clashes(walk)
    for path in copies:
        del walk.found[path]
    return Scan.of(walk, problems)


def locate(root: Path, path: str, exclusions: Exclusions) -> Stamp | None:
    """Return the stamp of the one note at a vault path, or None where there is none that counts."""
    stamp = _stamp_at(root, path, exclusions)
    if stamp is None or _original(
        root, path, stamp, partial(_stamp_at, root, exclusions=exclusions), exclusions
    ):
        return None
    return stamp


def _stamp_at(root: Path, path: str, exclusions: Exclusions) -> Stamp | None:
    """Return the stamp of the note at a vault path by its name and place alone."""
    parts = path.split("/")
    if any(is_leftover(part) for part in parts) or not is_note(parts[-1]) or is_conflict_copy(parts[-1]):
        return None
    if any(exclusions.leaves_out("/".join(parts[:depth])) for depth in range(1, len(parts) + 1)):
        return None
    folders = ("/".join((str(root), *parts[:depth])) for depth in range(1, len(parts)))
    if any(os.path.isfile(f"{folder}/{name}") for folder in folders for name in SETTINGS_FILES):  # noqa: PTH113 - Path keeps all parts
        return None
    return _named_so(root, path)


def _named_so(root: Path, path: str) -> Stamp | None:
    """Return the stamp of the file at a vault path, if it is one and is called so."""
    try:
        status = os.lstat(f"{root}/{path}")
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    if folds_case(root, SETTINGS_FILES) and not is_written_so(root, path):
        return None  # a note that was renamed answers to its old name as well
    return Stamp.of(status)


def _sift_names(found: Stamps, known: Stamps) -> Iterator[Problem]:
    """Leave out the files that are no notes by their names alone, and yield why."""
    for folder, notes in found.folders.held():
        if not known.folders.has(folder, notes) and _may_hold_others(folder, notes):
            for path in _paths_in(folder, notes):
                problem = name_problem(path)
                if problem is not None:
                    del found[path]
                    yield problem


def _may_hold_others(folder: str, notes: Folder) -> bool:
    """Return False only where no file of a folder is none of our notes by its name."""
    if not folder.isprintable():
        return True
    return any(not names.isprintable() or may_be_conflict(names) for names in notes.texts())


def _copies(walk: Walk, known: Stamps) -> Iterator[tuple[str, str]]:
    """Yield the notes that are conflict copies by their text, each with the note that it is a copy of.

    A folder that is as it was known holds none: copies are not held.
    """
    root, found, exclusions = walk.root, walk.found, walk.exclusions
    for folder, notes in found.folders.held():
        for name in _with_original(notes) if not known.folders.has(folder, notes) else ():
            path = f"{folder}/{name}" if folder else name
            original = _original(root, path, found[path], found.get, exclusions)
            if original is not None:
                yield path, original


def _with_original(notes: Folder) -> list[str]:
    """Return the names of a folder that may be those of copies and beside which a note stands that they may be copies of."""
    names = [name for text in notes.texts() for name in may_be_copies(text)]
    if not names:
        return names
    originals = [possible_originals(name) for name in names]
    wanted = set(chain.from_iterable(originals))
    there = {name for text in notes.texts() for name in wanted.intersection(text[1:-1].split("/"))}
    return [name for name, others in zip(names, originals, strict=True) if not there.isdisjoint(others)]


def _original(
    root: Path, path: str, stamp: Stamp, stamp_of: Callable[[str], Stamp | None], exclusions: Exclusions
) -> str | None:
    """Return the note beside this one of which it is a copy; only notes whose names suggest it are opened."""
    folder, slash, name = path.rpartition("/")
    for original in (f"{folder}{slash}{base}" for base in possible_originals(name)):
        other = stamp_of(original)
        if (
            other is not None
            and not exclusions.is_periodic(path)
            and is_copy(root / path, root / original, (stamp.size, other.size), (stamp, other))
        ):
            return original
    return None


def _name_clashes(walk: Walk) -> Iterator[Problem]:
    """Yield the problems of names that differ in nothing but their writing: they stand in one folder, or in folders of such names."""
    folds, found = folds_case(walk.root, SETTINGS_FILES), walk.found
    alike = Counter(spelling(folder, folds=folds) for folder in found.folders)
    together: dict[str, list[str]] = {}
    for folder, notes in found.folders.items():
        paths = sorted(_paths_in(folder, notes) if folds else _odd_paths(folder, notes))
        one = spelling(folder, folds=folds)
        if alike[one] > 1:
            together.setdefault(one, []).extend(paths)
        elif paths:
            yield from clashes(paths, folds=folds)
    for all_paths in together.values():
        yield from clashes(sorted(all_paths), folds=folds)


def _odd_paths(folder: str, notes: Folder) -> Iterator[str]:
    """Yield the paths with characters beyond ASCII: without them no two are the same text written in two ways."""
    if not (folder.isascii() and notes.written.isascii()):
        yield from (path for path in _paths_in(folder, notes) if not path.isascii())


def _paths_in(folder: str, notes: Folder) -> Iterator[str]:
    prefix = prefix_of(folder)
    return (prefix + name for names in notes.texts() for name in names[1:-1].split("/"))


def _copy_problem(path: str, original: str) -> Problem:
    name = original.rpartition("/")[2]
    return Problem(
        path, None, "conflict-copy",
        f"Most of its text is that of “{name}”, so it is taken for a sync client's copy; its boxes are not counted.",
        "`microwins conflicts --merge` unites it with that note; if it is a note of its own, rename it.",
    )  # fmt: skip
