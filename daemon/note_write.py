"""Replace or create one note, whole or not at all.

Everything is written to a temporary file in the note's own folder and renamed over it, so that a
reader, a sync client or a power cut sees the old text or the new text and nothing between.
"""

import errno
import os
import re
import secrets
import stat
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from .errors import HardLinked, NoteChanged, OutsideVault, ReadOnly, WriteFailed

_SUFFIX = ".microwins-tmp"
_TEMPORARY = re.compile(rf"\..*\.[0-9a-f]{{12}}{re.escape(_SUFFIX)}", re.DOTALL)
_LONGEST_NAME = 255
_SAFELY = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
_READ = _SAFELY | os.O_RDONLY
_CREATE = _SAFELY | os.O_WRONLY | os.O_CREAT | os.O_EXCL
_NO_LINKS_HERE = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EINVAL,
    errno.EMLINK,
}
_NOT_OURS_TO_SET = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENODATA}
# Windows refuses to replace a file that anybody holds open; indexers and sync clients let go soon.
_PAUSES = (0.05, 0.1, 0.2, 0.5) if sys.platform == "win32" else ()


def replace_note(path: Path, expected: bytes, new: bytes, root: Path | None = None) -> None:
    """Replace the note's bytes `expected` by `new`, atomically, if they are still there.

    Mode, owner (where allowed) and extended attributes stay; the modification time does not, on
    purpose: Obsidian finds changes by it. A link is written through if its target lies inside
    the vault `root`; without `root` no link is.

    Raise `NoteChanged`, `OutsideVault`, `HardLinked`, `ReadOnly` or `WriteFailed`; the note then
    holds what it held, and no temporary file is left.
    """
    real = _inside(path, root)
    with _failures_of(path):
        before = _writable(path, real)
        if new == expected:
            _require(path, real, expected)
            return
        with _temporary(real, new, like=before) as temporary:
            _swap(path, temporary, real, expected)
        _settle_folder(real.parent)


def create_note(path: Path, data: bytes, root: Path | None = None) -> bool:
    """Create the note with all of `data`, and its parent folders; return False if it was there.

    A file that exists, made a moment ago or long ago, is never touched. Where the file system has
    no hard links the name is first claimed by an empty file, which a crash can leave behind.

    Raise `OutsideVault` or `WriteFailed`; then no note was made.
    """
    _inside(path.parent, root)
    if os.path.lexists(path):
        return False
    with _failures_of(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        with _temporary(path, data, like=None) as temporary:
            created = _give_name(temporary, path)
        _settle_folder(path.parent)
    return created


def is_temporary(name: str) -> bool:
    """Tell whether a file name is one of our temporary files."""
    return _TEMPORARY.fullmatch(name) is not None


def sweep_temporary_files(folder: Path, *, now: float, age: float) -> list[Path]:
    """Remove what a killed writer left in this one folder; return the paths removed.

    `now` is in seconds since the epoch, `age` in seconds: younger files may be a write in progress.
    A file that cannot be looked at or removed is left for the next sweep.
    """
    try:
        found = sorted(entry for entry in folder.iterdir() if is_temporary(entry.name))
    except OSError:
        return []
    return [entry for entry in found if _remove_old(entry, now - age)]


def _remove_old(path: Path, limit: float) -> bool:
    """Remove a regular file last written at or before `limit`; tell whether it is gone."""
    try:
        found = path.lstat()
        if not stat.S_ISREG(found.st_mode) or found.st_mtime > limit:
            return False
        path.unlink()
    except OSError:
        return False
    return True


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


@contextmanager
def _temporary(note: Path, data: bytes, like: os.stat_result | None) -> Iterator[Path]:
    """Give a file beside `note` with `data`, safe on disk; remove it, unless it was renamed.

    It has the attributes of the note, whose status is `like`, or without it those of any new file.
    """
    name = note.with_name(_temporary_name(note.name))
    descriptor = os.open(name, _CREATE, 0o600 if like else 0o666)
    try:
        try:
            _write_all(descriptor, data)
            if like:
                _keep_attributes(descriptor, note, like)
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
        yield name
    finally:
        with suppress(OSError):
            name.unlink()


def _temporary_name(name: str) -> str:
    """Return `.NAME.<random>.microwins-tmp`, with NAME cut so that it is a legal file name.

    It begins with a dot and does not end in `.md`: editors, sync clients and we take it for no note.
    """
    tail = f".{secrets.token_hex(6)}{_SUFFIX}"
    short = os.fsencode(name)[: _LONGEST_NAME - 1 - len(tail)].decode("utf-8", errors="ignore")
    return f".{short}{tail}"


def _write_all(descriptor: int, data: bytes) -> None:
    """Write all of `data`; one call may take less."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(descriptor, rest) :]


def _keep_attributes(descriptor: int, note: Path, status: os.stat_result) -> None:
    """Give the new file the note's owner, mode and extended attributes, as far as we may."""
    if sys.platform == "win32":
        return
    with suppress(PermissionError):
        os.fchown(descriptor, status.st_uid, status.st_gid)
    # After the owner, whose change takes bits away; before the attributes, which hold the access list.
    with suppress(PermissionError):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if sys.platform == "linux":
        for name in _attribute_names(note):
            _copy_attribute(descriptor, note, name)


def _attribute_names(note: Path) -> Sequence[str]:
    """Return the names of the note's extended attributes; none where the file system has none."""
    try:
        return os.listxattr(note, follow_symlinks=False)
    except OSError as error:
        if error.errno in _NOT_OURS_TO_SET:
            return ()
        raise


def _copy_attribute(descriptor: int, note: Path, name: str) -> None:
    """Copy one extended attribute; those that the system keeps to itself are left to it."""
    try:
        os.setxattr(descriptor, name, os.getxattr(note, name, follow_symlinks=False))
    except OSError as error:
        if error.errno not in _NOT_OURS_TO_SET:
            raise


def _swap(path: Path, temporary: Path, real: Path, expected: bytes) -> None:
    """Rename over the note, having looked at it once more directly before."""
    for pause in (*_PAUSES, None):
        _require(path, real, expected)
        try:
            temporary.replace(real)
        except PermissionError:
            if pause is None:
                raise
            time.sleep(pause)
        else:
            return


def _require(path: Path, real: Path, expected: bytes) -> None:
    """Raise `NoteChanged` unless the file at `real` is there and holds exactly `expected`."""
    try:
        held = _read(real)
    except OSError as error:
        if error.errno in {errno.ENOENT, errno.ENOTDIR, errno.ELOOP}:
            raise NoteChanged(path) from error
        raise
    if held != expected:
        raise NoteChanged(path)


def _read(real: Path) -> bytes:
    """Return the bytes of a file, which must be no link."""
    with os.fdopen(os.open(real, _READ), "rb") as stream:
        return stream.read()


def _settle_folder(folder: Path) -> None:
    """Ask the disk to keep the new name; the note is whole either way, so a refusal is no failure."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _give_name(temporary: Path, path: Path) -> bool:
    """Give the finished file its name; return False if somebody else has taken it."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE:
            raise
        return _claim(temporary, path)
    return True


def _claim(temporary: Path, path: Path) -> bool:
    """Take the name with an empty file and rename over it, where there are no hard links."""
    try:
        os.close(os.open(path, _CREATE, 0o666))
    except FileExistsError:
        return False
    try:
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return True
