"""What a file bears besides its bytes, and keeps when they are replaced: owner, mode, extended attributes."""

import errno
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

_ACCESS_LIST, _ATTRIBUTES = 1, 4
"""COPYFILE_ACL and COPYFILE_XATTR."""
_NOT_OURS_TO_SET = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENODATA}


def keep_attributes(descriptor: int, note: Path, status: os.stat_result) -> None:
    """Give a new file the note's owner, mode and extended attributes, as far as we may.

    Not its time stamps, on purpose: Obsidian finds changes by them.
    """
    if sys.platform == "win32":
        return
    for owner in (
        status.st_uid,
        -1,
    ):  # whose note it is only the superuser may say; which group's, its members too
        with suppress(PermissionError):
            os.fchown(descriptor, owner, status.st_gid)
            break
    # After the owner, whose change takes bits away; before the attributes, which hold the access list.
    with suppress(PermissionError):
        os.fchmod(descriptor, stat.S_IMODE(status.st_mode))
    if sys.platform == "darwin":
        _copy_on_mac(_libc(), descriptor, note)
    if sys.platform == "linux":
        for name in _attribute_names(note):
            _copy_attribute(descriptor, note, name)


def _copy_on_mac(library: Any, descriptor: int, note: Path) -> None:
    """Copy access list and extended attributes, the tags of the Finder among them, by copyfile(3)."""
    source = os.open(note, os.O_RDONLY)
    try:
        library.fcopyfile(source, descriptor, None, _ACCESS_LIST | _ATTRIBUTES)
    finally:
        os.close(source)


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


def _libc() -> Any:
    import ctypes  # slow to load, and most commands write nothing

    return ctypes.CDLL(None, use_errno=True)
