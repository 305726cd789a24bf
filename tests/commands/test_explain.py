"""`microwins explain`: from each figure back to the boxes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

GOAL = "---\ntype: goal\nstart: 2026-11-16\n---\n## Micro-wins\n- Sing 🔁 every day\n\n## Steps\n- [ ] Buy a score\n"


def ready(vault: Bench) -> Bench:
    vault.write("Goals/Music.md", GOAL)
    vault.write("Journal/2026-11-16.md", "- [x] Sing\n")
    vault.write("Journal/2026-11-18.md", "\n- [x] Sing\n")
    vault.write("Journal/2026-11-19.md", "- [-] Sing\n")
    return vault


def test_each_turn_names_the_boxes_that_it_came_from(vault: Bench) -> None:
    lines = ready(vault).run("explain", "sing").out.splitlines()
    assert lines[0] == "Sing (sing, Goals/Music.md:6)"
    assert lines[2] == "Due: every day from 2026-11-16"
    assert lines[5:10] == [
        "  # 2026-11-16 done Journal/2026-11-16.md:1 [done]",
        "  x 2026-11-17 not done",
        "  # 2026-11-18 done Journal/2026-11-18.md:2 [done]",
        "  - 2026-11-19 neutral Journal/2026-11-19.md:1 [skipped]",
        "  ? 2026-11-20 open",
    ]


def test_the_formula_is_shown_with_its_last_step(vault: Bench) -> None:
    out = ready(vault).run("explain", "sing").out
    strength = vault.json("explain", "sing")["strength"]
    assert f"Strength: {strength:.4f}, by s ← s·M + c·(1−M) over 3 turns" in out
    assert f"= {strength:.4f}\n" in out


def test_only_the_last_turns_are_shown_unless_all_are_wanted(vault: Bench) -> None:
    vault.write("Goals/Music.md", GOAL.replace("2026-11-16", "2026-10-01"))
    assert "Turns (the last 10 of 51)" in vault.run("explain", "sing").out
    assert "  x 2026-10-01 not done" in vault.run("explain", "sing", "-v").out


def test_json_has_every_turn_with_its_boxes(vault: Bench) -> None:
    turns = ready(vault).json("explain", "sing")["turns"]
    assert [turn["state"] for turn in turns] == ["#", "x", "#", "-", "?"]
    assert turns[2]["boxes"] == [
        {"path": "Journal/2026-11-18.md", "line": 2, "state": "done", "day": "2026-11-18"}
    ]


def test_a_step_has_no_figures(vault: Bench) -> None:
    result = ready(vault).run("explain", "buy a score")
    assert (result.code, "Name a micro-win." in result.err) == (1, True)
