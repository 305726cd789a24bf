"""Folders that cannot be looked into at the moment: their notes are as they were known, and none of them is gone."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from pathlib import Path

from .stamps import Stamps

_GONE = {errno.ENOENT, errno.ENOTDIR, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL}


def keep_unseen(found: Stamps, known: Stamps, unseen: Iterable[str]) -> None:
    """Put the notes of the folders `unseen`, and of all below them, into what a walk found, as they were known."""
    for one in unseen:
        for folder, notes in known.folders.items():
            if not one or folder == one or folder.startswith(f"{one}/"):
                found.folders.setdefault(folder, notes)


def is_unseen(root: Path, path: str) -> bool:
    """Return whether it cannot be told that a note is there or gone: a folder on the way lets nobody look into it."""
    try:
        os.lstat(root / path)
    except OSError as error:
        return error.errno not in _GONE
    except ValueError:
        return False
    return False
