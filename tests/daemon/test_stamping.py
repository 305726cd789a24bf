"""The done date that a box ticked outside a dated note gets, and that goes again when it is unticked."""

from datetime import timedelta
from pathlib import Path

import pytest

from microwins.daemon.keeper import Keeper
from microwins.daemon.stamping import Stamping
from microwins.daemon.updating import settle

from .small_vault import DAY, GOAL, NOW, SETTINGS, TODAY, SmallVault, small_vault

TASKS_PLUGIN = ".obsidian/plugins/obsidian-tasks-plugin/data.json"
LIST = "Lists/Garden.md"
YESTERDAY = TODAY - timedelta(days=1)
STAMPED = f"- [x] Chapter one ✅ {TODAY}"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    """Return a vault that was read once, so that what is open in it is known."""
    vault = small_vault(tmp_path)
    vault.write(LIST, "- [ ] Weed the beds\n- [ ] Write 300 words\n")
    vault.settle()
    return vault


def with_stamp(tmp_path: Path, setting: str) -> SmallVault:
    vault = small_vault(tmp_path, f'{SETTINGS}stamp = "{setting}"\n')
    vault.write(LIST, "- [ ] Weed the beds\n- [ ] Write 300 words\n")
    vault.settle()
    return vault


def see(keeper: Keeper, vault: SmallVault, path: str, old: str, new: str) -> None:
    """Change a note while the keeper is looking, and let it write."""
    vault.swap(path, old, new)
    assert keeper.read_one(path, seen_live=True)
    settle(keeper)


