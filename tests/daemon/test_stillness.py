"""When notes are written: each touch puts it off, and a note that is not still is left to the next time."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from microwins.daemon.note_writer import AT_ONCE
from microwins.daemon.stillness import AHEAD, CAP, DRAFT, LONGEST_DRAFT, READY, Stillness
from microwins.parsers.note import Note, Reading, read_note

QUIET = timedelta(seconds=2)


@dataclass
class Clock:
    """A clock that a test sets."""

    now: float = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def still(clock: Clock) -> Stillness:
    return Stillness(clock)


def goal(*names: str) -> Note:
    declared = "".join(f"- {name} 🔁 every day\n" for name in names)
    return read_note("Goal.md", f"---\ntype: goal\n---\n## Micro-wins\n{declared}", Reading())


def test_nothing_is_written_where_nothing_was_touched(still: Stillness) -> None:
    assert still.writing_at is None
    assert still.prepare_at is None


def test_each_touch_puts_the_writing_off_but_never_beyond_the_cap(clock: Clock, still: Stillness) -> None:
    times = []
    for _ in range(40):
        still.touched({"a.md": clock.now}, QUIET)
        times.append(still.writing_at)
        clock.now += 1
    assert times[:3] == [102.0, 103.0, 104.0]
    assert times[-1] == 100.0 + CAP


def test_a_note_is_restless_until_it_has_been_still_for_long_enough(still: Stillness) -> None:
    still.touched({"a.md": 100.0, "b.md": 101.0}, QUIET)
    assert still.restless(101.5, QUIET) == {"a.md", "b.md"}
    assert still.restless(102.5, QUIET) == {"b.md"}
    assert still.restless(103.0, QUIET) == set()


def test_notes_that_were_written_are_still(still: Stillness) -> None:
    still.touched({"a.md": 100.0, "b.md": 100.0}, QUIET)
    still.begin()
    still.end({"b.md"})
    assert still.writing_at is None
    assert still.restless(100.0, QUIET) == {"b.md"}


@pytest.mark.parametrize(("notes", "is_prepared"), [(1, True), (AT_ONCE, True), (AT_ONCE + 1, False)])
def test_a_writing_of_few_notes_is_prepared_shortly_before(
    still: Stillness, notes: int, *, is_prepared: bool
) -> None:
    still.touched({f"{number}.md": 100.0 for number in range(notes)}, QUIET)
    assert still.prepare_at == (102.0 - AHEAD if is_prepared else None)
    still.prepared()
    assert still.prepare_at is None
    assert still.writing_at == 102.0


def test_a_prepared_writing_is_made_ready_once_unless_it_is_put_off(still: Stillness) -> None:
    still.touched({"a.md": 100.0}, QUIET)
    assert (still.next_time(), still.ready_at) == (102.0 - AHEAD, None)
    still.prepared()
    assert still.next_time() == still.ready_at == 102.0 - READY
    still.made_ready()
    assert (still.next_time(), still.was_put_off) == (102.0, False)
    assert still.ready_at is None
    still.touched({"b.md": 101.0}, QUIET)
    assert still.was_put_off
    still.forget_ready()
    assert (still.next_time(), still.was_put_off) == (103.0 - AHEAD, False)


def test_half_typed_micro_wins_are_a_draft_for_a_while(clock: Clock, still: Stillness) -> None:
    still.compare(None, goal("Walk"))
    clock.now += 10
    still.compare(goal("Walk"), goal("Walk"))
    assert still.is_drafted(100.0 + DRAFT - 1)
    assert not still.is_drafted(100.0 + DRAFT)
    still.compare(goal("Walk"), goal("Walk far"))
    assert still.is_drafted(100.0 + DRAFT)
    assert not still.is_drafted(110.0 + DRAFT)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (goal("Walk", "Read"), goal("Walk")),
        (goal("Walk", "Read"), goal("Read", "Walk")),
        (goal("Walk"), goal("**Walk!**")),
        (goal("Walk"), replace(goal("Walk"), frontmatter={"title": "Out"})),
    ],
    ids=["taken out", "in another order", "in other signs", "under another title"],
)
def test_a_goal_that_declares_nothing_new_is_no_draft(still: Stillness, before: Note, after: Note) -> None:
    still.compare(before, after)
    assert not still.is_drafted(100.0)


def test_a_goal_under_another_file_name_declares_nothing_new(still: Stillness) -> None:
    still.compare(goal("Walk"), None)
    still.compare(None, goal("Walk"))
    assert not still.is_drafted(100.0)
    still.begin()
    still.compare(None, goal("Walk"))
    assert still.is_drafted(100.0)


def test_a_draft_that_goes_on_and_on_is_taken_for_done_after_a_while(clock: Clock, still: Stillness) -> None:
    for number in range(200):
        still.compare(goal(f"Walk {number}"), goal(f"Walk {number + 1}"))
        clock.now += 1
        assert still.is_drafted(clock.now) is (clock.now < 100.0 + LONGEST_DRAFT)
    still.begin()
    still.compare(goal("Walk"), goal("Walk far"))
    assert still.is_drafted(clock.now)


def test_a_note_that_declares_nothing_is_no_draft(still: Stillness) -> None:
    still.compare(goal("Walk"), None)
    still.compare(goal("Walk"), Note("Day.md"))
    assert not still.is_drafted(100.0)
