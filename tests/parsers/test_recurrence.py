"""The Tasks plugin's recurrence text: grammar, wording, next dates."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.recurrence import Recurrence, Weekday, canonical_recurrence, parse_recurrence
from microwins.parsers.recurrence_dates import next_date, next_dates, occurrences

UNITS = st.sampled_from(
    ["day", "week", "month", "year", "hour", "Monday", "weekday", "March", "weeks on Tue and Sat"]
)
PARTS = [
    "every",
    "day",
    "2",
    "weeks",
    "months",
    "year",
    "on",
    "the",
    "1st",
    "last",
    "Friday",
    "in",
    "June",
    ",",
    "and",
]
PARTS += ["at", "for", "times", "until", "second", "week", "weekday", "31st", "when done", "hour", "!", "500"]
SENTENCES = st.lists(st.sampled_from(PARTS), max_size=9).map(lambda words: " ".join(["every", *words]))


def rule(text: str) -> Recurrence:
    found = parse_recurrence(text)
    assert found is not None
    return found


@pytest.mark.parametrize(
    ("text", "worded"),
    [
        pytest.param("EVERY DAY", "every day", id="case does not matter"),
        pytest.param("everyday", "every day", id="nor do spaces"),
        pytest.param("every weds", "every week on Wednesday", id="short weekdays, the rest left out"),
        pytest.param(
            "every Fri, Mon and Wed",
            "every week on Monday, Wednesday, Friday",
            id="weekdays are put in order",
        ),
        pytest.param("every 4 weeks on sat", "every 4 weeks on Saturday", id="an interval with a weekday"),
        pytest.param("every 2 weeks on weekdays", "every 2 weeks on weekdays", id="weekdays of some weeks"),
        pytest.param("every month on the 22nd", "every month on the 22nd", id="a day of the month"),
        pytest.param(
            "every month on the first, last", "every month on the 1st and last", id="days from both ends"
        ),
        pytest.param(
            "every month on the third last", "every month on the 3rd last", id="counted from the end"
        ),
        pytest.param(
            "every month on the last Sun and 1st Tue",
            "every month on the 1st Tuesday and last Sunday",
            id="nth weekdays",
        ),
        pytest.param(
            "every month on Friday the 13th",
            "every month on Friday the 13th",
            id="a weekday that is that day",
        ),
        pytest.param(
            "every month on Friday, the 13th", "every month on Friday", id="a comma ends the list before the"
        ),
        pytest.param("every jul, dec on the 24th", "every July and December on the 24th", id="months"),
        pytest.param("every 2 years in June", "every 2 years June", id="rrule's own gap in the wording"),
        pytest.param("every year in week 10, 20", "every year in weeks 10 and 20", id="weeks of the year"),
        pytest.param("every day at 7", "every day at 7", id="an hour"),
        pytest.param("every week for 5 times", "every week for 5 times", id="a number of times"),
        pytest.param("every month until 5 May 2027", "every month until May 5, 2027", id="a last day"),
        pytest.param("every 2 hours", "every 2 hours", id="hours"),
        pytest.param("every day WHEN DONE", "every day when done", id="when done"),
        pytest.param("every day  when done", "every day when done", id="spaces before when done"),
        pytest.param("every day when done soon", "every day", id="words behind when done"),
        pytest.param("every day or never", "every day", id="words that mean nothing at the end"),
    ],
)
def test_a_rule_is_worded_as_tasks_words_it(text: str, worded: str) -> None:
    assert canonical_recurrence(text) == worded


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every",
        "every 3",
        "every 0 weeks",
        "every third day",
        "every three days",
        "each day",
        "monthly",
        "every day 🔁",
        "every month on the 1.",
        "every Monday and",
        "every June and Monday",
        "every week at noon",
        "every day for ever",
        "every day until whenever",
        "every month on the 400th",
    ],
)
def test_what_tasks_ignores_is_no_rule(text: str) -> None:
    assert parse_recurrence(text) is None


def test_a_rule_is_a_value() -> None:
    assert rule("every 2 months on the last Fri when done") == Recurrence(
        "monthly", interval=2, weekdays=(Weekday(4, -1),), when_done=True
    )


@pytest.mark.parametrize(
    ("text", "start", "following"),
    [
        pytest.param(
            "every 2 days", "2023-02-27", ["2023-03-01", "2023-03-03"], id="over the end of a month"
        ),
        pytest.param("every weekday", "2023-03-03", ["2023-03-06", "2023-03-07"], id="over a weekend"),
        pytest.param(
            "every 2 weeks on Sun", "2023-03-02", ["2023-03-05", "2023-03-19"], id="weeks begin on Monday"
        ),
        pytest.param(
            "every month",
            "2023-01-30",
            ["2023-02-28", "2023-03-28"],
            id="a short month shortens what follows",
        ),
        pytest.param(
            "every 3 months", "2023-05-31", ["2023-08-31", "2023-11-30"], id="months in between do not"
        ),
        pytest.param(
            "every month on the 30th", "2023-01-30", ["2023-03-30", "2023-04-30"], id="a fixed day skips it"
        ),
        pytest.param(
            "every month on the last", "2023-01-30", ["2023-01-31", "2023-02-28"], id="the last day"
        ),
        pytest.param(
            "every month on the 5th Mon", "2023-01-30", ["2023-05-29", "2023-07-31"], id="a rare weekday"
        ),
        pytest.param("every year", "2020-02-29", ["2021-02-28", "2022-02-28"], id="a leap day"),
        pytest.param(
            "every May on the 1st Tue", "2023-03-02", ["2023-05-02", "2024-05-07"], id="a weekday of a month"
        ),
        pytest.param(
            "every year on the last Mon",
            "2023-03-02",
            ["2023-12-25", "2024-12-30"],
            id="a weekday of the year",
        ),
        pytest.param(
            "every year in week 1", "2023-12-30", ["2024-01-01", "2024-01-02"], id="a week of the year"
        ),
        pytest.param("every 36 hours", "2023-03-02", ["2023-03-03", "2023-03-04"], id="hours from midnight"),
        pytest.param("every day until March 3, 2023", "2023-03-02", ["2023-03-03"], id="until"),
        pytest.param("every month on the 32nd", "2023-03-02", [], id="a day that never comes"),
        pytest.param("every day for 1 time", "2023-03-02", [], id="used up"),
    ],
)
def test_copies_follow_each_other(text: str, start: str, following: list[str]) -> None:
    found = next_dates(rule(text), date.fromisoformat(start), count=2)
    assert [day.isoformat() for day in found] == following


def test_when_done_counts_from_the_day_of_completion_and_goes_no_further() -> None:
    late = next_dates(rule("every week when done"), date(2023, 3, 2), completed_on=date(2023, 4, 10))
    assert late == (date(2023, 4, 17),)


def test_a_task_without_a_date_gets_none() -> None:
    assert next_dates(rule("every day"), None, completed_on=date(2023, 3, 2)) == ()
    assert next_date(rule("every day when done"), None, completed_on=date(2023, 3, 2)) is None


def test_occurrences_begin_with_the_first_day_where_it_fits() -> None:
    assert list(islice(occurrences(rule("every week"), date(2023, 3, 2)), 2)) == [
        date(2023, 3, 2),
        date(2023, 3, 9),
    ]
    assert next(occurrences(rule("every Friday"), date(2023, 3, 2))) == date(2023, 3, 3)


@given(SENTENCES, st.dates(min_value=date(1900, 1, 1), max_value=date(2200, 1, 1)))
def test_every_next_date_is_later_than_the_last(text: str, reference: date) -> None:
    found = parse_recurrence(text)
    if found is None:
        return
    days = [reference, *next_dates(found, reference, completed_on=reference, count=3)]
    assert days == sorted(set(days))


@given(UNITS, st.integers(1, 20), st.booleans())
def test_words_that_were_written_are_read_as_the_same_words(
    unit: str, interval: int, when_done: bool
) -> None:
    text = f"every {interval} {unit}" if unit.islower() and interval > 1 else f"every {unit}"
    worded = canonical_recurrence(text + " when done" * when_done)
    assert worded is not None
    assert canonical_recurrence(worded) == worded
    assert worded.endswith(" when done") == when_done


@given(st.integers(1, 400), st.dates(max_value=date(9000, 1, 1)))
def test_every_n_days_is_n_days_later(interval: int, day: date) -> None:
    assert next_date(Recurrence("daily", interval), day) == day + timedelta(days=interval)


@given(st.text(max_size=60))
def test_no_text_can_break_the_reader(text: str) -> None:
    canonical_recurrence(text)


@pytest.mark.parametrize(
    "text", ["every 999999999 years", "every 99999999999999999999 days", "every 999999999 minutes"]
)
def test_a_rule_beyond_the_calendar_has_no_date(text: str) -> None:
    found = parse_recurrence(text)
    days = next_dates(found, date(2023, 3, 2), count=9) if found else ()
    assert all(day > date(2023, 3, 2) for day in days)


def test_the_last_days_of_the_calendar_are_no_trouble() -> None:
    for text in (
        "every day",
        "every week",
        "every month",
        "every year",
        "every hour",
        "every year in week 52",
    ):
        assert next_date(rule(text), date.max) is None
        next_date(rule(text), date.min)
