"""`tick`, `untick`, `skip`: the one box that was meant, and no other byte."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from microwins.daemon.lock import VaultLock

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
FROG, WRITE, READ = (
    "- [ ] Open the draft for 2 minutes #frog\n",
    "- [ ] Write 300 words\n",
    "- [ ] Read a page\n",
)
DONE_READ = f"{FROG}{WRITE}- [x] Read a page\n<!-- /microwins -->\n"
ALL = FROG + WRITE + READ
Boxes = Callable[[str], "Bench"]


# What is meant


@pytest.mark.parametrize(
    "words",
    [
        ["2"],
        ["write-300-words"],
        ["Write 300 words"],
        ["write", "300", "words"],
        ["  WRITE   300 words! "],
        ["300 w"],
        ["wri"],
        ["0 words"],
        ["words write"],
    ],
    ids=" ".join,
)
def test_number_id_name_and_part_of_a_name(ticked: Boxes, words: list[str]) -> None:
    vault = ticked(ALL)
    result = vault.run("tick", *words)
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("✓ Write 300 words  ·  1 day in a row")
    assert vault.json("tick", *words)["changed"] is False


def test_a_number_that_the_list_does_not_have_is_a_word_of_a_name(ticked: Boxes) -> None:
    vault = ticked(ALL)
    assert vault.json("tick", "300")["micro_win"]["id"] == "write-300-words"
    assert vault.json("tick", "1")["micro_win"]["id"] == "open-the-draft-for-2-minutes"


def test_a_number_of_the_list_goes_before_a_name(ticked: Boxes) -> None:
    assert ticked(ALL).json("tick", "2")["micro_win"]["id"] == "write-300-words"


def test_a_name_in_which_all_words_stand(ticked: Boxes) -> None:
    assert ticked(ALL).json("tick", "minutes draft")["micro_win"]["id"] == "open-the-draft-for-2-minutes"


PICTURES = """---
type: goal
---
## Micro-wins
- Sketch a cup 🔁 every day [min:: take the pencil]
- Stretch for 5 minutes 🔁 every day [min:: touch your toes]
"""


@pytest.mark.parametrize("words", ["take the pencil", "Take the pencil!", "pencil", "take", "pencil take"])
def test_a_micro_win_is_found_by_its_smaller_version_and_by_a_part_of_it(vault: Bench, words: str) -> None:
    vault.write("Goals/Pictures.md", PICTURES)
    assert vault.json("tick", words)["micro_win"]["id"] == "sketch-a-cup"
    assert "- [x] Sketch a cup\n" in vault.text(NOTE)
    assert vault.json("untick", words)["micro_win"]["id"] == "sketch-a-cup"
    assert vault.json("skip", words)["micro_win"]["id"] == "sketch-a-cup"
    assert vault.json("explain", words)["id"] == "sketch-a-cup"


def test_the_box_of_a_light_day_is_ticked_by_what_it_says(vault: Bench) -> None:
    vault.write("Goals/Pictures.md", PICTURES)
    vault.write(NOTE, "- [ ] touch your toes\n")
    vault.run("tick", "toes")
    assert vault.text(NOTE).startswith("- [x] touch your toes\n")


def test_where_a_full_text_fits_as_well_it_is_meant(vault: Bench) -> None:
    vault.write("Goals/Pictures.md", PICTURES)
    more = "---\ntype: goal\n---\n## Micro-wins\n- Sharpen a pencil 🔁 every day\n- Take the pencil 🔁 every day\n"
    vault.write("Goals/Desk.md", more)
    assert vault.json("tick", "sharpen a pencil")["micro_win"]["id"] == "sharpen-a-pencil"
    assert vault.json("tick", "take the pencil")["micro_win"]["id"] == "take-the-pencil"
    assert "fits several" in vault.run("tick", "pencil").err


def test_a_whole_smaller_version_comes_before_a_part_of_a_full_text_and_a_part_of_it_after(
    vault: Bench,
) -> None:
    vault.write("Goals/Pictures.md", PICTURES)
    more = "---\ntype: goal\n---\n## Micro-wins\n- Take the pencil case along 🔁 every day\n"
    vault.write("Goals/Desk.md", more)
    assert vault.json("tick", "take the pencil")["micro_win"]["id"] == "sketch-a-cup"
    assert vault.json("tick", "pencil")["micro_win"]["id"] == "take-the-pencil-case-along"


def test_a_smaller_version_comes_before_a_step_that_is_ticked_already(vault: Bench) -> None:
    vault.write("Goals/Pictures.md", f"{PICTURES}## Steps\n- [x] Buy a pencil\n")
    assert vault.json("tick", "pencil")["micro_win"]["id"] == "sketch-a-cup"


def test_one_smaller_version_of_two_micro_wins_is_told_with_what_tells_them_apart(vault: Bench) -> None:
    vault.write("Goals/Pictures.md", f"{PICTURES}- Draw a tree 🔁 every day [min:: find the pencil]\n")
    result = vault.run("tick", "pencil")
    assert result.code == 1
    assert "fits several: “Sketch a cup” (sketch-a-cup), “Draw a tree” (draw-a-tree)" in result.err


def test_a_goal_is_explained_rather_than_a_micro_win_by_a_part_of_its_smaller_version(vault: Bench) -> None:
    vault.write("Goals/Pictures.md", PICTURES.replace("take the pencil", "open the sketchbook"))
    assert vault.json("explain", "book")["path"] == GOAL


def test_several_are_listed_with_what_tells_them_apart(vault: Bench) -> None:
    before = vault.files()
    result = vault.run("tick", "chapter")
    assert result.code == 1
    assert f"“Chapter one” ({GOAL}:14), “Chapter two” ({GOAL}:15)" in result.err
    assert vault.files() == before


def test_what_tells_them_apart_can_be_written(vault: Bench) -> None:
    vault.write("Goals/Other.md", "---\ntype: goal\n---\n- [ ] Chapter one\n\n## Micro-wins\n- Read a page\n")
    assert vault.json("tick", "Goals/Other.md:4")["path"] == "Goals/Other.md"
    assert vault.run("tick", "read a page").code == 1
    assert vault.json("tick", "write-a-book/read-a-page")["micro_win"]["goal"] == GOAL


@pytest.mark.parametrize("words", ["nothing like it", "99", "0", "30", "…", "²3"])
def test_none_is_an_error_and_nothing_is_guessed(ticked: Boxes, words: str) -> None:
    vault = ticked(ALL)
    before = vault.files()
    document = vault.run("tick", words, "--json").document
    assert document["error"]["code"] == "no-such-box"
    assert "microwins today" in document["error"]["hint"]
    assert vault.files() == before


# Where the box is


@pytest.mark.parametrize(("command", "character"), [("tick", "x"), ("skip", "-")])
def test_an_existing_box_changes_by_one_byte(ticked: Boxes, command: str, character: str) -> None:
    vault = ticked(ALL)
    before = vault.text(NOTE)
    data = vault.json(command, "write 300")
    assert vault.text(NOTE) == before.replace(WRITE, WRITE.replace("[ ]", f"[{character}]"))
    assert (data["path"], data["line"], data["changed"]) == (NOTE, 5, True)
    assert data["micro_win"]["state"] == {"x": "done", "-": "skipped"}[character]


def test_untick_takes_it_back_to_the_same_bytes(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.run("sync")
    before = vault.files()
    vault.run("tick", "write 300")
    assert vault.files() != before
    assert vault.run("untick", "write 300").out.startswith("○ Write 300 words")
    assert vault.files() == before


@pytest.mark.parametrize("end", ["\r\n", "\n"])
@pytest.mark.parametrize("start", ["\ufeff", ""])
def test_byte_order_mark_and_line_ends_stay(vault: Bench, start: str, end: str) -> None:
    text = f"{start}# Day{end}{end}Ä – {end}* [ ] Write 300 words{end}last".encode()
    vault.write(NOTE, text)
    vault.run("tick", "write 300")
    assert vault.read(NOTE) == text.replace(b"[ ]", b"[x]")


def test_a_missing_line_is_put_into_the_block_in_the_notes_own_line_ends(vault: Bench) -> None:
    vault.write(NOTE, "\ufeffhi\r\n<!-- microwins:today -->\r\n- [ ] Mine\r\n<!-- /microwins -->\r\nend")
    vault.run("tick", "read a page")
    assert vault.read(NOTE).decode() == (
        "\ufeffhi\r\n<!-- microwins:today -->\r\n- [ ] Mine\r\n- [ ] Open the draft for 2 minutes #frog\r\n"
        "- [ ] Write 300 words\r\n- [x] Read a page\r\n<!-- /microwins -->\r\nend"
    )


def test_one_that_is_not_due_today_gets_its_line_all_the_same(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.run("tick", "write 300", "--today", "2026-11-21")
    assert "- [x] Write 300 words\n" in vault.text("Journal/2026-11-21.md")


def test_a_missing_block_is_put_at_the_end(vault: Bench) -> None:
    vault.write(NOTE, "My day\n\n- [ ] call Ann")
    vault.run("tick", "read a page")
    assert vault.text(NOTE) == "My day\n\n- [ ] call Ann\n\n<!-- microwins:today -->\n" + DONE_READ


def test_a_missing_note_is_made_with_the_whole_day(vault: Bench) -> None:
    vault.run("tick", "read a page")
    assert f"{FROG}{WRITE}{READ.replace('[ ]', '[x]')}" in vault.text(NOTE)


def test_an_empty_note_is_filled(vault: Bench) -> None:
    vault.write(NOTE, "")
    vault.run("tick", "read a page")
    assert vault.text(NOTE) == "<!-- microwins:today -->\n" + DONE_READ


def test_untick_of_what_was_never_ticked_writes_nothing(vault: Bench) -> None:
    vault.run("sync")
    before = vault.files()
    assert vault.json("untick", "read a page")["changed"] is False
    assert vault.files() == before


def test_of_two_boxes_tick_takes_the_open_one_and_untick_the_done_one(ticked: Boxes) -> None:
    vault = ticked(f"{FROG}{WRITE}- [ ] Read a page\n- [x] Read a page\n")
    assert vault.json("untick", "read a page")["line"] == 7
    assert vault.json("tick", "read a page")["line"] == 6
    assert vault.json("tick", "read a page")["line"] == 7


def test_the_line_is_told_where_it_stands_after_the_others_were_put_in(ticked: Boxes) -> None:
    vault = ticked(READ)
    data = vault.json("tick", "read a page")
    assert data["line"] == 6
    assert data["micro_win"]["id"] == "read-a-page"
    assert vault.text(NOTE).splitlines()[5] == "- [x] Read a page"


def test_a_box_in_one_of_our_other_blocks_is_not_meant(vault: Bench) -> None:
    vault.write(
        NOTE,
        f"<!-- microwins:week -->\n{READ}<!-- /microwins -->\n<!-- microwins:today -->\n<!-- /microwins -->\n",
    )
    vault.run("tick", "read a page")
    assert "<!-- microwins:today -->" in vault.text(NOTE)
    assert "- [x] Read a page\n" in vault.text(NOTE).partition("<!-- microwins:today -->")[2]


# Steps


def test_a_step_is_stamped_and_moves_its_goal(vault: Bench) -> None:
    result = vault.run("tick", "chapter one")
    assert result.out.splitlines() == [
        "✓ Chapter one  ·  Write a book 33 → 67 %",
        "✦ Reached today · Write a book: 50 % of the way",
    ]
    assert "- [x] Chapter one ✅ 2026-11-20\n" in vault.text(GOAL)


def test_a_step_is_unstamped(vault: Bench) -> None:
    vault.run("sync")
    before = vault.text(GOAL)
    vault.run("tick", "chapter one")
    assert vault.run("untick", "chapter one").out == "○ Chapter one  ·  Write a book 67 → 33 %\n"
    assert vault.text(GOAL) == before


@pytest.mark.parametrize(
    ("stamp", "line"),
    [
        ("off", "- [x] Chapter one"),
        ("tasks", "- [x] Chapter one ✅ 2026-11-20"),
        ("dataview", "- [x] Chapter one  [completion:: 2026-11-20]"),
    ],
)
def test_a_step_is_stamped_in_the_style_that_is_set(vault: Bench, stamp: str, line: str) -> None:
    vault.environment["MICROWINS_STAMP"] = stamp
    vault.run("tick", "chapter one")
    assert f"{line}\n" in vault.text(GOAL)
    vault.run("untick", "chapter one")
    assert "- [ ] Chapter one\n" in vault.text(GOAL)


def test_a_done_date_stands_before_a_block_link(vault: Bench) -> None:
    vault.write("Goals/Other.md", "---\ntype: goal\n---\n- [ ] Walk there ^abc\n")
    vault.run("tick", "walk there", "--amount", "2 km")
    assert "- [x] Walk there [km:: 2] ✅ 2026-11-20 ^abc\n" in vault.text("Goals/Other.md")


def test_a_step_is_skipped(vault: Bench) -> None:
    assert vault.run("skip", "chapter one").out.startswith("– Chapter one")
    assert "- [-] Chapter one\n" in vault.text(GOAL)


# Amounts


def test_an_amount_is_written_and_counted(ticked: Boxes) -> None:
    vault = ticked(ALL)
    data = vault.json("tick", "read a page", "--amount", "1,420.5 words")
    assert "- [x] Read a page [words:: 1420.5]\n" in vault.text(NOTE)
    assert [sums["today"] for sums in data["micro_win"]["totals"]["amounts"].values()] == [1420.5]


def test_an_amount_stands_for_the_one_in_the_name(ticked: Boxes) -> None:
    data = ticked(ALL).json("tick", "write 300", "--amount", "420 words")
    assert [sums["today"] for sums in data["micro_win"]["totals"]["amounts"].values()] == [420]


def test_a_second_amount_is_added_to_a_box_that_is_done(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.run("tick", "read a page", "--amount", "200 words")
    data = vault.json("tick", "read a page", "--amount", "150 words")
    assert "- [x] Read a page [words:: 200] [words:: 150]\n" in vault.text(NOTE)
    assert [sums["today"] for sums in data["micro_win"]["totals"]["amounts"].values()] == [350]


@pytest.mark.parametrize(
    "amount", ["many", "", "words 3", "-5 words", "3 wor]ds", "3 a::b", "3 id", "3 w\nx"]
)
def test_what_is_no_amount_is_a_usage_error(ticked: Boxes, amount: str) -> None:
    vault = ticked(ALL)
    before = vault.files()
    result = vault.run("tick", "write 300", "--amount", amount)
    assert result.code == 2
    assert "420 words" in result.err
    assert vault.files() == before


# Around it


def test_the_goals_block_and_the_dashboard_are_brought_up_to_date(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.run("sync")
    assert vault.json("tick", "read a page")["written"] == [GOAL]
    assert "| Read a page · every day | 1 day |" in vault.text(GOAL)


def test_while_another_process_holds_the_lock_the_box_is_ticked_and_the_rest_left_to_it(
    ticked: Boxes,
) -> None:
    vault = ticked(ALL)
    goal = vault.read(GOAL)
    with VaultLock(vault.folder / "state", vault.root.resolve()).acquire("watch", "2026-11-20T08:00"):
        data = vault.json("tick", "read a page")
    assert (data["changed"], data["left_to_watch"], data["written"]) == (True, True, [])
    assert "- [x] Read a page\n" in vault.text(NOTE)
    assert vault.read(GOAL) == goal


def test_without_consent_no_box_is_touched(stranger: Bench) -> None:
    before = stranger.files()
    result = stranger.run("tick", "read a page")
    assert result.code == 1
    assert "microwins init" in result.err
    assert stranger.files() == before


@pytest.mark.parametrize(
    ("note", "message"),
    [
        (b"- [ ] Read a page\n\xff\xfe\n", "UTF-8"),
        (b"- [ ] Read a page\n<!-- microwins:today -->\ntext\n", "marker"),
        (b"- [ ] Read a page\n\0\n", "NUL"),
    ],
)
def test_a_note_that_is_never_written_is_not_written(vault: Bench, note: bytes, message: str) -> None:
    vault.write(NOTE, note)
    result = vault.run("tick", "read a page")
    assert result.code == 1
    assert message in result.err
    assert vault.read(NOTE) == note


def test_hidden_streaks_are_not_in_the_answer(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.environment["MICROWINS_STREAKS_SHOW"] = "hidden"
    assert vault.run("tick", "read a page").out.startswith("✓ Read a page  ·  1 time so far\n")


def test_a_tick_says_how_far_the_running_turn_has_come(vault: Bench) -> None:
    vault.write(
        "Goals/Run.md",
        "---\ntype: goal\n---\n## Micro-wins\n- Run 🔁 3 times a week\n- Sketch 🔁 every day [target:: 10 lines]\n",
    )
    assert "1 of 2 this week" in vault.run("tick", "run").out
    assert "4 of 10 lines today" in vault.run("tick", "sketch", "--amount", "4 lines").out
    assert "today" not in vault.run("tick", "sketch", "--amount", "6 lines").out


SKETCH = "---\ntype: goal\n---\n## Micro-wins\n- Sketch 🔁 every day [target:: 10 lines]\n"


def test_a_mistyped_amount_that_is_taken_back_is_not_added_to_the_next_one(vault: Bench) -> None:
    vault.write("Goals/Sketch.md", SKETCH)
    vault.run("tick", "sketch", "--amount", "40 lines")
    vault.run("untick", "sketch")
    assert "[lines::" not in vault.text(NOTE)
    assert "4 of 10 lines today" in vault.run("tick", "sketch", "--amount", "4 lines").out


def test_of_several_boxes_the_last_one_is_taken_back(vault: Bench) -> None:
    vault.write("Goals/Sketch.md", SKETCH)
    vault.run("tick", "sketch", "--amount", "4 lines")
    vault.run("tick", "sketch", "--amount", "3 lines")
    vault.run("untick", "sketch")
    [line] = [line for line in vault.text(NOTE).splitlines() if "[x] Sketch" in line]
    assert "[lines:: 4]" in line


def test_what_is_ticked_already_is_called_by_its_name(ticked: Boxes) -> None:
    vault = ticked(ALL)
    vault.run("tick", "1")
    assert vault.run("tick", "1").out == "“Open the draft for 2 minutes” is done already.\n"


def test_under_a_limit_each_time_has_a_box_of_its_own(vault: Bench) -> None:
    vault.write("Goals/Less.md", "---\ntype: goal\n---\n## Micro-wins\n- Crisps [limit:: 2 a week]\n")
    assert "1 of at most 2 this week" in vault.run("tick", "crisps").out
    assert "2 of at most 2 this week" in vault.run("tick", "crisps").out
    assert vault.text(NOTE).count("- [x] Crisps\n") == 2
    assert "1 of at most 2 this week" in vault.run("untick", "crisps").out
    assert "2 of at most 2 this week" in vault.run("tick", "crisps").out
    assert vault.text(NOTE).count("Crisps\n") == 2


def test_an_amount_in_the_unit_of_the_target_is_no_part_of_the_name(vault: Bench) -> None:
    vault.write(
        "Goals/Fit.md",
        "---\ntype: goal\n---\n## Micro-wins\n- Run [target:: 10 km] 🔁 every week\n- Telly [limit:: 60 min a day]\n",
    )
    vault.write(NOTE, "- [x] Run 4 km\n- [x] Telly 70 min\n- [x] Run 3 errands\n- [x] 4 km\n")
    tasks = vault.json("parse", str(vault.root / NOTE))["notes"][0]["tasks"]
    assert [task["micro_win"] for task in tasks] == ["run", "telly", None, None]
    assert tasks[0]["match"] == "text without its amount"
    wins = {win["id"]: win for goal in vault.json("status")["goals"] for win in goal["micro_wins"]}
    assert (
        wins["run"]["totals"]["amounts"]["km"]["today"] == "4"
        or wins["run"]["totals"]["amounts"]["km"]["today"] == 4
    )


def test_a_step_that_is_done_is_not_what_is_to_be_ticked(vault: Bench) -> None:
    text = vault.text(GOAL).replace("- [x] Outline", "- [x] Page numbers\n- [x] Outline a page")
    vault.write(GOAL, text)
    assert vault.json("tick", "page")["micro_win"]["id"] == "read-a-page"
    assert vault.json("untick", "outline")["path"] == GOAL
    assert "[ ] Outline a page" in vault.text(GOAL)


def test_a_step_that_is_done_is_named_where_nothing_else_fits(vault: Bench) -> None:
    assert "“Outline” is done already" in vault.run("tick", "outl").out


def test_of_a_micro_win_and_a_step_that_are_both_open_one_has_to_be_named(vault: Bench) -> None:
    vault.write(GOAL, vault.text(GOAL) + "- [ ] Number a page\n")
    assert vault.run("tick", "a page", "--json").document["error"]["code"] == "several-boxes"


def test_a_step_is_never_what_is_explained_where_a_micro_win_fits(vault: Bench) -> None:
    vault.write(GOAL, vault.text(GOAL) + "- [ ] Page numbers\n")
    assert vault.json("explain", "page")["id"] == "read-a-page"


BLOCKS = "---\ntype: goal\n---\n## Micro-wins\n- Study 1 block of 25 min 🔁 every day [target:: 3 blocks]\n- Run 🔁 once a week [target:: 10 km]\n"


def test_blocks_of_a_day_are_ticked_one_after_the_other_until_it_is_whole(vault: Bench) -> None:
    vault.write(GOAL, BLOCKS)
    told = [vault.run("tick", "study").out.splitlines()[0] for _ in range(4)]
    assert [line.rpartition("  ·  ")[2] for line in told[:2]] == [
        "1 of 3 blocks today",
        "2 of 3 blocks today",
    ]
    assert "1 day in a row" in told[2]
    assert told[3] == "“Study 1 block of 25 min” is done already."
    assert vault.text(NOTE).count("- [x] Study 1 block of 25 min") == 3
    win = vault.json("status")["goals"][0]["micro_wins"][0]
    assert win["totals"]["amounts"] == {
        "block": dict.fromkeys(("today", "week", "month", "quarter", "year", "all"), 3),
        "min": dict.fromkeys(("today", "week", "month", "quarter", "year", "all"), 75),
    }
    assert win["totals"]["today"] == 1
    assert vault.run("undo").code == 0
    assert vault.text(NOTE).count("- [x] Study") == 2


def test_an_amount_of_a_week_is_added_to_only_where_it_is_said(vault: Bench) -> None:
    vault.write(GOAL, BLOCKS)
    vault.run("tick", "run", "--amount", "4 km")
    assert "is done already" in vault.run("tick", "run").out
    vault.run("tick", "run", "--amount", "3 km")
    assert vault.json("explain", "run")["progress_now"]["got"] == 7
    assert vault.text(NOTE).count("- [x] Run") == 2
