"""A conflict that git left open is the owner's to settle, and until then nothing is written in the note."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.task import State

BLOCK = "<!-- microwins:summary -->\n{}<!-- /microwins -->\n"
GOAL = "---\ntype: goal\n---\n"


def conflict(ours: str, theirs: str, base: str | None = None) -> str:
    """Return what git writes where two versions of some lines do not go together."""
    common = "" if base is None else f"||||||| 1a2b3c4\n{base}"
    return f"<<<<<<< HEAD\n{ours}{common}=======\n{theirs}>>>>>>> phone\n"


def note(text: str, path: str = "Goals/Read.md") -> Note:
    return read_note(path, text, Reading())


@pytest.mark.parametrize("base", [None, "- [ ] Outline\n"])
def test_a_conflict_of_two_texts_is_told_with_its_line_and_nothing_is_to_be_written(base: str | None) -> None:
    lines = conflict("- [x] Outline\n", "- [ ] Outline ⏫\n", base)
    found = note(f"{GOAL}{lines}\n{BLOCK.format('')}")
    assert [(problem.code, problem.line) for problem in found.problems] == [("conflict-marks", 4)]
    assert found.markers_broken


def test_two_whole_blocks_in_one_conflict_both_stay() -> None:
    text = GOAL + conflict(BLOCK.format("- 1 win\n"), BLOCK.format("- 2 wins\n"))
    found = note(text)
    assert found.markers_broken
    assert ("conflict-marks", 4) in {(problem.code, problem.line) for problem in found.problems}


def test_a_conflict_inside_one_of_our_blocks_is_ours_to_settle() -> None:
    found = note(GOAL + BLOCK.format(conflict("1 of 2 steps\n", "2 of 2 steps\n")))
    assert not found.markers_broken
    assert "conflict-marks" not in {problem.code for problem in found.problems}


@pytest.mark.parametrize(("path", "theirs"), [("2026-11-20.md", True), ("Plan.md", False)])
def test_the_lines_of_the_list_of_a_day_are_the_owners_in_its_daily_note_alone(
    path: str, *, theirs: bool
) -> None:
    lines = conflict("- [x] Read\n", "- [ ] Read\n")
    found = note(f"<!-- microwins:today -->\n{lines}<!-- /microwins -->\n", path)
    assert found.markers_broken is theirs


@pytest.mark.parametrize(
    "text",
    [
        "```\n{}```\n".format(conflict("a\n", "b\n")),
        "<<<<<<< HEAD\na\n=======\nb\n",
        "a <<<<<<< b\n=======\n>>>>>>> c\n",
        "> > > > > > > deep\n",
        "Title\n=======\n",
    ],
    ids=["in code", "without an end", "not at the margin", "a quote", "a heading"],
)
def test_what_only_looks_like_a_conflict_keeps_nobody_from_writing(text: str) -> None:
    found = note(f"{GOAL}{text}\n{BLOCK.format('')}")
    assert not found.markers_broken
    assert found.problems == ()


def counted(text: str, path: str = "Goals/Read.md") -> dict[str, bool]:
    """Return the boxes that count, each with whether it is ticked; no text may be there twice."""
    tasks = note(text, path).tasks
    found = {task.fields.text: task.state is State.DONE for task in tasks}
    assert len(found) == len(tasks)
    return found


TEXTS = st.dictionaries(st.sampled_from(["Outline", "Draft", "Edit", "Print"]), st.booleans())


def boxes(found: dict[str, bool]) -> str:
    return "".join(f"- [{'x' if done else ' '}] {text}\n" for text, done in found.items())


@given(TEXTS, TEXTS, st.none() | TEXTS)
def test_a_box_of_both_versions_counts_once_and_is_ticked_if_either_is(
    ours: dict[str, bool], theirs: dict[str, bool], base: dict[str, bool] | None
) -> None:
    text = GOAL + conflict(boxes(ours), boxes(theirs), None if base is None else boxes(base))
    either = {one: ours.get(one, False) or theirs.get(one, False) for one in {*ours, *theirs}}
    assert counted(text) == either


def test_of_a_text_that_stands_several_times_no_tick_is_lost_and_none_counts_twice() -> None:
    first, second = "- [x] Water ✅ 2026-01-01\n", "- [x] Water ✅ 2026-01-08\n"
    for ours, theirs in [(first, second + first), (second + first, first), (first, first + second)]:
        tasks = note(GOAL + conflict("- [ ] Water\n" + ours, "- [ ] Water\n" + theirs)).tasks
        days = sorted(str(task.fields.done) for task in tasks)
        assert days == ["2026-01-01", "2026-01-08", "None"]


def test_a_dated_change_of_schedule_that_one_version_has_counts() -> None:
    before, after = "- Read 🔁 every day\n", "- Read 🔁 every weekday [from:: 2026-02-01]\n"
    for theirs in (before + after, after + before):
        goal = note(f"{GOAL}## Micro-wins\n" + conflict(before, theirs)).goal
        assert goal is not None
        assert sorted(one.schedule for one in goal.declarations) == ["every day", "every weekday"]


def test_a_micro_win_of_both_versions_is_declared_once_as_the_upper_one_says() -> None:
    wins = conflict(
        "- Read 🔁 every day\n", "- Read 🔁 every weekday\n- Sing 🔁 every day\n", "- Hum 🔁 every day\n"
    )
    goal = note(f"{GOAL}## Micro-wins\n{wins}").goal
    assert goal is not None
    assert [(one.text, one.schedule) for one in goal.declarations] == [
        ("Read", "every day"),
        ("Sing", "every day"),
    ]


def test_a_box_in_a_conflict_and_another_outside_of_it_both_count() -> None:
    found = note(GOAL + "- [x] Stretch\n" + conflict("- [x] Stretch\n", "- [ ] Stretch\n")).tasks
    assert [task.state for task in found] == [State.DONE, State.DONE]


def test_what_only_looks_like_a_conflict_counts_as_it_stands() -> None:
    assert counted(f"{GOAL}<<<<<<< HEAD\n- [x] a\n=======\n- [ ] b\n") == {"a": True, "b": False}


def test_a_conflict_in_the_frontmatter_is_told_as_one() -> None:
    titles = conflict("title: A\n", "title: B\n")
    (found,) = note(f"---\ntype: goal\n{titles}---\n- [ ] x\n").problems
    assert (found.code, found.line) == ("frontmatter-invalid", 3)
    assert "git left two versions" in found.message
    assert "delete the marks" in found.remedy


def test_once_the_marks_are_gone_the_note_is_as_any_other() -> None:
    assert note(f"{GOAL}- [x] Outline\n\n{BLOCK.format('')}").problems == ()
