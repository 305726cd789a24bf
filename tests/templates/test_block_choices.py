"""What a block shows when its marker asks for something."""

import re
from collections.abc import Mapping
from datetime import date

import pytest

from microwins.daemon.ledger import Ledger
from microwins.parsers.block_options import OPTIONS
from microwins.parsers.blocks import Block
from microwins.parsers.note import Reading, read_note
from microwins.parsers.own_lines import foreign_line
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.blocks import block_problem, block_text
from microwins.templates.view import View

DAY = date(2026, 3, 4)
NOTES = {
    "Goals/Fit.md": "---\ntype: goal\ntitle: Be fit\nidentity: runner\n---\n## Micro-wins\n- Walk 🔁 every day [after:: tea]\n- Swim 🔁 every week\n## Steps\n- [ ] A bike\n",
    "Goals/Run.md": "---\ntype: goal\nparent: '[[Fit]]'\n---\n## Micro-wins\n- Run 🔁 every day [min:: one street]\n- [x] Shoes\n- [ ] A race\n",
    "Goals/Long.md": "---\ntype: goal\nparent: '[[Run]]'\n---\n",
    "Goals/Old.md": "---\ntype: goal\nstatus: archived\n---\n",
    "2026-02-03.md": "- [x] Walk\n",
    "2026-02-25.md": "- [x] Walk\n",
    "2026-03-03.md": "- [x] Walk\n- [x] Run\n",
}


def view(notes: Mapping[str, str] = NOTES, *, streaks: bool = True) -> View:
    ledger = Ledger(VaultDefaults())
    ledger.load(read_note(path, text, Reading()) for path, text in notes.items())
    return View(ledger.figures(Now.at(DAY)), streaks)


def marker(name: str, options: str) -> Block:
    return Block(name, options, "html", 3, 4, (0, 0))


def block(name: str, options: str = "", path: str = "Any.md") -> str:
    text = block_text(marker(name, options), path, view())
    source = Source.of(f"<!-- microwins:{name} -->\n{text}<!-- /microwins -->\n")
    assert foreign_line(source, Block(name, options, "html", 1, len(source.lines), (0, 0))) is None, text
    return text


def goals(options: str, path: str = "Any.md") -> list[str]:
    rows = block("goals", options, path).splitlines()[2:]
    return [re.split(r"(?<!\\)\|", row)[1].strip().replace("Fit\\|Be fit", "Fit") for row in rows]


@pytest.mark.parametrize("name", ["Fit", "fit", "Be fit", "Goals/Fit", "Goals/Fit.md", "[[Fit]]"])
def test_a_block_is_about_the_goal_that_it_names(name: str) -> None:
    assert block("next", f'goal="{name}"') == "Next: Walk (after tea)\n"
    assert block("summary", f'goal="{name}"') == block("summary", path="Goals/Fit.md")


def test_a_goal_note_may_show_another_goal_or_the_whole_vault() -> None:
    assert block("next", "goal=Run", "Goals/Fit.md") == "Next: Run · even one street counts\n"
    assert block("week", "goal=all", "Goals/Fit.md") == block("week")


def test_a_calendar_shows_one_micro_win_of_other_months_and_weeks() -> None:
    text = block("month", "win=walk month=2026-02")
    assert text.splitlines()[1].startswith("February ")
    assert text.splitlines()[2] == f"{'Walk':<28}   X·····················X···"
    assert text.count("\n") == 4
    both = block("month", "win=Walk months=2").splitlines()
    assert [line.split()[0] for line in both if line.strip()] == [
        "```text",
        "February",
        "Walk",
        "March",
        "Walk",
        "```",
    ]
    weeks = block("week", "weeks=2 win=Walk").splitlines()
    assert weeks[1].startswith("23 February to 1 March 2026 ")
    assert weeks[4].startswith("2 to 8 March 2026 ")
    assert block("week", "week=2026-W09 win=Walk").splitlines()[2] == f"{'Walk':<28} ·  ·  X  ·  ·  ·  ·"


def test_goals_stand_in_the_order_and_as_deep_as_asked() -> None:
    assert goals("") == ["[[Fit]]", "↳ [[Run]]", "↳ ↳ [[Long]]"]
    assert goals("depth=1") == ["[[Fit]]"]
    assert goals("goal=Fit") == ["[[Run]]", "↳ [[Long]]"]
    assert goals("", "Goals/Run.md") == ["[[Long]]"]
    assert goals("sort=title") == ["[[Fit]]", "[[Long]]", "[[Run]]"]
    assert goals("sort=progress") == ["[[Run]]", "[[Fit]]", "[[Long]]"]
    assert goals("sort=wins")[0] == "[[Fit]]"
    assert goals("archived=yes")[-1] == "[[Old]] (archived)"
    assert block("goals", "goal=Long") == "No goal stands below this one.\n"


