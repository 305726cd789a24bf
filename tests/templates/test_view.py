from collections.abc import Mapping
from datetime import date

import pytest

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.view import View, shared_names

DAY = date(2026, 3, 4)


def view(micro_wins: str, notes: Mapping[str, str] = {}, names: frozenset[str] = frozenset()) -> View:
    ledger = Ledger(VaultDefaults())
    vault = {"Goal.md": f"---\ntype: goal\n---\n## Micro-wins\n{micro_wins}\n", **notes}
    ledger.load(read_note(path, text, Reading()) for path, text in vault.items())
    return View(ledger.figures(Now.at(DAY)), ambiguous_names=names)


def today(micro_wins: str, box: str = "") -> list[str]:
    return [win.win.name for win in view(micro_wins, {"2026-03-04.md": box}).today]


def test_today_holds_what_is_due_and_what_was_answered() -> None:
    wins = "- A 🔁 every day\n- B 🔁 every Mon\n- C 🔁 every Tue\n- D\n- E 🔁 every day\n"
    assert today(wins, "- [x] C\n- [-] E\n") == ["A", "C", "E"]


def test_the_frog_comes_first() -> None:
    assert today("- A 🔁 every day\n- B 🔁 every day #frog\n- C 🔁 every day\n") == ["B", "A", "C"]


def test_a_stack_stands_in_its_order_and_goes_before_the_frog_that_it_leads_to() -> None:
    assert today("- C 🔁 every day [after:: B]\n- B 🔁 every day [after:: a!]\n- A 🔁 every day\n") == [
        "A",
        "B",
        "C",
    ]
    assert today("- B 🔁 every day #frog [after:: A]\n- C 🔁 every day\n- A 🔁 every day\n") == [
        "A",
        "B",
        "C",
    ]
    assert today("- B 🔁 every day [after:: a-1]\n- A 🔁 every day [id:: a-1]\n") == ["A", "B"]


def test_a_cue_that_is_no_micro_win_moves_nothing_and_a_circle_ends() -> None:
    assert today("- B 🔁 every day [after:: morning coffee]\n- A 🔁 every day\n- 💧 🔁 every day\n") == [
        "B",
        "A",
        "💧",
    ]
    assert sorted(today("- A 🔁 every day [after:: B]\n- B 🔁 every day [after:: A]\n")) == ["A", "B"]


@pytest.mark.parametrize(
    ("path", "link", "in_table"),
    [
        ("Goals/Book.md", "[[Book]]", "[[Book]]"),
        ("Goals/Run.md", "[[Goals/Run|Run]]", "[[Goals/Run\\|Run]]"),
        ("a/C#.md", "C#", "C#"),
        ("a/x|y.md", "x\\|y", "x\\|y"),
        ("a/100%% <b>.md", "100%\u200b% &lt;b&gt;", "100%\u200b% &lt;b&gt;"),
        ("a/<!-- microwins:today -->.md", "&lt;!-- microwins:today --&gt;", "&lt;!-- microwins:today --&gt;"),
    ],
)
def test_a_link_names_one_note_and_nothing_else(path: str, link: str, in_table: str) -> None:
    shown = view("", names=frozenset({"run"}))
    assert shown.link(path) == link
    assert shown.link(path, in_table=True) == in_table


def test_names_that_more_than_one_note_has_are_known() -> None:
    assert shared_names(lambda: iter(["a/Run.md", "b/run.md", "Book.md"])) == {"run"}


def test_a_thousand_times_as_many_names_as_places_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("microwins.templates.view._PLACES", 1)
    assert shared_names(lambda: [f"{number}.md" for number in (*range(1000), 7)]) == {"7"}


def test_depth_counts_the_goals_above() -> None:
    goals = {
        "A.md": "---\ntype: goal\n---\n",
        "B.md": "---\ntype: goal\nparent: '[[A]]'\n---\n",
        "C.md": "---\ntype: goal\nparent: '[[B]]'\n---\n",
    }
    shown = view("", goals)
    assert {goal.goal.title: shown.depth(goal) for goal in shown.figures.goals} == {
        "A": 0,
        "B": 1,
        "C": 2,
        "Goal": 0,
    }
