"""The schedule that was kept: read from the days on which something was done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.schedule import Quota, SinceLast, read_schedule
from microwins.parsers.schedule_text import schedule_text
from microwins.streaks.rhythm import Practice, rule_kept

MONDAY = date(2026, 6, 1)
DAYS = [MONDAY + timedelta(days=number) for number in range(84)]
Is = Callable[[date], bool]


def kept(done: Is, noted: Is = lambda day: True) -> str:
    days = [day for day in DAYS if noted(day)]
    practice = Practice(DAYS[0], DAYS[-1], days, [day for day in days if done(day)])
    return schedule_text(rule_kept(practice, practice))


def number(day: date) -> int:
    return (day - MONDAY).days


@pytest.mark.parametrize(
    ("done", "schedule"),
    [
        (lambda day: True, "every day"),
        (lambda day: number(day) % 9 != 0, "every day"),
        (lambda day: day.weekday() < 5, "every weekday"),
        (lambda day: day.weekday() < 5 and number(day) % 8 != 0, "every weekday"),
        (lambda day: day.weekday() > 4, "every weekend"),
        (lambda day: day.weekday() in {0, 2, 4}, "every Mon, Wed, Fri"),
        (lambda day: day.weekday() == 6, "every Sun"),
        (lambda day: number(day) % 2 == 0, "every 2 days when done"),
        (lambda day: number(day) % 3 == 1, "every 3 days when done"),
        (lambda day: number(day) % 7 in [(0, 2, 3), (1, 4, 6), (0, 1, 5), (2, 4, 5)][number(day) // 7 % 4], "3 times a week"),
        (lambda day: number(day) % 7 == [0, 3, 5, 2][number(day) // 7 % 4], "once a week"),
        (lambda day: day == DAYS[3], ""),
        (lambda day: day.weekday() < 5 or number(day) // 7 % 3 == 0, "5 times a week"),
        (lambda day: day.weekday() < 6, "6 times a week"),
        (lambda day: number(day) % 10 in {0, 1, 3, 6}, "3 times a week"),
        (lambda day: number(day) % 10 == 0, "3 times a month"),
        (lambda day: number(day) % 12 in {0, 2, 3, 5, 8}, "3 times a week"),
    ],
)  # fmt: skip
def test_a_practice_has_the_schedule_that_its_owner_would_name(done: Is, schedule: str) -> None:
    assert kept(done) == schedule


def test_where_there_are_no_notes_at_weekends_it_is_a_thing_of_weekdays() -> None:
    assert kept(lambda day: True, lambda day: day.weekday() < 5) == "every weekday"
    assert kept(lambda day: True, lambda day: day.weekday() < 5 or number(day) == 5) == "every weekday"


def test_a_holiday_without_notes_changes_nothing() -> None:
    assert kept(lambda day: True, lambda day: not 20 <= number(day) < 40) == "every day"
    assert (
        kept(lambda day: day.weekday() in {1, 3}, lambda day: not 20 <= number(day) < 41) == "every Tue, Thu"
    )


@pytest.mark.parametrize(
    ("of_month", "schedule"), [(1, "every month on the 1st"), (15, "every month on the 15th")]
)
def test_a_day_of_the_month_is_seen(of_month: int, schedule: str) -> None:
    year = [date(2025, 9, 1) + timedelta(days=ago) for ago in range(360)]
    practice = Practice(year[0], year[-1], year, [day for day in year if day.day == of_month])
    assert schedule_text(rule_kept(practice.since(year[-84]), practice)) == schedule


def test_the_last_day_of_the_month_is_seen() -> None:
    year = [date(2025, 9, 1) + timedelta(days=ago) for ago in range(360)]
    practice = Practice(year[0], year[-1], year, [day for day in year if (day + timedelta(days=1)).day == 1])
    assert schedule_text(rule_kept(practice.since(year[-84]), practice)) == "every month on the last"


def test_something_done_now_and_then_is_told_by_the_month() -> None:
    year = [date(2025, 9, 1) + timedelta(days=ago) for ago in range(360)]
    done = [day for day in year if day.day in ({4, 19} if day.month % 2 else {8, 27})]
    practice = Practice(year[0], year[-1], year, done)
    assert rule_kept(practice.since(year[-84]), practice) == Quota(2, "month")


@given(st.sets(st.integers(0, 83)))
def test_a_schedule_can_be_written_and_never_asks_for_more_than_was_done_mostly(done: set[int]) -> None:
    days = [DAYS[place] for place in sorted(done)]
    rule = rule_kept(*[Practice(DAYS[0], DAYS[-1], DAYS, days)] * 2)
    assert rule is None or read_schedule(schedule_text(rule)) == rule
    if isinstance(rule, Quota) and rule.period == "week":
        weeks = [sum((day - MONDAY).days // 7 == week for day in days) for week in range(12)]
        assert sum(times >= rule.times for times in weeks) > 6
    if isinstance(rule, SinceLast):
        assert 2 <= rule.longest <= 6
