"""Replace or create notes, each whole or not at all.

Everything is written to a temporary file in the note's own folder, which then takes the note's place, so that a
reader, a sync client or a power cut sees the old text or the new text and nothing between. The texts of several notes
are put on the disk together, before the first of them takes its place, and so are their folders after the last.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from .displaced import Displaced
from .errors import HardLinked, NoteChanged, NoteWriteError, OutsideVault, ReadOnly, WriteFailed
from .new_name import give_name
from .prepared_text import PreparedText, named_file
from .swap import THIS_SYSTEM, Calls, Keep, Swap
from .temporary import Draft, draft_file, is_temporary, swap_file, sweep_temporary_files, temporary_file
from .together import together

__all__ = [
    "Landed",
    "Replacement",
    "create_note",
    "is_temporary",
    "replace_note",
    "replace_notes",
    "sweep_temporary_files",
]

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Replacement:
    """What a note holds and what it is to hold, and the file in which that was put down before, if it was."""

    path: Path
    expected: bytes
    new: bytes
    prepared: PreparedText | None = None


@dataclass(frozen=True, slots=True)
class Landed:
    """The file that has taken a note's place: its inode, and when it was last written, in ns."""

    inode: int
    mtime_ns: int

    def is_file(self, inode: int, mtime_ns: int) -> bool:
        """Return whether a file with this inode and time is the one that was written, untouched since."""
        return (inode, mtime_ns) == (self.inode, self.mtime_ns)


@dataclass(slots=True)
class _Ready:
    """A replacement whose text stands beside the note at `real`; `failure` is what kept it from the disk.

    One that `was_prepared` has been there before.
    """

    asked: Replacement
    real: Path
    draft: Draft
    landed: Landed
    was_prepared: bool = False
    failure: OSError | None = None


def replace_note(
    path: Path,
    expected: bytes,
    new: bytes,
    root: Path | None = None,
    *,
    keep: Keep = Displaced.close,
    calls: Calls = THIS_SYSTEM,
) -> None:
    """Replace the note's bytes `expected` by `new`, atomically, if they are still there, as `replace_notes` does.

    Raise `NoteChanged`, `NoteInUse`, `OutsideVault`, `HardLinked`, `ReadOnly` or `WriteFailed`; the note then
    holds what it held, and no temporary file is left.
    """
    (answer,) = replace_notes([Replacement(path, expected, new)], root, keep=keep, calls=calls)
    if isinstance(answer, NoteWriteError):
        raise answer


def replace_notes(
    replacements: Sequence[Replacement],
    root: Path | None = None,
    *,
    keep: Keep = Displaced.close,
    calls: Calls = THIS_SYSTEM,
) -> list[Landed | NoteWriteError | None]:
    """Replace each note that still holds what is expected; a failure of one is its answer and does not touch the others.

    Mode, owner (where allowed) and extended attributes stay; the modification time does not, on
    purpose: Obsidian finds changes by it. A link is written through if its target lies inside
    the vault `root`; without `root` no link is. `keep` gets each file that lost its place, still open, for a look at
    it later. The answer is None for a note that is to hold what it holds.
    """
    with ExitStack() as opened:
        drafted = [_tried(one.path, partial(_drafted, one, root, opened)) for one in replacements]
        ready = [one for one in drafted if isinstance(one, _Ready)]
        fresh = [one for one in ready if not one.was_prepared]
        for one, failure in zip(fresh, together([one.draft.settle for one in fresh]), strict=True):
            one.failure = failure
        answers = [
            _tried(one.asked.path, partial(_landed, one, opened, keep, calls))
            if isinstance(one, _Ready)
            else one
            for one in drafted
        ]
        folders = sorted({one.real.parent for one in ready})
        named = [one.draft.settle for one in ready if one.was_prepared]
        together([*named, *(partial(_settle_folder, folder) for folder in folders)])
    return answers


def _tried(path: Path, action: Callable[[], Result]) -> Result | NoteWriteError:
    """Return what an action returns, or the failure that the note's reader is told."""
    try:
        with _failures_of(path):
            return action()
    except NoteWriteError as error:
        return error


