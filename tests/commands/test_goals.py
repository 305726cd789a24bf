"""`microwins goals`: the tree of goals with what each asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

CHILD = '---\ntype: goal\nparent: "[[Write a book]]"\n---\n# First chapter\n\n- [x] Begin\n- [ ] End\n'


def test_a_goal_with_its_micro_wins_and_their_schedules(vault: Bench) -> None:
    lines = vault.run("goals").out.splitlines()
    assert lines[0].startswith("Write a book  ▰▰▰")
    assert "33 % · 1 of 3 steps" in lines[0]
    assert lines[1:] == [
        "  ○ Write 300 words  every weekday",
        "  ○ Open the draft for 2 minutes  every day",
        "  ○ Read a page  every day",
    ]


def test_a_goal_below_another_is_indented_and_told_in_json(vault: Bench) -> None:
    vault.write("Goals/First chapter.md", CHILD)
    assert "\n  First chapter  " in vault.run("goals").out
    goals = vault.json("goals")["goals"]
    assert [(goal["title"], goal["parent"], goal["children"]) for goal in goals] == [
        ("Write a book", None, ["Goals/First chapter.md"]),
        ("First chapter", "Goals/Write a book.md", []),
    ]


def test_goals_in_a_ring_are_a_problem_and_no_crash(vault: Bench) -> None:
    vault.write("Goals/A.md", '---\ntype: goal\nparent: "[[B]]"\n---\n')
    vault.write("Goals/B.md", '---\ntype: goal\nparent: "[[A]]"\n---\n')
    result = vault.run("goals")
    assert result.code == 0
    assert {"A", "B", "Write a book"} <= {line.split("  ")[0].strip() for line in result.out.splitlines()}
    assert "Goals/" in result.err


def test_without_a_goal_it_says_how_to_get_one(empty: Bench) -> None:
    assert "microwins init" in empty.run("goals").out
