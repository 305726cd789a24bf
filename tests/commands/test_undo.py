"""`undo`: our last change is taken back, and nobody else's."""

from __future__ import annotations

from contextlib import closing
from sqlite3 import connect
from typing import TYPE_CHECKING

import pytest

from microwins.templates.words import DEFAULT, speak

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"


@pytest.fixture
def written(vault: Bench) -> Bench:
    vault.run("sync")
    vault.run("today")
    return vault


def test_a_tick_is_taken_back_and_all_that_followed_from_it(written: Bench) -> None:
    before = written.files()
    written.run("tick", "read a page")
    result = written.run("undo")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith(f"Taken back in {NOTE}: tick, ")
    assert written.files() == before


def test_text_written_since_stays(written: Bench) -> None:
    before = written.text(NOTE)
    written.run("tick", "read a page")
    written.write(NOTE, "Good morning.\n" + written.text(NOTE) + "Later.\n")
    written.run("undo", NOTE)
    assert written.text(NOTE) == "Good morning.\n" + before + "Later.\n"


def test_a_line_that_was_changed_since_is_left(written: Bench) -> None:
    written.run("tick", "read a page")
    changed = written.text(NOTE).replace("[x] Read a page", "[x] Read a page, slowly")
    written.write(NOTE, changed)
    result = written.run("undo", "--json")
    assert result.code == 1
    assert result.document["error"]["code"] == "changed-since"
    assert written.text(NOTE) == changed


def test_one_undo_after_another_goes_further_back(written: Bench) -> None:
    before = written.text(NOTE)
    written.run("tick", "read a page")
    written.run("tick", "write 300 words")
    written.run("undo")
    assert "- [x] Read a page" in written.text(NOTE)
    written.run("undo")
    assert written.text(NOTE) == before


def test_a_block_that_was_taken_back_stays_away_until_the_note_is_changed(vault: Bench) -> None:
    before = vault.text(GOAL)
    vault.run("sync")
    assert "microwins:summary" in vault.text(GOAL)
    vault.run("undo", GOAL)
    assert vault.text(GOAL) == before
    vault.run("sync")
    assert vault.text(GOAL) == before
    vault.write(GOAL, before + "More.\n")
    vault.run("sync")
    assert "microwins:summary" in vault.text(GOAL)


def test_figures_that_were_taken_back_stay_away_until_there_are_others(written: Bench) -> None:
    before = written.text(GOAL)
    written.write(NOTE, written.text(NOTE).replace("- [ ] Read a page", "- [x] Read a page"))
    written.run("sync")
    assert written.text(GOAL) != before
    written.run("undo", GOAL)
    assert written.text(GOAL) == before
    assert written.json("sync")["written"] == []
    written.write(NOTE, written.text(NOTE).replace("- [ ] Write 300 words", "- [x] Write 300 words"))
    assert GOAL in written.json("sync")["written"]
    assert written.json("sync")["written"] == []


def test_a_note_that_was_made_goes_to_the_trash(written: Bench) -> None:
    text = written.text(NOTE)
    written.run("undo", NOTE)
    assert not (written.root / NOTE).exists()
    assert written.text(f".trash/{NOTE}") == text


def test_a_note_that_was_made_and_changed_stays(written: Bench) -> None:
    written.write(NOTE, written.text(NOTE) + "Mine.\n")
    assert written.run("undo", NOTE).code == 1
    assert written.text(NOTE).endswith("Mine.\n")


def test_nothing_to_undo_is_said(written: Bench) -> None:
    assert written.run("undo", "Other.md", "--json").document["error"]["code"] == "nothing-to-undo"


def test_once_all_that_was_asked_for_is_taken_back_no_block_is_left_with_old_figures(written: Bench) -> None:
    written.run("tick", "read a page")
    assert [written.run("undo").code for _ in range(2)] == [0, 0]
    before = written.files()
    assert written.run("undo", "--json").document["error"]["code"] == "nothing-to-undo"
    assert written.files() == before


def test_a_note_is_named_with_or_without_its_ending(written: Bench) -> None:
    written.run("tick", "read a page")
    assert written.json("undo", NOTE.removesuffix(".md"))["path"] == NOTE


def test_a_dry_run_shows_and_writes_nothing(written: Bench) -> None:
    written.run("tick", "read a page")
    before = written.files()
    result = written.run("undo", "--dry-run")
    assert "-- [x] Read a page\n+- [ ] Read a page\n" in result.out
    assert written.files() == before


def test_the_list_names_the_changes(written: Bench) -> None:
    written.run("tick", "read a page")
    found = written.json("undo", "--list")["changes"]
    assert {"path": NOTE, "why": "tick", "at": "2026-11-20 12:00", "made": False} in found


def test_the_journal_is_no_file_of_the_vault(written: Bench) -> None:
    written.run("tick", "read a page")
    assert all(path.endswith((".md", ".toml")) for path in written.files())


def test_what_followed_from_a_merge_goes_with_it(written: Bench) -> None:
    text = written.text(GOAL)
    copy = "Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md"
    written.write(copy, text.replace("- [ ] Chapter one", "- [x] Chapter one"))
    written.run("conflicts", "--merge")
    assert "- [x] Chapter one ✅ 2026-11-20" in written.text(GOAL)
    assert written.run("undo").code == 0
    assert "- [ ] Chapter one\n" in written.text(GOAL)


