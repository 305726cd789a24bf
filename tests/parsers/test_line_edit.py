from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.edit import apply
from microwins.parsers.line_edit import Style, mark, stamp, take_amounts, unstamp
from microwins.parsers.source import Source
from microwins.parsers.tasks import read_tasks
from microwins.parsers.units import unit_key

DAY = date(2026, 3, 4)
STYLES: tuple[Style, ...] = ("tasks", "dataview")


def ticked(text: str, symbol: str = "x") -> str:
    [task] = read_tasks(text)
    return apply(text, [mark(Source.of(text).line(task.line), task, symbol)])


def stamped(text: str, style: Style = "tasks") -> str:
    [task] = read_tasks(text)
    return apply(text, [stamp(Source.of(text).line(task.line), DAY, style)])


def unstamped(text: str, day: date | None = None) -> str:
    [task] = read_tasks(text)
    edit = unstamp(Source.of(text).line(task.line), day)
    return text if edit is None else apply(text, [edit])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [ ] walk", "- [x] walk"),
        ("* [ ] walk\r\n", "* [x] walk\r\n"),
        ("12) [ ] walk", "12) [x] walk"),
        ("> - [ ] walk", "> - [x] walk"),
        ("- one\n\t- [ ] [ ] walk  \n", "- one\n\t- [x] [ ] walk  \n"),
        ("\ufeff# Day\n- [?] 🏃 walk", "\ufeff# Day\n- [x] 🏃 walk"),
        ("- [😀] walk", "- [x] walk"),
    ],
)
def test_ticking_changes_one_character(before: str, after: str) -> None:
    assert ticked(before) == after


@pytest.mark.parametrize(
    ("line", "tasks", "dataview"),
    [
        ("- [x] walk", "- [x] walk ✅ 2026-03-04", "- [x] walk  [completion:: 2026-03-04]"),
        ("- [x] walk  ", "- [x] walk ✅ 2026-03-04  ", "- [x] walk  [completion:: 2026-03-04]  "),
        ("- [x] walk ^a1", "- [x] walk ✅ 2026-03-04 ^a1", "- [x] walk  [completion:: 2026-03-04] ^a1"),
        ("- [x] walk  ^a1 ", "- [x] walk ✅ 2026-03-04  ^a1 ", "- [x] walk  [completion:: 2026-03-04]  ^a1 "),
    ],
)
def test_a_done_date_stands_before_a_block_link_and_the_spaces_at_the_end(
    line: str, tasks: str, dataview: str
) -> None:
    assert stamped(line) == tasks
    assert stamped(line, "dataview") == dataview


@pytest.mark.parametrize(
    "line",
    [
        "- [x] walk ✅ 2026-03-04",
        "- [x] walk ✅️2026-03-04",
        "- [x] walk ✅ 2026-03-04 10:30",
        "- [x] walk [completion:: 2026-03-04]",
        "- [x] walk (completion:: 2026-03-04T10:30)",
    ],
)
def test_a_done_date_is_taken_away_in_either_style(line: str) -> None:
    assert unstamped(line) == unstamped(line, DAY) == "- [x] walk"


def test_a_done_date_that_is_not_the_one_meant_stays() -> None:
    assert unstamped("- [x] walk ✅ 2026-03-05", DAY) == "- [x] walk ✅ 2026-03-05"
    assert unstamped("- [x] walk 📅 2026-03-04") == "- [x] walk 📅 2026-03-04"


words = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="✅\u2028\u2029[]()"), max_size=30
)
endings = st.sampled_from(["", "\n", "\r\n", "\n- more\n"])


@settings(deadline=None)
@given(words, endings, st.sampled_from(STYLES), st.sampled_from(["", "  ", " ^ab-1", "\t^ab-1 "]))
def test_tick_then_untick_gives_the_bytes_back(body: str, ending: str, style: Style, tail: str) -> None:
    before = f"- [ ] {body}{tail}{ending}"
    if len(read_tasks(before)) != 1:
        return
    done = stamped(ticked(before), style)
    assert read_tasks(done)[0].fields.done == DAY or "`" in body
    assert ticked(unstamped(done, DAY), " ") == before


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- [x] write [words:: 300]", "- [x] write"),
        ("- [x] write [words:: 300] [words:: 12.5]  \r\n", "- [x] write  \r\n"),
        ("- [x] write [words:: 300] ^link\n", "- [x] write ^link\n"),
        ("- [x] write [Words:: 300] [km:: 2]", "- [x] write"),
        ("- [x] write [words:: 300] at home", "- [x] write [words:: 300] at home"),
        ("- [x] write [mood:: 3]", "- [x] write [mood:: 3]"),
        ("- [x] write [words:: 300] [mood:: 3]", "- [x] write [words:: 300] [mood:: 3]"),
        ("- [x] write ` [words:: 300]`", "- [x] write ` [words:: 300]`"),
        ("- [x] write [words:: many]", "- [x] write [words:: many]"),
        ("- [x] write", "- [x] write"),
    ],
)
def test_the_amounts_that_end_a_line_are_taken_out_if_they_are_of_its_units(before: str, after: str) -> None:
    [task] = read_tasks(before)
    edit = take_amounts(Source.of(before).line(task.line), {unit_key("words"), unit_key("km")})
    assert (before if edit is None else apply(before, [edit])) == after
