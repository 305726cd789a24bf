"""What the systems can do with two names in one step, and Python does not offer: swap them, or rename over nothing."""

import errno
import os
import sys
from functools import cache
from pathlib import Path
from typing import Any

_HERE = -100
"""AT_FDCWD: a path is taken as it is written."""
_LINUX_NEW, _LINUX_SWAP = 1, 2
_MAC_SWAP, _MAC_NEW = 2, 4
_WRITE_THROUGH = 1
_LEFT_ASIDE = 1177
"""ERROR_UNABLE_TO_MOVE_REPLACEMENT_2: the note has its second name already, and the new text not yet its place."""
_NOT_OFFERED = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP}


class NotOffered(Exception):
    """The system or the file system cannot do this in one step."""


def exchange(note: Path, other: Path) -> None:
    """Let the two names change files, so that each has one at every moment. Raise NotOffered or OSError.

    In this order the last thing that a watcher hears is that the note has come; in the other, that it went away.
    """
    match sys.platform:
        case "linux":
            _rename_linux(_libc(), note, other, _LINUX_SWAP)
        case "darwin":
            _rename_mac(_libc(), note, other, _MAC_SWAP)
        case "win32":
            _replace_windows(_kernel32(), note, other)
        case _:
            raise NotOffered


def rename_new(source: Path, target: Path) -> None:
    """Rename a file if nobody has the name `target`. Raise FileExistsError, NotOffered or another OSError."""
    match sys.platform:
        case "linux":
            _rename_linux(_libc(), source, target, _LINUX_NEW)
        case "darwin":
            _rename_mac(_libc(), source, target, _MAC_NEW)
        case "win32":
            source.rename(target)  # there it never goes over a file
        case _:
            raise NotOffered


def _rename_linux(library: Any, source: Path, target: Path, flag: int) -> None:
    call = getattr(library, "renameat2", None)
    if call is None:
        raise NotOffered
    while call(_HERE, os.fsencode(source), _HERE, os.fsencode(target), flag):
        _raise(_last_error(), source, target)


def _rename_mac(library: Any, source: Path, target: Path, flag: int) -> None:
    call = getattr(library, "renamex_np", None)
    if call is None:
        raise NotOffered
    while call(os.fsencode(source), os.fsencode(target), flag):
        _raise(_last_error(), source, target)


def _replace_windows(library: Any, note: Path, other: Path) -> None:
    """Put `other` in the note's place, the note's file aside, and that in the place of `other`."""
    aside = other.with_suffix(".microwins-back")
    if not library.ReplaceFileW(str(note), str(other), str(aside), _WRITE_THROUGH, None, None):
        code = library.GetLastError()
        if code == _LEFT_ASIDE:
            aside.rename(note)  # it goes over nobody's file there
        raise _windows_error(code, note)
    aside.rename(other)


def _windows_error(code: int, note: Path) -> OSError:
    """Return what Python would raise for an error code of Windows."""
    match code:
        case 2 | 3:
            return FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(note))
        case 5 | 32 | 33 | 1175 | 1176 | 1177:  # somebody has one of the files open; nothing was changed
            return PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(note))
        case 1 | 50:
            raise NotOffered
        case _:
            return OSError(errno.EIO, f"Windows error {code}", str(note))


def _raise(number: int, source: Path, target: Path) -> None:
    """Raise what a call has failed with; return where it was only interrupted and is to be made again."""
    if number == errno.EINTR:
        return
    if number in _NOT_OFFERED:
        raise NotOffered
    raise OSError(number, os.strerror(number), str(source), None, str(target))


def _last_error() -> int:
    import ctypes

    return ctypes.get_errno()


@cache
def _libc() -> Any:
    import ctypes  # slow to load, and most commands write nothing

    return ctypes.CDLL(None, use_errno=True)


@cache
def _kernel32() -> Any:
    import ctypes

    return getattr(ctypes, "WinDLL")("kernel32")  # noqa: B009 - no other system has it
