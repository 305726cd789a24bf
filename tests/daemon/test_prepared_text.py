"""A text that was prepared takes its note's place as one that is written now, and is nowhere to be seen before."""

import os
import stat
import sys
from pathlib import Path

import pytest

from microwins.daemon.errors import NoteChanged, NoteWriteError
from microwins.daemon.note_write import Landed, Replacement, replace_notes
from microwins.daemon.prepared_text import PreparedText
from microwins.daemon.temporary import is_temporary

if sys.platform != "linux":
    pytest.skip("only Linux has files without a name", allow_module_level=True)

OLD, NEW = b"old\n", b"new\n"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    path = tmp_path / "Note.md"
    path.write_bytes(OLD)
    path.chmod(0o640)
    return path


@pytest.fixture
def text(note: Path) -> PreparedText:
    found = PreparedText.of(note, NEW)
    if found is None:
        pytest.skip("this file system has no files without a name")
    return found


def test_it_is_nowhere_to_be_seen_until_it_takes_its_place(note: Path, text: PreparedText) -> None:
    assert list(note.parent.iterdir()) == [note]
    (answer,) = replace_notes([Replacement(note, OLD, NEW, text)])
    now = note.stat()
    assert isinstance(answer, Landed)
    assert answer.is_file(now.st_ino, now.st_mtime_ns)
    assert list(note.parent.iterdir()) == [note]
    assert note.read_bytes() == NEW
    assert (stat.S_IMODE(now.st_mode), now.st_nlink) == (0o640, 1)


def test_it_is_the_file_that_was_put_down_before_and_bears_the_time_of_the_writing(
    note: Path, text: PreparedText
) -> None:
    inode = os.fstat(text.descriptor).st_ino
    os.utime(text.descriptor, (1, 1))
    replace_notes([Replacement(note, OLD, NEW, text)])
    assert note.stat().st_ino == inode
    assert note.stat().st_mtime > 1


def test_of_a_note_that_bears_something_else_by_now_a_new_file_is_written(
    note: Path, text: PreparedText
) -> None:
    note.chmod(0o600)
    replace_notes([Replacement(note, OLD, NEW, text)])
    assert (note.read_bytes(), stat.S_IMODE(note.stat().st_mode)) == (NEW, 0o600)
    text.close()


def test_a_text_that_is_not_asked_for_is_not_written(note: Path, text: PreparedText) -> None:
    replace_notes([Replacement(note, OLD, b"newer\n", text)])
    assert note.read_bytes() == b"newer\n"
    text.close()


def test_a_save_since_then_stays(note: Path, text: PreparedText) -> None:
    note.write_bytes(b"saved\n")
    (answer,) = replace_notes([Replacement(note, OLD, NEW, text)])
    assert isinstance(answer, NoteChanged)
    assert note.read_bytes() == b"saved\n"
    assert list(note.parent.iterdir()) == [note]
    text.close()


def test_it_may_be_given_its_name_before_its_time(note: Path, text: PreparedText) -> None:
    name = text.give_name()
    assert is_temporary(name.name)
    assert name.read_bytes() == NEW
    assert (text.give_name(), note.read_bytes()) == (name, OLD)
    replace_notes([Replacement(note, OLD, NEW, text)])
    assert note.read_bytes() == NEW
    assert list(note.parent.iterdir()) == [note]


def test_one_whose_name_somebody_took_away_is_left_to_the_next_time(note: Path, text: PreparedText) -> None:
    text.give_name().unlink()
    (answer,) = replace_notes([Replacement(note, OLD, NEW, text)])
    assert isinstance(answer, NoteWriteError)
    assert note.read_bytes() == OLD


def test_what_has_a_name_and_is_not_used_leaves_nothing(note: Path, text: PreparedText) -> None:
    text.give_name()
    text.close()
    text.close()
    assert list(note.parent.iterdir()) == [note]


def test_what_is_not_used_leaves_nothing(note: Path, text: PreparedText) -> None:
    text.close()
    text.close()
    assert list(note.parent.iterdir()) == [note]
