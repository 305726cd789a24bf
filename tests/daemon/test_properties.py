"""The figures of a goal as properties in its frontmatter: kept where they are wanted, and nothing else is changed."""

import os
from pathlib import Path

import pytest

from microwins.daemon.change import Unproved, proved_change
from microwins.daemon.note_read import RawNote
from microwins.parsers.edit import Edit
from microwins.parsers.note import Reading, read_note

from .home import BOOK, Home
from .live import until
from .small_vault import DAY, DAY_TEXT, GOAL, GOAL_TEXT, SETTINGS, SmallVault, problems_of, small_vault

WITH = f"{SETTINGS}properties = true\n"
DONE = DAY_TEXT.replace("[ ]", "[x]")


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    vault = small_vault(tmp_path, WITH)
    vault.write(DAY, DONE)
    vault.settle()
    return vault


def frontmatter(vault: SmallVault) -> str:
    return vault.text(GOAL).partition("---\n")[2].partition("---\n")[0]


def test_a_goal_note_holds_its_figures(vault: SmallVault) -> None:
    assert frontmatter(vault) == (
        "type: goal\nstreak: 1\nbest: 1\nwins: 2\nstrength: 0.05\nlast_win: 2026-03-04\nprogress: 0.5\n"
    )


def test_the_second_pass_writes_nothing(vault: SmallVault) -> None:
    assert vault.settle().written == ()
    assert problems_of(vault.keeper()) == set()


