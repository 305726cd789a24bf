"""Runs a write in a process of its own and steps in at its n-th system call: `tracer.py VERB WHAT FOLDER`.

WHAT is `kill`, or the number of an error that the call answers with instead of being made. n goes up from 1 until the
write comes to its end undisturbed; what each run left behind is printed as JSON. Needs Linux, and no rights of any
kind: a process may trace its own children.
"""

import ctypes
import json
import os
import platform
import signal
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path

from microwins.daemon.aside import Aside
from microwins.daemon.change import Change
from microwins.daemon.errors import NoteWriteError
from microwins.daemon.journal import Journal
from microwins.daemon.note_write import Replacement, create_note, replace_note, replace_notes
from microwins.daemon.note_writer import NoteWriter
from microwins.daemon.prepared_text import PreparedText

OLD, NEW = b"# Old\r\n- [ ] walk", b"# New\r\n- [x] walk, and more of it" * 100
TRACEME, SYSCALL, GET_REGISTERS, SET_REGISTERS, SET_OPTIONS = 0, 24, 12, 13, 0x4200
TELL_SYSTEM_CALLS, END_WITH_TRACER = 1, 0x100000
STOPPED_AT_CALL = signal.SIGTRAP | 0x80
# user_regs_struct of x86-64: 27 words, of which these two hold the call's number and its answer.
WORDS, ANSWER, NUMBER = 27, 10, 15
FILE_CALLS = {
    0: "read", 1: "write", 2: "open", 3: "close", 4: "stat", 5: "fstat", 6: "lstat", 8: "lseek", 17: "pread64",
    21: "access", 72: "fcntl", 74: "fsync", 82: "rename", 83: "mkdir", 86: "link", 87: "unlink", 89: "readlink",
    91: "fchmod", 93: "fchown", 188: "setxattr", 190: "fsetxattr", 191: "getxattr", 192: "lgetxattr",
    194: "listxattr", 195: "llistxattr", 257: "openat", 262: "newfstatat", 263: "unlinkat", 264: "renameat",
    265: "linkat", 267: "readlinkat", 269: "faccessat", 316: "renameat2", 332: "statx", 439: "faccessat2",
}  # fmt: skip

ptrace = ctypes.CDLL(None, use_errno=True).ptrace
ptrace.argtypes = (ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p)
ptrace.restype = ctypes.c_long


@dataclass(frozen=True)
class Run:
    """What came of one run: the call stepped in at, how it ended, what the note and a second one hold, and what else is there."""

    step: int
    call: str | None
    ended: str
    note: str | None
    second: str | None
    others: list[str]


def second_of(note: Path) -> Path:
    """Return the note that is written together with another one."""
    return note.with_name("Second.md")


def can_fail_calls() -> bool:
    """Return whether calls can be made to fail here: their registers are known for one kind of machine."""
    return platform.machine() == "x86_64"


def state_of(note: Path) -> Path:
    """Return the folder in which the journal of the note's vault lies."""
    return note.parent.with_name(f"state {note.parent.name}")


def write(verb: str, note: Path) -> None:
    """Do what is traced, then end this process."""
    code = 2
    try:
        if verb == "replace":
            replace_note(note, OLD, NEW)
            code = 0
        elif verb == "journal":
            Journal(state_of(note), note.parent).record(
                Change(note.name, OLD, NEW), "tick", "2026-03-04 12:00"
            )
            replace_note(note, OLD, NEW)
            code = 0
        elif verb == "ready":
            journal, change = Journal(state_of(note), note.parent), Change(note.name, OLD, NEW)
            writer = NoteWriter(note.parent, Aside(note.parent), journal, lambda: "2026-03-04 12:00")
            writer.prepare([change])
            writer.make_ready([(change, "blocks")])
            (done,) = writer.write([(change, "blocks")])
            code = 3 if isinstance(done, NoteWriteError) else 0
        elif verb == "prepared":
            text = PreparedText.of(note, NEW)
            (answer,) = replace_notes([Replacement(note, OLD, NEW, text)])
            code = 3 if isinstance(answer, NoteWriteError) else 0
        elif verb == "two":
            answers = replace_notes([Replacement(path, OLD, NEW) for path in (note, second_of(note))])
            code = 3 if any(isinstance(answer, NoteWriteError) for answer in answers) else 0
        else:
            code = 0 if create_note(note, NEW) else 4
    except NoteWriteError:
        code = 3
    finally:
        os._exit(code)


