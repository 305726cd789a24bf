"""The file systems that hold a vault, and whether they tell of what is changed in them from elsewhere."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

_FAR = frozenset({
    "nfs", "nfs4", "cifs", "smb", "smb2", "smb3", "smbfs", "ncpfs", "afs", "coda", "ceph", "glusterfs", "lustre", "gpfs", "beegfs",
    "orangefs", "pvfs2", "davfs", "afpfs", "curlftpfs",
})  # fmt: skip
"""Another machine's disk: what other machines change there is not told here."""
_SHARED = frozenset({"9p", "vboxsf", "vmhgfs", "prl_fs", "virtiofs", "drvfs", "fakeowner"})
"""A folder of the machine on which this one runs as a guest, or in a container: what is changed outside is not told inside."""
_DISKS_BY_FUSE = frozenset(
    {"fuseblk", "fuse.ntfs", "fuse.ntfs-3g", "fuse.exfat", "fuse.apfs", "fuse.ext2", "fuse.hfs"}
)
"""A disk of this machine's, read by a program: nobody else writes on it, so that all is told."""
_ESCAPE = re.compile(r"\\([0-7]{3})")


@dataclass(frozen=True, slots=True)
class Mount:
    """A place at which a file system begins, and its kind, such as "ext4" or "fuse.sshfs"."""

    point: str
    kind: str

    @property
    def is_silent(self) -> bool:
        """Whether some changes in it are not told.

        A folder shown by a program (FUSE) may show anything: a disk far away, or another folder, in which changes are
        made behind its back. Only those that are known to show a disk of this machine's tell all.
        """
        by_program = self.kind == "fuse" or self.kind.startswith("fuse.")
        return self.kind in _FAR or self.kind in _SHARED or (by_program and self.kind not in _DISKS_BY_FUSE)

    def holds(self, path: str) -> bool:
        """Return whether a path stands below this place, or is it."""
        return path == self.point or path.startswith(self.point.rstrip("/") + "/")


class MountNews:
    """Tells that something was mounted, moved or unmounted: Linux marks its table as urgent then (proc(5))."""

    def __init__(self) -> None:
        """Begin to listen; raise OSError where there is no such table."""
        self._table = os.open("/proc/self/mountinfo", os.O_RDONLY | os.O_CLOEXEC)

    def fileno(self) -> int:
        """Return the number by which the system is asked, once for each piece of news."""
        return self._table

    def told(self) -> bool:
        """Return whether the news is worth a look: it is not said what was mounted where."""
        return True

    def end(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            os.close(self._table)


def silent_kind(root: Path, mounts: str | None = None) -> str | None:
    """Return the kind of a file system that holds `root` or a folder below it and does not tell of all changes, else None.

    `mounts` is what `/proc/self/mounts` says; without it that is asked, on Linux. Nothing is known elsewhere.
    """
    text = _mounts() if mounts is None else mounts
    path = str(root)
    around = Mount("", "")
    inside: dict[str, Mount] = {}
    for mount in _parsed(text):
        if mount.holds(path) and len(mount.point) >= len(around.point):
            around = mount
        elif mount.point.startswith(path.rstrip("/") + "/"):
            inside[mount.point] = mount
    silent = (mount.kind for mount in (around, *inside.values()) if mount.is_silent)
    return next(silent, None)


def _mounts() -> str:
    if not sys.platform.startswith("linux"):
        return ""
    try:
        return Path("/proc/self/mounts").read_text(encoding="utf-8", errors="surrogateescape")
    except OSError:
        return ""


def _parsed(text: str) -> Iterator[Mount]:
    """Yield the mounts that a table tells of, in its order: of two at one place the last counts."""
    for line in text.splitlines():
        parts = line.split(" ")
        if len(parts) >= 3:
            yield Mount(_ESCAPE.sub(lambda code: chr(int(code[1], 8)), parts[1]), parts[2])
