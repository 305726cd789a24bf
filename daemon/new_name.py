"""A finished file is given a name, and never that of a file which is there."""

import errno
import os
from contextlib import suppress
from pathlib import Path

from .exchange import NotOffered, rename_new

_CLAIM = (
    os.O_WRONLY
    | os.O_CREAT
    | os.O_EXCL
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_BINARY", 0)
)
_NO_LINKS_HERE = {
    errno.EPERM,
    errno.EACCES,
    errno.ENOTSUP,
    errno.EOPNOTSUPP,
    errno.ENOSYS,
    errno.EINVAL,
    errno.EMLINK,
}


def give_name(temporary: Path, path: Path) -> bool:
    """Give the file its name; return False if somebody else has taken it. The old name may stay beside the new one."""
    try:
        rename_new(temporary, path)
    except FileExistsError:
        return False
    except NotOffered:
        return _linked(temporary, path)
    return True


def _linked(temporary: Path, path: Path) -> bool:
    """Give the file the name beside the one that it has, which a crash between leaves there."""
    try:
        os.link(temporary, path)
    except FileExistsError:
        return False
    except OSError as error:
        if error.errno not in _NO_LINKS_HERE:
            raise
        return _claimed(temporary, path)
    return True


def _claimed(temporary: Path, path: Path) -> bool:
    """Take the name with an empty file and rename over it; a crash between can leave the empty file behind."""
    try:
        os.close(os.open(path, _CLAIM, 0o666))
    except FileExistsError:
        return False
    try:
        temporary.replace(path)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise
    return True