def _drafted(asked: Replacement, root: Path | None, opened: ExitStack) -> _Ready | None:
    """Write the new text beside the note; what is left of it goes when `opened` is closed."""
    real = _inside(asked.path, root)
    before = _writable(asked.path, real)
    with _changed_if_replaced(asked.path, real, before):
        if asked.new == asked.expected:
            if real.read_bytes() != asked.expected:
                raise NoteChanged(asked.path)
            return None
        draft = _named(asked, real, before, opened)
        was_prepared = draft is not None
        draft = draft or opened.enter_context(draft_file(real, asked.new, like=before))
    written = os.fstat(draft.descriptor)
    return _Ready(asked, real, draft, Landed(written.st_ino, written.st_mtime_ns), was_prepared)


@contextmanager
def _changed_if_replaced(path: Path, real: Path, before: os.stat_result) -> Iterator[None]:
    """Tell of a note that was replaced or taken away meanwhile that it was changed: that is no failure.

    Some file systems that a program shows (FUSE) answer for such a note that it is not there, though another one is.
    """
    try:
        yield
    except FileNotFoundError:
        if _is_same_file(real, before):
            raise
        raise NoteChanged(path) from None


def _is_same_file(path: Path, before: os.stat_result) -> bool:
    """Tell whether nobody touched the file since. Its number alone says nothing: nobody held it, and a new file may get it."""
    try:
        now = path.lstat()
    except OSError:
        return False
    seen, was = ((one.st_dev, one.st_ino, one.st_size, one.st_ctime_ns) for one in (now, before))
    return seen == was


def _named(asked: Replacement, real: Path, before: os.stat_result, opened: ExitStack) -> Draft | None:
    """Give the prepared text its name, if it is the one that is asked for; None where it has to be written now."""
    if asked.prepared is None or not asked.prepared.fits(real, asked.new, before):
        return None
    with suppress(OSError):
        return opened.enter_context(named_file(asked.prepared))
    return None


def _landed(one: _Ready, opened: ExitStack, keep: Keep, calls: Calls) -> Landed:
    """Let the finished file take the note's place."""
    if one.failure is not None:
        raise one.failure
    asked = one.asked
    ready = opened.enter_context(swap_file(one.draft.path, one.real, asked.expected, asked.new))
    Swap(asked.path, one.real, ready, asked.expected, asked.new, keep, calls).make()
    return one.landed


def create_note(path: Path, data: bytes, root: Path | None = None) -> bool:
    """Create the note with all of `data`, and its parent folders; return False if it was there.

    A file that exists, made a moment ago or long ago, is never touched. Where the file system has neither hard links
    nor a renaming that spares what is there, the name is first claimed by an empty file, which a crash can leave behind.

    Raise `OutsideVault` or `WriteFailed`; then no note was made.
    """
    with _failures_of(path):
        _inside(path.parent, root)
        if os.path.lexists(path):
            return False
        new = [folder for folder in path.parents if not folder.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        with temporary_file(path, data, like=None) as temporary:
            created = give_name(temporary, path)
        for folder in (path.parent, *(folder.parent for folder in new)):
            _settle_folder(folder)
    return created


def _inside(path: Path, root: Path | None) -> Path:
    """Return the real path, which must lie in `root`; without `root` the path must be no link."""
    real = Path(os.path.realpath(path))
    if root is None:
        if path.is_symlink():
            raise OutsideVault(path)
    elif not real.is_relative_to(os.path.realpath(root)):
        raise OutsideVault(path)
    return real


def _writable(path: Path, real: Path) -> os.stat_result:
    """Return the note's status, if it is a plain file with one name that we are meant to write."""
    try:
        found = real.lstat()
    except FileNotFoundError:
        raise NoteChanged(path) from None
    if not stat.S_ISREG(found.st_mode):
        raise OSError(errno.EISDIR if stat.S_ISDIR(found.st_mode) else errno.EINVAL, "no plain file")
    if found.st_nlink > 1:
        raise HardLinked(path)
    # The superuser may write everything, so the bits count beside the answer of access().
    if not found.st_mode & 0o222 or not os.access(real, os.W_OK):
        raise ReadOnly(path) if _is_same_file(real, found) else NoteChanged(path)
    return found


@contextmanager
def _failures_of(path: Path) -> Iterator[None]:
    """Turn what the file system says into `WriteFailed`."""
    try:
        yield
    except OSError as error:
        raise WriteFailed(path, error) from error


def _settle_folder(folder: Path) -> None:
    """Ask the disk to keep the new name; the note is whole either way, so a refusal is no failure."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
