from datetime import date
from decimal import Decimal

import pytest

from microwins.parsers.day_range import DayRange
from microwins.parsers.declaration import Declaration, read_amount, read_declaration
from microwins.parsers.schedule import EveryDays, Limit, Quota
from microwins.parsers.task import Quantity


def declared(body: str) -> Declaration:
    found, problems = read_declaration(body, 7, "Goal.md")
    assert found is not None
    assert problems == ()
    return found


def problem(body: str) -> tuple[str, int | None, str]:
    found, [one] = read_declaration(body, 7, "Goal.md")
    assert found is not None
    return one.code, one.line, one.remedy


@pytest.mark.parametrize(
    "body",
    [
        "Write 300 words 🔁 every day",
        "Write 300 words 🔁 daily",
        "Write 300 words [every:: day]",
        "Write 300 words (every:: day)",
        "Write 300 words [repeat:: every day]",
    ],
)
def test_a_schedule_is_read_in_the_style_of_either_plugin(body: str) -> None:
    found = declared(body)
    assert (found.text, found.rule, found.line) == ("Write 300 words", EveryDays(1), 7)


def test_all_fields_of_a_micro_win_are_read() -> None:
    found = declared(
        "Open the draft #frog [every:: 3/week] [after:: morning coffee] [min:: open it] [target:: 300 words]"
        " [from:: 2026-01-05] [until:: 2026-06-30] [was:: Write] [id:: draft]"
    )
    assert found.rule == Quota(3, "week")
    assert (found.after, found.minimum, found.id) == ("morning coffee", "open it", "draft")
    assert found.target == Quantity(Decimal(300), "words")
    assert (found.since, found.until) == (date(2026, 1, 5), date(2026, 6, 30))
    assert found.aliases == ("Write",)
    assert found.frog


@pytest.mark.parametrize(
    "body", ["Write #Frog 🔁 every day", "Write 🔁 every day #frog", "#frog Write [every:: day]"]
)
def test_the_hard_one_is_marked_before_or_behind_the_schedule(body: str) -> None:
    assert declared(body).frog
    assert not declared("Write [[Pond#frog]] 🔁 every day").frog


def test_a_micro_win_needs_no_schedule() -> None:
    assert declared("Stretch").rule is None
    assert not declared("Stretch").frog


def test_a_line_with_no_words_declares_nothing() -> None:
    assert read_declaration("  ", 7, "Goal.md") == (None, ())
    assert read_declaration(" 🔁 every day", 7, "Goal.md") == (None, ())


@pytest.mark.parametrize(
    ("body", "code", "remedy"),
    [
        ("Walk 🔁 every day and smile", "schedule-unknown", "every weekday"),
        ("Walk [from:: tomorrow]", "date-invalid", "YYYY-MM-DD"),
        ("Walk [until:: 2026-02-30]", "date-invalid", "YYYY-MM-DD"),
        ("Walk [target:: far]", "target-invalid", "300 words"),
        ("Walk [target:: 0 km]", "target-invalid", "300 words"),
        ("Smoke [limit:: a lot]", "limit-unknown", "2 a week"),
        ("Smoke [limit:: 2 a week] 🔁 every day", "limit-unknown", "Leave one of the two out."),
        ("Smoke [limit:: 2 a week] [unlogged:: maybe]", "limit-unknown", "unlogged:: clean"),
        ("Walk 🔁 every day [unlogged:: clean]", "limit-unknown", "unlogged:: clean"),
        ("Walk 🔁 every day [rest:: sat, soon]", "field-invalid", "rest:: sat, sun"),
        ("Walk 🔁 every day [pause:: 2026-07-14..2026-07-01]", "field-invalid", "2026-07-01..2026-07-14"),
        ("Walk [count:: 0]", "field-invalid", "count:: 100"),
        ("Walk [count:: some]", "field-invalid", "count:: 100"),
        ("Walk [every:: 2nd tue]", "schedule-unknown", "every weekday"),
    ],
)
def test_a_field_that_is_not_understood_is_told_with_what_to_write(body: str, code: str, remedy: str) -> None:
    assert problem(body)[:2] == (code, 7)
    assert remedy in problem(body)[2]


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("60000 words", "60000", "words"),
        ("60,000 words", "60000", "words"),
        ("1,5 km", "1.5", "km"),
        ("2.5h", "2.5", "h"),
        ("1 000 words", "1000", "words"),
        ("60.000 Wörter", "60000", "Wörter"),
        ("2.500 km", "2.500", "km"),
        ("12\u00a0345,5 m", "12345.5", "m"),
        ("10-minute walks", "10", "minute walks"),
        ("0" * 30 + "1 km", "1", "km"),
        (f"{10**18 - 1} km", str(10**18 - 1), "km"),
    ],
)
def test_an_amount_is_a_number_and_a_unit(text: str, amount: str, unit: str) -> None:
    assert read_amount(text) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(
    "text", ["", "words", "300", "about 300 words", "1.2.3 km", f"{10**18} km", "1 h 30 min", "1h30", "1½ h"]
)
def test_what_has_no_number_or_no_unit_is_no_amount(text: str) -> None:
    assert read_amount(text) is None


def test_a_limit_stands_in_the_place_of_a_schedule() -> None:
    found = declared("Smoke [limit:: 2 a week] [unlogged:: clean]")
    assert found.rule == Limit(Decimal(2), "week", "", clean_unlogged=True)
    assert found.schedule == "at most 2 a week"
    assert declared("Smoke 🔁 at most 2 a week [unlogged:: unknown]").rule == Limit(Decimal(2), "week")


def test_track_asks_for_totals_alone() -> None:
    assert declared("Read [every:: track]").rule is None
    assert declared("Read 🔁 track").rule is None


def test_a_micro_win_has_its_own_rest_pauses_and_count() -> None:
    found = declared(
        "Write 🔁 every day [rest:: sat, Sunday] [pause:: 2026-07-01..2026-07-14, 2026-08-01..] [count:: 100]"
    )
    assert found.rest == {5, 6}
    assert found.pauses == (
        DayRange(date(2026, 7, 1), date(2026, 7, 14)),
        DayRange(date(2026, 8, 1)),
    )
    assert found.count == 100