def test_the_list_leaves_out_what_only_followed_unless_it_is_asked_for(written: Bench) -> None:
    written.run("tick", "read a page")
    short, whole = written.run("undo", "--list").out, written.run("undo", "--list", "-v").out
    assert [line.split()[2] for line in short.splitlines() if line.startswith("2026")] == ["tick", "new"]
    assert "-v shows them" in short
    assert whole.count("  blocks  ") >= 2
    assert "  blocks  " in written.run("undo", "--list", GOAL).out


def test_a_review_that_was_asked_for_is_taken_back_before_an_earlier_tick(written: Bench) -> None:
    written.run("tick", "read a page")
    before = written.files()
    written.run("review", "week", "--write")
    result = written.run("undo")
    assert "Reviews/2026-W47.md was made 2026-11-20 12:00 and not changed since" in result.out
    assert ".trash/Reviews/2026-W47.md" in result.out
    assert {path: text for path, text in written.files().items() if not path.startswith(".trash")} == before
    assert "tick" in written.run("undo").out


def test_undo_of_a_review_by_its_name_takes_the_whole_note(written: Bench) -> None:
    written.run("review", "week", "--write")
    written.run("tick", "read a page")
    assert written.json("undo", "Reviews/2026-W47")["trash"] == ".trash/Reviews/2026-W47.md"
    assert not (written.root / "Reviews/2026-W47.md").exists()


def test_a_daily_note_that_was_asked_for_is_taken_back_and_may_be_asked_for_again(written: Bench) -> None:
    written.write(".microwins.toml", written.text(".microwins.toml") + "create = true\n")
    assert written.json("undo")["trash"] == f".trash/{NOTE}"
    written.run("sync")
    assert not (written.root / NOTE).exists(), "who took a note back does not want it made again"
    assert written.json("today")["created"] == [NOTE]


def test_a_review_that_watch_makes_by_itself_stays_away_once_it_was_taken_back(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + "\n[weekly]\ncreate = true\n")
    assert "Reviews/2026-W47.md" in vault.json("sync")["created"]
    vault.run("undo", "Reviews/2026-W47")
    assert vault.json("sync")["created"] == []
    assert vault.json("review", "--write")["note"]["created"] is True


@pytest.mark.parametrize("width", [40, 60])
def test_the_list_fits_a_narrow_terminal(written: Bench, width: int) -> None:
    written.run("tick", "read a page")
    written.environment["COLUMNS"] = str(width)
    for words in (["-v"], [], [GOAL]):
        lines = written.run("undo", "--list", *words).out.splitlines()
        assert max(map(len, lines)) <= width


BREAK = (
    "goals",
    "break",
    "write a book",
    "--step",
    "Chapter three",
    "--sub-goal",
    "Research",
    "--sub-goal",
    "Editing",
)


def test_one_undo_takes_back_all_notes_of_one_command(written: Bench) -> None:
    before = written.files()
    written.run(*BREAK, "--yes")
    shown = written.run("undo", "--dry-run")
    assert shown.out.count("+++ ") == 3
    result = written.json("undo")
    assert {(one["path"], one["trash"]) for one in result["notes"]} == {
        (GOAL, None),
        ("Goals/Research.md", ".trash/Goals/Research.md"),
        ("Goals/Editing.md", ".trash/Goals/Editing.md"),
    }
    assert {name: text for name, text in written.files().items() if not name.startswith(".trash/")} == before


def test_two_commands_of_one_minute_are_two_undos(written: Bench) -> None:
    written.run(*BREAK, "--yes")
    between = written.files()
    written.run("goals", "break", "write a book", "--step", "Chapter four", "--sub-goal", "Cover", "--yes")
    result = written.run("undo")
    assert len(result.out.splitlines()) == 2
    assert {name: text for name, text in written.files().items() if not name.startswith(".trash/")} == between


def test_where_one_note_of_a_command_was_changed_since_all_stay_and_each_can_be_named(written: Bench) -> None:
    written.run(*BREAK, "--yes")
    written.write("Goals/Research.md", written.text("Goals/Research.md") + "Mine.\n")
    changed = written.files()
    result = written.run("undo", "--json")
    assert result.document["error"]["code"] == "changed-since"
    assert "Goals/Research.md" in result.document["error"]["message"]
    assert written.files() == changed
    assert written.run("undo", GOAL).code == 0
    assert "Chapter three" not in written.text(GOAL)
    assert "Goals/Editing.md" in written.files()


def test_a_journal_of_an_earlier_version_is_kept(written: Bench) -> None:
    before = written.text(NOTE)
    written.run("tick", "read a page")
    (file,) = written.folder.glob("state/**/journal-*.sqlite3")
    with closing(connect(file)) as journal, journal:
        assert not journal.execute("SELECT 1 FROM sqlite_master WHERE name = 'commands'").fetchall()
    assert written.run("undo").code == 0
    assert written.text(NOTE) == before


def test_what_was_taken_back_is_a_noun_in_the_list_and_in_the_sentence(written: Bench) -> None:
    written.run("skip", "read a page")
    assert "  skip  " in written.run("undo", "--list").out
    assert written.run("undo").out.startswith(f"Taken back in {NOTE}: skip, 20")
    written.run("tick", "read a page")
    written.run("untick", "read a page")
    assert written.run("undo").out.startswith(f"Taken back in {NOTE}: removal of a tick, 20")


def test_what_was_taken_back_is_a_noun_in_german(written: Bench) -> None:
    settings = written.text(".microwins.toml").replace("[daily]", 'language = "de"\n\n[daily]')
    written.write(".microwins.toml", settings)
    try:
        written.run("skip", "read a page")
        assert written.run("undo").out.startswith(f"Zurückgenommen in {NOTE}: Auslassung, 20")
    finally:
        speak(DEFAULT)
