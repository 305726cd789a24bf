"""Read one note from the disk, guarded: what cannot be read is a problem, and the rest of the vault goes on."""

from __future__ import annotations

import errno
import os
import stat
import time
from dataclasses import dataclass, replace
from pathlib import Path

from ..parsers.note import Note, Reading, read_note
from ..parsers.problem import Problem
from ..parsers.source import split_lines
from . import lease

_SAVE_PAUSES = (0.001, 0.004, 0.015, 0.05, 0.2)
"""Seconds between looks at a note that is open for writing; a save mostly takes less than the first."""

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


@dataclass(frozen=True, slots=True)
class RawNote:
    """A note's bytes with their text: decoded so that encoding it again gives the same bytes, whatever they were."""

    path: str
    data: bytes
    text: str
    valid: bool

    def encode(self, text: str) -> bytes:
        """Return the bytes of a changed text."""
        return text.encode("utf-8", "surrogateescape")


@dataclass(frozen=True, slots=True)
class ReadNote:
    """A note's bytes and what they say."""

    raw: RawNote
    note: Note


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A note that is left out, and why."""

    path: str
    problem: Problem


def read_raw(root: Path, path: str, max_size: int) -> RawNote | Unreadable:
    """Return the bytes and the text of the note at a vault path."""
    try:
        data = _bytes(f"{root}/{path}", max_size)
    except OSError as error:
        return _left_out(
            path, "note-unreadable", f"The note could not be read: {error.strerror}.", "Allow reading it."
        )
    if len(data) > max_size:
        return _left_out(
            path, "note-too-large", f"The note is larger than {max_size:,} bytes, so it is left out.",
            "Split it, or raise `max_note_size`.",
        )  # fmt: skip
    if b"\0" in data:
        return _left_out(
            path, "nul-byte", "The note holds a NUL byte, so it is no text and is left out.",
            "Restore it from a backup; it may have been damaged.",
        )  # fmt: skip
    try:
        return RawNote(path, data, data.decode("utf-8"), valid=True)
    except UnicodeDecodeError:
        return RawNote(path, data, data.decode("utf-8", "surrogateescape"), valid=False)


def parse_raw(raw: RawNote, reading: Reading, *, whole: bool = True) -> Note:
    """Return the note that the text says; bytes that are no UTF-8 are a problem, and its boxes still count.

    With `whole` false a frontmatter that makes no difference to any figure is not read.
    """
    note = read_note(raw.path, raw.text, reading, whole=whole)
    if raw.valid:
        return note
    line = next(number for number, text in enumerate(split_lines(raw.text), 1) if _has_escapes(text))
    problem = Problem(
        raw.path, line, "utf8-invalid", "The note is not valid UTF-8 here; its boxes count, but it is never written.",
        "Save it as UTF-8 in your editor.",
    )  # fmt: skip
    return replace(note, problems=(*note.problems, problem))


def is_being_written(path: Path) -> bool:
    """Return whether anybody has the note open for writing, as far as the system can tell."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return False
    try:
        return lease.is_open_for_writing(descriptor)
    finally:
        os.close(descriptor)


def _bytes(path: str, max_size: int) -> bytes:
    """Return the note's bytes, waiting a moment while somebody is saving it: a half-written note is not what it says.

    One that stays open for writing is taken as it is once it says the same twice. If it is empty at the end, and said
    something a moment ago, that is taken: somebody saves it over and over.
    """
    seen = b""
    for pause in (*_SAVE_PAUSES, 0):
        data, whole = _bytes_now(path, max_size)
        if whole or (data and data == seen):
            return data
        seen = data or seen
        time.sleep(pause)
    return seen


def _bytes_now(path: str, max_size: int) -> tuple[bytes, bool]:
    """Read at most one byte more than allowed; tell whether nobody was writing, as far as that can be told.

    Opened without waiting, so that a pipe named like a note cannot hold us.
    """
    descriptor = os.open(path, _FLAGS)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        try:
            leased = lease.take(descriptor)
        except BlockingIOError:
            return _content(descriptor, max_size), False
        try:
            return _content(descriptor, max_size), True
        finally:
            if leased:
                lease.let_go(descriptor)
    finally:
        os.close(descriptor)


def _content(descriptor: int, max_size: int) -> bytes:
    size = min(os.fstat(descriptor).st_size, max_size)
    data = os.read(descriptor, size + 1)
    while len(data) < size and (more := os.read(descriptor, size + 1 - len(data))):
        data += more
    return data


def _has_escapes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _left_out(path: str, code: str, message: str, remedy: str) -> Unreadable:
    return Unreadable(path, Problem(path, None, code, message, remedy))
