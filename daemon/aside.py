"""Files that lost their name to a newer text, looked at once more: a save that came too late is never dropped.

An editor that has found a note by its name, and is held up before it opens it, may write into the file that had the
name a moment ago. Nobody will find that file by a name again, so it is held open until it is certain.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from ..parsers.problem import Problem
from . import lease
from .conflict_file import keep_file_beside
from .displaced import Displaced
from .errors import NoteWriteError
from .note_write import replace_note
from .swap import read_from_start
from .temporary import temporary_file, text_digest

GRACE = 2.0
"""Seconds after which a file that lost its name is looked at once more."""
_MOST = 64
"""Files held at a time; beyond that the oldest is looked at early."""
_LAST_PAUSES = (0.01, 0.04, 0.15, 0.3, 0.5)


@dataclass(frozen=True, slots=True)
class Overtaken:
    """A save that our writing had overtaken: the note, and the file that has it now, the note itself or a copy."""

    note: Path
    kept_in: Path

    def problem(self, root: Path) -> Problem:
        """Return what the person is told who saved."""
        path = self.note.relative_to(root.resolve()).as_posix()
        if self.kept_in == self.note:
            return Problem(
                path, None, "save-overtaken",
                "A save of yours came while this note was being written; the note holds it again.",
                "Nothing: what microwins adds is added to the newer text.",
            )  # fmt: skip
        return Problem(
            path, None, "save-overtaken",
            f"A save of yours came while this note was being written; it is kept in “{self.kept_in.name}”.",
            "`microwins conflicts` brings the two together.",
        )  # fmt: skip


class Aside:
    """The files of one vault that are held open; `look` tells of saves that came too late, and has brought them back.

    A file is looked at by the second `look` after it came, so that whoever calls that every `GRACE` seconds leaves
    each of them at least as long.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._older: list[Displaced] = []
        self._newer: list[Displaced] = []
        self._found: list[Overtaken] = []

    @property
    def holds_any(self) -> bool:
        """Whether there is anything to look at."""
        return bool(self._older or self._newer)

    def keep(self, displaced: Displaced) -> None:
        """Hold a file until it has been looked at."""
        self._newer.append(displaced)
        if len(self._older) + len(self._newer) > _MOST:
            self._look_at((self._older or self._newer).pop(0), last=True)

    def look(self) -> list[Overtaken]:
        """Look at the files whose time has come; return the saves that were found since the last call."""
        due, self._older, self._newer = self._older, self._newer, []
        for displaced in due:
            self._look_at(displaced)
        return self._taken()

    def close(self, pause: Callable[[float], None] = time.sleep) -> list[Overtaken]:
        """Look at all files and let go of them, waiting a moment for those that are being written; return as `look`."""
        for seconds in _LAST_PAUSES:
            for displaced in self._let_go():
                self._look_at(displaced)
            if not self.holds_any:
                break
            pause(seconds)
        for displaced in self._let_go():
            self._look_at(displaced, last=True)
        return self._taken()

    def _let_go(self) -> list[Displaced]:
        held, self._older, self._newer = self._older + self._newer, [], []
        return held

    def _taken(self) -> list[Overtaken]:
        found, self._found = self._found, []
        return found

    def _look_at(self, displaced: Displaced, *, last: bool = False) -> None:
        """Let go of a file that is as it was; else bring back what it holds, once nobody is writing in it."""
        text = self._text_of(displaced)
        if text is None and not last:
            self._newer.append(displaced)
            return
        text = read_from_start(displaced.descriptor) if text is None else text
        if text_digest(text) != displaced.was:
            try:
                self._found.append(Overtaken(displaced.note, self._bring_back(displaced, text)))
            except OSError:
                self._newer.append(displaced)
                return
        displaced.close()

    def _text_of(self, displaced: Displaced) -> bytes | None:
        """Return what a file holds, or None while somebody is writing in it."""
        try:
            leased = lease.take(displaced.descriptor)
        except BlockingIOError:
            return None
        try:
            return read_from_start(displaced.descriptor)
        finally:
            if leased:
                lease.let_go(displaced.descriptor)

    def _bring_back(self, displaced: Displaced, text: bytes) -> Path:
        """Put a late save in the place of our text, or, if somebody wrote the note since, beside it."""
        note = displaced.note
        try:
            standing = note.read_bytes()
            if text_digest(standing) == displaced.successor:
                replace_note(note, standing, text, root=self._root, keep=self.keep)
                return note
        except (NoteWriteError, OSError):
            pass
        with temporary_file(note, text, like=None) as file:
            return keep_file_beside(file, note)
