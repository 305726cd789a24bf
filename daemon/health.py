"""Whether microwins can do its work on this machine and in this vault: one check, one function, one finding."""

from __future__ import annotations

import os
import platform
import sqlite3
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version as installed_version
from pathlib import Path

from ..parsers.glance import Glance, plain
from ..parsers.problem import Problem
from ..templates import doctor_text as words
from .compiled_parts import are_compiled
from .exclusions import SETTINGS_FILES
from .index import index_file
from .keeper import Keeper
from .machine_settings import NAME as MACHINE_FILE
from .machine_settings import machine_settings
from .mounts import silent_kind
from .notifying import NotInstalled, is_installed
from .seen import Seen
from .swap_method import swap_method
from .vault import SettingsInvalid
from .wiring import Session

_ROOM = 64 * 1024
"""Bytes that a folder of ours must have room for."""
_MOST_WATCHES = Path("/proc/sys/fs/inotify/max_user_watches")


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check found: its name, its words, what programs want to know, and what is wrong."""

    name: str
    text: str
    data: Mapping[str, object] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()


def findings(session: Session, *, full: bool) -> Iterator[Finding]:
    """Yield what all checks found; with `full` every note is read again to compare it with the index."""
    yield version()
    yield vault(session)
    yield settings(session)
    yield folder("state", session.machine.state)
    yield folder("cache", session.machine.cache)
    yield lock(session)
    yield index(session)
    yield swap(session)
    yield watches(session)
    yield notifications(session)
    yield agreement(session) if full else Finding("agreement", words.NOT_COMPARED)


def version() -> Finding:
    """Say which program runs on what."""
    program, python, system = (
        installed_version("microwins"),
        platform.python_version(),
        f"{platform.system()} {platform.release()}",
    )
    compiled = are_compiled()
    return Finding(
        "version",
        words.version(program, python, system, compiled=compiled),
        {"microwins": program, "python": python, "system": system, "compiled": compiled},
    )


def vault(session: Session) -> Finding:
    """Say which vault it is, and whether it may be written in."""
    root, consent = session.vault.root, session.vault.consent
    text = str(root) if consent else f"{root} ({words.NOT_SET_UP})"
    return Finding("vault", text, {"root": str(root), "consent": consent})


def settings(session: Session) -> Finding:
    """Say from where the settings come."""
    root = session.vault.root
    files = [str(root / name) for name in SETTINGS_FILES if (root / name).is_file()]
    origins = sorted({origin for origin in session.vault.origins.values() if origin not in {"", "default"}})
    text = ", ".join(origins) or words.defaults([name for name in SETTINGS_FILES if (root / name).is_file()])
    return Finding("settings", text, {"files": files, "origins": origins})


def folder(name: str, path: Path) -> Finding:
    """Say where a folder of ours is, and whether it can be written in, or made."""
    reason = _why_unwritable(path)
    problems: tuple[Problem, ...] = ()
    if reason is not None:
        problems = (
            Problem(str(path), None, "folder-unwritable", f"This folder of microwins cannot be written in{reason}.",
                    "Make it writable, or make room on its disk."),
        )  # fmt: skip
    return Finding(name, str(path), {"path": str(path), "exists": path.is_dir()}, problems)


def _why_unwritable(path: Path) -> str | None:
    """Return why a folder cannot be written in, as the end of a sentence; one that is there is tried."""
    there = next((one for one in (path, *path.parents) if one.exists()), path)
    if not there.is_dir() or not os.access(there, os.W_OK):
        return ""
    if there != path:
        return None
    try:
        with tempfile.TemporaryFile(dir=path) as file:
            file.write(bytes(_ROOM))
    except OSError as error:
        return f": {error.strerror}"
    return None


def lock(session: Session) -> Finding:
    """Say who writes the vault now."""
    holder = session.lock().holder()
    if holder is None:
        return Finding("lock", words.NO_WRITER, {"holder": None})
    card = {"pid": holder.pid, "command": holder.command, "since": holder.since}
    return Finding("lock", str(holder), {"holder": card})


def index(session: Session) -> Finding:
    """Say whether the index can be read, and how many notes it knows."""
    file = index_file(session.machine.cache, session.vault.root)
    data: dict[str, object] = {"file": str(file), "notes": None}
    if not file.exists():
        return Finding("index", words.NO_INDEX, data)
    try:
        with closing(sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            (answer,) = connection.execute("PRAGMA quick_check").fetchone()
            (notes,) = connection.execute("SELECT count(*) FROM notes").fetchone()
    except sqlite3.Error as error:
        answer, notes = str(error), None
    if answer != "ok":
        problem = Problem(
            str(file), None, "index-damaged", f"The index cannot be read: {answer}.",
            "Delete the file: it is made anew from the notes.",
        )  # fmt: skip
        return Finding("index", answer, data, (problem,))
    return Finding("index", words.index(notes), {**data, "notes": notes})


def swap(session: Session) -> Finding:
    """Say how notes are replaced on the file system of the vault."""
    place = _place_to_try(session)
    if place is None:
        return Finding("swap", words.SWAP_UNKNOWN, {"method": None})
    try:
        method = swap_method(place)
    except OSError as error:
        problem = Problem(
            str(place), None, "folder-unwritable", f"No file can be made here: {error.strerror}.",
            "Make the folder writable.",
        )  # fmt: skip
        return Finding("swap", problem.message, {"method": None}, (problem,))
    return Finding("swap", words.SWAPS[method], {"method": method})


def _place_to_try(session: Session) -> Path | None:
    """Return the vault, if it may be written in, else a folder of the machine's on the same file system."""
    root = session.vault.root
    if session.vault.consent:
        return root
    for place in (Path(tempfile.gettempdir()), session.machine.cache):
        if place.is_dir() and place.stat().st_dev == root.stat().st_dev:
            return place
    return None


