"""`microwins next`: one small step, and nothing when there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE, GOAL = "Journal/2026-11-20.md", "Goals/Write a book.md"
DONE = "- [x] Open the draft for 2 minutes\n- [x] Write 300 words\n- [-] Read a page\n"


def test_the_frog_comes_first(vault: Bench) -> None:
    assert vault.run("next").out == "Open the draft for 2 minutes\n"


def test_then_the_others_in_their_order(vault: Bench) -> None:
    vault.write(NOTE, "- [x] Open the draft for 2 minutes\n- [-] Write 300 words\n")
    data = vault.json("next")
    assert (data["kind"], data["text"], data["goal"]) == ("micro_win", "Read a page", GOAL)


def test_the_smallest_version_is_named(vault: Bench) -> None:
    vault.write(
        "Goals/Fit.md",
        "---\ntype: goal\n---\n## Micro-wins\n- Run #frog 🔁 every day [min:: put the shoes on]\n",
    )
    vault.write(GOAL, "")
    assert vault.run("next").out == "Run\nEven this counts: put the shoes on\n"


def test_when_the_day_is_done_it_is_the_first_open_step(vault: Bench) -> None:
    vault.write(NOTE, DONE)
    assert vault.run("next").out == "Chapter one  (Write a book)\n"


def test_a_step_with_steps_below_it_is_not_proposed(vault: Bench) -> None:
    vault.write(NOTE, DONE)
    vault.write(
        GOAL, vault.text(GOAL).replace("- [ ] Chapter one\n", "- [ ] Chapter one\n  - [ ] First scene\n")
    )
    assert vault.json("next")["text"] == "First scene"


def test_when_all_is_done_it_says_so(vault: Bench) -> None:
    vault.write(NOTE, DONE)
    vault.write(GOAL, vault.text(GOAL).replace("- [ ]", "- [x]"))
    assert vault.run("next").out == "Everything that was due today is done.\n"
    assert vault.json("next") == {"kind": None, "text": None, "goal": None, "micro_win": None}


def test_where_nothing_was_due_it_does_not_claim_that_something_is_done(vault: Bench) -> None:
    vault.write(GOAL, "---\ntype: goal\n---\n## Micro-wins\n- Rest 🔁 every Sunday\n")
    assert vault.run("next").out == "Nothing is due today.\n"


def test_without_a_goal_it_says_how_to_get_one(empty: Bench) -> None:
    assert "microwins goals new" in empty.run("next", "--today", "2026-11-20").out


def test_a_step_of_a_goal_that_is_put_aside_or_reached_is_not_proposed(vault: Bench) -> None:
    vault.write(NOTE, DONE)
    vault.write(GOAL, vault.text(GOAL).replace("- [ ]", "- [x]"))
    vault.write("Goals/Aside.md", "---\ntype: goal\nstatus: archived\n---\n- [ ] One day\n")
    vault.write("Goals/Reached.md", "---\ntype: goal\nstatus: done\n---\n- [ ] Left over\n")
    assert vault.json("next")["kind"] is None


def test_no_step_of_a_paused_goal_is_proposed(vault: Bench) -> None:
    vault.write(GOAL, vault.text(GOAL).replace("type: goal\n", "type: goal\npause: [2026-11-19..]\n"))
    assert vault.json("next")["kind"] is None
