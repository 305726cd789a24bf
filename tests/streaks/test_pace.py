"""What a day asks of a goal with a date, and when it ends at this rate."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.day_range import DayRange
from microwins.streaks.available import AvailableDays
from microwins.streaks.calendar import DAY, NeutralDays, Now
from microwins.streaks.measure import Amounts, added_up
from microwins.streaks.pace import Aim, Forecast, Pace, pace
from microwins.templates.pace_text import pace_line

from .trees import whole_tree

FIRST, LAST = date(2026, 1, 1), date(2026, 6, 30)
BOOK = Aim(FIRST, LAST, Decimal(0), Decimal(60000), "words")
ALL = AvailableDays()


def written(each: int, days: int, before: int = 0, begin: date = FIRST) -> Amounts:
    """Return an amount on each of so many days, and what was there already."""
    return {begin + number * DAY: Decimal(each) for number in range(days)} | {None: Decimal(before)}


def of(amounts: Amounts, today: date, aim: Aim = BOOK, days: AvailableDays = ALL) -> Pace:
    found = pace(aim, added_up(amounts), days, Now.at(today))
    assert found is not None
    return found


def test_a_book_in_half_a_year_with_a_third_written_after_two_months() -> None:
    found = of(written(310, 59, 20000 - 59 * 310), date(2026, 3, 1))
    assert (found.days_in_all, found.days_passed, found.days_left) == (181, 59, 122)
    assert round(found.expected) == 19558
    assert (found.status, round(found.ratio or 0, 2), found.needed) == ("on_track", 1.02, Decimal(328))
    assert found.buffer_days == 1.3
    assert found.forecast == Forecast(date(2026, 7, 8), date(2026, 7, 8), date(2026, 7, 8))
    assert not found.at_risk
    assert pace_line(found, date(2026, 3, 1)) == "on track: 328 words a day to 30 June; at this rate 8 July"


def test_the_range_is_that_of_the_slowest_and_the_fastest_rate() -> None:
    amounts = (
        written(300, 31) | written(310, 21, begin=date(2026, 2, 1)) | written(340, 7, begin=date(2026, 2, 22))
    )
    found = of(amounts, date(2026, 3, 1))
    assert [float(rate or 0) for rate in found.rates] == [
        340,
        317.5,
        pytest.approx((31 * 300 + 21 * 310 + 7 * 340) / 59),
    ]
    assert found.forecast is not None
    assert found.forecast.earliest < found.forecast.likely < (found.forecast.latest or date.min)


@pytest.mark.parametrize(
    ("total", "status"),
    [
        (10999, "on_track"),
        (11000, "ahead"),
        (9000, "on_track"),
        (8999, "behind"),
        (0, "behind"),
        (60000, "done"),
    ],
)
def test_the_status_tells_how_what_is_reached_compares_with_what_is_expected(total: int, status: str) -> None:
    aim = Aim(FIRST, FIRST + 59 * DAY, Decimal(0), Decimal(60000), "words")
    assert of({None: Decimal(total)}, FIRST + 10 * DAY, aim).status == status


def test_before_the_first_day_it_has_not_begun_and_after_the_last_its_date_is_past() -> None:
    early = of({}, FIRST - DAY)
    assert (early.status, early.ratio, early.forecast, early.needed) == (
        "not_started",
        None,
        None,
        Decimal(332),
    )
    late = of(written(100, 100), LAST + DAY)
    assert (late.status, late.needed, round(late.expected)) == ("overdue", None, 60000)


def test_the_first_day_asks_for_nothing_yet() -> None:
    found = of({}, FIRST)
    assert (found.status, found.ratio, found.expected) == ("on_track", None, Decimal(0))


def test_an_open_day_is_never_scored() -> None:
    now = Now(date(2026, 3, 1), date(2026, 2, 27))
    found = pace(BOOK, added_up(written(310, 58)), ALL, now)
    assert found is not None
    assert found.days_passed == 58


def test_today_is_one_of_the_days_left_until_its_part_is_done() -> None:
    half = of(written(310, 59, 1710) | {date(2026, 3, 1): Decimal(100)}, date(2026, 3, 1))
    whole = of(written(310, 59, 1710) | {date(2026, 3, 1): Decimal(328)}, date(2026, 3, 1))
    assert (half.days_left, whole.days_left) == (122, 121)
    assert whole.needed == 328


def test_a_day_of_rest_or_pause_asks_for_nothing() -> None:
    days = AvailableDays.of(NeutralDays(frozenset((5, 6)), (DayRange(date(2026, 1, 5), date(2026, 1, 9)),)))
    aim = Aim(date(2026, 1, 5), date(2026, 1, 18), Decimal(0), Decimal(10), "steps")
    found = of({}, date(2026, 1, 12), aim, days)
    assert (found.days_in_all, found.days_passed, found.needed) == (5, 0, Decimal(2))


def test_what_falls_is_counted_like_what_rises() -> None:
    aim = Aim(FIRST, FIRST + 99 * DAY, Decimal(92), Decimal(82), "kg")
    up = Aim(FIRST, FIRST + 99 * DAY, Decimal(0), Decimal(10), "kg")
    rising = written(0, 0) | {FIRST + number * DAY: Decimal("0.1") for number in range(40)}
    course = added_up(rising)
    falling = type(course)(Decimal(92), course.days, tuple(92 - value for value in course.values))
    one, other = (
        pace(aim, falling, ALL, Now.at(FIRST + 40 * DAY)),
        pace(up, course, ALL, Now.at(FIRST + 40 * DAY)),
    )
    assert one is not None
    assert other is not None
    assert (one.status, one.ratio, one.needed, one.buffer_days, one.forecast) == (
        other.status, other.ratio, other.needed, other.buffer_days, other.forecast,
    )  # fmt: skip
    assert one.expected == 92 - other.expected


@pytest.mark.parametrize("days", [0, 4])
def test_from_fewer_than_five_days_nothing_is_foretold(days: int) -> None:
    assert of(written(300, days), FIRST + days * DAY).forecast is None


def test_without_any_gain_there_is_no_forecast() -> None:
    found = of({None: Decimal(100)}, FIRST + 30 * DAY)
    assert (found.forecast, found.at_risk) == (None, True)


def test_more_than_half_as_much_again_as_ever_is_told_kindly() -> None:
    found = of(written(100, 100), FIRST + 100 * DAY)
    assert found.at_risk
    assert "a later date" in pace_line(found, FIRST + 100 * DAY)


def test_where_it_would_not_end_at_the_slowest_rate_the_range_is_open() -> None:
    found = of(written(900, 40), FIRST + 47 * DAY)
    assert found.forecast is not None
    assert found.forecast.latest is None
    assert "or later" in pace_line(found, FIRST + 47 * DAY)


@settings(deadline=None)
@given(
    st.sets(st.integers(0, 6), max_size=6),
    st.lists(st.tuples(st.integers(0, 60), st.integers(0, 20)), max_size=4),
    st.integers(0, 60),
    st.integers(0, 60),
)
def test_counting_available_days_is_looking_at_each(
    rest: set[int], pauses: list[tuple[int, int]], first: int, length: int
) -> None:
    neutral = NeutralDays(
        frozenset(rest), tuple(DayRange(FIRST + a * DAY, FIRST + (a + b) * DAY) for a, b in pauses)
    )
    days = AvailableDays.of(neutral)
    begin = FIRST + first * DAY
    each = [begin + number * DAY for number in range(length) if begin + number * DAY not in neutral]
    assert days.count(begin, begin + (length - 1) * DAY) == len(each)
    for number, day in enumerate(each, 1):
        assert days.after(begin - DAY, number) == day
    if each:
        assert days.back(begin + (length - 1) * DAY, 3, begin) == (each[-3:][0], len(each[-3:]))


def test_a_goal_has_a_pace_by_its_measure_or_by_its_dated_steps() -> None:
    body = "\n\n- [x] one ✅ 2026-02-20\n- [ ] two\n"
    dates = "start: 2026-02-01\ntarget: 2026-04-01"
    found, _ = whole_tree(
        {
            "A": dates + body,
            "B": dates + body.replace("✅ 2026-02-20", ""),
            "C": f"{dates}\nmeasure: 100 words",
            "D": "measure: 100 words",
            "E": dates,
            "F": f"{dates}\nstatus: archived{body}",
        }
    )
    units = {name: goal.pace.aim.unit if goal.pace else None for name, goal in found.items()}
    assert units == {"A": "steps", "B": None, "C": "words", "D": None, "E": None, "F": None}


def test_a_target_before_the_start_or_far_away_is_no_crash() -> None:
    goals = {
        "A": "start: 2026-02-01\ntarget: 2026-01-01\nmeasure: 100 words",
        "B": "target: 9999-12-31\nmeasure: 100 words\n\n## Micro-wins\n- Write\n",
        "C": "start: 0001-01-01\ntarget: 2026-12-31\nmeasure: 100 words\n\n- [x] w [words:: 3] ✅ 2026-01-01\n",
    }
    found, _ = whole_tree(goals)
    assert found["A"].pace is None
    assert found["B"].pace is not None
    assert found["C"].pace is not None


@settings(deadline=None)
@given(st.lists(st.integers(0, 400), max_size=60), st.integers(-5, 200))
def test_figures_are_in_their_bounds_and_more_never_makes_it_slower(amounts: list[int], ago: int) -> None:
    today = FIRST + timedelta(days=ago)
    course: Amounts = {
        FIRST + number * DAY: Decimal(amount)
        for number, amount in enumerate(amounts)
        if FIRST + number * DAY <= today
    }
    found = of(course, today)
    more = of(course | {today: course.get(today, Decimal(0)) + 50}, today)
    assert found.needed is None or found.needed >= 0
    assert (more.ratio or 0) >= (found.ratio or 0)
    if found.forecast and more.forecast:
        assert more.forecast.likely <= found.forecast.likely
        assert found.forecast.likely >= today


@pytest.mark.parametrize(
    ("aim", "needed"),
    [
        (Aim(FIRST, FIRST + 135 * DAY, Decimal(92), Decimal(80), "kg"), Decimal("0.09")),
        (Aim(FIRST, FIRST + 599 * DAY, Decimal(0), Decimal(500), "km"), Decimal("0.9")),
        (Aim(FIRST, FIRST + 99 * DAY, Decimal(0), Decimal(3), "steps"), Decimal(1)),
        (Aim(FIRST, FIRST + 99 * DAY, Decimal(0), Decimal(250), "words"), Decimal(3)),
    ],
    ids=["weight", "way", "steps", "words"],
)
def test_less_than_one_unit_a_day_is_not_told_as_a_whole_one(aim: Aim, needed: Decimal) -> None:
    start: Amounts = {None: aim.start}
    assert of(start, FIRST, aim).needed == needed
