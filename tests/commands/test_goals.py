"""`microwins goals`: the tree of goals with what each asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

CHILD = '---\ntype: goal\nparent: "[[Write a book]]"\n---\n# First chapter\n\n- [x] Begin\n- [ ] End\n'


def test_a_goal_with_its_micro_wins_and_their_schedules(vault: Bench) -> None:
    lines = vault.run("goals").out.splitlines()
    assert lines[0].startswith("Write a book  ▰▰▰")
    assert "33 % · 1 of 3 steps" in lines[0]
    assert lines[1:] == [
        "  ○ Write 300 words               every weekday",
        "  ○ Open the draft for 2 minutes  every day",
        "  ○ Read a page                   every day",
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
    assert "microwins goals new" in empty.run("goals").out


BOOK = "---\ntype: goal\nstart: 2026-11-01\ntarget: 2026-11-30\nmeasure: 3000 words\n---\n## Micro-wins\n- Draft a page\n"
LIGHT = "---\ntype: goal\nmeasure: 92 -> 80 kg\n---\n## Micro-wins\n- Weigh in\n"


def written(vault: Bench, first: int, last: int, words: int) -> Bench:
    for day in range(first, last + 1):
        vault.write(f"Journal/2026-11-{day:02}.md", f"- [x] Draft a page [words:: {words}]\n")
    return vault


def goal_named(vault: Bench, title: str) -> dict[str, object]:
    found = next(goal for goal in vault.json("goals")["goals"] if goal["title"] == title)
    assert isinstance(found, dict)
    return found


def test_a_dated_goal_shows_what_a_day_asks_for_and_when_it_ends_at_this_rate(vault: Bench) -> None:
    vault.write("Goals/Novel.md", BOOK)
    out = written(vault, 1, 19, 90).run("goals").out
    assert "  on track: 118 words a day to 30 November; at this rate 4 December\n" in out
    assert goal_named(vault, "Novel")["pace"] == {
        "status": "on_track",
        "pace": 0.9,
        "measured": 1710,
        "expected": 1900,
        "unit": "words",
        "needed": 118,
        "buffer_days": -1.9,
        "forecast": {"date": "2026-12-04", "earliest": "2026-12-04", "latest": "2026-12-04"},
        "at_risk": False,
        "target": "2026-11-30",
        "start": "2026-11-01",
    }


def test_a_reading_that_falls_is_shown_with_its_way(vault: Bench) -> None:
    vault.write("Goals/Light.md", LIGHT)
    assert "Light  ▱▱▱▱▱▱▱▱▱▱ 0 % · no reading yet (from 92 to 80 kg)" in vault.run("goals").out
    assert goal_named(vault, "Light")["measure"] == {
        "amount": None, "target": 80, "unit": "kg", "key": "kg", "from": 92,
    }  # fmt: skip
    vault.write("Journal/2026-11-20.md", "- [x] Weigh in [kg:: 88.4]\n")
    assert "30 % · 88.4 kg (from 92 to 80)" in vault.run("goals").out


def test_amounts_stand_in_totals_under_the_key_of_a_goals_measure(vault: Bench) -> None:
    text = "---\ntype: goal\nmeasure: 1000 Words\n---\n## Micro-wins\n- Draft 🔁 every day\n"
    vault.write("Goals/Draft.md", text)
    vault.write("Journal/2026-11-20.md", "- [x] Draft [words:: 300]\n")
    found: dict[str, Any] = goal_named(vault, "Draft")
    assert (found["measure"]["unit"], found["measure"]["key"]) == ("Words", "word")
    assert (
        found["micro_wins"][0]["totals"]["amounts"][found["measure"]["key"]]["all"]
        == found["measure"]["amount"]
        == 300
    )


def test_archived_goals_come_last_and_are_left_out_of_status_unless_asked_for(vault: Bench) -> None:
    vault.write("Goals/A novel.md", BOOK.replace("start:", "status: archived\nstart:"))
    vault.write("Goals/Part.md", "---\ntype: goal\nparent: '[[A novel]]'\n---\n- [ ] one\n")
    lines = vault.run("goals").out.splitlines()
    assert [line.split("  ▱")[0] for line in lines[-3:]] == ["Archived", "  A novel", "    Part"]
    assert "A novel" not in vault.run("status").out
    assert "A novel" in vault.run("status", "--all").out
    assert "Draft a page" not in vault.run("today").out
    titles = [goal["title"] for goal in vault.json("status")["goals"]]
    assert titles == ["Write a book"]
    assert [goal["archived"] for goal in vault.json("status", "--all")["goals"]] == [True, True, False]
    vault.write("Dashboard.md", "<!-- microwins:goals -->\n<!-- /microwins -->\n")
    vault.run("sync")
    assert "[[Write a book]]" in vault.text("Dashboard.md")
    assert "A novel" not in vault.text("Dashboard.md")


def test_a_goals_days_in_a_row_are_shown_unless_streaks_are_hidden(vault: Bench) -> None:
    vault.write("Goals/Novel.md", BOOK)
    written(vault, 16, 20, 90)
    assert "5 days in a row" in vault.run("goals").out
    found = goal_named(vault, "Novel")
    assert found["streak"] == {
        "count": 5,
        "unit": "days",
        "start": "2026-11-16",
        "end": "2026-11-20",
        "slips": 0,
        "wins": 5,
        "days": 5,
    }
    vault.environment["MICROWINS_STREAKS_SHOW"] = "hidden"
    assert "in a row" not in vault.run("goals").out


def test_a_tick_names_every_goal_that_it_moved_by_amount_where_the_percentage_stays(vault: Bench) -> None:
    vault.write("Goals/Year.md", "---\ntype: goal\nmeasure: 100000 words\n---\n")
    vault.write("Goals/Novel.md", BOOK.replace("start:", "parent: '[[Year]]'\nweight: 2\nstart:"))
    answer = vault.json("tick", "draft a page", "--amount", "60 words")["answer"]
    assert "Year 1 %" not in answer
    assert "Novel 0 → 2 %" in answer
    assert "Year 0 → 1 %" in answer
    vault.write("Journal/2026-11-19.md", "- [x] Draft a page [words:: 5]\n")
    vault.run("untick", "draft a page")
    answer = vault.json("tick", "draft a page")["answer"]
    assert "Novel" in answer


def test_a_frontmatter_that_says_done_is_checked_against_its_parts(vault: Bench) -> None:
    vault.write("Goals/Novel.md", BOOK.replace("start:", "status: done\nstart:"))
    [problem] = [
        one for one in vault.run("check", "--json").document["problems"] if one["path"] == "Goals/Novel.md"
    ]
    assert (problem["code"], problem["line"]) == ("goal-status-disagrees", 3)
