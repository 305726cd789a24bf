"""The journal: what was written, bounded, and never worth a failure."""

import random
from pathlib import Path

import pytest

from microwins.daemon import journal as module
from microwins.daemon.change import Change
from microwins.daemon.journal import MOST_COMMON, Journal

WHEN = "2026-11-20 12:00"


@pytest.fixture
def journal(tmp_path: Path) -> Journal:
    return Journal(tmp_path / "state", tmp_path / "vault")


def test_changes_come_newest_first_and_by_note(journal: Journal) -> None:
    for number, path in enumerate(("a.md", "b.md", "a.md")):
        journal.record(Change(path, b"%d" % number, b"new"), "tick", WHEN)
    assert [(one.path, one.before) for one in journal.changes()] == [
        ("a.md", b"2"),
        ("b.md", b"1"),
        ("a.md", b"0"),
    ]
    assert [one.before for one in journal.changes("a.md")] == [b"2", b"0"]


def test_a_note_that_was_made_has_no_text_before(journal: Journal) -> None:
    journal.record(Change("a.md", None, b""), "daily note", WHEN)
    [one] = journal.changes()
    assert (one.before, one.after) == (None, b"")


def test_what_was_not_written_after_all_is_struck_out(journal: Journal) -> None:
    journal.forget(journal.record(Change("a.md", b"", b"x"), "tick", WHEN))
    assert list(journal.changes()) == []


def test_changes_that_are_noted_together_can_each_be_struck_out(journal: Journal) -> None:
    changes = [(Change(path, b"", b"x"), "blocks") for path in ("a.md", "b.md", "c.md")]
    _, second, _ = journal.record_all(changes, WHEN)
    journal.forget(second)
    assert [one.path for one in journal.changes()] == ["c.md", "a.md"]


def test_a_change_that_takes_the_number_of_one_struck_out_is_no_part_of_its_command(journal: Journal) -> None:
    first, second = journal.record_all(
        [(Change(path, b"", b"x"), "break") for path in ("a.md", "b.md")], WHEN
    )
    journal.join(0, "break")
    assert first is not None
    assert second is not None
    assert journal.joined(first) == {first, second}
    journal.forget(second)
    later = journal.record(Change("c.md", b"", b"x"), "tick", WHEN)
    assert later is not None
    assert journal.joined(later) == {later}
    assert journal.joined(first) == {first}


def test_a_full_disk_is_told_until_there_is_room(journal: Journal) -> None:
    journal.record(Change("a.md", b"", b"x"), "tick", WHEN)
    assert journal.problems() == ()
    room = journal._file._connection.execute("PRAGMA max_page_count = 1").fetchone()[0]
    journal.record(Change("b.md", b"", random.Random(1).randbytes(room * 8192)), "tick", WHEN)
    [problem] = journal.problems()
    assert problem.code == "journal-unwritable"
    assert "full" in problem.message
    assert [one.path for one in journal.changes()] == ["a.md"]
    journal._file._connection.execute("PRAGMA max_page_count = 100000")
    journal.record(Change("c.md", b"", b"x"), "tick", WHEN)
    assert journal.problems() == ()
    assert [one.path for one in journal.changes()] == ["c.md", "a.md"]


def test_a_folder_that_cannot_be_used_is_told_and_tried_again(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.write_bytes(b"a file in its place")
    journal = Journal(state, tmp_path / "vault")
    journal.record(Change("a.md", b"", b"x"), "tick", WHEN)
    assert [problem.code for problem in journal.problems()] == ["journal-unwritable"]
    state.unlink()
    journal.record(Change("b.md", b"", b"x"), "tick", WHEN)
    assert journal.problems() == ()
    journal.close()
    assert [one.path for one in Journal(state, tmp_path / "vault").changes()] == ["b.md"]


def test_the_oldest_are_forgotten(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_CHANGES", 5)
    for number in range(9):
        journal.record(Change("a.md", b"%d" % number, b"x"), "tick", WHEN)
    assert [one.before for one in journal.changes()] == [b"8", b"7", b"6", b"5", b"4"]


def test_all_of_it_stays_below_a_size(journal: Journal, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 200)
    for number in range(100):
        journal.record(Change("a.md", b"%d" % number, b"x"), "tick", WHEN)
    assert 0 < len(list(journal.changes())) < 15


def test_a_text_that_was_taken_back_is_held_only_as_long_as_it_would_be_the_same_again(
    journal: Journal,
) -> None:
    journal.hold("a.md", b"mine", b"ours")
    assert not journal.holds("a.md", b"mine")
    assert not journal.holds("a.md", b"mine", b"ours of today")
    assert journal.holds("a.md", b"mine", b"ours")
    assert not journal.holds("a.md", b"mine too", b"ours")
    assert not journal.holds("a.md", b"mine", b"ours")


def test_a_hold_ends_when_the_note_changes(journal: Journal) -> None:
    journal.hold("a.md", b"mine")
    assert journal.holds("a.md", b"mine")
    assert not journal.holds("b.md", b"mine")
    assert not journal.holds("a.md", b"mine too")
    assert not journal.holds("a.md", b"mine")


def test_the_common_text_is_the_last_one(journal: Journal) -> None:
    assert journal.common("a.md", before=9.0) is None
    for seen, text in enumerate((b"one", b"two", b"three")):
        journal.set_common("a.md", text, float(seen))
    assert [journal.common("a.md", before=moment) for moment in (0.0, 0.5, 2.0, 9.0)] == [
        None, b"one", b"two", b"three",
    ]  # fmt: skip


def test_of_one_note_only_some_common_texts_are_kept(journal: Journal) -> None:
    for seen in range(3 * MOST_COMMON):
        journal.set_common("a.md", str(seen).encode(), float(seen))
    oldest = 2.0 * MOST_COMMON
    assert journal.common("a.md", before=oldest) is None
    assert journal.common("a.md", before=oldest + 1) == str(2 * MOST_COMMON).encode()


def test_a_damaged_journal_begins_anew(tmp_path: Path) -> None:
    first = Journal(tmp_path, tmp_path / "vault")
    first.record(Change("a.md", b"", b"x"), "tick", WHEN)
    first.close()
    [file] = tmp_path.glob("journal-*.sqlite3")
    file.write_bytes(b"no database" * 100)
    again = Journal(tmp_path, tmp_path / "vault")
    assert list(again.changes()) == []
    again.record(Change("a.md", b"", b"x"), "tick", WHEN)
    assert len(list(again.changes())) == 1
