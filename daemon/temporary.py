"""The files of ours that stand beside a note while it is written, and what becomes of those that are left behind.

A file called `.NAME.<random>.microwins-tmp` holds our text and nobody else's. Before it changes places with the note
it is called `.NAME.<random>-<old>-<new>.microwins-swap`, after the digests of both texts: should anything stop us
then, the name tells whether what it holds is one of these, or a save of somebody's that must not be thrown away.
"""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path, PurePath
from typing import Any

from ..parsers.digests import blake2b
from .attributes import keep_attributes
from .conflict_file import keep_file_beside
from .new_name import give_name

_FCNTL: Any = import_module("fcntl") if os.name == "posix" else None
_WRITING = ".microwins-tmp"
_SWAPPING = ".microwins-swap"
_ASIDE = ".microwins-back"
_OURS = re.compile(
    r"\.(?P<name>.*)\.[0-9a-f]{12}"
    r"(?:\.microwins-tmp|-(?P<old>[0-9a-f]{16})-(?P<new>[0-9a-f]{16})\.microwins-(?:swap|back))",
    re.DOTALL,
)
_LONGEST_NAME = 255
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_CREATE = _SAFELY | os.O_WRONLY | os.O_CREAT | os.O_EXCL
READ = _SAFELY | os.O_RDONLY


@dataclass(slots=True)
class Draft:
    """A file of ours with all of its text, open until it is safe on the disk."""

    path: Path
    descriptor: int

    def settle(self) -> None:
        """Put it safely on the disk and close it."""
        try:
            settle(self.descriptor)
        finally:
            self.close()

    def close(self) -> None:
        """Close it, once."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)


@contextmanager
def draft_file(note: Path, data: bytes, like: os.stat_result | None) -> Iterator[Draft]:
    """Give a file beside `note` with `data`, which is yet to be settled; remove it, unless it was renamed.

    It has the attributes of the note, whose status is `like`, or without it those of any new file.
    """
    path = name_beside(note)
    draft = Draft(path, os.open(path, _CREATE, 0o600 if like else 0o666))
    try:
        try:
            write_all(draft.descriptor, data)
            if like:
                keep_attributes(draft.descriptor, note, like)
            yield draft
        finally:
            draft.close()
    finally:
        with suppress(OSError):
            path.unlink()


@contextmanager
def temporary_file(note: Path, data: bytes, like: os.stat_result | None) -> Iterator[Path]:
    """Give a file beside `note` with `data`, safe on the disk; remove it, unless it was renamed."""
    with draft_file(note, data, like) as draft:
        draft.settle()
        yield draft.path


@contextmanager
def swap_file(temporary: Path, note: Path, old: bytes, new: bytes) -> Iterator[Path]:
    """Give the temporary file the name under which it changes places with the note; take away what is left there."""
    tail = f".{_new_word()}-{text_digest(old)}-{text_digest(new)}{_SWAPPING}"
    path = temporary.rename(note.with_name(_name_of(note.name, tail)))
    try:
        yield path
    finally:
        with suppress(OSError):
            _take_away(path)


def name_beside(note: Path) -> Path:
    """Return a new name beside a note, for a file that is to take its place."""
    return note.with_name(_name_of(note.name, f".{_new_word()}{_WRITING}"))


def _new_word() -> str:
    return os.urandom(6).hex()  # as `secrets` does, which would load OpenSSL


def text_digest(data: bytes) -> str:
    """Return what tells two texts apart."""
    return blake2b(data, digest_size=8).hexdigest()


def is_temporary(name: str) -> bool:
    """Tell whether a file name is one of our temporary files."""
    return _OURS.fullmatch(name) is not None


def sweep_temporary_files(folder: Path, *, now: float, age: float) -> list[Path]:
    """Take away what a killed writer left in this one folder; return the paths that are gone.

    `now` is in seconds since the epoch, `age` in seconds: younger files may be a write in progress. A save of
    somebody's that was on its way back when we were killed is given a name beside its note. A file that cannot be
    looked at or removed is left for the next sweep.
    """
    try:
        found = sorted(entry for entry in folder.iterdir() if is_temporary(entry.name))
    except OSError:
        return []
    return [entry for entry in found if _swept(entry, now - age)]


def _swept(path: Path, limit: float) -> bool:
    """Take away a regular file last written at or before `limit`; tell whether it is gone."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_mtime > limit:
            return False
        _take_away(path)
    except OSError:
        return False
    return True


def _take_away(path: Path) -> None:
    """Remove a temporary file, or, if it holds neither the old nor the new text, keep it beside the note."""
    name = _OURS.fullmatch(path.name)
    assert name is not None
    if path.name.endswith(_ASIDE) and give_name(path, path.with_name(name["name"])):
        return  # Windows was stopped between its two renamings: the note had no name
    if name["old"] and _digest_of(path) not in {name["old"], name["new"]}:
        keep_file_beside(path, path.with_name(name["name"]))
    else:
        path.unlink()


def _digest_of(path: Path) -> str:
    with os.fdopen(os.open(path, READ), "rb") as stream:
        return text_digest(stream.read())


def _name_of(note: str, tail: str) -> str:
    """Return `.NOTE` with this tail, NOTE cut before its ending so that it is a legal file name.

    It begins with a dot and does not end in `.md`: editors, sync clients and we take it for no note.
    """
    stem, ending = PurePath(note).stem, PurePath(note).suffix
    room = _LONGEST_NAME - 1 - len(tail) - len(os.fsencode(ending))
    short = os.fsencode(stem)[:room].decode("utf-8", errors="ignore")
    return f".{short}{ending}{tail}"


def settle(descriptor: int) -> None:
    """Ask for the file to be on the disk itself; macOS else leaves it in the disk's own memory."""
    full = getattr(_FCNTL, "F_FULLFSYNC", None)
    if full is not None:
        with suppress(OSError):  # network drives and others cannot
            _FCNTL.fcntl(descriptor, full)
            return
    os.fsync(descriptor)


def write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`; one call may take less."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]
