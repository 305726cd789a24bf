from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.task import State
from microwins.streaks.day_wins import (
    USUAL,
    DayTimes,
    DayWins,
    day_wins,
    frog_problem,
    longest_stack,
    momentum,
)
from microwins.streaks.history import Entry

TODAY = date(2026, 3, 4)
LATE_TO_BED = DayTimes(day_start=time(4))


def box(
    name: str | None, at: str | None = None, *, frog: bool = False, state: State = State.DONE, line: int = 1
) -> Entry:
    return Entry("Journal/2026-03-04.md", line, state, TODAY, name, time=at, frog=frog)


def of(*boxes: Entry, times: DayTimes = USUAL, at: time | None = None) -> DayWins:
    return day_wins(TODAY, boxes, times, at)


def test_a_day_without_wins_has_no_morning_wins_and_no_momentum() -> None:
    found = of(box("walk", state=State.OPEN))
    assert (found.wins, found.morning, found.momentum, found.bars, found.longest_stack) == (0, 0, None, 0, 0)


def test_wins_of_other_days_are_not_wins_of_this_one() -> None:
    assert of(box("walk"), Entry("n", 1, State.DONE, date(2026, 3, 3), "read")).wins == 1


def test_a_micro_win_done_twice_is_one_win_at_the_earlier_time() -> None:
    found = of(box("walk", "12:00"), box("walk", "09:00", line=2), box(None, line=3), box(None, line=4))
    assert (found.wins, found.timed, found.morning) == (3, 1, 1)


@pytest.mark.parametrize(("clock", "morning"), [("10:59", 1), ("11:00", 0), ("00:30", 1), ("23:00", 0)])
def test_a_morning_win_is_one_before_eleven(clock: str, morning: int) -> None:
    assert of(box("walk", clock)).morning == morning


def test_where_no_time_is_known_the_morning_is_not_known_either() -> None:
    assert of(box("walk")).morning is None


def test_after_midnight_the_day_that_began_in_the_morning_goes_on() -> None:
    found = of(box("walk", "23:30"), box("read", "00:45"), box("run", "05:00"), times=LATE_TO_BED)
    assert (found.morning, found.longest_stack) == (1, 2)


def test_the_frog_was_first_where_nothing_came_before_it_and_ties_count() -> None:
    first = of(box("frog", "09:00", frog=True), box("walk", "09:00"), box("read", "10:00")).frog
    assert first is not None
    assert (first.micro_win, first.done, first.first) == ("frog", True, True)


@pytest.mark.parametrize(
    ("frog", "other", "first"),
    [("09:00", "08:00", False), (None, "08:00", None), ("09:00", None, None), (None, None, None)],
)
def test_unknown_times_leave_it_unknown_whether_the_frog_was_first(
    frog: str | None, other: str | None, first: bool | None
) -> None:
    found = of(box("frog", frog, frog=True), box("walk", other)).frog
    assert found is not None
    assert found.first is first


def test_a_frog_that_is_known_to_have_come_later_was_not_first_whatever_else_is_unknown() -> None:
    found = of(box("frog", "09:00", frog=True), box("walk", "08:00"), box("read")).frog
    assert found is not None
    assert found.first is False


def test_the_only_win_of_a_day_was_the_first() -> None:
    found = of(box("frog", frog=True)).frog
    assert found is not None
    assert found.first is True


def test_a_frog_that_is_open_is_not_done_and_not_first() -> None:
    found = of(box("frog", frog=True, state=State.OPEN), box("walk", "08:00")).frog
    assert found is not None
    assert (found.done, found.first) == (False, None)


def test_of_two_frogs_the_first_counts_and_the_second_is_a_problem() -> None:
    frogs = [box("frog", frog=True, state=State.OPEN, line=3), box("toad", frog=True, line=5)]
    found = of(*frogs).frog
    assert found is not None
    assert (found.micro_win, found.done) == ("frog", False)
    problem = frog_problem(frogs)
    assert problem is not None
    assert (problem.code, problem.line) == ("frog-twice", 5)
    assert "line 3" in problem.message


def test_two_boxes_of_one_frog_are_one_frog() -> None:
    frogs = [box("frog", frog=True, state=State.OPEN, line=3), box("frog", frog=True, line=5)]
    found = of(*frogs).frog
    assert frog_problem(frogs) is None
    assert frog_problem([]) is None
    assert found is not None
    assert found.done


def test_momentum_halves_every_ninety_minutes() -> None:
    assert momentum([0, 30, 60]) == pytest.approx(2.42, abs=0.005)
    assert momentum([0], 90) == 0.5
    assert of(box("walk", "08:00"), at=time(9, 30)).momentum == 0.5
    assert of(*(box(str(n), "08:00") for n in range(9))).bars == 5


def test_ticks_to_come_have_no_momentum_yet() -> None:
    assert momentum([0, 100], 50) == momentum([0], 50)


@pytest.mark.parametrize(
    ("minutes", "longest"),
    [([], 0), ([5], 1), ([0, 90], 2), ([0, 91], 1), ([0, 200, 210, 220, 400], 3)],
)
def test_a_stack_is_a_run_of_ticks_at_most_ninety_minutes_apart(minutes: list[int], longest: int) -> None:
    assert longest_stack(minutes) == longest


@given(st.lists(st.integers(0, 1439), max_size=30))
def test_momentum_lies_between_nothing_and_the_number_of_ticks(minutes: list[int]) -> None:
    assert 0 <= momentum(sorted(minutes)) <= len(minutes)
    assert longest_stack(sorted(minutes)) <= len(minutes)
