from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import make_catalog
from microwins.streaks.entries import note_entries
from microwins.streaks.figures import figures
from microwins.streaks.goal_figures import GoalFigures, Steps, goal_figures

NOW = Now.at(date(2026, 3, 4))


def tree(goals: Mapping[str, str], boxes: str = "") -> tuple[dict[str, GoalFigures], list[tuple[str, str]]]:
    """Return the figures of goals, given as name and properties or steps, and their problems as (path, code)."""
    notes = {}
    for name, text in goals.items():
        properties, _, body = text.partition("\n\n")
        notes[name] = read_note(f"{name}.md", f"---\ntype: goal\n{properties}\n---\n{body}", Reading())
    catalog = make_catalog([note.goal for note in notes.values() if note.goal])
    found = [
        note_entries(note, catalog)
        for note in (*notes.values(), read_note("2026-03-04.md", boxes, Reading()))
    ]
    entries = [entry for one in found for entry in one.micro_wins]
    wins = {
        key: figures(win, [entry for entry in entries if entry.micro_win == key], NOW)
        for key, win in catalog.wins.items()
    }
    done, problems = goal_figures(
        catalog, wins, {one.path: Steps(one.steps_done, one.steps) for one in found}
    )
    return {goal.goal.title: goal for goal in done}, [(problem.path, problem.code) for problem in problems]


def progress(goals: Mapping[str, str], boxes: str = "") -> dict[str, float | None]:
    return {name: goal.progress for name, goal in tree(goals, boxes)[0].items()}


def test_steps_are_the_progress_of_a_goal() -> None:
    assert progress({"Book": "\n\n- [x] one\n- [ ] two\n- [-] three\n- [ ] four\n- [ ] five\n"}) == {
        "Book": 0.25
    }


@pytest.mark.parametrize("text", ["", "\n\n- [-] dropped\n", "\n\n## Micro-wins\n- Walk 🔁 every day\n"])
def test_where_nothing_tells_it_there_is_no_progress(text: str) -> None:
    assert progress({"Book": text}) == {"Book": None}


def test_an_amount_to_reach_is_summed_from_its_micro_wins() -> None:
    goal = "measure: 1000 words\n\n## Micro-wins\n- Write\n- Edit\n"
    boxes = "- [x] Write [words:: 200]\n- [x] Edit [word:: 50]\n- [x] Else 500 words\n- [x] Edit 25 min\n"
    done = tree({"Book": goal}, boxes)[0]["Book"]
    assert (done.measured, done.progress) == (Decimal(250), 0.25)
    assert progress({"Book": goal.replace("1000", "100")}, boxes) == {"Book": 1.0}


def test_steps_amount_and_sub_goals_weigh_the_same_and_what_is_not_known_does_not_weigh() -> None:
    goals = {
        "Book": "measure: 100 words\n\n- [x] one\n- [ ] two\n## Micro-wins\n- Write\n",
        "Part": "parent: '[[Book]]'\n\n- [x] one\n",
        "Idea": "parent: '[[Book]]'",
    }
    found = progress(goals, "- [x] Write [words:: 30]\n")
    assert found["Book"] == pytest.approx((0.5 + 0.3 + 1.0) / 3)
    assert found["Idea"] is None


def test_parents_come_before_their_children() -> None:
    goals = {"A": "parent: '[[B]]'", "B": "parent: '[[C]]'", "C": "", "D": ""}
    found, problems = tree(goals)
    assert list(found) == ["C", "B", "A", "D"]
    assert found["C"].children == ("B.md",)
    assert problems == []


def test_a_tree_may_be_as_deep_as_it_likes() -> None:
    goals = {f"G{number}": f"parent: '[[G{number - 1}]]'" for number in range(1, 1500)} | {
        "G0": "",
        "G1500": "parent: G1499\n\n- [x] x\n",
    }
    assert progress(goals)["G0"] == 1.0


@pytest.mark.parametrize("parents", [{"A": "A"}, {"A": "B", "B": "A"}, {"A": "B", "B": "C", "C": "A"}])
def test_a_circle_of_parents_is_a_problem_and_no_crash(parents: Mapping[str, str]) -> None:
    goals = {name: f"parent: '[[{parent}]]'\n\n- [x] one\n" for name, parent in parents.items()} | {
        "Below": "parent: '[[A]]'\n\n- [x] one\n"
    }
    found, problems = tree(goals)
    assert {name: goal.progress for name, goal in found.items()} == dict.fromkeys(parents) | {"Below": 1.0}
    assert problems == [(f"{name}.md", "goal-cycle") for name in parents]


def test_a_parent_that_is_no_goal_is_told() -> None:
    found, problems = tree({"A": "parent: '[[Nowhere]]'\n\n- [x] one\n"})
    assert problems == [("A.md", "goal-parent-unknown")]
    assert found["A"].progress == 1.0


def test_votes_are_dated_completions_one_a_day() -> None:
    found, _ = tree(
        {"Book": "identity: writer\n\n## Micro-wins\n- Write\n- Edit\n"},
        "- [x] Write\n- [x] Write\n- [x] Edit\n- [-] Edit\n",
    )
    assert found["Book"].votes == 2