def test_columns_are_chosen_and_a_column_without_anything_is_left_out() -> None:
    assert block("goals").startswith("| Goal | Progress | Wins | This week | Identity |\n")
    assert block("goals", "goal=Fit").startswith("| Goal | Progress | Wins | This week |\n")
    assert block("goals", "show=wins,streak").startswith("| Goal | Streak | Wins |\n")
    assert block("goals", "hide=identity,week").startswith("| Goal | Progress | Wins |\n")
    assert "| Micro-win | Strength |\n" in block("summary", "goal=Run show=strength")
    assert block("summary", "show=head").count("\n") == 3


def test_hidden_streaks_stay_hidden_whatever_is_asked_for() -> None:
    text = block_text(marker("goals", "show=streak,wins"), "Any.md", view(streaks=False))
    assert text.startswith("| Goal | Wins |\n")


def test_the_next_steps_are_a_list() -> None:
    assert block("next", "count=2") == "- ○ Walk (after tea)\n- ○ Swim\n"


def test_when_all_is_done_the_next_step_is_one_of_a_goal_that_goes_on() -> None:
    done = NOTES | {"2026-03-04.md": "- [x] Walk\n- [x] Swim\n- [x] Run\n"}
    assert block_text(marker("next", ""), "Any.md", view(done)) == "Next: A bike · [[Fit|Be fit]]\n"
    assert block_text(marker("next", "goal=Run count=2"), "Any.md", view(done)) == "Next: A race\n"
    over = done | {path: done[path].replace("type: goal\n", "type: goal\nstatus: done\n") for path in NOTES}
    assert block_text(marker("next", ""), "Any.md", view(over)) == "Nothing is due now.\n"


@pytest.mark.parametrize(
    ("name", "options", "remedy"),
    [
        ("goals", "sort=progres", "Did you mean `progress`?"),
        ("goals", "hide=identiy", "Did you mean `identity`?"),
        ("week", "weeks=13", "It takes a number from 1 to 12."),
        ("month", "month=2026-13", "It takes a month such as 2026-11."),
        ("week", "wiks=2", "Did you mean `weeks=2`?"),
        ("summary", 'goal="Be fot"', "Did you mean “Be fit”?"),
        ("month", "win=Walg", "Did you mean “Walk”?"),
        ("sumary", "", "Did you mean `summary`?"),
    ],
)
def test_what_cannot_be_followed_is_told_with_the_nearest_that_can(
    name: str, options: str, remedy: str
) -> None:
    problem = block_problem(marker(name, options), "Any.md", view())
    assert problem is not None
    assert problem.line == 3
    assert problem.remedy.startswith(remedy), problem.remedy


def test_every_option_has_a_sentence() -> None:
    assert all(option.meaning for options in OPTIONS.values() for option in options)


def test_of_many_goals_the_table_of_the_vault_has_those_with_the_newest_wins() -> None:
    many = {f"Goals/{number:02}.md": "---\ntype: goal\n---\n- [ ] A step\n" for number in range(60)}
    shown = block_text(marker("summary", "show=goals"), "Any.md", view({**many, **NOTES}))
    named = re.findall(r"\[\[(\w+)", shown)
    assert len(named) == 50
    assert {"Fit", "Run"} < set(named)
    assert shown.endswith("|\n\n… and 13 more goals\n")
    assert (
        foreign_line(Source.of(f"<!-- -->\n{shown}<!-- -->\n"), Block("", "", "html", 1, 56, (0, 0))) is None
    )


def test_a_goal_is_indented_below_those_that_the_table_shows() -> None:
    assert goals_of("count=3") == ["[[Fit]]", "↳ [[Run]]", "↳ ↳ [[Long]]"]
    assert goals_of("count=2") == ["[[Fit]]", "↳ [[Run]]"]
    assert goals_of("count=1") == ["[[Fit]]"]


def goals_of(options: str) -> list[str]:
    """Return the goals of the vault's table, each as it is indented."""
    text = block("summary", f"show=goals {options}")
    return [
        line.split(" | ")[0].removeprefix("| ").replace("\\|Be fit", "")
        for line in text.splitlines()[2:]
        if line.startswith("|")
    ]
