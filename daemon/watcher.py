"""Follows the files of a vault with watchdog; every event is only a hint that a path is worth a look."""

from __future__ import annotations

import errno
import logging
import os
import sys
import threading
import warnings
from collections.abc import Callable
from contextlib import suppress
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from ..parsers.ignored import is_conflict_copy, is_leftover, is_note, original_picture
from .config_files import ADOPTED_FILES
from .drawn import is_drawing
from .exclusions import SETTINGS_FILES
from .inbox import Inbox
from .own_watch import OwnWatch

_WATCHED = "inotify wd:"
"""Begins each line that tells of a watch."""
_PAGE = 4096
_SYNC_TEMPORARIES = (".syncthing.*", "~syncthing~*", ".*.icloud", ".owncloudsync*", ".~*", "*.partial")


class Watcher:
    """Tells an inbox which notes below `root` were touched. Start it before reading the vault, so that nothing is missed."""

    def __init__(self, root: Path, inbox: Inbox) -> None:
        self._root = root
        self._inbox = inbox
        self._observer: Any = None
        self._overflow = _OverflowHandler(inbox)
        self._threads = _Threads(inbox)

    def start(self) -> None:
        """Begin to watch; raise OSError where the system refuses."""
        warnings.filterwarnings("ignore", module="watchdog")
        from watchdog.observers import Observer

        logging.getLogger("watchdog").setLevel(logging.WARNING)
        logging.getLogger("watchdog").addHandler(_SILENT)
        logging.getLogger("watchdog.observers").addHandler(self._overflow)
        try:
            with self._threads:
                self._observer = Observer()
                self._observer.schedule(
                    _handler(self.hint), str(self._root), recursive=True, event_filter=_wanted()
                )
                self._observer.start()
        except OSError:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop watching."""
        observer, self._observer = self._observer, None
        if observer is not None:
            # One whose books are in disorder cannot even stop without an error; its threads are daemons.
            with suppress(KeyError, RuntimeError, OSError):
                observer.stop()
                observer.join(5)
        # Only now: what it complains of while it stops is nothing to print.
        logging.getLogger("watchdog.observers").removeHandler(self._overflow)
        self._threads.forget()

    def alive(self) -> bool:
        """Return whether events still come in: they end where the folder itself is deleted."""
        if self._observer is None or not self._observer.is_alive() or not self._threads.alive():
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
        elif is_folder or is_conflict_copy(name) or original_picture(name):
            self._inbox.rescan()
        elif is_note(name) or is_drawing(name):
            self._inbox.touched(inside)


_SILENT = logging.NullHandler()
"""A thread that ends late may still complain: without any handler Python would print it."""


class _OverflowHandler(logging.Handler):
    """Hears watchdog say that events were lost: it tells its log and nobody else."""

    def __init__(self, inbox: Inbox) -> None:
        super().__init__(logging.WARNING)
        self._inbox = inbox

    def emit(self, record: logging.LogRecord) -> None:
        """Tell of an overflow as such; of whatever else it complains, a walk over the vault finds what was missed."""
        if "overflow" in record.getMessage():
            self._inbox.news_was_lost()
        else:
            self._inbox.rescan()


class _Threads:
    """The threads that watchdog starts. One that dies of an error tells nobody, and no event comes in any more."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox
        self._before: set[threading.Thread] = set()
        self._threads: set[threading.Thread] = set()
        self._died = False
        self._hook_before: Callable[[threading.ExceptHookArgs], object] | None = None

    def __enter__(self) -> None:
        self._before, self._died = set(threading.enumerate()), False
        self._hook_before, threading.excepthook = threading.excepthook, self._hear_death

    def __exit__(self, *_error: object) -> None:
        self._threads = set(threading.enumerate()) - self._before

    def alive(self) -> bool:
        """Return whether all of them still run."""
        return not self._died and all(thread.is_alive() for thread in self._threads)

    def forget(self) -> None:
        """Let go of them."""
        self._threads = set()
        if threading.excepthook == self._hear_death and self._hook_before is not None:
            threading.excepthook = self._hook_before

    def _hear_death(self, error: threading.ExceptHookArgs) -> None:
        if error.thread in self._threads:
            self._died = True
            self._inbox.rescan()
        elif self._hook_before is not None:
            self._hook_before(error)


def _handler(hint: Callable[..., None]) -> Any:
    """Return what watchdog calls with each event."""
    from watchdog.events import FileSystemEventHandler

    class Handler(FileSystemEventHandler):
        def on_any_event(self, event: Any) -> None:
            for path in (event.src_path, event.dest_path):
                if path:
                    hint(os.fsdecode(path), is_folder=event.is_directory)

    return Handler()


def _wanted() -> list[Any]:
    """Return the kinds of events that say that something is worth a look; that a note was read is none of them."""
    from watchdog import events

    names = ("Created", "Moved", "Deleted", "Attrib")
    wanted = [f"{place}{name}Event" for place in ("File", "Dir") for name in names]
    return [getattr(events, name) for name in (*wanted, "FileModifiedEvent", "FileClosedEvent")]


def is_any_watch_held() -> bool:
    """Return whether this program watches any folder, or that is not known; all of its open files are asked.

    A disk that is unmounted takes all of its watches with it, and none comes back when it is mounted again.
    """
    infos = _infos()
    return infos is None or any(_WATCHED in _beginning(info) for info in infos)


def _infos() -> list[Path] | None:
    """Return what the system tells of each open file; None where it does not."""
    try:
        return list(Path("/proc/self/fdinfo").iterdir())
    except OSError:
        return None


def _beginning(info: Path, most: int = _PAGE) -> str:
    # Some are gone by now: at least the one with which the list was read.
    with suppress(OSError), info.open(encoding="ascii", errors="replace") as file:
        return file.read(most)
    return ""


def no_watch_left(folder: Path) -> bool:
    """Return whether the system refuses one watch more: its limit, which counts for all of a user's programs, is reached."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        OwnWatch(folder).end()
    except OSError as error:
        return error.errno in {errno.ENOSPC, errno.EMFILE, errno.ENFILE}
    return False


def blind_folders(root: Path) -> int:
    """Return how many folders of the vault are not watched: too new, or beyond the system's limit; 0 if not known."""
    if not sys.platform.startswith("linux"):
        return 0
    infos = _infos()
    if infos is None:
        return 0
    held = max((_beginning(info, -1).count(_WATCHED) for info in infos), default=0)
    # Neither links to folders nor folders that may not be read are counted: those are not watched anyway.
    return max(0, sum(1 for _ in os.walk(root)) - held)
