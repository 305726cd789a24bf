"""Errors for readers: each names the thing, a stable code for scripts, and what to do next."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path  # slow to load, and what only asks for help needs none


class MicrowinsError(Exception):
    """What microwins was asked to do cannot be done.

    `code` is stable and meant for scripts; `message` says what is wrong, `hint` (may be empty)
    the next step; `exit_code` is what the command line returns.
    """

    code: str = "failed"
    exit_code: int = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class VaultBusy(MicrowinsError):
    """Another process on this machine writes this vault."""

    code = "busy"
    exit_code = 75


class StateFailed(MicrowinsError):
    """The machine's state folder cannot be used."""

    code = "state-failed"


class ServiceFailed(MicrowinsError):
    """The platform's service manager is missing or refused."""

    code = "service-failed"


class NoteWriteError(MicrowinsError):
    """A note was not written; it holds what it held before."""

    code = "note-not-written"

    def __init__(self, path: Path, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.path = path


class NoteChanged(NoteWriteError):
    """The note is not, or no longer, what the change was worked out from."""

    code = "note-changed"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path, f"{path} was changed by somebody else in the meantime.", "Read it again, then retry."
        )


class NoteInUse(NoteWriteError):
    """Another program has the note open for writing; it may be in the middle of a save."""

    code = "note-in-use"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path} is open for writing in another program.",
            "Nothing: it is tried again. Should this stay, close the note there.",
        )


class OutsideVault(NoteWriteError):
    """The path leads, through a link, out of the vault."""

    code = "outside-vault"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path} leads to a file outside the vault.",
            "Move the file itself into the vault, or leave it out.",
        )


class HardLinked(NoteWriteError):
    """The file has a second name, which a replacement would leave with the old text."""

    code = "hard-linked"

    def __init__(self, path: Path) -> None:
        super().__init__(
            path,
            f"{path} is a hard link: the same file has another name.",
            "Keep one name, or make a copy of it.",
        )


class ReadOnly(NoteWriteError):
    """The note's permissions say that it is not to be written."""

    code = "read-only"

    def __init__(self, path: Path) -> None:
        super().__init__(path, f"{path} is read-only.", "Allow writing to it, or leave it as it is.")


class WriteFailed(NoteWriteError):
    """The file system refused; `errno` is its number (0 if it gave none)."""

    code = "write-failed"

    def __init__(self, path: Path, error: OSError) -> None:
        self.errno = error.errno or 0
        reason = os.strerror(self.errno) if self.errno else str(error)
        super().__init__(
            path, f"{path} could not be written: {reason}.", "The note is as it was; fix this and retry."
        )
