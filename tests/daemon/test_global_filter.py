"""The global filter of the Tasks plugin: which boxes count in a vault that has one; and Kanban boards."""

import json
from datetime import date
from pathlib import Path

import pytest

from microwins.daemon.named_box import Step, find_target
from microwins.daemon.note_shapes import note_shape

from .small_vault import DAY, GOAL, SmallVault, codes, small_vault

TASKS = ".obsidian/plugins/obsidian-tasks-plugin/data.json"


def with_filter(folder: Path, text: str) -> SmallVault:
    vault = small_vault(folder)
    vault.write(TASKS, json.dumps({"globalFilter": text}))
    vault.write(".obsidian/community-plugins.json", '["obsidian-tasks-plugin"]')
    return vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return with_filter(tmp_path, "#task")


def wins(vault: SmallVault) -> int:
    return vault.keeper().figures().totals.all


def shapes(vault: SmallVault, path: str) -> list[dict[str, object]]:
    keeper = vault.keeper()
    tasks = note_shape(keeper.ledger.notes[path], keeper.ledger.catalog)["tasks"]
    assert isinstance(tasks, list)
    return tasks


def test_a_micro_wins_box_in_a_daily_note_counts_with_and_without_the_filter(vault: SmallVault) -> None:
    vault.write(DAY, "- [x] Write 300 words\n- [x] Read a page #task\n")
    states = {win.win.text: win.state for win in vault.keeper().figures().wins}
    assert states == {"Write 300 words": "done", "Read a page": "done"}


def test_other_boxes_without_the_filter_are_no_wins(vault: SmallVault) -> None:
    before = wins(vault)
    vault.write("List.md", "- [x] Bread ✅ 2026-03-04\n- [x] Write 300 words ✅ 2026-03-04\n")
    vault.write(DAY, "- [x] Milk\n")
    assert wins(vault) == before
    vault.write("List.md", "- [x] Bread #task ✅ 2026-03-04\n")
    vault.write(DAY, "- [x] Milk #task\n")
    assert wins(vault) == before + 2


def test_the_boxes_of_a_goal_are_its_steps_with_and_without_the_filter(vault: SmallVault) -> None:
    vault.swap(GOAL, "- [ ] Chapter one", "- [ ] #task Chapter one")
    keeper = vault.keeper()
    figures = keeper.figures()
    assert (figures.goals[0].steps.done, figures.goals[0].steps.all) == (1, 2)
    assert isinstance(find_target(keeper, keeper.view(figures), "Chapter one"), Step)
    assert isinstance(find_target(keeper, keeper.view(figures), "Outline"), Step)


def test_boxes_without_the_filter_get_no_done_date_outside_of_goals(vault: SmallVault) -> None:
    settings = vault.text(".microwins.toml") + 'stamp = "tasks"\n'
    vault.write(".microwins.toml", settings)
    vault.write("List.md", "- [ ] Bread\n- [ ] Milk #task\n")
    vault.settle()
    vault.write("List.md", "- [x] Bread\n- [x] Milk #task\n")
    vault.swap(GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    vault.settle()
    assert vault.text("List.md") == "- [x] Bread\n- [x] Milk #task ✅ 2026-03-04\n"
    assert "- [x] Chapter one ✅ 2026-03-04\n" in vault.text(GOAL)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("TODO", "- [x] TODO Write 300 words"),
        ("TODO", "- [x] Write 300 words TODO ✅ 2026-03-04"),
        ("to do:", "- [x] to do: Write 300 words"),
        ("#task", "- [x] Write #task 300 words"),
    ],
)
def test_the_filter_is_no_part_of_a_boxs_name(tmp_path: Path, text: str, line: str) -> None:
    vault = with_filter(tmp_path, text)
    vault.write(DAY, f"{line}\n")
    (shape,) = shapes(vault, DAY)
    assert (shape["text"], shape["micro_win"]) == ("Write 300 words", "write-300-words")


