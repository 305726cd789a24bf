"""`microwins goals new` and `goals break`: a goal is made or grows, as it was shown and no other way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from microwins.daemon import questions
from tests.commands.conftest import GOAL

if TYPE_CHECKING:
    from tests.commands.conftest import Bench


@pytest.fixture
def somebody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(questions, "somebody_is_there", lambda: True)


def own_text(bench: Bench, path: str) -> str:
    return bench.text(path).partition("\n<!-- microwins:summary")[0]


def test_a_goal_is_made_of_its_options(vault: Bench) -> None:
    data = vault.json(
        "goals", "new", "Run: 5 km", "--micro-win", "Put the shoes on", "--after", "breakfast", "--min", "look at them",
        "--micro-win", "Run 1 km 🔁 3 times a week", "--step", "Buy shoes", "--identity", "runner: yes", "--parent",
        "write a book", "--target", "2027-05-01", "--measure", "100 km", "--yes",
    )  # fmt: skip
    assert data["created"] == ["Goals/Run 5 km.md"]
    assert own_text(vault, "Goals/Run 5 km.md") == (
        '---\ntype: goal\ntitle: "Run: 5 km"\nidentity: "runner: yes"\nparent: "[[Write a book]]"\n'
        'start: 2026-11-20\ntarget: 2027-05-01\nmeasure: "100 km"\n---\n\n# Run: 5 km\n\n## Micro-wins\n\n'
        "- Put the shoes on 🔁 every day [after:: breakfast] [min:: look at them]\n- Run 1 km 🔁 3 times a week\n\n"
        "## Steps\n\n- [ ] Buy shoes\n"
    )
    assert vault.run("check").code == 0


def test_the_micro_wins_of_a_new_goal_are_due_at_once(vault: Bench) -> None:
    vault.run("goals", "new", "Calm", "--micro-win", "Breathe", "--yes")
    assert "Breathe" in vault.run("today").out


def test_an_example_is_taken_by_its_key(vault: Bench) -> None:
    vault.run("goals", "new", "--example", "walk", "--yes")
    assert (
        "- Walk 10 minutes 🔁 every day [after:: lunch] [min:: put the shoes on and step outside]"
        in vault.text("Goals/Walk more.md")
    )
    assert vault.run("goals", "new", "--example", "fly", "--yes").code == 2


def test_examples_are_listed_by_area(vault: Bench) -> None:
    before = vault.files()
    assert "Sit quietly for 5 minutes" in vault.run("goals", "new", "--area", "calm").out
    assert {one["area"] for one in vault.json("goals", "new", "--examples")["examples"]} > {"calm", "money"}
    assert vault.files() == before


def test_without_consent_nothing_is_written(stranger: Bench) -> None:
    before = stranger.files()
    assert stranger.run("goals", "new", "Calm", "--yes", "--json").document["error"]["code"] == "not-set-up"
    assert stranger.run("goals", "break", "write a book", "--step", "x", "--yes").code == 1
    assert stranger.files() == before


@pytest.mark.parametrize(
    "words", [["goals", "new", "Calm"], ["goals", "break", "book", "--step", "Chapter three"]]
)
def test_where_nobody_can_be_asked_it_names_the_option(vault: Bench, words: list[str]) -> None:
    before = vault.files()
    result = vault.run(*words)
    assert result.code == 1
    assert "--yes" in result.err
    assert vault.json(*words)["created"] == []
    assert "Nothing was written." in vault.run(*words, answer="n\n").out
    assert vault.files() == before


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["new", "Write a book"], "goal-exists"),
        (["new", "Other", "--micro-win", "Read a page!"], "micro-win-exists"),
        (["new", "Other", "--micro-win", "Fly", "--every", "blue moon"], "not-declarable"),
        (["new", "Other", "--micro-win", "Fly", "--min", "a ] b"], "not-declarable"),
        (["new", "Other", "--micro-win", "<!-- microwins:goals -->"], "not-declarable"),
        (["new", "...", "--step", "x"], "not-declarable"),
        (["new", "Other", "--measure", "much"], "not-declarable"),
        (["new", "Other", "--folder", ".obsidian"], "not-declarable"),
        (["new", "Other", "--folder", ".."], "not-declarable"),
        (["new", "Other", "--parent", "nothing"], "no-such-goal"),
        (["new"], "usage"),
        (["break", "book"], "usage"),
        (["break", "nothing", "--step", "x"], "no-such-goal"),
        (["break", "book", "--min", "x"], "usage"),
    ],
)
def test_what_cannot_be_written_is_said_and_nothing_is_written(
    vault: Bench, words: list[str], code: str
) -> None:
    before = vault.files()
    assert vault.run("goals", *words, "--yes", "--json").document["error"]["code"] == code
    assert vault.files() == before


def test_a_note_of_that_name_is_never_written_over(vault: Bench) -> None:
    vault.write("Goals/Calm.md", "my own\n")
    assert vault.json("goals", "new", "Calm", "--yes")["created"] == ["Goals/Calm 2.md"]
    assert vault.text("Goals/Calm.md") == "my own\n"


def test_a_goal_is_asked_for_in_a_few_questions(vault: Bench, somebody: None) -> None:
    result = vault.run("goals", "new", answer="Draw\n\nlunch\nweekdays\nartist\ny\n")
    assert result.code == 0, result
    assert own_text(vault, "Goals/Draw.md") == (
        "---\ntype: goal\nidentity: artist\n---\n\n# Draw\n\n## Micro-wins\n\n- Draw: two minutes 🔁 every weekday [after:: lunch]\n"
    )


def test_an_example_can_be_chosen_by_its_number(vault: Bench, somebody: None) -> None:
    result = vault.run("goals", "new", answer="?\n99\n1\n\n\n\n\ny\n")
    assert "Walk 10 minutes" in result.out
    assert "- Walk 10 minutes 🔁 every day [after:: lunch]" in vault.text("Goals/Walk more.md")


def test_whoever_answers_nothing_finds_nothing_written(vault: Bench, somebody: None) -> None:
    before = vault.files()
    assert vault.run("goals", "new", answer="\n").code == 0
    assert vault.run("goals", "new", answer="Draw\nline\n").code == 130
    assert vault.files() == before


def test_a_goal_is_broken_into_steps_goals_and_a_smaller_step(vault: Bench) -> None:
    before = vault.text(GOAL)
    data = vault.json(
        "goals", "break", "write", "a", "book", "--step", "Chapter three", "--sub-goal", "Research", "--micro-win", "Write 100 words", "--yes",
    )  # fmt: skip
    assert data["created"] == ["Goals/Research.md"]
    after = own_text(vault, GOAL)
    assert after == before.replace(
        "after:: Write 300 words]\n",
        "after:: Write 300 words]\n- Write 100 words 🔁 every day [from:: 2026-11-20]\n",
    ).replace("Chapter two\n", "Chapter two\n- [ ] Chapter three\n")
    goals = {goal["title"]: goal for goal in vault.json("goals")["goals"]}
    assert goals["Research"]["parent"] == GOAL
    assert goals["Write a book"]["micro_wins"][0]["text"] == "Write 100 words"


def test_a_smaller_step_keeps_the_streak_of_the_larger_one(vault: Bench) -> None:
    for day in (16, 17, 18, 19):
        vault.write(f"Journal/2026-11-{day}.md", "- [x] Write 300 words\n")
    vault.run("goals", "break", "book", "--micro-win", "Write 100 words", "--every", "every weekday", "--yes")
    win = vault.json("explain", "write 100 words")
    assert (win["streak"]["count"], win["schedule"]) == (4, "every weekday")


def test_breaking_asks_and_proposes_half(vault: Bench, somebody: None) -> None:
    result = vault.run("goals", "break", "book", answer="Chapter three\n\n\n\n\n\ny\n")
    assert result.code == 0, result
    assert "[Write 100 words]" in result.out
    assert "+- Write 100 words 🔁 every weekday [from:: 2026-11-20]\n" in result.out
    text = own_text(vault, GOAL)
    assert "- [ ] Chapter three\n" in text
    assert "- Write 100 words 🔁 every weekday [from:: 2026-11-20]\n" in text


def test_goals_alone_stays_what_it_was(vault: Bench) -> None:
    assert vault.run("goals").out.startswith("Write a book")
    assert vault.bare("goals", "--vault", str(vault.root), "--json").data["goals"]
    assert vault.bare("goals", "nonsense", "--vault", str(vault.root)).code == 2


def test_options_may_stand_before_the_inner_command(vault: Bench) -> None:
    result = vault.bare("goals", "--vault", str(vault.root), "--json", "new", "Calm", "--yes")
    assert (result.document["command"], result.data["created"]) == ("goals new", ["Goals/Calm.md"])


def test_undo_takes_the_added_lines_back(vault: Bench) -> None:
    vault.run("sync")
    before = own_text(vault, GOAL)
    vault.run("goals", "break", "book", "--step", "Chapter three", "--yes")
    assert vault.run("undo").code == 0
    assert own_text(vault, GOAL) == before


def test_the_goal_that_is_there_already_is_named_by_its_own_path(vault: Bench) -> None:
    [goal] = [path for path in vault.files() if path.endswith("Write a book.md")]
    said = vault.run("goals", "new", "Write a book", "--yes").err
    assert f"({goal})" in " ".join(said.split())
