"""What one note may hold, and what it costs: a note twice as long costs about twice as much, counted in calls."""

import sys
import tracemalloc
from collections.abc import Callable
from itertools import count
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.bounds import MOST_ALIKE, LineSet, few, is_too_much_to_judge
from microwins.parsers.merge import merged
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.problem import LONGEST_MESSAGE, Problem

HEAD = "---\ntype: goal\n---\n"
DIFFERENT = "a\n" * 400


def note(text: str) -> Note:
    return read_note("Note.md", text, Reading())


def read_all_of(text: str) -> None:
    """Do with a note what every pass does."""
    found = note(text)
    for task in found.tasks:
        _ = task.fields, found.heading_date(task.line), found.block_at(task.line)


def calls(work: Callable[[], object]) -> int:
    """Return how many calls of Python and of C some work takes: what it costs, whatever else the machine does."""
    number = count()

    def tally(_frame: FrameType, event: str, _argument: object) -> None:
        if event in {"call", "c_call"}:
            next(number)

    before = sys.getprofile()
    sys.setprofile(tally)
    try:
        work()
    finally:
        sys.setprofile(before)
    return next(number)


GROWING = {
    "boxes": "- [x] task {} ✅ 2026-01-04\n",
    "boxes under dated headings": "# 2026-01-01\n- [x] a\n",
    "boxes under headings in headings": "# 2026-01-01\n## 2026-01-02\n### b\n- [x] a\n",
    "boxes between comments": "%%\n%%\n- [ ] a {}\n",
    "boxes between fences": "```\n#goal\n```\n- [ ] a {}\n",
    "quotes": "> - [ ] a\n\n",
    "headings of micro-wins": "## Micro-wins\n- [ ] a\n- Read\n",
    "steps": "- [ ] a {}\n  - [ ] b {}\n",
    "tags in comments": "%%\n#goal\n%%\n",
}


@pytest.mark.parametrize("piece", GROWING.values(), ids=GROWING.keys())
def test_a_note_twice_as_long_costs_twice_as_much(piece: str) -> None:
    def text(pieces: int) -> str:
        return HEAD + "".join(piece.format(number, number) for number in range(pieces))

    read_all_of(text(10))
    small, large = (calls(lambda n=n: read_all_of(text(n))) for n in (150, 300))  # type: ignore[misc]
    assert large <= 2.5 * small


@pytest.mark.parametrize(
    "piece", ["[a:: b] ", "[a:: ", "📅 2026-01-01 ", "[[a]] ", "#a ", "`` ``` ", "30 words ", "(a:: ["]
)
def test_a_line_twice_as_long_costs_twice_as_much(piece: str) -> None:
    read_all_of(f"- [ ] {piece}")
    small, large = (calls(lambda n=n: read_all_of(f"- [ ] {n} {piece * n}")) for n in (300, 600))  # type: ignore[misc]
    assert large <= 2.5 * small


def test_of_an_endless_line_the_box_counts_and_the_beginning_is_read() -> None:
    found = note("- [x] ✅ 2026-01-04 " + "a " * 20_000 + "#late\n" * 2)
    assert [task.symbol for task in found.tasks] == ["x"]
    assert str(found.tasks[0].fields.done) == "2026-01-04"
    assert found.tasks[0].fields.tags == ()
    assert [(problem.code, problem.line) for problem in found.problems] == [("line-too-long", 1)]


def test_a_note_with_more_boxes_than_anybody_ticks_is_left_out_and_never_written() -> None:
    found = note("<!-- microwins:week -->\n" + "- [ ]\n" * 50_001)
    assert (found.tasks, found.blocks, found.markers_broken) == ((), (), True)
    assert [problem.code for problem in found.problems] == ["too-many-boxes"]