def test_a_step_ticked_while_we_look_gets_the_day_it_is(vault: SmallVault) -> None:
    keeper = vault.keeper()
    see(keeper, vault, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    assert f"{STAMPED}\n" in vault.text(GOAL)
    assert keeper.figures().totals.today == 1


def test_a_step_ticked_while_nobody_looked_gets_the_day_of_the_notes_last_change(vault: SmallVault) -> None:
    vault.write(
        GOAL, vault.text(GOAL).replace("- [ ] Chapter one", "- [x] Chapter one"), NOW - timedelta(days=1)
    )
    vault.settle()
    assert f"- [x] Chapter one ✅ {YESTERDAY}\n" in vault.text(GOAL)


def test_a_time_stamp_from_the_future_gives_today(vault: SmallVault) -> None:
    vault.write(
        GOAL, vault.text(GOAL).replace("- [ ] Chapter one", "- [x] Chapter one"), NOW + timedelta(days=40)
    )
    vault.settle()
    assert f"{STAMPED}\n" in vault.text(GOAL)


def test_what_was_ticked_before_we_first_read_a_note_is_never_stamped(vault: SmallVault) -> None:
    vault.write("Goals/New.md", "---\ntype: goal\n---\n- [x] Done long ago\n")
    vault.settle()
    vault.swap("Goals/New.md", "Done long ago\n", "Done long ago\n\nMore words.\n")
    vault.settle()
    assert "- [x] Done long ago\n" in vault.text("Goals/New.md")
    assert vault.keeper().figures().totals.all == 2


def test_a_note_that_came_open_and_was_ticked_before_it_was_written_is_stamped(vault: SmallVault) -> None:
    keeper = vault.keeper()
    vault.write("Goals/New.md", "---\ntype: goal\n---\n- [ ] Begin\n")
    keeper.read_one("Goals/New.md", seen_live=True)
    see(keeper, vault, "Goals/New.md", "- [ ]", "- [x]")
    assert f"- [x] Begin ✅ {TODAY}\n" in vault.text("Goals/New.md")


def test_two_events_for_one_save_lose_no_stamp(vault: SmallVault) -> None:
    keeper = vault.keeper()
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    keeper.read_one(GOAL, seen_live=True)
    keeper.read_one(GOAL, seen_live=True)
    settle(keeper)
    assert STAMPED in vault.text(GOAL)


def test_a_tick_keeps_the_day_it_was_seen_on_if_it_is_written_after_midnight(vault: SmallVault) -> None:
    keeper = vault.keeper()
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    keeper.read_one(GOAL, seen_live=True)
    vault.now += timedelta(hours=13)
    vault.write(GOAL, f"{vault.text(GOAL)}\nMore.\n")
    keeper.read_one(GOAL, seen_live=True)
    settle(keeper)
    assert STAMPED in vault.text(GOAL)


@pytest.mark.parametrize("live", [True, False])
def test_unticking_takes_away_what_we_added(vault: SmallVault, live: bool) -> None:
    before = vault.contents()[GOAL]
    keeper = vault.keeper()
    see(keeper, vault, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    if live:
        see(keeper, vault, GOAL, STAMPED, STAMPED.replace("[x]", "[ ]"))
    else:
        vault.swap(GOAL, STAMPED, STAMPED.replace("[x]", "[ ]"))
        vault.settle()
    assert vault.contents()[GOAL] == before


def test_unticking_leaves_a_date_that_somebody_wrote(vault: SmallVault) -> None:
    vault.swap(GOAL, "- [x] Outline ✅ 2026-03-01", "- [ ] Outline ✅ 2026-03-01")
    vault.settle()
    assert "- [ ] Outline ✅ 2026-03-01\n" in vault.text(GOAL)


def test_unticking_leaves_our_date_if_somebody_changed_it(vault: SmallVault) -> None:
    keeper = vault.keeper()
    see(keeper, vault, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    see(keeper, vault, GOAL, STAMPED, "- [ ] Chapter one ✅ 2026-02-02")
    assert "- [ ] Chapter one ✅ 2026-02-02\n" in vault.text(GOAL)


@pytest.mark.parametrize("again", [False, True])
def test_a_micro_wins_box_in_any_note_is_stamped_and_unstamped(vault: SmallVault, again: bool) -> None:
    keeper = vault.keeper()
    see(keeper, vault, LIST, "- [ ] Write 300 words", "- [x] Write 300 words")
    assert vault.text(LIST) == f"- [ ] Weed the beds\n- [x] Write 300 words ✅ {TODAY}\n"
    if again:
        keeper.close()
        keeper = vault.keeper()
    see(keeper, vault, LIST, "- [x] Write", "- [ ] Write")
    assert vault.text(LIST) == "- [ ] Weed the beds\n- [ ] Write 300 words\n"


def test_auto_leaves_boxes_that_count_for_no_goal(vault: SmallVault) -> None:
    see(vault.keeper(), vault, LIST, "- [ ] Weed", "- [x] Weed")
    assert vault.text(LIST).startswith("- [x] Weed the beds\n")


@pytest.mark.parametrize(
    ("setting", "stamp"), [("tasks", f" ✅ {TODAY}"), ("dataview", f"  [completion:: {TODAY}]"), ("off", "")]
)
def test_other_settings_stamp_every_box_in_one_style_or_none(
    tmp_path: Path, setting: str, stamp: str
) -> None:
    vault = with_stamp(tmp_path, setting)
    before = vault.text(LIST)
    keeper = vault.keeper()
    see(keeper, vault, LIST, "- [ ] Weed", "- [x] Weed")
    assert vault.text(LIST).startswith(f"- [x] Weed the beds{stamp}\n")
    see(keeper, vault, LIST, "- [x] Weed", "- [ ] Weed")
    assert vault.text(LIST) == before


def test_auto_writes_as_the_tasks_plugin_does(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    vault.write(TASKS_PLUGIN, '{"taskFormat": "dataview"}')
    vault.settle()
    see(vault.keeper(), vault, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    assert f"- [x] Chapter one  [completion:: {TODAY}]\n" in vault.text(GOAL)


def test_a_box_in_a_daily_note_or_below_a_date_is_not_stamped(vault: SmallVault) -> None:
    vault.write(LIST, "## 2026-02-01\n- [ ] Read a page\n")
    vault.settle()
    keeper = vault.keeper()
    see(keeper, vault, LIST, "- [ ] Read", "- [x] Read")
    see(keeper, vault, DAY, "- [ ] Read a page", "- [x] Read a page")
    assert vault.text(LIST) == "## 2026-02-01\n- [x] Read a page\n"
    assert "- [x] Read a page\n" in vault.text(DAY)


@pytest.mark.parametrize(
    ("line", "stamped"),
    [
        ("- [ ] Chapter one ^block-1", f"- [x] Chapter one ✅ {TODAY} ^block-1"),
        ("- [ ] Chapter one  ", f"- [x] Chapter one ✅ {TODAY}  "),
        ("- [ ] Chapter one ^b-1 \t", f"- [x] Chapter one ✅ {TODAY} ^b-1 \t"),
        ("\t* [ ] Chapter one", f"\t* [x] Chapter one ✅ {TODAY}"),
        ("> 1. [ ] Chapter one #tag", f"> 1. [x] Chapter one #tag ✅ {TODAY}"),
        ("- [ ] Chapter one 📅 2026-03-09", f"- [x] Chapter one 📅 2026-03-09 ✅ {TODAY}"),
    ],
)
@pytest.mark.parametrize("eol", ["\n", "\r\n"])
def test_a_stamp_stands_where_the_line_ends_and_nothing_else_changes(
    tmp_path: Path, line: str, stamped: str, eol: str
) -> None:
    vault = small_vault(tmp_path)
    text = eol.join(["---", "type: goal", "---", "- Parent", line, "Last words"])
    vault.write("Goals/Other.md", text)
    vault.settle()
    before = vault.text("Goals/Other.md")
    see(vault.keeper(), vault, "Goals/Other.md", line, line.replace("[ ]", "[x]"))
    assert stamped + eol in vault.text("Goals/Other.md")
    assert vault.text("Goals/Other.md").startswith(text.replace(line, stamped))
    assert before.startswith(text)


def test_a_stamp_and_a_new_block_at_the_end_of_a_note_do_not_get_mixed_up(vault: SmallVault) -> None:
    text = "---\ntype: goal\n---\n- [ ] Only step"
    vault.write("Goals/Short.md", text)
    vault.settle()
    vault.write("Goals/Short.md", text.replace("[ ]", "[x]"))
    vault.settle()
    begin = f"{text.replace('[ ]', '[x]')} ✅ {TODAY}\n\n<!-- microwins:summary -->\n"
    assert vault.text("Goals/Short.md").startswith(begin)


def test_nothing_is_stamped_in_a_note_whose_markers_are_broken(vault: SmallVault) -> None:
    vault.swap(GOAL, "<!-- /microwins -->", "")
    keeper = vault.keeper()
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    before = vault.contents()
    keeper.read_one(GOAL, seen_live=True)
    outcome = settle(keeper)
    assert vault.contents() == before
    assert [problem.code for problem in outcome.skipped] == []


def test_a_box_among_others_of_the_same_text_is_the_one_that_is_stamped(vault: SmallVault) -> None:
    vault.write("Goals/Same.md", "---\ntype: goal\n---\n- [ ] Again\n- [ ] Again\n- [ ] Again\n")
    vault.settle()
    lines = "- [ ] Again\n- [x] Again\n- [ ] Again\n"
    vault.write(
        "Goals/Same.md", vault.text("Goals/Same.md").replace("- [ ] Again\n- [ ] Again\n- [ ] Again\n", lines)
    )
    vault.settle()
    assert f"- [ ] Again\n- [x] Again ✅ {TODAY}\n- [ ] Again\n" in vault.text("Goals/Same.md")


def test_the_setting_and_the_plugin_together_make_the_style() -> None:
    assert Stamping.of("auto", None) == Stamping("auto", "tasks")
    assert Stamping.of("auto", "dataview") == Stamping("auto", "dataview")
    assert Stamping.of("tasks", "dataview") == Stamping("all", "tasks")
    assert Stamping.of("dataview", "tasks") == Stamping("all", "dataview")
    assert Stamping.of("off", "tasks").scope == "off"
