"""`microwins sync`: one pass that writes what has changed, or only says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microwins.daemon.report import notes_read

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

GOAL, DASHBOARD = "Goals/Write a book.md", "Micro-wins.md"
MARKER = "# Mine\n\n<!-- microwins:summary -->\n<!-- /microwins -->\n\nend, no line end"


def test_a_pasted_marker_is_filled_and_nothing_else_is_touched(vault: Bench) -> None:
    vault.write(DASHBOARD, MARKER)
    data = vault.json("sync")
    assert data["written"] == [GOAL, DASHBOARD]
    opening, closing = MARKER.split("<!-- /microwins -->")
    text = vault.text(DASHBOARD)
    assert text.startswith(opening)
    assert text.endswith(f"<!-- /microwins -->{closing}")
    assert "Friday, 20 November 2026" in text


def test_the_second_sync_writes_nothing(vault: Bench) -> None:
    vault.write(DASHBOARD, MARKER)
    vault.run("sync")
    before = vault.files()
    assert "2 notes read, 0 written." in vault.run("sync").out
    assert vault.files() == before


def test_dry_run_prints_a_unified_diff_and_writes_nothing(vault: Bench) -> None:
    vault.write(DASHBOARD, MARKER)
    before = vault.files()
    result = vault.run("sync", "--dry-run")
    assert result.code == 0
    assert f"--- a/{DASHBOARD}\n+++ b/{DASHBOARD}\n@@ -1,6 +1," in result.out
    assert "+**Friday, 20 November 2026**" in result.out
    assert "\\ No newline at end of file" in result.out
    assert vault.files() == before


def test_the_printed_diff_is_what_sync_then_does(vault: Bench) -> None:
    vault.write(DASHBOARD, MARKER)
    printed = vault.run("sync", "--dry-run").out
    added = [line[1:] for line in printed.splitlines() if line.startswith("+") and not line.startswith("+++")]
    vault.run("sync")
    written = (vault.text(DASHBOARD) + vault.text(GOAL)).splitlines()
    assert added
    assert set(added) <= set(written)


def test_dry_run_where_nothing_is_to_be_written_says_so(vault: Bench) -> None:
    vault.run("sync")
    assert vault.run("sync", "--dry-run").out == "Nothing would be written.\n"


def test_dry_run_shows_the_line_ends_of_the_note(vault: Bench) -> None:
    vault.write(DASHBOARD, MARKER.replace("\n", "\r\n"))
    assert "+**Friday, 20 November 2026** · ▱▱▱▱▱▱▱▱▱▱ 0 of 3 done\r\n" in vault.run("sync", "--dry-run").out


def test_without_consent_nothing_is_written(stranger: Bench) -> None:
    before = stranger.files()
    result = stranger.run("sync")
    assert result.code == 0
    assert "2 notes read, nothing written" in result.out
    assert "microwins init" in result.out
    data = stranger.json("sync")
    assert (data["written"], data["consent"], data["planned"]) == ([], False, [GOAL, "Today.md"])
    assert stranger.files() == before


def test_a_tick_made_in_an_editor_moves_the_goal(vault: Bench) -> None:
    vault.run("sync")
    vault.write("Journal/2026-11-20.md", "- [x] Write 300 words\n")
    data = vault.json("sync")
    assert data["written"] == [GOAL]
    assert "| Write 300 words · every weekday | 1 day | 1 day |" in vault.text(GOAL)


def test_the_daily_note_is_made_only_where_that_is_set(vault: Bench) -> None:
    assert vault.json("sync")["created"] == []
    vault.write(".microwins.toml", vault.text(".microwins.toml") + "create = true\n")
    assert vault.json("sync")["created"] == ["Journal/2026-11-20.md"]
    assert "- [ ] Write 300 words" in vault.text("Journal/2026-11-20.md")


def test_a_broken_marker_is_a_problem_and_its_note_stays(vault: Bench) -> None:
    broken = "<!-- microwins:summary -->\nmy text, and nothing closes the block\n"
    vault.write("Broken.md", broken)
    document = vault.run("sync", "--json").document
    assert "marker-broken" in {problem["code"] for problem in document["problems"]}
    assert vault.text("Broken.md") == broken


PAGE = '# Page\n\n<!-- microwins:summary goal="Fit" -->\n<!-- /microwins -->\n'


@pytest.fixture
def orphan(vault: Bench) -> Bench:
    """A vault with a block of a goal that was deleted since."""
    vault.write("Goals/Fit.md", "---\ntype: goal\n---\n## Micro-wins\n- Run 🔁 every day\n")
    vault.write("Page.md", PAGE)
    vault.run("sync")
    (vault.root / "Goals/Fit.md").unlink()
    return vault


def test_what_is_wrong_is_told_once_and_counted_as_long_as_it_lasts(orphan: Bench) -> None:
    first, second = orphan.run("sync"), orphan.run("sync")
    assert "There is no goal “Fit”" in first.err
    assert "take the block out" in first.err
    assert "1 problem" not in first.out
    assert second.err == ""
    assert second.out.splitlines()[-1] == "1 problem: see `microwins check`."
    assert "There is no goal “Fit”" in orphan.run("check").out


def test_what_is_new_is_told_beside_what_was_told(orphan: Bench) -> None:
    orphan.run("sync")
    orphan.write(
        "Page.md", f"\n\n{orphan.text('Page.md')}\n<!-- microwins:goals depth=x -->\n<!-- /microwins -->\n"
    )
    result = orphan.run("sync")
    assert "depth" in result.err
    assert "Fit" not in result.err
    assert "1 problem: see" in result.out


def test_what_was_settled_and_comes_back_is_told_again(orphan: Bench) -> None:
    orphan.run("sync")
    page = orphan.text("Page.md")
    orphan.write("Page.md", "# Page\n")
    assert "problem" not in orphan.run("sync").out
    orphan.write("Page.md", page)
    assert "There is no goal “Fit”" in orphan.run("sync").err


def test_programs_and_whoever_wants_more_get_all_that_is_wrong_each_time(orphan: Bench) -> None:
    orphan.run("sync")
    assert "There is no goal “Fit”" in orphan.run("sync", "-v").err
    assert "There is no goal “Fit”" in orphan.run("sync", "--dry-run").err
    codes = [problem["code"] for problem in orphan.run("sync", "--json").document["problems"]]
    assert codes == ["block-option"]


def test_what_nobody_saw_was_not_told(orphan: Bench) -> None:
    assert orphan.run("sync", "--json").document["problems"]
    orphan.run("sync", "-q")
    assert "There is no goal “Fit”" in orphan.run("sync").err


@pytest.mark.parametrize("damage", [b"", b"{}", b"[[[[", b"\xff", b"3"])
def test_a_damaged_memory_of_what_was_told_tells_it_again(orphan: Bench, damage: bytes) -> None:
    orphan.run("sync")
    (file,) = orphan.folder.glob("state/told-*.json")
    file.write_bytes(damage)
    assert "There is no goal “Fit”" in orphan.run("sync").err
    assert "1 problem" in orphan.run("sync").out


def test_while_another_process_holds_the_lock_it_is_busy(vault: Bench) -> None:
    from microwins.daemon.lock import VaultLock

    with VaultLock(vault.folder / "state", vault.root.resolve()).acquire("watch", "2026-11-20T08:00"):
        result = vault.run("sync")
        assert result.code == 75
        assert "watch" in result.err
        assert vault.run("sync", "--dry-run").code == 0
    assert vault.run("sync").code == 0


def test_what_begins_with_the_name_of_the_note_does_not_say_it_twice(vault: Bench) -> None:
    (vault.root / GOAL).chmod(0o444)
    found = vault.run("sync")
    assert f"{GOAL} is read-only. Allow writing to it" in found.out + found.err
    assert f"{GOAL}: {GOAL}" not in found.out + found.err


def test_the_notes_that_were_read_have_their_thousands_apart() -> None:
    assert notes_read(3529) == "3,529 notes read"
    assert notes_read(1) == "1 note read"