@pytest.mark.parametrize("piece", ["* ", "*", "_", "- ", "1. ", "-\t"])
def test_a_line_of_signs_takes_no_more_room_than_a_few_copies_of_it(piece: str) -> None:
    text = piece * (400_000 // len(piece)) + "\n\n- [ ] a\n"
    note("- [ ] a")
    tracemalloc.start()
    note(text)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 16 * len(text)


@pytest.mark.parametrize("line", ["*", "# a", "1. a", "```", "***", "  - a", "> - a", "<!-- a -->"])
def test_a_note_with_more_lists_or_headings_than_anybody_writes_is_left_out(line: str) -> None:
    found = note(f"{line}\n" * 110_000 + "\n- [ ] a\n")
    assert (found.tasks, found.markers_broken) == ((), True)
    assert [problem.code for problem in found.problems] == ["too-many-blocks"]


@pytest.mark.parametrize(
    ("line", "lines"),
    [("a line of prose in a long note", 90_000), ("- [x] one", 45_000), ("> - [x] one", 25_000)],
)
def test_what_people_write_in_years_is_judged(line: str, lines: int) -> None:
    assert not is_too_much_to_judge(f"{line}\n" * lines)


@pytest.mark.parametrize("line", ["> " * 60 + "a", "> - " * 40 + "a", "- " * 60 + "a"])
def test_deep_nesting_counts_for_what_it_costs(line: str) -> None:
    assert is_too_much_to_judge(f"{line}\n" * 2_000)


def test_a_message_that_quotes_an_endless_line_is_cut() -> None:
    found = note(HEAD + "## Micro-wins\n- Walk 🔁 every " + "day and " * 5_000 + "day\n")
    assert [problem.code for problem in found.problems] == ["schedule-unknown"]
    assert len(found.problems[0].message) <= LONGEST_MESSAGE + 3
    assert found.problems[0].message.endswith("so no turn is counted.")


def test_as_many_boxes_as_are_allowed_count() -> None:
    assert len(note("- [x]\n" * 50_000).tasks) == 50_000


def test_a_goal_has_a_bounded_number_of_micro_wins() -> None:
    found = note(HEAD + "## Micro-wins\n" + "".join(f"- Win {n}\n" for n in range(600)))
    assert found.goal is not None
    assert len(found.goal.declarations) == 500
    assert [(problem.code, problem.line) for problem in found.problems] == [("too-many-micro-wins", 505)]


def test_of_one_kind_only_some_problems_are_told_and_how_many_more_there_are() -> None:
    told = few([Problem("a.md", line, "x", "No.") for line in range(50)] + [Problem("a.md", 1, "y", "No.")])
    assert len(told) == MOST_ALIKE + 1
    assert [problem.message for problem in told[-2:]] == [
        "No. There are 30 more like it in this note.",
        "No.",
    ]


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 6))), st.integers(0, 40))
def test_a_set_of_lines_holds_what_its_ranges_hold(ranges: list[tuple[int, int]], line: int) -> None:
    found = [(first, first + more) for first, more in ranges]
    assert (line in LineSet(found)) == any(first <= line <= last for first, last in found)


# Merging


@pytest.mark.parametrize("white", [" ", "\t", " \t", "> ", "- "], ids=repr)
def test_a_line_of_signs_costs_what_it_is_long(white: str) -> None:
    line = (white * 20_000).encode()
    assert merged(line + b"a\n", line + b"b\n").data == line + b"a\n" + line + b"b\n"


def test_long_versions_are_held_together_at_lines_that_stand_once() -> None:
    base = "".join(f"line {number}\nsame\n" for number in range(3000))
    ours = base.replace("line 10\n", "- [x] mine\n")
    theirs = base.replace("line 2990\n", "theirs\n")
    both = ours.replace("line 2990\n", "theirs\n")
    assert merged(ours.encode(), theirs.encode(), base.encode()).data == both.encode()


def test_long_versions_without_any_hold_are_both_kept() -> None:
    ours, theirs = b"a\nb\n" * 2000, b"b\nb\na\n" * 2000
    found = merged(ours, theirs)
    assert found.data == ours + theirs
    assert len(found.kept_both) == 1


def test_two_characters_between_brackets_are_text_and_both_are_kept() -> None:
    assert merged(b"- [ab] tea\n", b"- [cd] tea\n").data == b"- [ab] tea\n- [cd] tea\n"
    assert merged("- [é] tea\n".encode(), b"- [x] tea\n").data == b"- [x] tea\n"
