"""Follows the files of a vault with watchdog; every event is only a hint that a path is worth a look."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..parsers.ignored import is_conflict_copy, is_leftover, is_note
from .inbox import Inbox
from .obsidian import ADOPTED_FILES
from .scan import SETTINGS_FILES

_NO_EVENTS = (
    "nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "vboxsf", "vmhgfs", "fuse.sshfs", "fuse.rclone", "fuse.vmhgfs-fuse",
    "davfs", "fuse.davfs2", "afpfs", "virtiofs", "fuse.glusterfs",
)  # fmt: skip
_SYNC_TEMPORARIES = (".syncthing.*", "~syncthing~*", ".*.icloud", ".owncloudsync*", ".~*", "*.partial")


class Watcher:
    """Tells an inbox which notes below `root` were touched. Start it before reading the vault, so that nothing is missed."""

    def __init__(self, root: Path, inbox: Inbox) -> None:
        self._root = root
        self._inbox = inbox
        self._observer: Any = None
        self._overflow = _OverflowHandler(inbox)

    def start(self) -> None:
        """Begin to watch; raise OSError where the system refuses."""
        warnings.filterwarnings("ignore", module="watchdog")
        from watchdog.events import (
            DirCreatedEvent,
            DirDeletedEvent,
            DirMovedEvent,
            FileClosedEvent,
            FileCreatedEvent,
            FileDeletedEvent,
            FileModifiedEvent,
            FileMovedEvent,
            FileSystemEventHandler,
        )
        from watchdog.observers import Observer

        watcher = self
        wanted: list[Any] = [
            FileCreatedEvent, FileModifiedEvent, FileMovedEvent, FileDeletedEvent, FileClosedEvent,
            DirCreatedEvent, DirMovedEvent, DirDeletedEvent, *_attribute_events(),
        ]  # fmt: skip

        class Handler(FileSystemEventHandler):
            def on_any_event(self, event: Any) -> None:
                for path in (event.src_path, event.dest_path):
                    if path:
                        watcher.hint(os.fsdecode(path), is_folder=event.is_directory)

        logging.getLogger("watchdog").setLevel(logging.WARNING)
        logging.getLogger("watchdog.observers").addHandler(self._overflow)
        observer = Observer()
        observer.schedule(Handler(), str(self._root), recursive=True, event_filter=wanted)
        try:
            observer.start()
        except OSError:
            logging.getLogger("watchdog.observers").removeHandler(self._overflow)
            raise
        self._observer = observer

    def stop(self) -> None:
        """Stop watching."""
        logging.getLogger("watchdog.observers").removeHandler(self._overflow)
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(5)
            self._observer = None

    def alive(self) -> bool:
        """Return whether events still come in: they end where the folder itself is deleted."""
        if self._observer is None or not self._observer.is_alive():
            return False
        return bool(self._observer.emitters) and all(
            emitter.is_alive() for emitter in self._observer.emitters
        )

    def hint(self, path: str, *, is_folder: bool) -> None:
        """Take a hint that something happened at an absolute path."""
        inside = os.path.relpath(path, self._root).replace(os.sep, "/")
        if inside.startswith("../"):
            return
        name = inside.rpartition("/")[2]
        folder, _, rest = inside.partition("/")
        if inside in SETTINGS_FILES or (folder.startswith(".") and rest in ADOPTED_FILES):
            self._inbox.settings_changed()
        elif any(fnmatchcase(name, pattern) for pattern in _SYNC_TEMPORARIES):
            self._inbox.sync_client_at_work()
        elif any(is_leftover(part) for part in inside.split("/") if part != "."):
            return
        elif is_folder or is_conflict_copy(name):
            self._inbox.rescan()
        elif is_note(name):
            self._inbox.touched(inside)


class _OverflowHandler(logging.Handler):
    """Hears watchdog say that events were lost: it tells its log and nobody else."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(logging.WARNING)
        self._inbox = inbox

    def emit(self, _record: logging.LogRecord) -> None:
        """Ask for a walk over the vault."""
        self._inbox.rescan()


def gives_no_events(root: Path, mounts: str | None = None) -> str | None:
    """Return the kind of the file system that holds `root` if changes made elsewhere are not told there, else None."""
    if mounts is None:
        if not sys.platform.startswith("linux"):
            return None
        try:
            mounts = Path("/proc/mounts").read_text(encoding="utf-8", errors="replace")
        except OSError:
            return None
    found, kind = "", ""
    for line in mounts.splitlines():
        parts = line.split(" ")
        if len(parts) < 3:
            continue
        point = parts[1].replace("\\040", " ").rstrip("/") or "/"
        inside = str(root) == point or str(root).startswith(point.rstrip("/") + "/")
        if inside and len(point) >= len(found):
            found, kind = point, parts[2]
    return kind if kind in _NO_EVENTS else None


def blind_folders(root: Path) -> int:
    """Return how many folders of the vault are not watched because the system's limit is reached; 0 if not known."""
    if not sys.platform.startswith("linux"):
        return 0
    held = 0
    try:
        infos = list(Path("/proc/self/fdinfo").iterdir())
    except OSError:
        return 0
    for info in infos:
        # Some are gone by now: at least the one with which the list was read.
        with suppress(OSError):
            held += info.read_text(encoding="ascii", errors="replace").count("inotify wd:")
    # Neither links to folders nor folders that may not be read are counted: those are not watched anyway.
    return max(0, sum(1 for _ in os.walk(root)) - held)


def _attribute_events() -> list[Any]:
    """Return the event of a changed time stamp, which only newer watchdogs tell apart."""
    from watchdog import events

    found = getattr(events, "FileAttribEvent", None)
    return [found] if found is not None else []