def test_without_the_setting_no_property_is_written_and_old_ones_are_the_users(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write(GOAL, GOAL_TEXT.replace("type: goal\n", "type: goal\nwins: 99\n"))
    vault.settle()
    assert frontmatter(vault) == "type: goal\nwins: 99\n"


def test_a_tick_changes_only_the_values_that_it_moves(vault: SmallVault) -> None:
    before = vault.text(GOAL).splitlines()
    vault.write(DAY, DONE.replace("- [x] Read a page", "- [ ] Read a page"))
    vault.settle()
    after = vault.text(GOAL).splitlines()
    assert "wins: 1" in after
    assert [line.partition(":")[0] for line in before[:8]] == [line.partition(":")[0] for line in after[:8]]


def test_what_obsidian_makes_of_the_frontmatter_is_kept_up_to_date(vault: SmallVault) -> None:
    rewritten = 'wins: "2"\nprogress: 0.5\ntype: goal\nlast_win: 2026-03-04\nstreak: 1\nbest: 1\nstrength:\n'
    vault.write(GOAL, f"---\n{rewritten}{vault.text(GOAL).partition('progress: 0.5')[2].lstrip()}")
    vault.settle()
    assert frontmatter(vault) == rewritten.replace("strength:", "strength: 0.05")
    assert vault.settle().written == ()


def test_a_goal_by_its_tag_without_frontmatter_gets_none(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, WITH)
    vault.write("Goals/Tagged.md", "#goal\n\n## Micro-wins\n- Swim 🔁 every day\n")
    vault.settle()
    assert vault.text("Goals/Tagged.md").startswith("#goal\n\n## Micro-wins\n")


def test_a_property_of_the_users_own_is_left_and_told_with_its_line(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, WITH)
    vault.write(
        GOAL, GOAL_TEXT.replace("type: goal\n", "type: goal\nbest: the first draft\nwins:\n  - one\n")
    )
    vault.settle()
    assert "best: the first draft\nwins:\n  - one\nstreak: 0\n" in vault.text(GOAL)
    keeper = vault.keeper()
    found = [one for one in keeper.problems(keeper.figures()) if one.code == "property-taken"]
    assert [(one.path, one.line) for one in found] == [(GOAL, 3), (GOAL, 5)]


def test_frontmatter_that_cannot_be_read_is_never_touched(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, WITH)
    text = GOAL_TEXT.replace("type: goal\n", "type: goal\nbad: [\n").replace("# Book", "#goal")
    vault.write(GOAL, text)
    vault.settle()
    assert vault.text(GOAL).startswith("---\ntype: goal\nbad: [\n---\n")


def test_hidden_streaks_are_no_properties(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, f'{WITH}streaks = "hidden"\n')
    vault.settle()
    assert "streak:" not in frontmatter(vault)
    assert "wins: 0" in frontmatter(vault)


def test_line_ends_a_byte_order_mark_and_a_missing_last_line_end_stay(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, WITH)
    text = "\ufeff" + GOAL_TEXT.replace("\n", "\r\n") + "The end"
    vault.write(GOAL, text)
    vault.settle()
    after = vault.text(GOAL)
    assert after.startswith("\ufeff---\r\ntype: goal\r\nstreak: 0\r\nbest: 0\r\n")
    assert "\n" not in after.replace("\r\n", "")


TEXT = "---\ntype: goal\nstreak: 4 # days\nstreaks: 4\nwins: [1]\n---\n- [ ] streak: 4\n"


@pytest.mark.parametrize(
    ("found", "replacement"),
    [
        ("goal\n", "note\n"),
        ("streak: 4 #", "streak: 5 #"),
        ("4 # days", "5"),
        ("4 # days", "5 # weeks"),
        ("streaks: 4", "streaks: 5"),
        ("[1]", "2"),
        ("4\nwins", "5\nwins"),
        ("---\n- [ ] str", "target: 2026-01-01\n---\n- [ ] str"),
    ],
)
def test_another_edit_of_a_frontmatter_is_refused(found: str, replacement: str) -> None:
    start = TEXT.index(found)
    with pytest.raises(Unproved):
        proved(Edit(start, start + len(found), replacement))


@pytest.mark.parametrize(
    "added",
    [
        "type: note\n",
        "streak: 4\n",
        "wins: 2\n",
        "best: 4 apples\n",
        "best: 4",
        "best: 4\nx: 1\n",
        "best: 4\n---\n",
    ],
)
def test_a_line_put_in_that_is_no_property_or_is_there_already_is_refused(added: str) -> None:
    at = TEXT.index("---\n- [ ]")
    with pytest.raises(Unproved):
        proved(Edit(at, at, added))


def test_a_property_is_changed_in_a_goal_note_only() -> None:
    start = TEXT.index("4 #")
    assert b"streak: 5 # days" in proved(Edit(start, start + 1, "5"))
    with pytest.raises(Unproved):
        proved(Edit(start, start + 1, "5"), TEXT.replace("type: goal", "type: book"))


def proved(edit: Edit, text: str = TEXT) -> bytes:
    raw = RawNote("Goal.md", text.encode(), text, valid=True)
    found = proved_change(raw, read_note("Goal.md", text, Reading()), [edit], Reading())
    assert found is not None
    return found[0].after


@pytest.mark.skipif(os.name == "nt", reason="its home folder is found in another way there")
def test_while_it_is_watched_a_tick_moves_the_values_wherever_obsidian_has_put_them(tmp_path: Path) -> None:
    home = Home(tmp_path)
    settings = home.vault / ".microwins.toml"
    settings.write_text(f"{settings.read_text()}properties = true\n")
    note = home.vault / BOOK
    with home.watch() as program:
        program.event("written", BOOK)
        assert b"type: goal\r\nstreak: 0\r\nbest: 0\r\nwins: 0\r\n" in note.read_bytes()
        moved = (
            note.read_bytes()
            .replace(b"wins: 0\r\n", b"")
            .replace(b"---\r\n", b"---\r\nwins: '0' # mine\r\n", 1)
        )
        note.write_bytes(moved)
        home.day.write_bytes(home.tick())
        until(lambda: b"streak: 1\r\n" in note.read_bytes(), "the tick moved no property")
        until(home.is_as_read_afresh, "the other notes did not follow")
    assert note.read_bytes().startswith(b"---\r\nwins: 1 # mine\r\ntype: goal\r\nstreak: 1\r\nbest: 1\r\n")
