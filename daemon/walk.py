"""One walk over the folders of a vault: the files that look like notes, with their stamps; nothing is opened."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from operator import attrgetter
from pathlib import Path

from ..parsers.ignored import is_conflict_copy, is_leftover, is_note
from ..parsers.problem import Problem
from .exclusions import SETTINGS_FILES, Exclusions
from .folder import Folder
from .note_write import is_temporary
from .stamp import Named, Stamp, packed
from .stamps import Stamps

try:
    from .folder_files import notes_in
except ImportError:  # it was not compiled

    def notes_in(descriptor: int) -> tuple[bytes, bytes, list[str], list[str]] | None:  # noqa: ARG001
        """Tell that nothing is known of an open folder."""
        return None


_BY_DESCRIPTOR = os.scandir in os.supports_fd and hasattr(os, "O_DIRECTORY")
_FOLDER = os.O_RDONLY | getattr(os, "O_DIRECTORY", 0)
_SETTINGS = frozenset(SETTINGS_FILES)
_NAME = attrgetter("name")
_NUMBERS = attrgetter("st_mtime_ns", "st_ctime_ns", "st_size", "st_ino")


@dataclass(slots=True)
class Walk:
    """One walk over the folders of a vault, and what it found.

    Folders that cannot be read are problems; links to folders are not followed. Of the files that look like notes some
    may be none: of the ordinary ones no name has been looked at but for its ends.
    """

    root: Path
    exclusions: Exclusions
    found: Stamps = field(default_factory=Stamps)
    problems: list[Problem] = field(default_factory=list)
    unfinished: set[str] = field(default_factory=set)
    """The folders that hold temporary files of ours, left behind by a write that was cut short."""
    unseen: list[str] = field(default_factory=list)
    """The folders that could not be read: nothing tells whether their notes are still there."""
    _waiting: list[str] = field(default_factory=lambda: [""])
    _leaves_out_notes: bool = False

    def __post_init__(self) -> None:
        self._leaves_out_notes = self.exclusions.may_leave_out_notes()

    @classmethod
    def over(cls, root: Path, exclusions: Exclusions) -> Walk:
        """Walk through all folders below `root`."""
        walk = cls(root, exclusions)
        base = os.fspath(root)
        while walk._waiting:
            folder = walk._waiting.pop()
            try:
                walk._look_into(folder, f"{base}/{folder}" if folder else base)
            except OSError as error:
                walk._not_read(folder, error)
        return walk

    def _look_into(self, folder: str, path: str) -> None:
        """Take in a folder; where the system can, it is held open, so that the way to it is looked up only once."""
        if not _BY_DESCRIPTOR:
            with os.scandir(path) as found:
                self._take_in(folder, found)
            return
        descriptor = os.open(path, _FOLDER)
        try:
            if not self._take_plain(folder, descriptor):
                with os.scandir(descriptor) as found:
                    self._take_in(folder, found)
        finally:
            os.close(descriptor)

    def _take_plain(self, folder: str, descriptor: int) -> bool:
        """Take in an open folder as a compiled part tells it; return False where it cannot, or some notes are left out."""
        found = notes_in(descriptor)
        if found is None:
            return False
        names, numbers, folders, others = found
        here = Folder(names, numbers) if names else None
        if self._leaves_out_notes and here is not None and self._leaves_out_any(folder, here.list()):
            return False
        if folder and not (_SETTINGS.isdisjoint(others) and _SETTINGS.isdisjoint(folders)):
            return True
        for name in folders:
            self._below(_path(folder, name), name)
        rows = self._others(folder, _entries(descriptor, others)) if others else ()
        self._keep(folder, here, rows)
        return True

    def _leaves_out_any(self, folder: str, names: Iterable[str]) -> bool:
        return any(self.exclusions.leaves_out(_path(folder, name)) for name in names)

    def _not_read(self, folder: str, error: OSError) -> None:
        self.unseen.append(folder)
        self.problems.append(
            Problem(shown(folder), None, "folder-unreadable", f"The folder could not be read: {error.strerror}.",
                    "Allow reading it, or add it to `ignore`.")
        )  # fmt: skip

    def _take_in(self, folder: str, entries: Iterable[os.DirEntry[str]]) -> None:
        """Take in what a folder holds; nearly all files of a vault are notes."""
        notes, others = [], []
        for entry in entries:
            if entry.name[-3:] == ".md" and entry.is_file(follow_symlinks=False):
                notes.append(entry)
            else:
                others.append(entry)
        if others and folder and not _SETTINGS.isdisjoint([entry.name for entry in others]):
            return  # a vault of its own: what is in it belongs to no vault around it
        rows = self._others(folder, others) if others else ()
        if self._leaves_out_notes:
            notes = [entry for entry in notes if not self.exclusions.leaves_out(_path(folder, entry.name))]
        self._keep(folder, _folder(notes) if notes else None, rows)

    def _keep(self, folder: str, found: Folder | None, rows: Sequence[Named]) -> None:
        if rows:
            found = Folder.of([*found.rows(), *rows] if found is not None else rows)
        if found is not None:
            self.found.folders[folder] = found

    def _others(self, folder: str, entries: Sequence[os.DirEntry[str]]) -> list[Named]:
        """Take in what does not look like a note at once; return the notes among it."""
        rows: list[Named] = []
        for entry in entries:
            path = _path(folder, entry.name)
            if entry.is_dir(follow_symlinks=False):
                self._below(path, entry.name)
            elif is_leftover(entry.name) or self.exclusions.leaves_out(path):
                if is_temporary(entry.name):
                    self.unfinished.add(folder)
            elif is_note(entry.name):
                rows += self._note(path, entry)
            elif entry.is_symlink() and (self.root / path).is_dir():  # False for a loop
                self._link(path, "folder")
        return rows

    def _below(self, path: str, name: str) -> None:
        if not is_leftover(name) and not self.exclusions.leaves_out(path):
            self._waiting.append(path)

    def _note(self, path: str, entry: os.DirEntry[str]) -> Iterator[Named]:
        problem = name_problem(path)
        if problem is not None:
            self.problems.append(problem)
        elif entry.is_symlink():
            self._link(path, "note")
        elif entry.is_file(follow_symlinks=False):
            with suppress(FileNotFoundError):
                yield (entry.name, *Stamp.of(entry.stat(follow_symlinks=False)))

    def _link(self, path: str, kind: str) -> None:
        """Leave a link alone: inside the vault its target is read where it stands, outside it is not ours to read."""
        if not Path(os.path.realpath(self.root / path)).is_relative_to(os.path.realpath(self.root)):
            self.problems.append(
                Problem(shown(path), None, "symlink-outside", f"This {kind} is a link that leads out of the vault, so it is left out.",
                        f"Move the {kind} itself into the vault.")
            )  # fmt: skip


def _path(folder: str, name: str) -> str:
    return f"{folder}/{name}" if folder else name


def _entries(descriptor: int, names: Iterable[str]) -> list[os.DirEntry[str]]:
    wanted = frozenset(names)
    with os.scandir(descriptor) as entries:
        return [entry for entry in entries if entry.name in wanted]


def _folder(notes: list[os.DirEntry[str]]) -> Folder | None:
    """Return the stamps of these files; None where there is no note among them, or none any more."""
    notes.sort(key=_NAME)
    names = f"/{'/'.join([entry.name for entry in notes])}/"
    if ("/." in names or "/~" in names) and any(is_leftover(entry.name) for entry in notes):
        return _folder_of_some(notes, lambda entry: not is_leftover(entry.name))
    try:
        stamps = [_NUMBERS(entry.stat(follow_symlinks=False)) for entry in notes]
    except FileNotFoundError:
        return _folder_of_some(notes, _is_there)
    return Folder.named(names, packed(stamps))


def _folder_of_some(
    notes: list[os.DirEntry[str]], is_one: Callable[[os.DirEntry[str]], bool]
) -> Folder | None:
    some = [entry for entry in notes if is_one(entry)]
    return _folder(some) if some else None


def _is_there(entry: os.DirEntry[str]) -> bool:
    with suppress(FileNotFoundError):
        entry.stat(follow_symlinks=False)  # where it was looked at once, the same is told again
        return True
    return False


def name_problem(path: str) -> Problem | None:
    """Return why a file that looks like a note is none by its name alone."""
    if shown(path) != path:
        return Problem(
            shown(path), None, "name-unreadable", "The note's name is not valid UTF-8, so it is left out.", "Rename the note.",
        )  # fmt: skip
    if is_conflict_copy(path.rpartition("/")[2]):
        return Problem(
            path, None, "conflict-copy", "This is a sync client's conflict copy; its boxes are not counted.",
            "`microwins conflicts --merge` unites it with its note.",
        )  # fmt: skip
    return None


def shown(path: str) -> str:
    """Return a path as it can be shown: bytes that are no UTF-8 replaced."""
    return path if path.isprintable() else path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
