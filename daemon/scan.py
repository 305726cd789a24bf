"""Which notes a vault has: one walk by name and stat; no note is opened."""

from __future__ import annotations

import os
import stat
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from operator import attrgetter
from pathlib import Path

from ..parsers.ignored import (
    is_conflict_copy,
    is_leftover,
    is_note,
    matches_any,
    may_be_conflict,
    may_be_copy,
    may_hold_copy,
    possible_originals,
)
from ..parsers.problem import Problem
from .conflict_copies import is_copy
from .name_rule import clashes, folds_case, is_written_so
from .note_write import is_temporary
from .stamps import Folder, Named, Stamp, Stamps

try:
    from .folder_files import notes_in
except ImportError:  # it was not compiled

    def notes_in(descriptor: int) -> tuple[str, bytes, list[str]] | None:  # noqa: ARG001
        """Tell that nothing is known of an open folder."""
        return None


SETTINGS_FILES = (".microwins.toml", "microwins.toml")
_BY_DESCRIPTOR = os.scandir in os.supports_fd and hasattr(os, "O_DIRECTORY")
_NAME = attrgetter("name")
_NUMBERS = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")


def _never(_path: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Exclusions:
    """What is left out besides leftovers and dot-folders: patterns, template folders, single notes.

    A note that `is_periodic` knows by its name is no conflict copy, however much it is like its neighbour.
    """

    patterns: tuple[str, ...] = ()
    is_periodic: Callable[[str], bool] = _never

    def leaves_out(self, path: str) -> bool:
        """Return whether the note or folder at a vault path is left out."""
        return matches_any(path, self.patterns) if self.patterns else False


@dataclass(frozen=True, slots=True)
class Scan:
    """The notes found, by vault path with `/`, and what was left out with a reason."""

    notes: Stamps
    problems: tuple[Problem, ...]
    unfinished: tuple[str, ...] = ()
    """The folders that hold temporary files of ours, left behind by a write that was cut short."""
    unseen: tuple[str, ...] = ()
    """The folders that could not be read: nothing tells whether their notes are still there."""


def scan(root: Path, exclusions: Exclusions, known: Stamps | None = None) -> Scan:
    """Return all notes below `root`. Folders that cannot be read are problems; links to folders are not followed.

    A folder whose notes are all as `known` is not held twice.
    """
    walk = _Walk(root, exclusions, known or Stamps())
    walk.run()
    found, problems = walk.found, walk.problems
    copies = dict(_copies(root, found, exclusions, walk.known))
    problems += [_copy_problem(path, original) for path, original in copies.items()]
    folds = folds_case(root, SETTINGS_FILES)
    if folds or walk.has_odd_names:
        problems += clashes(sorted(found.paths() if folds else _odd_paths(found)), folds=folds)
    for path in copies:
        del found[path]
    return Scan(
        found,
        tuple(sorted(problems, key=lambda problem: problem.path)),
        tuple(sorted(walk.unfinished)),
        tuple(walk.unseen),
    )


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
    folders = (root.joinpath(*parts[:depth]) for depth in range(1, len(parts)))
    if any((folder / name).is_file() for folder in folders for name in SETTINGS_FILES):
        return None
    return _named_so(root, path)


def _named_so(root: Path, path: str) -> Stamp | None:
    """Return the stamp of the file at a vault path, if it is one and is called so."""
    try:
        status = os.lstat(root / path)
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    if folds_case(root, SETTINGS_FILES) and not is_written_so(root, path):
        return None  # a note that was renamed answers to its old name as well
    return Stamp.of(status)


def _copies(root: Path, found: Stamps, exclusions: Exclusions, known: Stamps) -> Iterator[tuple[str, str]]:
    """Yield the notes that are conflict copies by their text, each with the note that it is a copy of.

    A folder that is as it was known holds none: copies are not held.
    """
    for folder, notes in found.folders.items():
        if notes is known.folders.get(folder) or not may_hold_copy(notes.names):
            continue
        names = notes.list()
        beside = set(names)
        for name in filter(may_be_copy, names):
            if beside.isdisjoint(possible_originals(name)):
                continue
            path = f"{folder}/{name}" if folder else name
            original = _original(root, path, found[path], found.get, exclusions)
            if original is not None:
                yield path, original


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


def _odd_paths(found: Stamps) -> Iterator[str]:
    """Yield the paths with characters beyond ASCII: without them no two are the same text written in two ways."""
    for folder, notes in found.folders.items():
        if not (folder.isascii() and notes.names.isascii()):
            prefix = f"{folder}/" if folder else ""
            yield from (path for name in notes.list() if not (path := prefix + name).isascii())


def _copy_problem(path: str, original: str) -> Problem:
    name = original.rpartition("/")[2]
    return Problem(
        path, None, "conflict-copy",
        f"Most of its text is that of “{name}”, so it is taken for a sync client's copy; its boxes are not counted.",
        "`microwins conflicts --merge` unites it with that note; if it is a note of its own, rename it.",
    )  # fmt: skip


class _Walk:
    """One walk over the folders of a vault: the notes found, what is wrong, what writes of ours were cut short."""

    def __init__(self, root: Path, exclusions: Exclusions, known: Stamps) -> None:
        self.root = root
        self.known = known
        self.exclusions = exclusions
        self.found = Stamps()
        self.problems: list[Problem] = []
        self.unfinished: set[str] = set()
        self.unseen: list[str] = []
        self.has_odd_names = False
        """Whether a name holds a character beyond ASCII: only such ones can be written in two ways."""
        self._waiting = [""]

    def run(self) -> None:
        """Walk through all folders."""
        base = os.fspath(self.root)
        while self._waiting:
            folder = self._waiting.pop()
            try:
                self._look_into(folder, f"{base}/{folder}" if folder else base)
            except OSError as error:
                self.unseen.append(folder)
                self.problems.append(
                    Problem(_shown(folder), None, "folder-unreadable", f"The folder could not be read: {error.strerror}.",
                            "Allow reading it, or add it to `ignore`.")
                )  # fmt: skip

    def _look_into(self, folder: str, path: str) -> None:
        """Take in a folder; where the system can, it is held open, so that the way to it is looked up only once."""
        if not _BY_DESCRIPTOR:
            with os.scandir(path) as found:
                self._take_in(folder, list(found))
            return
        descriptor = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            if not self._take_plain(folder, descriptor):
                with os.scandir(descriptor) as found:
                    self._take_in(folder, list(found))
        finally:
            os.close(descriptor)

    def _take_plain(self, folder: str, descriptor: int) -> bool:
        """Take in an open folder of notes with plain names, as a compiled walk finds them; return False where it is not so plain."""
        found = notes_in(descriptor)
        if found is None:
            return False
        names, numbers, others = found
        prefix = f"{folder}/" if folder else ""
        if names and not (self._are_kept(prefix, names) and _is_plain(prefix, names)):
            return False
        if folder and any(name in SETTINGS_FILES for name in others):
            return True
        rows = list(self._others(folder, descriptor, others)) if others else []
        self._keep(folder, Folder(f"/{names}/", array("q", numbers)) if names else None, rows)
        return True

    def _are_kept(self, prefix: str, names: str) -> bool:
        return not self.exclusions.patterns or not any(
            self.exclusions.leaves_out(prefix + name) for name in names.split("/")
        )

    def _others(self, folder: str, descriptor: int, names: Iterable[str]) -> Iterator[Named]:
        wanted, prefix = frozenset(names), f"{folder}/" if folder else ""
        with os.scandir(descriptor) as entries:
            for entry in entries:
                if entry.name in wanted:
                    yield from self._other(folder, prefix + entry.name, entry)

    def _take_in(self, folder: str, entries: list[os.DirEntry[str]]) -> None:
        plain, others = _told_apart(entries)
        if folder and any(entry.name in SETTINGS_FILES for entry in others):
            return  # a vault of its own: what is in it belongs to no vault around it
        prefix = f"{folder}/" if folder else ""
        if self.exclusions.patterns:
            plain = [entry for entry in plain if not self.exclusions.leaves_out(prefix + entry.name)]
        odd = (
            [] if _are_plain(prefix, plain) else [entry for entry in plain if not _are_plain(prefix, [entry])]
        )
        found = _plain_folder([entry for entry in plain if entry not in odd] if odd else plain)
        rows = [row for entry in (*odd, *others) for row in self._other(folder, prefix + entry.name, entry)]
        self._keep(folder, found, rows)

    def _keep(self, folder: str, found: Folder | None, rows: Sequence[Named]) -> None:
        if rows:
            found = Folder.of([*found.rows(), *rows] if found is not None else rows)
        if found is not None:
            known = self.known.folders.get(folder)
            self.found.folders[folder] = known if known is not None and known == found else found
            self.has_odd_names |= not (found.names.isascii() and folder.isascii())

    def _other(self, folder: str, path: str, entry: os.DirEntry[str]) -> Iterator[Named]:
        if is_leftover(entry.name) or self.exclusions.leaves_out(path):
            if is_temporary(entry.name):
                self.unfinished.add(folder)
        elif entry.is_dir(follow_symlinks=False):
            self._waiting.append(path)
        elif is_note(entry.name):
            yield from _note(self.root, path, entry, self.problems)
        elif entry.is_symlink() and (self.root / path).is_dir():  # False for a loop
            _link(self.root, path, "folder", self.problems)


def _told_apart(
    entries: Sequence[os.DirEntry[str]],
) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """Return the files that look like notes, in order, and all others; nearly all files of a vault are notes."""
    notes = [
        entry
        for entry in entries
        if (name := entry.name)[-3:] == ".md" and name[0] not in ".~" and entry.is_file(follow_symlinks=False)
    ]
    others = [] if len(notes) == len(entries) else list(set(entries).difference(notes))
    notes.sort(key=_NAME)
    return notes, others


def _are_plain(prefix: str, notes: Iterable[os.DirEntry[str]]) -> bool:
    """Return whether the names of these files are surely those of notes: printable, and of no conflict copy.

    A name that ends in `.md` and begins with neither of two signs is no leftover.
    """
    return _is_plain(prefix, "/".join(map(_NAME, notes)))


def _is_plain(prefix: str, names: str) -> bool:
    return names.isprintable() and prefix.isprintable() and not may_be_conflict(names)


def _plain_folder(notes: Sequence[os.DirEntry[str]]) -> Folder | None:
    """Return the stamps of these files, which are in order; None where there is none."""
    try:
        rows = [_NUMBERS(entry.stat(follow_symlinks=False)) for entry in notes]
    except FileNotFoundError:
        return _plain_folder([entry for entry in notes if _is_there(entry)])
    return Folder.packed("/".join(map(_NAME, notes)), zip(*rows, strict=True)) if notes else None


def _is_there(entry: os.DirEntry[str]) -> bool:
    with suppress(FileNotFoundError):
        entry.stat(follow_symlinks=False)  # where it was looked at once, the same is told again
        return True
    return False


def _note(root: Path, path: str, entry: os.DirEntry[str], problems: list[Problem]) -> Iterator[Named]:
    if _shown(path) != path:
        problems.append(
            Problem(
                _shown(path),
                None,
                "name-unreadable",
                "The note's name is not valid UTF-8, so it is left out.",
                "Rename the note.",
            )
        )
    elif is_conflict_copy(entry.name):
        problems.append(
            Problem(path, None, "conflict-copy", "This is a sync client's conflict copy; its boxes are not counted.",
                    "`microwins conflicts --merge` unites it with its note.")
        )  # fmt: skip
    elif entry.is_symlink():
        _link(root, path, "note", problems)
    elif entry.is_file(follow_symlinks=False):
        try:
            yield (entry.name, *Stamp.of(entry.stat(follow_symlinks=False)))
        except FileNotFoundError:
            return


def _shown(path: str) -> str:
    """Return a path as it can be shown: bytes that are no UTF-8 replaced."""
    return path if path.isprintable() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")


def _link(root: Path, path: str, kind: str, problems: list[Problem]) -> None:
    """Leave a link alone: inside the vault its target is read where it stands, outside it is not ours to read."""
    if not Path(os.path.realpath(root / path)).is_relative_to(os.path.realpath(root)):
        problems.append(
            Problem(_shown(path), None, "symlink-outside", f"This {kind} is a link that leads out of the vault, so it is left out.",
                    f"Move the {kind} itself into the vault.")
        )  # fmt: skip
