"""Read one note from the disk, guarded: what cannot be read is a problem, and the rest of the vault goes on."""

from __future__ import annotations

import errno
import os
import stat
from dataclasses import dataclass, replace
from pathlib import Path

from ..parsers.note import Note, Reading, read_note
from ..parsers.problem import Problem
from ..parsers.source import split_lines

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


def _bytes(path: str, max_size: int) -> bytes:
    """Read at most one byte more than allowed. Opened without waiting, so that a pipe named like a note cannot hold us."""
    descriptor = os.open(path, _FLAGS)
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise OSError(errno.EINVAL, "it is no plain file")
        most = min(status.st_size, max_size) + 1
        data = os.read(descriptor, most)
        while len(data) < min(status.st_size, max_size) and (more := os.read(descriptor, most - len(data))):
            data += more
        return data
    finally:
        os.close(descriptor)


def _has_escapes(text: str) -> bool:
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return True
    return False


def _left_out(path: str, code: str, message: str, remedy: str) -> Unreadable:
    return Unreadable(path, Problem(path, None, code, message, remedy))
