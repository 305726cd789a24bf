"""Limits and mounts that hold for one process alone: a user namespace of Linux, which the machine does not notice."""

import shutil
import subprocess
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import pytest


@cache
def _allowed() -> bool:
    if shutil.which("unshare") is None or shutil.which("nsenter") is None:
        return False
    tried = subprocess.run(["unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"], capture_output=True, check=False)  # fmt: skip
    return tried.returncode == 0


needs_namespace = pytest.mark.skipif(not _allowed(), reason="no namespaces of one's own are allowed here")


def with_watches(most: int) -> Sequence[str]:
    """Return what starts a process that is allowed so many inotify watches."""
    return (
        "unshare",
        "-Ur",
        "sh",
        "-c",
        f'echo {most} > /proc/sys/user/max_inotify_watches && exec "$@"',
        "sh",
    )


def with_disk(folder: Path, size: str) -> Sequence[str]:
    """Return what starts a process that sees a small disk at `folder`, with a copy of what is there."""
    script = 'cp -a "$0" "$0.copy" && mount -t tmpfs -o "size=$1" none "$0" && cp -a "$0.copy/." "$0" && shift && exec "$@"'
    return ("unshare", "-Urm", "sh", "-c", script, str(folder), size)


def seen_by(pid: int, path: Path) -> Path:
    """Return a path by which others reach what a process sees at `path`."""
    return Path(f"/proc/{pid}/root{path}")


def as_seen_by(pid: int, *words: str) -> None:
    """Run a command among the mounts of a process."""
    subprocess.run(["nsenter", "--preserve-credentials", "-U", "-m", "-t", str(pid), *words], check=True, timeout=60)  # fmt: skip
