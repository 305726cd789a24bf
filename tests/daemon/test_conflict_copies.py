"""Conflict copies whose names could be those of any note: only the text tells."""

import os
from pathlib import Path

import pytest

from microwins.daemon import conflict_copies
from microwins.daemon.exclusions import Exclusions
from microwins.daemon.scan import locate, scan
from microwins.daemon.vault import open_vault
from microwins.parsers.ignored import possible_originals

from .small_vault import DAY, SmallVault, codes, problems_of, small_vault

TEXT = "# Day\n\n- [ ] walk\n- [ ] read\n- [ ] write\n\nWords of mine.\n"
NAMES = (
    "Day 2.md",
    "Day 12.md",
    "Day(1).md",
    "Day (1).md",
    "Day-DESKTOP-AB12CD3.md",
    "Day-Annas-MacBook-Pro.md",
)


def put(root: Path, name: str, text: str = TEXT) -> None:
    (root / name).parent.mkdir(parents=True, exist_ok=True)
    (root / name).write_text(text, encoding="utf-8")


def copies(root: Path) -> set[str]:
    """Return what is taken for a copy, and check that a look at each note by itself says the same."""
    found = scan(root, Exclusions())
    for path in root.rglob("*.md"):
        name = path.relative_to(root).as_posix()
        assert locate(root, name, Exclusions()) == found.notes.get(name), name
    assert {code for _, code in codes(found.problems)} <= {"conflict-copy"}
    return {path for path, _ in codes(found.problems)}


@pytest.mark.parametrize("name", NAMES)
def test_a_copy_beside_its_note_is_not_counted_and_reported(tmp_path: Path, name: str) -> None:
    put(tmp_path, "a/Day.md")
    put(tmp_path, f"a/{name}", TEXT.replace("[ ] walk", "[x] walk") + "One more line.\n")
    assert copies(tmp_path) == {f"a/{name}"}
    (problem,) = scan(tmp_path, Exclusions()).problems
    assert "Day.md" in problem.message


@pytest.mark.parametrize("name", NAMES)
def test_a_note_of_its_own_counts_whatever_it_is_called(tmp_path: Path, name: str) -> None:
    put(tmp_path, name)
    put(tmp_path, "elsewhere/Day.md")
    assert copies(tmp_path) == set()
    put(tmp_path, "Day.md", "# Day\n- [ ] swim\n- [ ] sing\n- [ ] sew\n- [ ] walk\n")
    assert copies(tmp_path) == set()


@pytest.mark.parametrize(
    "name",
    ["Days 2.md", "Day 2x.md", "Day 1234.md", "2 Day.md", "Day-off.md", "Day-2.md", "-HOST.md", "Day.md.md"],
)
def test_a_name_of_another_kind_is_never_compared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    put(tmp_path, "Day.md")
    put(tmp_path, name)
    monkeypatch.setattr(conflict_copies, "have_same_text", lambda *_: pytest.fail("it was compared"))
    assert copies(tmp_path) == set()


def test_ticks_and_done_dates_make_no_other_note_of_a_copy(tmp_path: Path) -> None:
    put(tmp_path, "Day.md")
    done = "".join(f"{line} ✅ 2026-03-04\n" if "[ ]" in line else f"{line}\n" for line in TEXT.splitlines())
    put(tmp_path, "Day 2.md", done.replace("[ ]", "[x]"))
    assert copies(tmp_path) == {"Day 2.md"}


@pytest.mark.parametrize(
    ("text", "copy", "is_copy"),
    [
        ("- [ ] walk\n", "- [ ] walk\n", True),
        ("- [ ] walk\n- [ ] read\n", "- [x] walk\n- [ ] read\n", False),
        ("", "", False),
        ("\n\n", "\n\n", False),
        ("a\nb\nc\nd\ne\n", "a\nb\nc\nd\nf\n", True),
        ("a\nb\nc\nd\ne\n", "a\nb\nc\nf\ng\n", False),
        ("a\na\na\na\n", "a\nb\nc\nd\n", False),
        ("a\nb\nc\n", "a\nb\nc\n" + "x" * 100, False),
    ],
    ids=["equal", "too short", "empty", "blank", "4 of 5", "3 of 5", "one line four times", "far longer"],
)
def test_how_much_has_to_be_the_same(tmp_path: Path, text: str, copy: str, *, is_copy: bool) -> None:
    put(tmp_path, "Day.md", text)
    put(tmp_path, "Day 2.md", copy)
    assert copies(tmp_path) == ({"Day 2.md"} if is_copy else set())


def test_a_copy_that_was_made_a_note_of_its_own_counts_again(tmp_path: Path) -> None:
    put(tmp_path, "Day.md")
    put(tmp_path, "Day 2.md")
    assert copies(tmp_path) == {"Day 2.md"}
    put(tmp_path, "Day 2.md", "# Garden\n\n- [ ] dig\n- [ ] sow\n- [ ] rest\n")
    os.utime(tmp_path / "Day 2.md", ns=(0, 0))
    assert copies(tmp_path) == set()


def test_the_two_texts_are_read_once_while_they_stay_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared = []

    def have_same_text(one: bytes, other: bytes) -> bool:
        compared.append((one, other))
        return True

    monkeypatch.setattr(conflict_copies, "have_same_text", have_same_text)
    put(tmp_path, "Day.md")
    put(tmp_path, "Day 2.md")
    for _ in range(3):
        scan(tmp_path, Exclusions())
    assert len(compared) == 1


def test_a_periodic_note_is_no_copy_of_that_of_a_longer_period(tmp_path: Path) -> None:
    (tmp_path / ".microwins.toml").write_text(
        '[monthly]\nformat = "YYYY-MMM"\n[yearly]\nformat = "YYYY"\n', encoding="utf-8"
    )
    put(tmp_path, "2026.md")
    put(tmp_path, "2026-Mar.md")
    put(tmp_path, "2026-MAC.md")
    exclusions = open_vault(tmp_path, {}).exclusions
    assert list(scan(tmp_path, exclusions).notes) == ["2026-Mar.md", "2026.md"]


def test_a_copy_of_a_daily_note_adds_nothing_to_its_micro_wins(tmp_path: Path) -> None:
    vault: SmallVault = small_vault(tmp_path)
    vault.swap(DAY, "- [ ] Write", "- [x] Write")
    once = vault.keeper().figures()
    vault.write(DAY.replace(".md", " 2.md"), vault.text(DAY))
    keeper = vault.keeper()
    assert keeper.figures().totals == once.totals
    assert problems_of(keeper) == {(DAY.replace(".md", " 2.md"), "conflict-copy")}


@pytest.mark.parametrize("name", ["", ".md", " 2.md", "-A.md", "(1).md", "2026-03-04.md", "Plan.md"])
def test_most_names_are_nobodys_copy(name: str) -> None:
    assert possible_originals(name) == ()
