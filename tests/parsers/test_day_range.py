from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.day_range import WEEKDAYS, DayRange, read_date, read_day_range, read_weekday


@settings(deadline=None)
@given(st.dates())
def test_every_day_is_read_as_it_is_written(day: date) -> None:
    assert read_date(day.isoformat()) == day
    assert read_date(f" {day} ") == day


@pytest.mark.parametrize(
    "written",
    ["", "2026-02-30", "2026-2-3", "20260203", "2026-02-03x", "2026-02-03T10:00", 20260203, None, []],
)
def test_anything_else_is_no_date(written: object) -> None:
    assert read_date(written) is None


def test_a_range_holds_both_of_its_ends() -> None:
    july = read_day_range("2026-07-01..2026-07-14")
    assert july == DayRange(date(2026, 7, 1), date(2026, 7, 14))
    assert date(2026, 7, 1) in july
    assert date(2026, 7, 14) in july
    assert date(2026, 6, 30) not in july
    assert date(2026, 7, 15) not in july


def test_a_range_without_an_end_goes_on() -> None:
    found = read_day_range("2026-07-01..")
    assert found == DayRange(date(2026, 7, 1))
    assert date.max in found


def test_a_single_day_is_a_range_of_one_day() -> None:
    assert read_day_range("2026-07-01") == DayRange(date(2026, 7, 1), date(2026, 7, 1))


@pytest.mark.parametrize(
    "written", ["", "..2026-07-01", "2026-07-14..2026-07-01", "2026-07-01..soon", "July", 7, None]
)
def test_what_is_no_range_is_not_guessed(written: object) -> None:
    assert read_day_range(written) is None


@pytest.mark.parametrize("number", range(7))
def test_a_weekday_is_known_by_three_letters_or_more(number: int) -> None:
    name = WEEKDAYS[number]
    for length in range(3, len(name) + 1):
        assert read_weekday(name[:length].title()) == number
    assert read_weekday(f"{name}s") == number
    assert read_weekday(f" {name[:3].upper()}. ") == number


@pytest.mark.parametrize("written", ["", "m", "mo", "day", "days", "monster", "weekday", 1, None])
def test_other_words_are_no_weekdays(written: object) -> None:
    assert read_weekday(written) is None