def watches(session: Session) -> Finding:
    """Say whether the system lets us follow every folder."""
    folders = sum(1 for _ in os.walk(session.vault.root))
    try:
        most = int(_MOST_WATCHES.read_text(encoding="ascii")) if sys.platform == "linux" else None
    except (OSError, ValueError):
        most = None
    if most is None:
        return Finding("watches", words.NO_LIMIT_KNOWN, {"folders": folders, "most": None})
    problems: tuple[Problem, ...] = ()
    if folders > most:
        problems = (
            Problem(
                str(session.vault.root), None, "watches-too-few",
                f"The vault has {folders} folders, and the system allows {most} watches; `watch` looks every few seconds.",
                "Raise fs.inotify.max_user_watches.",
            ),
        )  # fmt: skip
    silent = silent_kind(session.vault.root) if session.vault.settings.poll == "auto" else None
    data = {"folders": folders, "most": most, "silent": silent}
    return Finding("watches", words.watches(folders, most, silent), data, problems)


def notifications(session: Session) -> Finding:
    """Say whether `watch` shows notifications on this machine, when it shows none, and whether it can."""
    file = str((session.machine.config or Path()) / MACHINE_FILE)
    try:
        wanted, _ = machine_settings(session.machine.config, session.machine.environment)
    except SettingsInvalid as error:
        told = error.message.removeprefix(file).lstrip(",: ")
        problem = Problem(file, None, error.code, told, error.hint)
        return Finding("notifications", words.SETTINGS_INVALID, {"wanted": None}, (problem,))
    data = {"wanted": wanted.notify, "installed": is_installed(), "quiet": str(wanted.notify_quiet)}
    if not wanted.notify:
        return Finding("notifications", words.NOT_WANTED, data)
    missing = NotInstalled()
    problem = Problem(file, None, missing.code, missing.message, missing.hint)
    quiet = wanted.notify_quiet
    text = words.notifications(str(quiet) if quiet.start != quiet.end else "")
    return Finding("notifications", text, data, () if is_installed() else (problem,))


def agreement(session: Session) -> Finding:
    """Say whether the index says of every note what the note says itself, read by Python alone."""
    known = session.keeper()
    notes = known.read_all()
    with tempfile.TemporaryDirectory() as empty:
        fresh = Keeper(session.vault, session.clock, Seen(Path(empty), session.vault.root), compiled=False)
        fresh.read_all()
        told, read = (
            {
                path: found if isinstance(found, Glance) else plain(found, session.vault.reading)
                for path, found in one
            }
            for one in (known.ledger.facts(), fresh.ledger.facts())
        )
        different = sorted(
            path for path in told.keys() | read.keys() if told.get(path, Glance()) != read.get(path, Glance())
        )
        fresh.close()
    indexed = notes - known.parsed
    data = {"compared": notes, "indexed": indexed, "different": different}
    problems = tuple(
        Problem(path, None, "index-differs", "The index says something else than this note.",
                "Delete the index: it is made anew from the notes. Please report this with the note.")
        for path in different
    )  # fmt: skip
    problems += known.index.problems()
    return Finding("agreement", words.agreement(notes, indexed, len(different)), data, problems)
