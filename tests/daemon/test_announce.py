"""What a change is answered with: the micro-wins and the goals that moved, and nothing else."""

from datetime import timedelta
from pathlib import Path

import pytest

from microwins.daemon.announce import MOST, announcements, step_changes

from .small_vault import DAY, GOAL, SmallVault, small_vault


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path)


def answered(vault: SmallVault, path: str, text: str, *, hidden: bool = False) -> list[str]:
    """Change a note and return what is said of it."""
    keeper = vault.keeper()
    before = keeper.figures()
    vault.write(path, text)
    keeper.read_one(path, seen_live=True)
    return list(announcements(before, keeper.figures(), hidden=hidden))


def test_a_tick_names_the_micro_win_and_its_streak(vault: SmallVault) -> None:
    (line,) = answered(vault, DAY, vault.text(DAY).replace("- [ ] Read", "- [x] Read"))
    assert "Read a page" in line
    assert "1 day" in line


def test_hidden_streaks_are_not_told(vault: SmallVault) -> None:
    (line,) = answered(vault, DAY, vault.text(DAY).replace("- [ ] Read", "- [x] Read"), hidden=True)
    assert "Read a page" in line
    assert "row" not in line


def test_a_tick_taken_back_is_told_without_praise(vault: SmallVault) -> None:
    vault.swap(DAY, "- [ ] Read", "- [x] Read")
    (line,) = answered(vault, DAY, vault.text(DAY).replace("- [x] Read", "- [ ] Read"))
    assert line.startswith("○ Read a page")


def test_a_step_names_the_goal_and_how_far_it_moved(vault: SmallVault) -> None:
    (line,) = answered(vault, GOAL, vault.text(GOAL).replace("- [ ] Chapter", "- [x] Chapter"))
    assert line == "Book 50 → 100 %"


def test_a_step_in_a_note_with_a_broken_marker_says_that_it_gets_no_date(vault: SmallVault) -> None:
    vault.write(GOAL, f"{vault.text(GOAL)}\n<!-- microwins:next -->\nnever closed\n")
    keeper = vault.keeper()
    before, goal = keeper.figures(), keeper.ledger.notes[GOAL]
    vault.swap(GOAL, "- [ ] Chapter", "- [x] Chapter")
    keeper.read_one(GOAL, seen_live=True)
    steps = step_changes(goal, keeper.ledger.notes[GOAL])
    (line,) = announcements(before, keeper.figures(), steps)
    assert line == f"✓ Chapter one  ·  Book 50 → 100 %  ·  no date is written: a marker in {GOAL} is broken"


def test_steps_of_one_save_are_one_line_with_what_they_moved_together(vault: SmallVault) -> None:
    vault.swap(GOAL, "- [ ] Chapter one", "- [ ] Chapter one\n- [ ] Chapter two\n- [ ] Chapter three")
    keeper = vault.keeper()
    before, goal = keeper.figures(), keeper.ledger.notes[GOAL]
    vault.write(
        GOAL, vault.text(GOAL).replace("[ ] Chapter one", "[x] Chapter one").replace("[ ] Ch", "[-] Ch", 1)
    )
    keeper.read_one(GOAL, seen_live=True)
    steps = step_changes(goal, keeper.ledger.notes[GOAL])
    (line,) = announcements(before, keeper.figures(), steps)
    assert line == "✓ Chapter one  ·  – Chapter two  ·  Book 25 → 67 %"


def test_what_two_micro_wins_moved_together_is_told_after_both(vault: SmallVault) -> None:
    vault.write("Goals/Year.md", "---\ntype: goal\nmeasure: 100 km\n---\n")
    for name, win in (("Feet", "Run"), ("Wheels", "Ride")):
        text = (
            f"---\ntype: goal\nparent: '[[Year]]'\nmeasure: 50 km\n---\n## Micro-wins\n- {win} 🔁 every day\n"
        )
        vault.write(f"Goals/{name}.md", text)
    vault.write(DAY, "- [ ] Run\n- [ ] Ride\n")
    assert answered(vault, DAY, "- [x] Run [km:: 5]\n- [x] Ride [km:: 20]\n") == [
        "✓ Run  ·  1 day in a row  ·  Feet 0 → 10 %",
        "✓ Ride  ·  1 day in a row  ·  Wheels 0 → 40 %",
        "Year 0 → 25 %",
    ]


def test_a_win_of_no_goal_is_counted_aloud(vault: SmallVault) -> None:
    (line,) = answered(vault, "Other.md", "- [x] Weed the beds ✅ 2026-03-04\n")
    assert line.startswith("2 wins")


@pytest.mark.parametrize(
    "text",
    [
        "# Only words\n",
        "- [ ] Read a page\n- [ ] Write 300 words\n",
        "- [ ] Something new\n",
    ],
)
def test_what_moves_nothing_is_not_told(vault: SmallVault, text: str) -> None:
    assert answered(vault, DAY, text) == []


def test_a_new_goal_is_not_told_as_a_change(vault: SmallVault) -> None:
    assert answered(vault, "Goals/New.md", "---\ntype: goal\n---\n- [ ] Begin\n") == []


def test_a_flood_of_changes_is_one_line(vault: SmallVault) -> None:
    many = [f"Do thing {letter}" for letter in "abcdefghijkl"]
    assert len(many) > MOST
    vault.write(
        "Goals/Many.md",
        "---\ntype: goal\n---\n## Micro-wins\n" + "".join(f"- {name} 🔁 every day\n" for name in many),
    )
    vault.write(DAY, "".join(f"- [ ] {name}\n" for name in many))
    (line,) = answered(vault, DAY, vault.text(DAY).replace("[ ]", "[x]"))
    assert line.startswith("12 boxes changed")


def test_the_turn_of_a_day_is_no_change(vault: SmallVault) -> None:
    vault.swap(DAY, "- [ ] Read", "- [x] Read")
    keeper = vault.keeper()
    before = keeper.figures()
    vault.now += timedelta(days=3)
    assert list(announcements(before, keeper.figures())) == []


def test_a_skip_is_told_as_one(vault: SmallVault) -> None:
    assert answered(vault, DAY, "- [-] Read a page\n") == [
        "– Read a page  ·  skipped today, which counts neither way"
    ]


def test_a_tick_tells_all_goals_that_it_moved_by_their_weights_and_amounts(vault: SmallVault) -> None:
    vault.write(
        "Goals/Year.md",
        "---\ntype: goal\nmeasure: 100000 words\n---\n- [x] Begin [words:: 4000] ✅ 2026-03-01\n",
    )
    part = "---\ntype: goal\nparent: '[[Year]]'\nmeasure: 100 words\nweight: {}\n---\n## Micro-wins\n- Edit\n"
    vault.write("Goals/Part.md", part.format(0.01))
    (line,) = answered(vault, DAY, vault.text(DAY) + "- [x] Edit [words:: 20]\n")
    assert line == "✓ Edit  ·  1 time so far  ·  Part 0 → 20 %  ·  Year 4,020 of 100,000 words"


def test_an_amount_that_changes_moves_a_goal_though_no_box_does(vault: SmallVault) -> None:
    vault.write("Goals/Light.md", "---\ntype: goal\nmeasure: 92 -> 80 kg\n---\n## Micro-wins\n- Weigh in\n")
    vault.write(DAY, "- [x] Weigh in [kg:: 88.42]\n")
    (line,) = answered(vault, DAY, "- [x] Weigh in [kg:: 88.4]\n")
    assert line == "Light 88.4 kg (from 92 to 80)"
