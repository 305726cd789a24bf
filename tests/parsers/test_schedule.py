from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.calendar_dates import MonthDay, OnDates
from microwins.parsers.schedule import (
    EveryDays,
    Limit,
    Once,
    OnWeekdays,
    Quota,
    Rolling,
    Rule,
    SinceLast,
    read_limit,
    read_schedule,
)
from microwins.parsers.schedule_text import schedule_text

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def on(*days: int, weeks: int = 1) -> OnWeekdays:
    return OnWeekdays(frozenset(days), weeks)


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("every day", EveryDays(1)),
        ("daily", EveryDays(1)),
        ("  Every   DAY. ", EveryDays(1)),
        ("every other day", EveryDays(2)),
        ("every 3 days", EveryDays(3)),
        ("every weekday", on(MON, TUE, WED, THU, FRI)),
        ("weekdays", on(MON, TUE, WED, THU, FRI)),
        ("weekends", on(SAT, SUN)),
        ("every Mon, Wed and Fri", on(MON, WED, FRI)),
        ("mon/wed/fri", on(MON, WED, FRI)),
        ("Tuesdays & Thurs", on(TUE, THU)),
        ("every week on Sunday", on(SUN)),
        ("every 2 weeks on Saturday", on(SAT, weeks=2)),
        ("every day when done", SinceLast(1, 1)),
        ("every 4 days when done", SinceLast(1, 4)),
        ("every 2-4 days", SinceLast(2, 4)),
        ("every 2 to 4 days", SinceLast(2, 4)),
        ("within 5 days", SinceLast(1, 5)),
        ("3 times a week", Quota(3, "week")),
        ("three times per week", Quota(3, "week")),
        ("3x/week", Quota(3, "week")),
        ("3× a week", Quota(3, "week")),
        ("twice a month", Quota(2, "month")),
        ("12/year", Quota(12, "year")),
        ("weekly", Quota(1, "week")),
        ("every week", Quota(1, "week")),
        ("every 2 months", Quota(1, "month", 2)),
        ("1/quarter", Quota(1, "quarter")),
        ("twice a quarter", Quota(2, "quarter")),
        ("every quarter", Quota(1, "quarter")),
        ("quarterly", Quota(1, "quarter")),
        ("every 2 quarters", Quota(1, "quarter", 2)),
        ("3 times in 7 days", Rolling(3, 7)),
        ("3/7d", Rolling(3, 7)),
        ("3x in 7 days", Rolling(3, 7)),
        ("3 times every 7 days", Rolling(3, 7)),
        ("Twice in any 5 days", Rolling(2, 5)),
        ("once in 10 days", Rolling(1, 10)),
        ("once by 2026-12-01", Once(date(2026, 12, 1))),
        ("by 2026-12-01", Once(date(2026, 12, 1))),
        ("at most 2 a week", Limit(Decimal(2), "week")),
        ("at most once a day", Limit(Decimal(1), "day")),
        ("at most 30 min a day", Limit(Decimal(30), "day", "min")),
        ("at most 2,500 kcal a day", Limit(Decimal(2500), "day", "kcal")),
        ("at most 1 000 words a week", Limit(Decimal(1000), "week", "words")),
        ("at most 2.000 Schritte a day", Limit(Decimal(2000), "day", "schritte")),
        ("at most 1,5 h a day", Limit(Decimal("1.5"), "day", "h")),
        ("no more than 2.5 km per month", Limit(Decimal("2.5"), "month", "km")),
        ("at most 3× a quarter", Limit(Decimal(3), "quarter")),
        ("at most 3 times/quarter", Limit(Decimal(3), "quarter")),
        ("avoid", Limit(Decimal(0), "day")),
        ("never", Limit(Decimal(0), "day")),
        ("2nd Tue", OnDates((MonthDay(2, 1),))),
        ("monthly 1,15,last", OnDates((MonthDay(-1), MonthDay(1), MonthDay(15)))),
    ],
)
def test_the_words_people_use_have_one_meaning(words: str, rule: Rule) -> None:
    assert read_schedule(words) == rule


@pytest.mark.parametrize(
    "words",
    [
        "",
        "soon",
        "every",
        "every day and smile",
        "every 0 days",
        "every 99999 days",
        "every 4-2 days",
        "every mo",
        "0/week",
        "8 in 7 days",
        "0 in 7 days",
        "every in 7 days",
        "once by tomorrow",
        "once by 2026-02-30",
        "at most a week",
        "at most 2",
        "at most 2 glasses of wine a week",
        "at most 2 a fortnight",
        "every 2nd tue",
        "6th tue",
        "2nd nonsense",
        "every ² month on the 1st",
    ],
)
def test_what_is_only_half_understood_is_not_a_schedule(words: str) -> None:
    assert read_schedule(words) is None


weekdays = st.frozensets(st.integers(0, 6), min_size=1)
rules = st.one_of(
    st.builds(EveryDays, st.integers(1, 3660)),
    st.builds(OnWeekdays, weekdays, st.integers(1, 60)),
    st.tuples(st.integers(1, 60), st.integers(0, 60)).map(lambda pair: SinceLast(pair[0], sum(pair))),
    st.builds(Quota, st.integers(1, 7), st.sampled_from(["week", "month", "quarter", "year"])),
    st.builds(Quota, st.integers(8, 366), st.just("year")),
    st.builds(Quota, st.just(1), st.sampled_from(["week", "month", "quarter", "year"]), st.integers(1, 60)),
    st.tuples(st.integers(1, 60), st.integers(0, 300)).map(lambda pair: Rolling(pair[0], sum(pair))),
    st.builds(Once, st.dates()),
    st.builds(
        Limit,
        st.decimals(0, 10000, places=2),
        st.sampled_from(["day", "week", "month", "quarter", "year"]),
        st.sampled_from(["", "min", "km", "glasses", "cigarettes"]),
    ),
)


@settings(deadline=None)
@given(rules)
def test_the_one_wording_of_a_schedule_reads_back_as_the_same_rule(rule: Rule) -> None:
    assert read_schedule(schedule_text(rule)) == rule


def test_no_schedule_has_no_wording() -> None:
    assert schedule_text(None) == ""
    assert schedule_text(SinceLast(1, 1)) == "every day when done"


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("every week when done", SinceLast(1, 7)),
        ("every 2 months when done", SinceLast(1, 62)),
        ("every Monday when done", OnWeekdays(frozenset({0}))),
        ("every weekday when done", OnWeekdays(frozenset(range(5)))),
    ],
)
def test_when_done_counts_from_the_last_time_unless_the_dates_are_named(text: str, rule: Rule) -> None:
    assert read_schedule(text) == rule


@pytest.mark.parametrize(
    "text", ["3 times a week when done", "8/week", "32/month", "every day  when done when done"]
)
def test_what_cannot_be_counted_is_no_rule(text: str) -> None:
    assert read_schedule(text) is None


@pytest.mark.parametrize("text", ["2 a week", "at most 2 a week", "2/week", "twice a week", "2x a week"])
def test_a_limit_is_read_with_and_without_its_words(text: str) -> None:
    assert read_limit(text) == Limit(Decimal(2), "week")
    assert read_limit(text, clean_unlogged=True) == Limit(Decimal(2), "week", clean_unlogged=True)
