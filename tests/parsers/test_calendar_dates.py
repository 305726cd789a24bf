from datetime import date
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.calendar_dates import MonthDay, OnDates
from microwins.parsers.schedule import read_schedule
from microwins.parsers.schedule_text import schedule_text


def dates(text: str, start: str, count: int = 4) -> list[str]:
    rule = read_schedule(text)
    assert isinstance(rule, OnDates)
    return [str(day) for day in islice(rule.dates(date.fromisoformat(start)), count)]


@pytest.mark.parametrize(
    ("text", "start", "expected"),
    [
        ("every month on the 1st", "2026-01-15", ["2026-02-01", "2026-03-01", "2026-04-01", "2026-05-01"]),
        (
            "every month on the last Friday",
            "2026-01-01",
            ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"],
        ),
        ("last Friday", "2026-01-01", ["2026-01-30", "2026-02-27", "2026-03-27", "2026-04-24"]),
        (
            "every month on the 2nd last Friday",
            "2026-01-01",
            ["2026-01-23", "2026-02-20", "2026-03-20", "2026-04-17"],
        ),
        (
            "monthly on the 1st and 15th",
            "2026-01-02",
            ["2026-01-15", "2026-02-01", "2026-02-15", "2026-03-01"],
        ),
        ("the 10th of each month", "2026-01-10", ["2026-01-10", "2026-02-10", "2026-03-10", "2026-04-10"]),
        ("every 3 months on the 5th", "2026-01-02", ["2026-01-05", "2026-04-05", "2026-07-05", "2026-10-05"]),
        ("every January on the 15th", "2026-01-20", ["2027-01-15", "2028-01-15", "2029-01-15", "2030-01-15"]),
        ("every 24 December", "2026-01-01", ["2026-12-24", "2027-12-24", "2028-12-24", "2029-12-24"]),
        (
            "every Apr and Dec on the 1st",
            "2026-05-01",
            ["2026-12-01", "2027-04-01", "2027-12-01", "2028-04-01"],
        ),
        (
            "every 2 years on March 1st",
            "2026-01-01",
            ["2026-03-01", "2028-03-01", "2030-03-01", "2032-03-01"],
        ),
        (
            "every February on the last",
            "2026-01-01",
            ["2026-02-28", "2027-02-28", "2028-02-29", "2029-02-28"],
        ),
    ],
)
def test_a_rule_names_its_dates(text: str, start: str, expected: list[str]) -> None:
    assert dates(text, start) == expected


def test_the_31st_is_the_last_day_of_a_shorter_month() -> None:
    assert dates("every month on the 31st", "2026-01-31") == [
        "2026-01-31",
        "2026-02-28",
        "2026-03-31",
        "2026-04-30",
    ]


def test_the_29th_of_february_is_the_28th_in_other_years() -> None:
    assert dates("every 29 February", "2027-01-01", 2) == ["2027-02-28", "2028-02-29"]


def test_a_fifth_friday_is_only_in_months_that_have_one() -> None:
    assert dates("every month on the 5th Friday", "2026-01-01", 3) == [
        "2026-01-30",
        "2026-05-29",
        "2026-07-31",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "every second Friday",  # every other one, or the second of a month?
        "every 3rd",
        "every 15",
        "every month on the 32nd",
        "every month on the 6th Friday",
        "every January on the 15th and smile",
        "every Smarch on the 1st",
        "every month on the blue moon",
        "every 0 months on the 1st",
    ],
)
def test_what_is_not_wholly_understood_is_no_rule(text: str) -> None:
    assert read_schedule(text) is None


month_days = st.builds(MonthDay, st.integers(1, 31) | st.just(-1)) | st.builds(
    MonthDay, st.integers(1, 5) | st.integers(-3, -1), st.integers(0, 6)
)


@given(
    st.lists(month_days, min_size=1, max_size=3, unique=True),
    st.lists(st.integers(1, 12), max_size=3, unique=True),
    st.integers(1, 12),
)
def test_the_canonical_wording_is_read_back_as_the_same_dates(
    days: list[MonthDay], months: list[int], every: int
) -> None:
    rule = OnDates(tuple(days), tuple(sorted(months)), every)
    again = read_schedule(schedule_text(rule).casefold())
    assert isinstance(again, OnDates)
    start = date(2026, 1, 31)
    assert list(islice(again.dates(start), 12)) == list(islice(rule.dates(start), 12))


@given(month_days, st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_dates_come_in_order_and_never_before_the_start(day: MonthDay, start: date) -> None:
    found = list(islice(OnDates((day,)).dates(start), 10))
    assert found == sorted(set(found))
    assert all(one >= start for one in found)