def traced(verb: str, note: Path, step: int, error: int | None) -> tuple[str | None, int]:
    """Run the write once, stepping in before its call number `step`; return that call's name and the wait status."""
    child = os.fork()
    if not child:
        ptrace(TRACEME, 0, None, None)
        os.kill(os.getpid(), signal.SIGSTOP)
        write(verb, note)
    _, status = os.waitpid(child, 0)
    ptrace(SET_OPTIONS, child, None, TELL_SYSTEM_CALLS | END_WITH_TRACER)
    seen, entering, name = 0, True, None
    while True:
        ptrace(SYSCALL, child, None, None)
        _, status = os.waitpid(child, 0)
        if not os.WIFSTOPPED(status):
            return name, status
        if os.WSTOPSIG(status) != STOPPED_AT_CALL:
            continue
        if entering:
            seen += 1
            if seen == step and error is None:
                name = "killed"
                os.kill(child, signal.SIGKILL)
            elif seen == step and error is not None:
                name = skipped_call(child)
        elif seen == step and error is not None and name in FILE_CALLS.values():
            answer(child, -error)
        entering = not entering


def registers(child: int) -> "ctypes.Array[ctypes.c_longlong]":
    found = (ctypes.c_longlong * WORDS)()
    ptrace(GET_REGISTERS, child, None, ctypes.addressof(found))
    return found


def skipped_call(child: int) -> str:
    """Let the call that the child is about to make not be made, if it is one on files; return its name."""
    found = registers(child)
    name = FILE_CALLS.get(found[NUMBER])
    if name is None:
        return f"call {found[NUMBER]}"
    found[NUMBER] = -1
    ptrace(SET_REGISTERS, child, None, ctypes.addressof(found))
    return name


def answer(child: int, value: int) -> None:
    found = registers(child)
    found[ANSWER] = value
    ptrace(SET_REGISTERS, child, None, ctypes.addressof(found))


def runs(verb: str, error: int | None, folder: Path) -> Iterator[Run]:
    """Yield one run after the other until one is undisturbed."""
    for step in count(1):
        place = folder / str(step)
        place.mkdir()
        note = place / "Note.md"
        notes = [note, second_of(note)] if verb == "two" else [note]
        for one in notes if verb != "create" else ():
            one.write_bytes(OLD)
        call, status = traced(verb, note, step, error)
        others = sorted(one.name for one in place.iterdir() if one not in notes)
        yield Run(step, call, ended_by(status), held_by(note), held_by(second_of(note)), others)
        if call is None:
            return


def held_by(note: Path) -> str | None:
    return note.read_bytes().hex() if note.exists() else None


def ended_by(status: int) -> str:
    if os.WIFSIGNALED(status):
        return "killed" if os.WTERMSIG(status) == signal.SIGKILL else f"signal {os.WTERMSIG(status)}"
    return {0: "written", 3: "refused"}.get(os.WEXITSTATUS(status), "failed")


def main(verb: str, what: str, folder: str) -> None:
    warm = Path(folder) / "warm.md"
    create_note(warm, OLD)
    replace_note(warm, OLD, NEW)
    Journal(Path(folder) / "warm", Path(folder)).hold(
        "warm.md", OLD
    )  # what is loaded only once is loaded now
    error = None if what == "kill" else int(what)
    print(json.dumps([asdict(run) for run in runs(verb, error, Path(folder))]))


if __name__ == "__main__":
    main(*sys.argv[1:])
