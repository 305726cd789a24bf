"""Text of the user's that got between our markers is never replaced."""

from pathlib import Path

import pytest

from .small_vault import GOAL, SmallVault, problems_of, small_vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    made = small_vault(tmp_path)
    made.settle()
    return made


def test_text_above_a_closing_marker_that_was_put_back_in_the_wrong_place_is_kept(vault: SmallVault) -> None:
    without = vault.text(GOAL).replace("<!-- /microwins -->\n", "")
    vault.write(GOAL, without + "## Diary\n\nToday I met Ana.\n<!-- /microwins -->\n")
    before = vault.text(GOAL)
    vault.settle()
    assert vault.text(GOAL) == before
    assert (GOAL, "block-foreign") in problems_of(vault.keeper())


def test_a_marker_pasted_above_text_and_closed_below_it_replaces_nothing(vault: SmallVault) -> None:
    text = "Random\n\n<!-- microwins:summary -->\nMy important line\n\nAnother one\n<!-- /microwins -->\n"
    vault.write("Random.md", text)
    vault.settle()
    assert vault.text("Random.md") == text
    [problem] = [
        one for one in vault.keeper().problems(vault.keeper().figures()) if one.code == "block-foreign"
    ]
    assert (problem.path, problem.line) == ("Random.md", 4)


def test_once_the_text_is_moved_out_the_block_is_written_again(vault: SmallVault) -> None:
    vault.write("Random.md", "<!-- microwins:summary -->\nMine\n<!-- /microwins -->\n")
    vault.settle()
    vault.write("Random.md", "Mine\n\n<!-- microwins:summary -->\n<!-- /microwins -->\n")
    vault.settle()
    assert vault.text("Random.md").startswith(
        "Mine\n\n<!-- microwins:summary -->\n**Wednesday, 4 March 2026** · "
    )


def test_what_an_older_day_wrote_is_ours_and_replaced(vault: SmallVault) -> None:
    before = vault.text(GOAL)
    vault.swap("2026-03-04.md", "- [ ] Read", "- [x] Read")
    vault.settle()
    assert vault.text(GOAL) != before


def conflicted(before: str, after: str) -> str:
    """Return what git leaves of two versions of a text that differ in one stretch of lines."""
    ours, theirs = before.splitlines(keepends=True), after.splitlines(keepends=True)
    first = next(place for place, line in enumerate(ours) if line != theirs[place])
    last = next(place for place, line in enumerate(reversed(ours)) if line != theirs[-1 - place])
    left, right = ours[first : len(ours) - last], theirs[first : len(theirs) - last]
    middle = ["<<<<<<< HEAD\n", *left, "=======\n", *right, ">>>>>>> other\n"]
    return "".join((*ours[:first], *middle, *ours[len(ours) - last :]))


def test_a_conflict_of_git_between_two_versions_of_a_block_is_one_block_again(vault: SmallVault) -> None:
    before = vault.text(GOAL)
    vault.swap("2026-03-04.md", "- [ ] Read", "- [x] Read")
    vault.settle()
    after = vault.text(GOAL)
    vault.write(GOAL, conflicted(before, after))
    assert "=======" in vault.text(GOAL)
    vault.settle()
    assert vault.text(GOAL) == after


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (">>>>>>> other\n", ""),
        ("=======\n", "=======\nMy own words.\n"),
        ("<<<<<<< HEAD\n", "<<<<<<< HEAD\nMy own words.\n"),
    ],
    ids=["not whole", "with words in one version", "with words in the other"],
)
def test_a_conflict_of_git_that_holds_anything_else_is_left(vault: SmallVault, old: str, new: str) -> None:
    before = vault.text(GOAL)
    vault.swap("2026-03-04.md", "- [ ] Read", "- [x] Read")
    vault.settle()
    vault.write(GOAL, conflicted(before, vault.text(GOAL)))
    vault.swap(GOAL, old, new)
    text = vault.text(GOAL)
    vault.settle()
    assert vault.text(GOAL) == text
    assert (GOAL, "block-foreign") in problems_of(vault.keeper())
