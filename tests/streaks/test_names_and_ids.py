"""How a box finds its micro-win where names and ids meet."""

from collections.abc import Mapping
from datetime import date

from microwins.daemon.ledger import Ledger
from microwins.parsers.note import Reading, read_note
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.streaks.figures import Figures

NOW = Now.at(date(2026, 3, 5))


def ledger_of(goals: Mapping[str, str], days: Mapping[int, str]) -> Ledger:
    notes = {
        f"{name}.md": f"---\ntype: goal\nstart: 2026-03-01\n---\n## Micro-wins\n{text}"
        for name, text in goals.items()
    }
    notes |= {f"2026-03-{day:02}.md": text for day, text in days.items()}
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    return ledger


def wins(ledger: Ledger) -> dict[str, Figures]:
    return {figures.win.id: figures for figures in ledger.figures(NOW).wins}


def test_a_written_id_stays_where_another_goal_has_a_micro_win_of_that_name() -> None:
    goals = {"A": "- Out 🔁 every day [id:: walk]\n", "B": "- Walk 🔁 every day\n"}
    found = wins(ledger_of(goals, {4: "- [x] round the block 🆔 walk\n"}))
    assert {name: figures.totals.wins.all for name, figures in found.items()} == {"walk": 1, "b/walk": 0}


def test_an_id_written_twice_is_told_and_its_boxes_count_for_neither() -> None:
    goals = {"A": "- Out 🔁 every day [id:: walk]\n", "B": "- About 🔁 every day [id:: walk]\n"}
    ledger = ledger_of(goals, {4: "- [x] round the block 🆔 walk\n"})
    assert [figures.totals.wins.all for figures in wins(ledger).values()] == [0, 0]
    assert {problem.code for problem in ledger.figures(NOW).problems} == {"id-duplicate"}
    assert {problem.code for problem in ledger.problems()} == {"micro-win-ambiguous"}


def test_a_link_settles_an_id_written_twice() -> None:
    goals = {"A": "- Out 🔁 every day [id:: walk]\n", "B": "- About 🔁 every day [id:: walk]\n"}
    found = wins(ledger_of(goals, {4: "- [x] round the block [[B]] 🆔 walk\n"}))
    assert [figures.totals.wins.all for figures in found.values()] == [0, 1]


def test_a_number_that_grows_with_a_dated_rule_keeps_the_streak() -> None:
    goals = {"A": "- Jog 10 minutes 🔁 every day\n- Jog 20 minutes 🔁 every day [from:: 2026-03-03]\n"}
    days = {
        1: "- [x] Jog 10 minutes\n",
        2: "- [x] Jog 10 minutes\n",
        3: "- [x] Jog 20 minutes\n",
        4: "- [x] Jog 20 minutes\n",
    }
    [figures] = wins(ledger_of(goals, days)).values()
    assert (figures.win.text, figures.states) == ("Jog 20 minutes", "####?")


def test_a_line_that_names_its_earlier_name_takes_its_history_over() -> None:
    goals = {"A": "- Jog 🔁 every day\n- Run 🔁 every day [from:: 2026-03-03] [was:: Jog]\n"}
    days = {1: "- [x] Jog\n", 2: "- [x] Jog\n", 3: "- [x] Run\n", 4: "- [x] Jog\n"}
    [figures] = wins(ledger_of(goals, days)).values()
    assert (figures.win.text, figures.states) == ("Run", "####?")


def test_an_open_box_with_a_done_date_is_no_history() -> None:
    goals = {"A": "- Jog 🔁 every day\n"}
    notes = ledger_of(goals, {4: "- [x] Jog\n"})
    notes.update("x.md", read_note("x.md", "- [ ] Jog ✅ 2026-02-01\n", Reading()))
    [figures] = wins(notes).values()
    assert figures.states == "xxx#?"


def test_a_part_of_todays_amount_leaves_today_open() -> None:
    goals = {"A": "- Write 🔁 every day [target:: 300 words]\n"}
    [figures] = wins(ledger_of(goals, {5: "- [x] Write [words:: 100]\n"})).values()
    assert (figures.state, figures.states[-1]) == ("open", "?")
