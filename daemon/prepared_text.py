"""A text that is put on the disk before its time, in a file without a name: nobody sees it, and a kill leaves nothing.

Shortly before its time has come it is given a name beside the note; then only names have to change. Linux only.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from .attributes import keep_attributes
from .temporary import Draft, name_beside, settle, write_all

_UNNAMED: int = getattr(os, "O_TMPFILE", 0)


@dataclass(slots=True)
class PreparedText:
    """What the note at `real`, whose status is `like`, is to hold: `data`, safe on the disk, with the note's attributes.

    `path` is its name beside the note, once it has one.
    """

    real: Path
    data: bytes
    like: os.stat_result
    descriptor: int
    path: Path | None = None

    @classmethod
    def of(cls, note: Path, data: bytes) -> PreparedText | None:
        """Put a text down for a note; None where that cannot be done here, or not now."""
        if not _UNNAMED:
            return None
        try:
            real = Path(os.path.realpath(note))
            like = real.lstat()
            found = cls(real, data, like, os.open(real.parent, _UNNAMED | os.O_WRONLY | os.O_CLOEXEC, 0o600))
        except OSError:
            return None
        try:
            write_all(found.descriptor, data)
            keep_attributes(found.descriptor, real, like)
            settle(found.descriptor)
        except OSError:
            found.close()
            return None
        return found

    def fits(self, real: Path, data: bytes, status: os.stat_result) -> bool:
        """Return whether it is this text that the note is to hold, and the note bears what it bore."""
        same = (status.st_ino, status.st_ctime_ns) == (self.like.st_ino, self.like.st_ctime_ns)
        return self.descriptor >= 0 and same and real == self.real and data == self.data

    def give_name(self) -> Path:
        """Return its name beside the note, which it is given now if it has none, as a file written now. Raise OSError."""
        if self.path is None:
            path = name_beside(self.real)
            folder = os.open(path.parent, os.O_RDONLY | os.O_CLOEXEC)
            try:
                os.utime(self.descriptor)
                # With a folder given, Python makes the call that follows the link to the open file.
                os.link(f"/proc/self/fd/{self.descriptor}", path, src_dir_fd=folder)
            finally:
                with suppress(OSError):
                    os.close(folder)
            self.path = path
        return self.path

    def close(self) -> None:
        """Let go of it, once: then it is gone."""
        descriptor, self.descriptor = self.descriptor, -1
        if descriptor >= 0:
            os.close(descriptor)
        path, self.path = self.path, None
        if path is not None:
            with suppress(OSError):
                path.unlink()


@contextmanager
def named_file(prepared: PreparedText) -> Iterator[Draft]:
    """Give the file of a prepared text by its name beside its note; remove it, unless it was renamed.

    Raise OSError where it gets none.
    """
    draft = Draft(prepared.give_name(), prepared.descriptor)
    prepared.descriptor, prepared.path = -1, None
    try:
        yield draft
    finally:
        draft.close()
        with suppress(OSError):
            draft.path.unlink()
