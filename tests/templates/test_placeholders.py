"""Placeholders of a template that the vault brings along."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.moment import Kind
from microwins.templates.placeholders import MOST_UNKNOWN, Filled, Unknown, fill_placeholders

THURSDAY = date(2023, 3, 2)


def fill(template: str, kind: Kind = "day", locale: str = "en") -> Filled:
    return fill_placeholders(
        template,
        title="The second",
        day=THURSDAY,
        now_time=time(20, 7, 4),
        note_format="D MMM",
        date_format="YYYY-MM-DD",
        locale=locale,
        kind=kind,
    )


@pytest.mark.parametrize(
    ("template", "text"),
    [
        pytest.param("# {{title}}", "# The second", id="title"),
        pytest.param("{{date}} {{time}}", "2023-03-02 20:07", id="date and time"),
        pytest.param("{{ Date }}{{TIME}}", "2023-03-0220:07", id="any case, spaces inside"),
        pytest.param("{{date:dddd}}, {{time:HH}}", "Thursday, 20", id="a format"),
        pytest.param("{{time:YYYY}} {{date: mm }}", "2023 07", id="either name takes any format"),
        pytest.param("{{date+1d}} {{date -1w}}", "3 Mar 23 Feb", id="an offset is in the note's format"),
        pytest.param("{{date+1M:MM}} {{date+5m:mm}}", "04 12", id="M is a month, m a minute"),
        pytest.param("{{date-1y:YYYY}} {{time+5h:D HH}}", "2022 3 01", id="years and hours"),
        pytest.param("{{yesterday}} {{tomorrow}}", "1 Mar 3 Mar", id="the days beside it"),
        pytest.param("{{{title}}}", "{The second}", id="braces around it"),
        pytest.param("{{date:[{{]}}", "{{date:[{{]}}", id="braces in a format are not ours"),
    ],
)
def test_a_placeholder_gives_way_to_its_value(template: str, text: str) -> None:
    assert fill(template).text == text


@pytest.mark.parametrize(
    "template",
    [
        "{{date + 1d}}",
        "{{date+1}}",
        "{{date+1x}}",
        "{{date:}}",
        "{{date+1M-1d}}",
        "{{datetime}}",
        "{{date+999999y}}",
        "{{mood}}",
        "{{monday:DD}}",
        "{{}}",
    ],
)
def test_what_is_not_known_stays_and_is_reported(template: str) -> None:
    filled = fill(f"a {template} b {template}")
    assert filled.text == f"a {template} b {template}"
    assert [one.text for one in filled.unknown] == [template]


@pytest.mark.parametrize("template", ["{date}", "{{date", "date}}", "{{da\nte}}", "", "}}{{"])
def test_what_is_no_placeholder_stays(template: str) -> None:
    assert fill(template) == Filled(template, ())


def test_templater_passes_through_with_all_that_is_in_it() -> None:
    template = '<% tp.date.now("{{date}}") %> {{date}} <%* if (a) {{\n{{title}} }} %>{{title}}<% {{title}}'
    kept = '<% tp.date.now("{{date}}") %> 2023-03-02 <%* if (a) {{\n{{title}} }} %>The second<% The second'
    assert fill(template) == Filled(kept, ())


def test_what_was_put_in_is_not_looked_at_again() -> None:
    filled = fill_placeholders("{{title}}", title="{{date}} <% x %>", day=THURSDAY, now_time=None)
    assert filled == Filled("{{date}} <% x %>", ())


def test_without_a_clock_it_is_midnight() -> None:
    assert fill_placeholders("{{time}}", title="", day=THURSDAY, now_time=None).text == "00:00"


def test_a_weekly_note_knows_the_days_of_its_week() -> None:
    assert fill("{{monday:DD}} {{ Sunday : DD}}", "week").text == "27 26"
    assert fill("{{monday:DD}} {{ Sunday : DD}}", "week", "en-gb").text == "27 05"
    assert [one.text for one in fill("{{tomorrow}}", "week").unknown] == ["{{tomorrow}}"]


def test_a_note_of_a_longer_period_knows_its_own_name_with_an_offset() -> None:
    assert fill("{{month:MMMM}} {{month+1M:MMMM}} {{Month}}", "month").text == "March April 2 Mar"
    assert fill("{{quarter:[Q]Q}} {{quarter-1Q:[Q]Q}}", "quarter").text == "Q1 Q4"
    assert fill("{{year:YYYY}} {{year-1y:YYYY}}", "year").text == "2023 2022"
    assert [one.text for one in fill("{{month:MM}}", "year").unknown] == ["{{month:MM}}"]


def test_what_is_not_known_is_told_with_its_line_and_the_nearest_name() -> None:
    filled = fill("# {{titel}}\n\n{{title}}\n<%\n{{mood}}\n%>\n{{Tomorow}} {{xyz}}\n")
    assert filled.unknown == (
        Unknown("{{titel}}", 1, "title"),
        Unknown("{{Tomorow}}", 7, "tomorrow"),
        Unknown("{{xyz}}", 7, ""),
    )


def test_a_day_of_the_week_is_named_with_the_format_that_it_needs() -> None:
    found = fill_placeholders(
        "{{monday}} {{tusday:D MMM}}", title="W", day=date(2026, 11, 20), now_time=None, kind="week"
    )
    assert [one.near for one in found.unknown] == ["monday:YYYY-MM-DD", "tuesday:D MMM"]


@pytest.mark.parametrize(
    ("template", "near"),
    [
        ("{{date+7:MM/DD}}", "date+7d:MM/DD"),
        ("{{date + 1d}}", "date+1d"),
        ("{{ Date -1 w : D }}", "Date-1w: D"),
        ("{{date+1x}}", "date"),
        ("{{mood+1}}", ""),
        ("{{date-999999}}", "date"),
    ],
)
def test_an_offset_that_is_nearly_one_is_told_as_it_should_be(template: str, near: str) -> None:
    assert [one.near for one in fill(template).unknown] == [near]


def test_of_many_unknown_ones_the_first_few_are_told() -> None:
    filled = fill("".join(f"{{{{x{number}}}}}\n" for number in range(1000)))
    assert [one.line for one in filled.unknown] == list(range(1, MOST_UNKNOWN + 1))


def test_a_month_later_is_the_last_day_where_the_month_is_short() -> None:
    filled = fill_placeholders("{{date+1M:DD}}", title="", day=date(2023, 1, 31), now_time=None)
    assert filled.text == "28"


def test_words_are_those_of_the_locale() -> None:
    assert fill("{{date:dddd}}", locale="de").text == "Donnerstag"


@given(st.text(alphabet="{}<>%dateim+1d: \nYM[]", max_size=60))
def test_no_template_can_break_it(template: str) -> None:
    filled = fill(template)
    assert all(placeholder.text in filled.text for placeholder in filled.unknown)


@pytest.mark.timeout(10)
@pytest.mark.parametrize("piece", ["{{", "<%", "}}", "{{date:", "{{date ", "{{<%", "<%}}"])
def test_a_long_template_takes_no_longer_than_it_is(piece: str) -> None:
    fill(piece * 50_000)
