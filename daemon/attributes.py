"""What a file bears besides its bytes, and keeps when they are replaced: owner, mode, extended attributes."""

import errno
import os
import stat
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_NOT_OURS_TO_SET = {errno.EPERM, errno.EACCES, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENODATA}


def keep_attributes(descriptor: int, note: Path, status: os.stat_result) -> None:
    """Give a new file the note's owner, mode and extended attributes, as far as we may.

    Not its time stamps, on purpose: Obsidian finds changes by them.
    """
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
