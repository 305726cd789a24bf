"""At whatever system call a write is killed or refused, the note is whole."""

import errno
import json
import subprocess
import sys
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import pytest

from microwins.daemon.journal import Journal
from microwins.daemon.temporary import is_temporary, sweep_temporary_files
from tests.daemon.live import PATIENCE

TRACER = Path(__file__).with_name("tracer.py")

if sys.platform != "linux":
    pytest.skip("system calls are traced on Linux only", allow_module_level=True)

from tests.daemon.tracer import NEW, OLD, can_fail_calls, state_of  # noqa: E402 - it needs Linux

TEXTS = {OLD.hex(): "old", NEW.hex(): "new", None: "none"}
CALLS = [
    errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.EDQUOT, errno.EINTR, errno.ENOSYS, errno.EINVAL,
]  # fmt: skip


@dataclass(frozen=True)
class Run:
    """One run of the tracer, with what the notes hold in one word."""

    folder: Path
    call: str | None
    ended: str
    note: str
    second: str
    others: list[str]


def runs(verb: str, what: str, folder: Path) -> list[Run]:
    done = subprocess.run(
        [sys.executable, str(TRACER), verb, what, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE * 2,
    )
    assert done.returncode == 0, done.stderr
    return [
        Run(
            folder / str(one["step"]),
            one["call"],
            one["ended"],
            TEXTS.get(one["note"], "torn"),
            TEXTS.get(one["second"], "torn"),
            one["others"],
        )
        for one in json.loads(done.stdout)
    ]


@pytest.mark.parametrize(
    ("verb", "before"), [("replace", "old"), ("prepared", "old"), ("ready", "old"), ("create", "none")]
)
def test_killed_at_any_call_the_note_is_the_old_or_the_new_one_and_nothing_is_left(
    tmp_path: Path, verb: str, before: str
) -> None:
    *killed, last = runs(verb, "kill", tmp_path)
    assert {run.ended for run in killed} == {"killed"}
    assert len(killed) > 15
    assert {run.note for run in killed} == {before, "new"}
    once = all(a.note == b.note or (a.note, b.note) == (before, "new") for a, b in pairwise(killed))
    assert (
        once or verb == "ready"
    )  # SQLite makes a call more now and then, so that steps of two runs are not the same
    assert (last.ended, last.note, last.others) == ("written", "new", [])
    for run in killed:
        assert all(is_temporary(name) for name in run.others)
        held = [path.read_bytes() for path in run.folder.glob("*.md")]
        assert [path.name for path in sweep_temporary_files(run.folder, now=2e10, age=0)] == run.others
        assert [path.read_bytes() for path in run.folder.iterdir()] == held
        assert all(path.stat().st_nlink == 1 for path in run.folder.iterdir())


def test_killed_at_any_call_each_of_two_notes_written_together_is_the_old_or_the_new_one(
    tmp_path: Path,
) -> None:
    *killed, last = runs("two", "kill", tmp_path)
    steps = [(run.note, run.second) for run in killed]
    assert list(dict.fromkeys(steps)) == [("old", "old"), ("new", "old"), ("new", "new")]
    assert (last.ended, last.note, last.second, last.others) == ("written", "new", "new", [])
    for run in killed:
        assert all(is_temporary(name) for name in run.others)
        assert [path.name for path in sweep_temporary_files(run.folder, now=2e10, age=0)] == run.others
        assert [path.name for path in sorted(run.folder.iterdir())] == ["Note.md", "Second.md"]


def test_no_note_takes_its_place_before_the_texts_of_all_are_on_the_disk(tmp_path: Path) -> None:
    """The first note is the old one for as long as the text of the second is not complete beside it."""
    for run in runs("two", "kill", tmp_path):
        ours = [run.folder / name for name in run.others if name.startswith(".Second")]
        is_written = any(path.read_bytes().hex() in TEXTS for path in ours) or run.second == "new"
        assert run.note == "old" or is_written


@pytest.mark.parametrize("verb", ["journal", "ready"])
def test_killed_at_any_call_what_was_written_can_be_taken_back(tmp_path: Path, verb: str) -> None:
    """The journal is written first, whole or not at all: a note that holds the new text is in it."""
    *killed, last = runs(verb, "kill", tmp_path)
    assert {run.ended for run in killed} == {"killed"}
    assert len(killed) > 60
    assert {run.note for run in killed} == {"old", "new"}
    known: list[bool] = []
    for run in (*killed, last):
        journal = Journal(state_of(run.folder / "Note.md"), run.folder)
        changes = list(journal.changes())
        journal.close()
        assert [(one.before, one.after) for one in changes] in ([], [(OLD, NEW)])
        assert changes or run.note == "old"
        known.append(bool(changes))
    assert known == sorted(known)
    assert not known[0]
    assert known[-1]


@pytest.mark.skipif(
    not can_fail_calls(), reason="how calls fail is known for x86-64; test_note_write does it by hand"
)
@pytest.mark.parametrize("number", CALLS, ids=errno.errorcode.get)
def test_refused_at_any_call_one_of_two_notes_keeps_its_text_and_the_other_is_written(
    tmp_path: Path, number: int
) -> None:
    found = runs("two", str(number), tmp_path)
    ended = {(run.ended, *sorted((run.note, run.second))) for run in found}
    assert ended <= {("written", "new", "new"), ("refused", "new", "old")}
    left = [run for run in found if run.others]
    assert all(is_temporary(name) for run in left for name in run.others)
    assert all(run.call == "unlink" for run in left)


@pytest.mark.skipif(
    not can_fail_calls(), reason="how calls fail is known for x86-64; test_note_write does it by hand"
)
@pytest.mark.parametrize(("verb", "before"), [("replace", "old"), ("prepared", "old"), ("create", "none")])
@pytest.mark.parametrize("number", CALLS, ids=errno.errorcode.get)
def test_refused_at_any_call_the_note_is_what_the_answer_says(
    tmp_path: Path, verb: str, before: str, number: int
) -> None:
    found = runs(verb, str(number), tmp_path)
    assert {(run.ended, run.note) for run in found} <= {("written", "new"), ("refused", before)}
    calls = {run.call for run in found}
    assert calls >= {"openat", "write", "fsync", "renameat2", "close"}
    assert calls >= {"fcntl", "unlink", "fchmod"} or verb == "create"
    left = [run for run in found if run.others]
    assert all(is_temporary(name) for run in left for name in run.others)
    assert all(run.call == "unlink" for run in left)
