"""Values of the parsers as bytes: what was written is read again, and what many say alike is held once."""

from __future__ import annotations

import io
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.kept_values import dump_all, dumped, load_all, loaded
from microwins.parsers.day_range import DayRange
from microwins.parsers.declaration import Declaration
from microwins.parsers.goal import Goal
from microwins.parsers.measure import Measure
from microwins.parsers.problem import Problem
from microwins.parsers.schedule import EveryDays, Limit, OnWeekdays, Quota
from microwins.parsers.task import Quantity

words = st.text(max_size=12)
days = st.dates(date(2020, 1, 1), date(2030, 1, 1))
weekdays = st.frozensets(st.integers(0, 6))
amounts = st.sampled_from(["1", "1.0", "2", "2.50", "1E+3"]).map(Decimal)
ranges = st.lists(st.builds(DayRange, days), max_size=2).map(tuple)
rules = st.one_of(
    st.none(),
    st.builds(EveryDays, st.integers(1, 4)),
    st.builds(OnWeekdays, weekdays, st.integers(1, 2)),
    st.builds(Quota, st.integers(1, 3), st.sampled_from(["week", "month"])),
    st.builds(Limit, amounts, st.sampled_from(["day", "week"])),
)
declarations = st.builds(
    Declaration, st.integers(1, 99), words, words, rules, since=st.none() | days, rest=weekdays,
    target=st.none() | st.builds(Quantity, amounts, words), pauses=ranges, count=st.none() | st.integers(1, 9),
)  # fmt: skip
goals = st.builds(
    Goal, words, words, st.lists(declarations, max_size=3).map(tuple), parent=st.none() | words,
    parent_line=st.none() | st.integers(1, 9), measure=st.none() | st.builds(Measure, amounts, words),
    rest=weekdays, weight=amounts, archived=ranges, light=st.booleans(),
)  # fmt: skip


@given(st.lists(goals, max_size=4))
def test_goals_are_read_as_they_were_written(found: list[Goal]) -> None:
    file = io.BytesIO()
    dump_all([found, found], file)
    file.seek(0)
    first, second = load_all(file)  # type: ignore[arg-type]
    assert first == second == loaded(dumped(found)) == found
    assert repr(first) == repr(found), "amounts are as they were written, not only as large"


def test_what_goals_do_not_say_is_the_same_object_for_all_of_them() -> None:
    one, other = (loaded(dumped(Goal(f"{name}.md", name))) for name in "ab")
    assert one.weight is other.weight
    assert one.rest is other.rest


def test_what_a_goal_does_not_say_takes_no_room() -> None:
    plain = Goal("a.md", "a", start=date(2026, 1, 1))
    assert len(dumped(plain)) < len(dumped(Goal("a.md", "a", start=date(2026, 1, 1), light=True)))


def test_the_same_schedule_of_two_goals_is_held_once() -> None:
    def read_again(path: str) -> Declaration:
        declared = Declaration(3, path, "every Mon", OnWeekdays(frozenset({0})), count=2)
        goal: Goal = loaded(dumped(Goal(path, path, (declared,))))
        return goal.declarations[0]

    one, other = read_again("a.md"), read_again("b.md")
    assert one.rule is other.rule
    assert one.schedule is other.schedule


def test_the_same_problem_of_two_notes_is_said_in_the_same_words() -> None:
    one, other = (loaded(dumped(Problem(path, 3, "code", "What is wrong.", "Do it."))) for path in "ab")
    assert (one.code, one.message, one.remedy) == ("code", "What is wrong.", "Do it.")
    assert all(getattr(one, name) is getattr(other, name) for name in ("code", "message", "remedy"))


plain = st.one_of(st.integers(), words, st.none(), st.tuples(words, days))
values = st.one_of(
    plain,
    st.lists(plain, max_size=200),
    st.dictionaries(words, plain, max_size=40),
    st.tuples(st.lists(plain)),
)


@given(st.lists(values, max_size=6))
def test_values_long_and_short_are_read_as_they_were_written(found: list[object]) -> None:
    file = io.BytesIO()
    dump_all(found, file)
    file.seek(0)
    assert load_all(file) == tuple(found)  # type: ignore[arg-type]


@pytest.mark.parametrize("count", [0, 1, 63, 64, 65, 128, 1000])
def test_lists_and_tables_of_any_length_keep_their_order(count: int) -> None:
    file = io.BytesIO()
    dump_all([list(range(count)), {number: str(number) for number in range(count, 0, -1)}], file)
    file.seek(0)
    numbers, table = load_all(file)  # type: ignore[arg-type]
    assert numbers == list(range(count))
    assert list(table.items()) == [(number, str(number)) for number in range(count, 0, -1)]