def test_a_word_that_only_begins_like_the_filter_stays(tmp_path: Path) -> None:
    vault = with_filter(tmp_path, "do")
    vault.write("List.md", "- [ ] do a donut\n- [ ] undone\n")
    assert [shape["text"] for shape in shapes(vault, "List.md")] == ["a donut", "undone"]


def test_parse_says_which_boxes_count_and_what_tasks_sees(vault: SmallVault) -> None:
    vault.write("List.md", "- [x] Bread\n- [x] Milk #task\n")
    first, second = shapes(vault, "List.md")
    assert (first["counts"], first["tasks"], first["match"]) == (
        False,
        None,
        "without the vault's global filter",
    )
    assert (second["counts"], second["tags"]) == (True, ("#task",))
    assert second["tasks"]
    vault.write(DAY, "- [x] Milk\n- [x] Read a page\n")
    assert [shape["counts"] for shape in shapes(vault, DAY)] == [False, True]


def test_tasks_reads_the_format_that_it_is_set_to(vault: SmallVault) -> None:
    vault.write("List.md", "- [x] Bread #task [completion:: 2026-03-01]\n")
    vault.write(TASKS, '{"taskFormat": "dataview"}')
    (shape,) = shapes(vault, "List.md")
    assert isinstance(shape["tasks"], dict)
    assert shape["tasks"]["done"] == date(2026, 3, 1)
    vault.write(TASKS, '{"taskFormat": "tasksPluginEmoji"}')
    (shape,) = shapes(vault, "List.md")
    assert isinstance(shape["tasks"], dict)
    assert shape["tasks"]["done"] is None
    assert shape["done"] == date(2026, 3, 1)


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("- [x] Bread [finished:: 2026-03-01]", date(2026, 3, 1)),
        ("- [x] Bread (Finished:: 2026-03-01T10:15)", date(2026, 3, 1)),
        ("- [x] Bread [finished:: 2026-03-01] ✅ 2026-03-02", date(2026, 3, 2)),
        ("- [x] Bread [finished:: 1 March]", None),
        ("- [x] Bread [finished:: 2026-02-30]", None),
        ("- [x] Bread [completion:: 2026-03-03]", date(2026, 3, 3)),
    ],
)
def test_a_done_date_under_dataviews_own_key_counts(tmp_path: Path, line: str, day: date | None) -> None:
    vault = small_vault(tmp_path)
    vault.write(".obsidian/community-plugins.json", '["dataview"]')
    vault.write(".obsidian/plugins/dataview/data.json", '{"taskCompletionText": "Finished"}')
    vault.write("List.md", f"{line}\n")
    assert [shape["done"] for shape in shapes(vault, "List.md")] == [day]


# Kanban boards

BOARD = """---
kanban-plugin: basic
type: goal
---

## Micro-wins

- Swim 🔁 every day
- [ ] Write 300 words
- [x] Bread ✅ 2026-03-04

<!-- microwins:today -->
<!-- /microwins -->

%% kanban:settings
```
{"kanban-plugin":"basic"}
```
%%
"""


def test_nothing_on_a_kanban_board_counts_and_it_is_no_problem(tmp_path: Path) -> None:
    vault = small_vault(tmp_path)
    before = vault.keeper().figures()
    vault.write("Board.md", BOARD)
    keeper = vault.keeper()
    figures = keeper.figures()
    assert (figures.totals, len(figures.goals)) == (before.totals, len(before.goals))
    assert codes(keeper.problems(figures)) == set()
    shape = note_shape(keeper.ledger.notes["Board.md"], keeper.ledger.catalog)
    assert (shape["kind"], shape["goal"]) == ("kanban", None)
    assert [(one["counts"], one["match"]) for one in shapes(vault, "Board.md")] == [
        (False, "on a Kanban board")
    ] * 2


def test_a_kanban_board_is_never_written(tmp_path: Path) -> None:
    vault = small_vault(tmp_path, 'timezone = "UTC"\nstamp = "tasks"\n')
    vault.write("Board.md", BOARD)
    vault.settle()
    vault.swap("Board.md", "- [ ] Write", "- [x] Write")
    ticked = vault.text("Board.md")
    vault.settle()
    assert vault.text("Board.md") == ticked
