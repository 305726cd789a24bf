"""`microwins explain`: from each figure back to the boxes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from microwins.templates.words import DEFAULT, speak

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
    assert lines[0] == "Sing  (sing, Goals/Music.md:6)"
    assert lines[2] == "Due: every day from 2026-11-16"
    assert lines[5:10] == [
        "  # 2026-11-16  done  Journal/2026-11-16.md:1 [done]",
        "  x 2026-11-17  not done",
        "  # 2026-11-18  done  Journal/2026-11-18.md:2 [done]",
        "  - 2026-11-19  neutral  Journal/2026-11-19.md:1 [skipped]",
        "  ? 2026-11-20  open",
    ]


def test_the_formula_is_shown_with_its_last_step(vault: Bench) -> None:
    out = ready(vault).run("explain", "sing").out
    strength = vault.json("explain", "sing")["strength"]
    assert f"Strength: {strength:.4f}, by s ← s·M + c·(1−M) over 3 turns" in out
    assert f"= {strength:.4f}\n" in out


def test_only_the_last_turns_are_shown_unless_all_are_wanted(vault: Bench) -> None:
    vault.write("Goals/Music.md", GOAL.replace("2026-11-16", "2026-10-01"))
    assert "Turns (the last 10 of 51)" in vault.run("explain", "sing").out
    assert "  x 2026-10-01  not done" in vault.run("explain", "sing", "-v").out


def test_json_has_every_turn_with_its_boxes(vault: Bench) -> None:
    turns = ready(vault).json("explain", "sing")["turns"]
    assert [turn["state"] for turn in turns] == ["#", "x", "#", "-", "?"]
    assert turns[2]["boxes"] == [
        {"path": "Journal/2026-11-18.md", "line": 2, "state": "done", "day": "2026-11-18", "amounts": {}}
    ]


def test_a_step_has_no_figures(vault: Bench) -> None:
    result = ready(vault).run("explain", "buy a score")
    assert (result.code, "Name a micro-win." in result.err) == (1, True)


NOVEL = "---\ntype: goal\nstart: 2026-11-01\ntarget: 2026-11-30\nmeasure: 3000 words\n---\n## Micro-wins\n- Draft a page\n\n- [x] Plan ✅ 2026-11-02\n- [ ] End\n"
PART = "---\ntype: goal\nparent: '[[Novel]]'\nweight: 2\n---\n- [x] Title [words:: 5] ✅ 2026-11-03\n"


def with_novel(vault: Bench) -> Bench:
    vault.write("Goals/Novel.md", NOVEL)
    vault.write("Goals/Part.md", PART)
    vault.write("Journal/2026-11-19.md", "- [x] Draft a page [words:: 295]\n")
    return vault


def test_a_goal_is_explained_by_its_parts_their_weights_and_boxes(vault: Bench) -> None:
    lines = with_novel(vault).run("explain", "novel").out.splitlines()
    assert lines[:2] == ["Novel  (Goals/Novel.md)", ""]
    assert lines[2:7] == [
        "Progress: 65 %, by Σ weight · share ÷ Σ weight",
        "  steps  1 · 50 %  1 of 2 steps",
        "  measure  1 · 10 %  300 of 3,000 words",
        "  goal  2 · 100 %  Part (Goals/Part.md)",
        "  (1·0.5000 + 1·0.1000 + 2·1.0000) ÷ 4 = 0.6500",
    ]
    assert "  2026-11-03  5 words  Goals/Part.md:6" in lines
    assert "  2026-11-19  295 words  Journal/2026-11-19.md:1" in lines


def test_the_pace_of_a_goal_is_shown_with_its_arithmetic(vault: Bench) -> None:
    out = with_novel(vault).run("explain", "Goals/Novel.md").out
    assert "Pace: 2026-11-01 to 2026-11-30, 30 days available, 19 of them closed by 2026-11-19" in out
    assert "expected 0 + (3,000 − 0) · 19 ÷ 30 = 1,900 words" in out
    assert "needed (3,000 − 300) ÷ 11 days, rounded up: 246 words a day" in out


def test_json_has_the_parts_and_the_boxes_of_a_goal(vault: Bench) -> None:
    found = with_novel(vault).json("explain", "novel")
    assert [(part["kind"], part["weight"]) for part in found["parts"]] == [
        ("steps", 1),
        ("measure", 1),
        ("goal", 2),
    ]
    assert [box["amount"] for box in found["boxes"]] == [5, 295]
    assert found["days"] == {"available": 30, "closed": 19, "left": 11}


def test_a_micro_win_of_just_that_name_comes_before_a_goal(vault: Bench) -> None:
    ready(vault).write("Goals/Sing.md", "---\ntype: goal\n---\n- [ ] one\n")
    assert vault.run("explain", "sing").out.startswith("Sing  (sing, Goals/Music.md:6)")
    assert vault.run("explain", "Goals/Sing.md").out.startswith("Sing  (Goals/Sing.md)")


def test_the_vaults_own_streak_is_explained_by_the_boxes_of_its_days(vault: Bench) -> None:
    ready(vault).write("Journal/2026-11-20.md", "- [x] Buy bread\n")
    lines = vault.run("explain", "--days").out.splitlines()
    assert lines[0].startswith("Days with any win")
    assert "  # 2026-11-20  done  Journal/2026-11-20.md:1 [done]" in lines
    assert "Streak: 1 day, 2026-11-20 to 2026-11-20" in lines
    assert vault.json("explain", "--days")["streak"]["count"] == 1


def test_without_a_name_it_asks_for_one(vault: Bench) -> None:
    result = vault.run("explain")
    assert (result.code, "--days" in result.err) == (2, True)


WEEKS = """---
type: goal
start: 2026-11-04
pause: 2026-11-10..2026-11-12
---
## Micro-wins
- Run [every:: 3 times a week]
- Write [every:: week] [target:: 700 words]
- Sweets [limit:: 2 a week]
"""


def with_weeks(vault: Bench) -> Bench:
    vault.write("Goals/Weeks.md", WEEKS)
    vault.write("Journal/2026-11-05.md", "- [x] Run\n- [x] Write [words:: 350]\n- [x] Sweets\n- [x] Sweets\n")
    vault.write("Journal/2026-11-07.md", "- [x] Run\n- [/] Write [words:: 50]\n- [x] Sweets\n")
    return vault


def test_a_longer_turn_tells_what_was_done_of_what_it_asked_for(vault: Bench) -> None:
    out = with_weeks(vault).run("explain", "run").out
    assert "  x 2026-11-04..2026-11-08  not done, 2 of 3 (67 %)  Journal/2026-11-05.md:1 [done]" in out
    assert "  x 2026-11-09..2026-11-15  not done, 0 of 2 (4 of 7 days available)" in out
    assert "  last step, n = 3, L = 7: " in out


def test_an_amount_is_told_beside_each_box_and_for_the_turn(vault: Bench) -> None:
    vault.environment["COLUMNS"] = "200"
    out = with_weeks(vault).run("explain", "write").out
    boxes = "Journal/2026-11-05.md:2 [done, 350 words], Journal/2026-11-07.md:2 [partly done, 50 words]"
    assert (
        f"  x 2026-11-04..2026-11-08  not done, 400 of 500 words (80 %, 5 of 7 days available)  {boxes}"
        in out
    )


def test_a_week_that_asks_for_all_says_nothing_of_its_days(vault: Bench) -> None:
    out = with_weeks(vault).run("explain", "run").out
    assert "not done, 0 of 3\n" in out.replace("open", "not done")
    assert out.count("days available") == 1


@pytest.mark.parametrize("width", [60, 80])
def test_in_a_narrow_terminal_the_columns_stay_and_no_box_is_broken(vault: Bench, width: int) -> None:
    for day in (5, 6, 7, 8):
        vault.write(f"Journal/2026-11-0{day}.md", "- [x] Run for a long time [km:: 5]\n")
    vault.write(
        "Goals/Run.md",
        "---\ntype: goal\nstart: 2026-11-02\n---\n## Micro-wins\n- Run for a long time [every:: 3 times a week]\n",
    )
    vault.environment["COLUMNS"] = str(width)
    lines = vault.run("explain", "run for").out.splitlines()
    at = lines.index("  # 2026-11-02..2026-11-08  done, 4 of 3")
    boxes = [f"Journal/2026-11-0{day}.md:1 [done, 5 km]" for day in (5, 6, 7, 8)]
    assert " ".join(line.strip() for line in lines[at + 1 :]).startswith(", ".join(boxes))
    assert all(
        line.startswith("    Journal/") and line.rstrip(",").endswith("km]")
        for line in lines[at + 1 : at + 3]
    )


def test_a_limit_tells_what_was_used_of_it(vault: Bench) -> None:
    assert "above the limit, 3 of at most 2 (50 %)" in with_weeks(vault).run("explain", "sweets").out


def test_json_has_what_each_turn_asked_for(vault: Bench) -> None:
    first = with_weeks(vault).json("explain", "write")["turns"][0]
    assert [first[name] for name in ("times", "length", "available", "days")] == [1, 7, 5, 7]
    assert [first[name] for name in ("got", "needed", "unit")] == [400, 500, "words"]
    assert [box["amounts"] for box in first["boxes"]] == [{"word": 350}, {"word": 50}]
    day = ready(vault).json("explain", "sing")["turns"][0]
    assert [day[name] for name in ("got", "needed", "unit")] == [None, None, None]


def test_hidden_streaks_are_not_explained_either(vault: Bench) -> None:
    with_novel(ready(vault)).write(".microwins.toml", '[streaks]\nshow = "hidden"\n')
    for words in (["sing"], ["novel"], ["--days"]):
        out = vault.run("explain", *words).out
        told = ("Streak:", "Best:", "It goes on", "Days in a row with a win:")
        assert not [line for line in out.splitlines() if line.startswith(told)]
    assert "Strength: " in vault.run("explain", "sing").out


SCALES = "---\ntype: goal\nstart: 2026-11-01\ntarget: 2026-12-31\nmeasure: 92 -> 80 kg\n---\n## Micro-wins\n- Weigh in 🔁 every week\n"


def test_readings_are_never_added_up(vault: Bench) -> None:
    vault.write("Goals/Lighter.md", SCALES)
    vault.write("Journal/2026-11-13.md", "- [x] Weigh in [kg:: 91]\n")
    vault.write("Journal/2026-11-20.md", "- [x] Weigh in [kg:: 90] [min:: 5]\n")
    found = vault.json("explain", "weigh in")
    assert list(found["totals"]["amounts"]) == ["min"]
    assert list(found["projection"]["amounts"]) == []
    assert {one["kind"] for one in found["milestones"]} == {"wins", "strength"}
    [lighter] = [goal for goal in vault.json("review", "month")["goals"] if goal["title"] == "Lighter"]
    assert lighter["amounts"] == {"min": 5}
    assert "10 kg in 41 days to 31 December" in vault.run("goals").out


def test_german_numbers_and_units_are_written_as_in_german(vault: Bench) -> None:
    vault.write(".microwins.toml", f'language = "de"\n{vault.text(".microwins.toml")}')
    head = "type: goal\nstart: 2026-11-01\ntarget: 2026-11-30\nmeasure: 30 stunden"
    vault.write("Goals/Lernen.md", f"---\n{head}\n---\n## Micro-wins\n- Lernen 🔁 every day\n\n- [x] Plan\n")
    vault.write("Journal/2026-11-19.md", "- [x] Lernen [stunden:: 2.5]\n")
    try:
        goal, win = vault.run("explain", "Goals/Lernen.md").out, vault.run("explain", "lernen").out
        assert "[erledigt, 2,5 Stunden]" in win
        assert re.search(r"\d\.\d{2}", win + goal) is None
        assert "M = 0,5^" in win
        assert "2,5 Stunden  Journal/2026-11-19.md:1" in goal
        assert "2,5 von 30 Stunden" in goal
        assert "stunden" not in goal + win
    finally:
        speak(DEFAULT)
