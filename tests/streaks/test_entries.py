from collections.abc import Mapping
from datetime import date
from decimal import Decimal

import pytest

from microwins.parsers.note import Reading, read_note
from microwins.parsers.task import Quantity
from microwins.streaks.catalog import make_catalog
from microwins.streaks.entries import NO_DAYS, NoteEntries, note_entries

GOAL = "---\ntype: goal\n---\n## Micro-wins\n- Walk 🔁 every day\n"
DAY, DONE, SEEN = date(2026, 3, 4), date(2026, 3, 5), date(2026, 3, 6)


def entries(
    text: str, path: str = "Note.md", seen: Mapping[int, date] = NO_DAYS, goals: tuple[str, ...] = (GOAL,)
) -> NoteEntries:
    notes = [read_note(f"G{number}.md", goal, Reading()) for number, goal in enumerate(goals)]
    catalog = make_catalog([note.goal for note in notes if note.goal])
    return note_entries(read_note(path, text, Reading()), catalog, seen)


def day_of(text: str, path: str = "Note.md", seen: Mapping[int, date] = NO_DAYS) -> date | None:
    found = entries(text, path, seen)
    [entry] = (*found.micro_wins, *found.wins)
    return entry.day


@pytest.mark.parametrize(
    ("text", "path", "day"),
    [
        ("- [x] Walk ✅ 2026-03-05", "2026-03-04.md", DAY),
        ("# 2026-03-07\n- [x] Walk ✅ 2026-03-05", "2026-03-04.md", DAY),
        ("- [x] Call Anna ✅ 2026-03-05", "2026-03-04.md", DONE),
        ("- [x] Call Anna", "2026-03-04.md", DAY),
        ("# 2026-03-07\n- [x] Call Anna", "2026-03-04.md", DAY),
        ("# 2026-03-04\n- [x] Walk [completion:: 2026-03-05]", "Note.md", DONE),
        ("# 2026-03-04\n- [x] Walk", "Note.md", DAY),
        ("# 2026-03-04\n- [-] Walk ❌ 2026-03-05", "Note.md", DONE),
        ("- [x] Walk", "Note.md", None),
    ],
    ids=[
        "a micro-win in a daily note", "even below a date heading", "a done date in a daily note", "a daily note",
        "a daily note before its heading", "a done date before a heading", "a heading", "a skipped box's own date", "nothing",
    ],
)  # fmt: skip
def test_the_day_of_a_box_is_told_in_this_order(text: str, path: str, day: date | None) -> None:
    assert day_of(text, path) == day


@pytest.mark.parametrize(("text", "day"), [("- [x] Walk", SEEN), ("- [x] Walk ✅ 2026-03-05", DONE)])
def test_the_day_on_which_a_box_was_seen_ticked_comes_last(text: str, day: date) -> None:
    assert day_of(text, seen={1: SEEN}) == day
    assert day_of(text, "2026-03-04.md", seen={1: SEEN}) == DAY


def test_boxes_count_in_a_today_block_and_in_no_other() -> None:
    text = "<!-- microwins:{} -->\n- [x] Walk\n- [x] Else\n<!-- /microwins -->\n"
    assert len(entries(text.format("today")).micro_wins) == 1
    assert entries(text.format("summary")) == NoteEntries("Note.md")


def test_any_other_done_box_is_a_win_and_an_open_one_is_not() -> None:
    found = entries("- [x] one\n- [ ] two\n- [-] three\n- [/] four\n- [x] Walk\n")
    assert [entry.line for entry in found.wins] == [1]
    assert [entry.line for entry in found.micro_wins] == [5]


def test_the_steps_of_a_goal_are_its_innermost_boxes_that_were_not_dropped() -> None:
    steps = "## Steps\n- [ ] Outline\n  - [x] Chapter one\n  - [ ] Chapter two\n- [-] Index\n- [x] Title\n- [/] Cover\n- [x] Walk\n"
    found = entries(GOAL + steps, "G0.md")
    assert [(step.entry.line, step.done) for step in found.steps] == [
        (8, True),
        (9, False),
        (11, True),
        (12, False),
    ]
    assert len(found.micro_wins) == 1


def test_a_note_that_is_no_goal_has_no_steps() -> None:
    assert entries("- [x] one\n- [ ] two\n").steps == ()


def test_what_stands_inside_of_a_dropped_step_is_dropped_with_it() -> None:
    found = entries(
        GOAL + "## Steps\n- [-] Part two\n  - [ ] Scene\n    - [x] Draft\n- [ ] Part one\n  - [-] Map\n",
        "G0.md",
    )
    assert [step.entry.line for step in found.steps] == [10]


def test_a_step_weighs_what_its_line_says() -> None:
    found = entries(
        GOAL + "- [ ] one [weight:: 2.5]\n- [ ] two\n- [ ] three [weight:: heavy]\n- [ ] four (weight:: 0)\n",
        "G0.md",
    )
    assert [str(step.weight) for step in found.steps] == ["2.5", "1", "1", "1"]
    assert [(problem.line, problem.code) for problem in found.problems] == [
        (8, "step-weight"),
        (9, "step-weight"),
    ]


@pytest.mark.parametrize(
    ("text", "day"),
    [("- [x] one ✅ 2026-03-05", DONE), ("# 2026-03-04\n- [x] one", DAY), ("- [x] one", None)],
)
def test_a_step_has_the_day_of_its_box(text: str, day: date | None) -> None:
    [step] = entries(GOAL.replace("## Micro-wins\n- Walk 🔁 every day\n", "") + text, "G0.md").steps
    assert step.entry.day == day


def test_an_amount_in_a_field_stands_for_the_one_in_the_text() -> None:
    [entry] = entries("- [x] Walk [words:: 420]").micro_wins
    assert entry.quantities == (Quantity(Decimal(420), "words"),)
    found = entries("- [x] Write 300 words in 25 min [words:: 420]").wins[0]
    assert {(quantity.unit, int(quantity.amount)) for quantity in found.quantities} == {
        ("words", 420),
        ("min", 25),
    }
    assert [
        quantity.amount for quantity in entries("- [x] Write 300 words [Words:: 300]").wins[0].quantities
    ] == [300]


def test_a_box_that_fits_two_micro_wins_is_told_and_counts_for_neither() -> None:
    found = entries("text\n- [x] Walk", goals=(GOAL, GOAL))
    assert found.micro_wins == ()
    assert len(found.wins) == 1
    [problem] = found.problems
    assert (problem.code, problem.path, problem.line) == ("micro-win-ambiguous", "Note.md", 2)
    assert "[[G0]]" in problem.remedy
    assert len(entries("- [x] Walk [[G1]]", goals=(GOAL, GOAL)).micro_wins) == 1


def test_a_time_that_is_written_is_kept() -> None:
    assert entries("- [x] Walk @06:30").micro_wins[0].time == "06:30"
