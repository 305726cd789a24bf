"""Replace or create one note, whole or not at all.

Everything is written to a temporary file in the note's own folder, which then takes the note's place, so that a
reader, a sync client or a power cut sees the old text or the new text and nothing between.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from .displaced import Displaced
from .errors import HardLinked, NoteChanged, OutsideVault, ReadOnly, WriteFailed
from .new_name import give_name
from .swap import THIS_SYSTEM, Calls, Keep, Swap
from .temporary import is_temporary, swap_file, sweep_temporary_files, temporary_file

__all__ = ["create_note", "is_temporary", "replace_note", "sweep_temporary_files"]


def replace_note(
    path: Path,
    expected: bytes,
    new: bytes,
    root: Path | None = None,
    *,
    keep: Keep = Displaced.close,
    calls: Calls = THIS_SYSTEM,
) -> None:
    """Replace the note's bytes `expected` by `new`, atomically, if they are still there.

    Mode, owner (where allowed) and extended attributes stay; the modification time does not, on
    purpose: Obsidian finds changes by it. A link is written through if its target lies inside
    the vault `root`; without `root` no link is. `keep` gets the file that lost its place, still open, for a look at
    it later.

    Raise `NoteChanged`, `NoteInUse`, `OutsideVault`, `HardLinked`, `ReadOnly` or `WriteFailed`; the note then
    holds what it held, and no temporary file is left.
    """
    with _failures_of(path):
        real = _inside(path, root)
        before = _writable(path, real)
        if new == expected:
            if real.read_bytes() != expected:
                raise NoteChanged(path)
            return
        with (
            temporary_file(real, new, like=before) as temporary,
            swap_file(temporary, real, expected, new) as ready,
        ):
            Swap(path, real, ready, expected, new, keep, calls).make()
        _settle_folder(real.parent)


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
        raise ReadOnly(path)
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
