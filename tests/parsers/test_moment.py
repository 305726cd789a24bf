"""Formats of moment.js, both ways."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.moment import (
    Period,
    WeekRule,
    format_moment,
    parse_moment,
    parse_period,
    period_of,
    read_moment,
    week_rule,
)
from microwins.parsers.moment_names import LOCALES, find_locale

EVENING = datetime(2023, 3, 2, 20, 7, 4, 56_000)
DAYS = st.dates(min_value=date(1969, 1, 1), max_value=date(2068, 12, 31))
CODES = st.sampled_from(sorted(LOCALES))
FULL_FORMATS = st.sampled_from(
    [
        "YYYY-MM-DD",
        "YYYY/MM/YYYY-MM-DD",
        "dddd, MMMM Do YYYY",
        "D.M.YY",
        "YYYY[/]MMM[/]DD ddd",
        "GGGG-[W]WW-E",
        "gggg-[W]ww-e",
        "YYYY-DDDD",
        "gggg/[week] w/YYYY-MM-DD",
        "YYYY-[Q]Q/MM/DD",
        "LL",
    ]
)


@pytest.mark.parametrize(
    ("form", "written"),
    [
        pytest.param("YYYY YY Y", "2023 23 2023", id="years"),
        pytest.param("M Mo MM MMM MMMM", "3 3rd 03 Mar March", id="months"),
        pytest.param("D Do DD DDD DDDo DDDD", "2 2nd 02 61 61st 061", id="days"),
        pytest.param("d do dd ddd dddd e E", "4 4th Th Thu Thursday 4 4", id="weekdays"),
        pytest.param("w wo ww W Wo WW gggg GG", "9 9th 09 9 9th 09 2023 23", id="weeks"),
        pytest.param("Q Qo", "1 1st", id="quarters"),
        pytest.param("H HH h hh k kk m mm s ss", "20 20 8 08 20 20 7 07 4 04", id="the clock"),
        pytest.param("hmm Hmmss", "807 200704", id="the clock run together"),
        pytest.param("S SS SSS SSSSS", "0 05 056 05600", id="fractions of a second"),
        pytest.param("a A", "pm PM", id="half of the day"),
        pytest.param("X x Z ZZ", "1677787624 1677787624056 +00:00 +0000", id="timestamp and zone"),
        pytest.param("N NNNN y yyyy", "AD Anno Domini 2023 2023", id="eras"),
        pytest.param("LT|LTS|L|l", "8:07 PM|8:07:04 PM|03/02/2023|3/2/2023", id="short local formats"),
        pytest.param("LLLL", "Thursday, March 2, 2023 8:07 PM", id="long local format"),
        pytest.param("yyyy-mm-dd", "2023-07-Th", id="small letters are other tokens"),
    ],
)
def test_every_token_writes_its_value(form: str, written: str) -> None:
    assert format_moment(form, EVENING) == written


@pytest.mark.parametrize(
    ("form", "written"),
    [
        pytest.param("[Year] YYYY", "Year 2023", id="brackets"),
        pytest.param("[[YYYY]]", "[YYYY]", id="brackets in brackets"),
        pytest.param(r"\YYYY M", "YYYY 3", id="a backslash quotes one token"),
        pytest.param("[n YYYY", "[n 2023", id="a bracket that is not closed"),
        pytest.param("YYYY年M月", "2023年3月", id="letters that are no token"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_what_is_no_token_stands_for_itself(form: str, written: str) -> None:
    assert format_moment(form, EVENING) == written


def test_a_date_stands_for_its_midnight() -> None:
    assert format_moment("YYYY-MM-DD HH:mm k", date(2023, 3, 2)) == "2023-03-02 00:00 24"


def test_a_zone_is_written_where_the_time_has_one() -> None:
    west = datetime(2023, 3, 2, tzinfo=timezone(-timedelta(hours=3, minutes=30)))
    assert format_moment("Z ZZ X", west) == "-03:30 -0330 1677727800"


@pytest.mark.parametrize(
    ("code", "form", "written"),
    [
        ("de", "dddd, D. MMMM YYYY", "Donnerstag, 2. März 2023"),
        ("fr", "Do MMMM, wo [semaine]", "2 mars, 9e semaine"),
        ("pl", "MMMM YYYY", "marzec 2023"),
        ("pl", "D MMMM", "2 marca"),
        ("ru", "MMMM", "март"),
        ("ru", "Do MMMM", "2-го марта"),
        ("es", "D MMM", "2 mar."),
        ("es", "DD-MMM-YY", "02-mar-23"),
        ("nl", "Do", "2de"),
        ("sv", "Do", "2:a"),
        ("tr", "Mo A", "3'üncü ÖS"),
        ("zh-cn", "LL A", "2023年3月2日 晚上"),
        ("ja", "dddd NNNN y", "木曜日 令和 5"),
        ("hi", "YYYY", "२०२३"),
        ("ar", "D, YYYY", "٢، ٢٠٢٣"),
    ],
)
def test_a_locale_has_its_own_words_cases_and_digits(code: str, form: str, written: str) -> None:
    assert format_moment(form, EVENING, code) == written


@pytest.mark.parametrize(
    ("code", "known"), [("pt_BR", "pt-br"), ("de-AT", "de"), ("zh", "zh-cn"), ("xx", "en")]
)
def test_a_locale_falls_back_to_its_language_and_then_to_english(code: str, known: str) -> None:
    assert find_locale(code) is LOCALES[known]


def test_local_weeks_and_iso_weeks_part_at_new_year() -> None:
    sunday = date(2021, 1, 3)
    assert format_moment("gggg-[W]ww", sunday) == "2021-W02"
    assert format_moment("gggg-[W]ww", sunday, "en-gb") == "2020-W53"
    assert format_moment("GGGG-[W]WW", sunday) == "2020-W53"


def test_a_week_rule_of_the_vault_wins_over_that_of_the_locale() -> None:
    assert format_moment("gggg-[W]ww e", date(2021, 1, 3), "en", WeekRule(1, 4)) == "2020-W53 6"


@pytest.mark.parametrize(
    ("form", "text", "period"),
    [
        ("YYYY-MM-DD", "2022-11-05", Period("day", date(2022, 11, 5))),
        ("MMMM Do, YYYY", "NOVEMBER 5th, 2022", Period("day", date(2022, 11, 5))),
        ("GGGG-[W]WW", "2022-W44", Period("week", date(2022, 10, 31))),
        ("gggg-[W]ww", "2022-W45", Period("week", date(2022, 10, 30))),
        ("YYYY-[W]ww", "2022-W45", Period("week", date(2022, 10, 30))),
        ("GGGG-[W]WW-E", "2022-W44-6", Period("day", date(2022, 11, 5))),
        ("YYYY MMMM", "2022 November", Period("month", date(2022, 11, 1))),
        ("YYYY-[Q]Q", "2022-Q4", Period("quarter", date(2022, 10, 1))),
        ("YYYY", "2022", Period("year", date(2022, 1, 1))),
        ("X", "1667606400", Period("day", date(2022, 11, 5))),
    ],
)
def test_the_tokens_decide_which_period_is_named(form: str, text: str, period: Period) -> None:
    assert parse_period(form, text) == period


@pytest.mark.parametrize(
    ("form", "text"),
    [
        pytest.param("YYYY-MM-DD", "2022-11-05 1", id="something behind it"),
        pytest.param("YYYY-MM-DD", " 2022-11-05", id="something before it"),
        pytest.param("YYYY-MM-DD", "2022-11-5", id="too few digits"),
        pytest.param("YYYY-MM-DD", "2022.11.05", id="other signs"),
        pytest.param("YYYY-MM-DD", "2022-11-31", id="a day that is not"),
        pytest.param("YYYY-MM-DD", "2022-13-01", id="a month that is not"),
        pytest.param("YYYY-MM-DD", "0000-01-01", id="a year that is not"),
        pytest.param("GGGG-[W]WW", "2022-W53", id="a week that is not"),
        pytest.param("dddd YYYY-MM-DD", "Friday 2022-11-05", id="the wrong weekday"),
        pytest.param("YYYY-MM-DD [Q]Q", "2022-11-05 Q1", id="the wrong quarter"),
        pytest.param("YYYY-MM-DD HH:mm", "2022-11-05 25:00", id="an hour that is not"),
        pytest.param("YYYY-MM-DD HH:mm", "2022-11-05 12:60", id="a minute that is not"),
        pytest.param("MM-DD", "11-05", id="no year"),
        pytest.param("HH:mm", "12:00", id="no date"),
    ],
)
def test_what_does_not_name_a_period_exactly_is_none(form: str, text: str) -> None:
    assert parse_moment(form, text) is None


def test_a_contradiction_is_told_from_another_shape() -> None:
    contradiction = read_moment("YYYY/YYYY-MM-DD", "2021/2022-11-05")
    assert contradiction is not None
    assert contradiction.period is None
    assert read_moment("YYYY/YYYY-MM-DD", "2022-11-05") is None


def test_two_digits_stand_for_1969_to_2068() -> None:
    assert parse_moment("YY-MM-DD", "68-01-01") == date(2068, 1, 1)
    assert parse_moment("YY-MM-DD", "69-01-01") == date(1969, 1, 1)


@pytest.mark.parametrize(
    ("form", "text", "day"),
    [
        ("DD", "09", date(2022, 11, 9)),
        ("MM-DD", "03-09", date(2022, 3, 9)),
        ("[W]ww", "W01", date(2021, 12, 26)),
        ("DDD", "60", date(2022, 3, 1)),
    ],
)
def test_today_supplies_what_the_format_leaves_out(form: str, text: str, day: date) -> None:
    assert parse_moment(form, text, today=date(2022, 11, 5)) == day


def test_composed_and_decomposed_letters_are_the_same() -> None:
    assert parse_moment("D MMMM YYYY", "2 ma\u0308rz 2023", "de") == date(2023, 3, 2)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("day", date(2024, 2, 29), date(2024, 2, 29)),
        ("week", date(2024, 2, 25), date(2024, 3, 2)),
        ("month", date(2024, 2, 1), date(2024, 2, 29)),
        ("quarter", date(2024, 1, 1), date(2024, 3, 31)),
        ("year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_period_knows_its_days(kind: str, start: date, end: date) -> None:
    period = period_of(kind, date(2024, 2, 29), week_rule())  # type: ignore[arg-type]
    assert (period.start, period.end) == (start, end)
    assert date(2024, 2, 29) in set(period.days())


@given(form=FULL_FORMATS, day=DAYS, code=CODES)
def test_a_day_that_was_written_is_read_back(form: str, day: date, code: str) -> None:
    assert parse_moment(form, format_moment(form, day, code), code) == day


@pytest.mark.parametrize("code", sorted(LOCALES))
def test_every_month_is_read_back_by_its_short_and_its_long_name(code: str) -> None:
    days = [date(2025, month, 9) for month in range(1, 13)]
    for form in ("YYYY-MMM-DD", "YYYY/MMMM/DD", "D MMM YYYY", "D MMMM YYYY"):
        assert [parse_moment(form, format_moment(form, day, code), code) for day in days] == days


@given(day=st.dates(), code=CODES)
def test_every_day_lies_in_the_week_that_its_number_names(day: date, code: str) -> None:
    rule = week_rule(code)
    year, number = rule.week_of(day)
    assert 1 <= number <= 53
    assert 0 <= day.toordinal() - rule.first_week(year) - 7 * (number - 1) < 7


@given(form=st.text(max_size=30), text=st.text(max_size=30), code=CODES)
def test_no_format_and_no_text_can_break_the_reader(form: str, text: str, code: str) -> None:
    parse_period(form, text, code, today=date(2022, 11, 5))
    format_moment(form, EVENING, code)


@given(st.text(alphabet="YMDdwWgGEeQHhmsSaAXxZL[]\\ -0123456789", max_size=24), st.dates())
def test_any_format_can_be_written_for_any_day(form: str, day: date) -> None:
    parse_period(form, format_moment(form, day))
