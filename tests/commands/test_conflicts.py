"""`conflicts`: copies are found, and made one note with theirs; nobody's text is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microwins.daemon.journal import Journal
from microwins.daemon.lock import VaultLock
from microwins.daemon.swap import Swap
from microwins.daemon.undoing import move_to_trash

if TYPE_CHECKING:
    from pathlib import Path

    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
COPY = "Journal/2026-11-20.sync-conflict-20261120-202322-W3G74XU.md"
TEXT = "# Friday\n\n- [ ] Read a page\n- [ ] Write 300 words\n\nMorning.\n"

NAMES = [
    COPY,
    "Journal/2026-11-20 (Anna's conflicted copy 2026-11-20).md",
    "Journal/2026-11-20 (conflicted copy 2026-11-20 101500).md",
    "Journal/2026-11-20 (Conflicted copy phone 202611201015).md",
    "Journal/2026-11-20_conflict-20261120-101500.md",
    "Journal/2026-11-20 2.md",
    "Journal/2026-11-20 (1).md",
    "Journal/2026-11-20-ANNAS-PC.md",
]


@pytest.mark.parametrize("copy", NAMES)
def test_the_copy_of_every_client_is_found_and_united(vault: Bench, copy: str) -> None:
    vault.write(NOTE, TEXT.replace("[ ] Read", "[x] Read"))
    vault.write(copy, TEXT.replace("[ ] Write", "[x] Write"))
    [found] = vault.json("conflicts")["conflicts"]
    assert (found["copy"], found["note"], found["ticks"], found["lines"]) == (copy, NOTE, 2, 0)
    result = vault.run("conflicts", "--merge")
    assert (result.code, result.err) == (0, "")
    assert vault.text(NOTE) == TEXT.replace("[ ]", "[x]")
    assert not (vault.root / copy).exists()
    assert vault.text(f".trash/{copy}") == TEXT.replace("[ ] Write", "[x] Write")
    assert vault.json("conflicts")["conflicts"] == []


def test_whoever_has_a_copy_is_told_how_it_is_united(vault: Bench) -> None:
    vault.write(NOTE, TEXT)
    assert "--merge" not in vault.run("conflicts").out
    vault.write(COPY, TEXT + "On the train.\n")
    assert "microwins conflicts --merge" in vault.run("conflicts").out
    assert "microwins conflicts --merge" in vault.run("check").out


def test_what_both_wrote_stands_one_after_the_other(vault: Bench) -> None:
    vault.write(NOTE, TEXT + "At my desk.\n")
    vault.write(COPY, TEXT + "On the train.\n")
    [done] = vault.json("conflicts", "--merge")["conflicts"]
    assert vault.text(NOTE) == TEXT + "At my desk.\nOn the train.\n"
    assert done["kept_both"] == [{"line": 7, "ours": "At my desk.\n", "theirs": "On the train.\n"}]


def test_our_own_blocks_are_made_anew_and_not_kept_twice(vault: Bench) -> None:
    vault.run("sync")
    text = vault.text(GOAL)
    copy = "Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md"
    vault.write(
        copy,
        text.replace("wins so far", "wins, as the other device counted").replace(
            "- [ ] Chapter one", "- [x] Chapter one ✅ 2026-11-20"
        ),
    )
    assert vault.run("conflicts", "--merge").code == 0
    assert "as the other device counted" not in vault.text(GOAL)
    assert vault.text(GOAL).count("microwins:summary") == 1
    assert "- [x] Chapter one ✅ 2026-11-20" in vault.text(GOAL)
    assert "2 of 3 steps" in vault.text(GOAL)


def test_two_frontmatters_are_not_put_one_after_the_other(vault: Bench) -> None:
    text = vault.text(GOAL)
    copy = "Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md"
    vault.write(GOAL, text.replace("identity: writer", "identity: author"))
    vault.write(copy, text.replace("identity: writer", "identity: poet"))
    result = vault.run("conflicts", "--merge")
    assert result.code == 3
    assert "identity: author" in result.out
    assert "identity: poet" in result.out
    assert vault.text(GOAL).startswith("---\ntype: goal\nidentity: author\n---\n")
    assert vault.text(copy) == text.replace("identity: writer", "identity: poet")


def test_other_figures_in_our_properties_are_no_change_of_the_frontmatter(vault: Bench) -> None:
    vault.write(".microwins.toml", f"properties = true\n{vault.text('.microwins.toml')}")
    vault.run("sync")
    text = vault.text(GOAL)
    assert "wins: 0" in text
    copy = "Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md"
    phone = text.replace("wins: 0", "wins: 7\nlast_win: 2026-11-19").replace(
        "[ ] Chapter one", "[x] Chapter one"
    )
    vault.write(copy, f"{phone}\nFrom the phone.\n")
    result = vault.run("conflicts", "--merge")
    assert (result.code, result.err) == (0, "")
    assert "From the phone." in vault.text(GOAL)
    assert "[x] Chapter one" in vault.text(GOAL)
    assert vault.text(GOAL).count("wins: 0") == 1
    assert "wins: 7" not in vault.text(GOAL)


def test_a_note_that_is_saved_while_it_is_merged_is_merged_as_it_was_saved(
    vault: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault.write(NOTE, TEXT)
    vault.write(COPY, TEXT.replace("[ ] Write", "[x] Write"))
    saves = [b"Saved again.\n", b"Saved first.\n"]
    real = Swap.make

    def make(swap: Swap) -> None:
        if saves:
            swap.real.write_bytes(swap.real.read_bytes() + saves.pop())
        real(swap)

    monkeypatch.setattr(Swap, "make", make)
    result = vault.run("conflicts", "--merge")
    assert (result.code, result.err) == (0, "")
    assert vault.text(NOTE).endswith("Saved first.\nSaved again.\n")
    assert "[x] Write 300 words" in vault.text(NOTE)


def test_a_copy_without_its_note_is_left(vault: Bench) -> None:
    vault.write(COPY, TEXT)
    [found] = vault.json("conflicts")["conflicts"]
    assert found["note"] is None
    assert vault.run("conflicts", "--merge").code == 3
    assert vault.text(COPY) == TEXT


def test_only_the_named_copy_is_merged(vault: Bench) -> None:
    vault.write(NOTE, TEXT)
    vault.write(COPY, TEXT + "One.\n")
    other = vault.write("Other (conflicted copy 2026-11-20).md", "Two.\n")
    vault.write("Other.md", "Two.\n")
    vault.run("conflicts", COPY, "--merge")
    assert vault.text(NOTE) == TEXT + "One.\n"
    assert other.exists()


def test_the_last_common_text_tells_a_deletion_from_an_addition(vault: Bench) -> None:
    vault.write(NOTE, TEXT.replace("Morning.\n", ""))
    vault.write(COPY, TEXT.replace("Morning.\n", "Morning.\nOn the train.\n"))
    journal = Journal(vault.machine.state, vault.root)
    journal.set_common(NOTE, TEXT.encode(), seen=0)
    journal.close()
    vault.run("conflicts", "--merge")
    assert vault.text(NOTE) == TEXT.replace("Morning.\n", "On the train.\n")


def test_the_version_that_came_after_the_copy_was_saved_is_no_common_text(vault: Bench) -> None:
    vault.write(NOTE, TEXT + "At my desk.\n")
    copy = vault.write(COPY, TEXT + "On the train.\n")
    journal = Journal(vault.machine.state, vault.root)
    journal.set_common(NOTE, TEXT.encode() + b"At my desk.\n", seen=copy.stat().st_mtime + 1)
    journal.close()
    vault.run("conflicts", "--merge")
    assert vault.text(NOTE) == TEXT + "At my desk.\nOn the train.\n"


def test_beside_a_watch_that_runs_copies_are_merged_all_the_same(vault: Bench) -> None:
    vault.write(NOTE, TEXT)
    vault.write(COPY, TEXT.replace("[ ] Write", "[x] Write"))
    with VaultLock(vault.folder / "state", vault.root.resolve()).acquire("watch", "2026-11-20T08:00"):
        result = vault.run("conflicts", "--merge")
    assert (result.code, result.err) == (0, "")
    assert vault.text(NOTE) == TEXT.replace("[ ] Write", "[x] Write")
    assert vault.text(f".trash/{COPY}") == vault.text(NOTE)


def test_a_copy_that_somebody_else_has_merged_meanwhile_is_no_failure(
    vault: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_root: Path, path: str) -> str:
        (vault.root / path).unlink()
        return move_to_trash(vault.root, path)

    vault.write(NOTE, TEXT)
    vault.write(COPY, TEXT.replace("[ ] Write", "[x] Write"))
    monkeypatch.setattr("microwins.daemon.conflicts.move_to_trash", gone)
    assert vault.run("conflicts", "--merge").code == 3
    assert vault.text(NOTE) == TEXT.replace("[ ] Write", "[x] Write")
    assert vault.run("conflicts", "--merge").code == 0


def test_a_merge_is_taken_back_by_undo(vault: Bench) -> None:
    vault.write(NOTE, TEXT)
    vault.write(COPY, TEXT + "On the train.\n")
    vault.run("conflicts", "--merge")
    assert "stays in .trash" in " ".join(vault.run("undo").out.split())
    assert vault.text(NOTE) == TEXT


def test_no_conflict_is_said(vault: Bench) -> None:
    assert vault.run("conflicts").out == "There is no conflict copy in this vault.\n"
