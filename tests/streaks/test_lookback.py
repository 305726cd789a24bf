from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.day_range import DayRange
from microwins.parsers.schedule import Period
from microwins.streaks.calendar import DAY, Now
from microwins.streaks.lookback import Lookback, days_in, lookback, now_at

FRIDAY = date(2026, 11, 20)
NOW = Now.at(FRIDAY)


def around(kind: Period, day: date = FRIDAY, now: Now = NOW, back: int = 0) -> Lookback:
    found = lookback(kind, day, now, back)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("week", date(2026, 11, 16), date(2026, 11, 22)),
        ("month", date(2026, 11, 1), date(2026, 11, 30)),
        ("quarter", date(2026, 10, 1), date(2026, 12, 31)),
        ("year", date(2026, 1, 1), date(2026, 12, 31)),
    ],
)
def test_a_running_period_reaches_up_to_today(kind: Period, start: date, end: date) -> None:
    look = around(kind)
    assert (look.start, look.end, look.until) == (start, end, FRIDAY)
    assert not look.is_whole


def test_a_week_begins_where_the_settings_say() -> None:
    assert around("week", now=Now.at(FRIDAY, 6)).start == date(2026, 11, 15)


def test_periods_are_walked_back_by_the_calendar() -> None:
    assert around("month", back=1).days == DayRange(date(2026, 10, 1), date(2026, 10, 31))
    assert around("quarter", back=1).start == date(2026, 7, 1)
    assert around("year", back=2).start == date(2024, 1, 1)
    assert around("week", back=1).is_whole


def test_a_period_that_has_not_begun_is_none() -> None:
    assert lookback("week", date(2026, 11, 23), NOW) is None
    assert lookback("week", date(2026, 11, 23), NOW, 1) is not None


def test_a_whole_period_is_held_against_the_whole_one_before() -> None:
    march = around("month", date(2026, 3, 10))
    assert march.before(march.end) == DayRange(date(2026, 2, 1), date(2026, 2, 28))


def test_a_part_is_held_against_as_many_days_and_never_against_more_than_there_are() -> None:
    assert around("week").before(FRIDAY) == DayRange(date(2026, 11, 9), date(2026, 11, 13))
    late = around("month", date(2026, 3, 30), Now.at(date(2026, 3, 30)))
    assert late.before(late.until) == DayRange(date(2026, 2, 1), date(2026, 2, 28))


def test_the_view_of_an_earlier_day_has_it_closed_unless_it_is_open_still() -> None:
    late = Now(FRIDAY, FRIDAY - 2 * DAY, 6)
    assert now_at(FRIDAY, late) is late
    assert now_at(FRIDAY - DAY, late) == Now(FRIDAY - DAY, FRIDAY - 2 * DAY, 6)
    assert now_at(FRIDAY - 5 * DAY, late) == Now(FRIDAY - 5 * DAY, FRIDAY - 5 * DAY, 6)


@given(
    st.sampled_from(["week", "month", "quarter", "year"]),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.integers(0, 6),
)
def test_the_period_before_ends_where_this_one_begins(kind: Period, day: date, week_start: int) -> None:
    look = around(kind, day, Now.at(date(2200, 1, 1), week_start))
    before = look.before(look.end)
    assert before.end == look.start - DAY
    assert before == around(kind, day, Now.at(date(2200, 1, 1), week_start), 1).days
    assert day in look.days
    assert len(list(days_in(look.days))) == (look.end - look.start).days + 1
