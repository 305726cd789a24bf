"""Which day a note is about, by its path."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.moment import Kind, Period, period_of, week_rule
from microwins.parsers.note_date import PeriodicFormat, note_path, note_period

PLAIN = PeriodicFormat("day", "Journal", "YYYY-MM-DD")
NESTED = PeriodicFormat("day", "Journal", "YYYY/MM-MMMM/YYYY-MM-DD")
DAY = Period("day", date(2023, 3, 2))


@pytest.mark.parametrize(
    ("path", "fmt"),
    [
        pytest.param("Journal/2023-03-02.md", PLAIN, id="in the folder"),
        pytest.param("2023-03-02.md", PeriodicFormat(), id="in the vault's root"),
        pytest.param(
            "Journal/2023/03-March/2023-03-02.md", NESTED, id="in sub-folders that the format makes"
        ),
        pytest.param("Journal/2023-03-02.md", NESTED, id="moved out of its sub-folder"),
        pytest.param("Journal/old/2023-03-02.md", PLAIN, id="moved into a sub-folder"),
        pytest.param(
            "Journal/2023/03/02.md",
            PeriodicFormat("day", "/Journal/", "YYYY/MM/DD"),
            id="all parts of the path",
        ),
        pytest.param("Journal/2023-03-02.MD", PLAIN, id="a suffix in capitals"),
        pytest.param(
            "Daily/2023/2.3.md", PeriodicFormat("day", "", "[Daily/]YYYY/D.M"), id="a folder in brackets"
        ),
        pytest.param("Journal/2023-03-02.md", PeriodicFormat("day", "Journal", ""), id="an empty format"),
    ],
)
def test_a_daily_note_is_known_by_its_path(path: str, fmt: PeriodicFormat) -> None:
    assert note_period(path, [fmt]) == DAY


@pytest.mark.parametrize(
    ("path", "fmt"),
    [
        pytest.param("Journal/2023-03-02 1.md", PLAIN, id="a copy made by a sync service"),
        pytest.param("Journal/2023-03-02 (conflicted copy).md", PLAIN, id="a copy with a remark"),
        pytest.param(
            "Journal/2023-03-02.sync-conflict-20230303-070809-ABC.md", PLAIN, id="a copy with a suffix"
        ),
        pytest.param("Journal/meeting 2023-03-02.md", PLAIN, id="a note that mentions the day"),
        pytest.param("Other/2023-03-02.md", PLAIN, id="another folder"),
        pytest.param("Journals/2023-03-02.md", PLAIN, id="a folder that only begins alike"),
        pytest.param("Journal/2023-03-02.txt", PLAIN, id="no note"),
        pytest.param("Journal/2022/03-March/2023-03-02.md", NESTED, id="a folder of another year"),
        pytest.param("Journal/2023/03-May/2023-03-02.md", NESTED, id="a month by two names"),
        pytest.param("Journal/02.md", PeriodicFormat("day", "Journal", "YYYY/MM/DD"), id="a day of no month"),
        pytest.param(
            "Journal/2023-03.md", PeriodicFormat("day", "Journal", "YYYY-MM"), id="a format without days"
        ),
    ],
)
def test_nothing_else_is_taken_for_a_daily_note(path: str, fmt: PeriodicFormat) -> None:
    assert note_period(path, [fmt]) is None


def test_the_first_format_that_fits_decides() -> None:
    formats = [
        PLAIN,
        PeriodicFormat("week", "Journal", "gggg-[W]ww"),
        PeriodicFormat("month", "Journal", "YYYY-MM"),
        PeriodicFormat("quarter", "Journal", "YYYY-[Q]Q"),
        PeriodicFormat("year", "Journal", "YYYY"),
    ]
    kinds = [
        note_period(f"Journal/{name}.md", formats)
        for name in ("2023-03-02", "2023-W09", "2023-03", "2023-Q1", "2023")
    ]
    assert [period.kind for period in kinds if period] == ["day", "week", "month", "quarter", "year"]


def test_a_week_named_by_a_day_is_still_a_week() -> None:
    fmt = PeriodicFormat("week", "", "YYYY-MM-DD")
    assert note_period("2023-03-02.md", [fmt], "en-gb") == Period("week", date(2023, 2, 27))


def test_a_folder_may_be_written_with_composed_or_decomposed_letters() -> None:
    path = unicodedata.normalize("NFD", "Tägliches/2. März 2023.md")
    assert note_period(path, [PeriodicFormat("day", "Tägliches", "D. MMMM YYYY")], "de") == DAY


@pytest.mark.parametrize(
    ("fmt", "path"),
    [
        (PeriodicFormat("day", "Journal/", "YYYY/MM/DD"), "Journal/2023/03/02.md"),
        (PeriodicFormat("day", "./A//B", "/YYYY-MM-DD"), "A/B/2023-03-02.md"),
        (PeriodicFormat("day", "A\\B", "YYYY-MM-DD[.md]"), "A/B/2023-03-02.md"),
        (PeriodicFormat("day", "", ""), "2023-03-02.md"),
        (PeriodicFormat("week", "", "gggg-[W]ww"), "2023-W09.md"),
    ],
)
def test_a_path_is_built_from_folder_and_format(fmt: PeriodicFormat, path: str) -> None:
    assert note_path(fmt, date(2023, 3, 2)) == path


@given(
    st.dates(min_value=date(1000, 1, 1)),
    st.sampled_from(
        [
            ("day", "YYYY/MM/DD"),
            ("day", "[a/b] dddd/D MMM YYYY"),
            ("week", "GGGG/[W]WW"),
            ("month", "MMMM YYYY"),
        ]
    ),
    st.sampled_from(["", "Journal", "/My notes/daily/"]),
)
def test_the_note_that_is_made_is_the_note_that_is_found(
    day: date, form: tuple[Kind, str], folder: str
) -> None:
    fmt = PeriodicFormat(form[0], folder, form[1])
    assert note_period(note_path(fmt, day), [fmt]) == period_of(
        form[0], day, week_rule("en-gb" if form[0] == "week" else "en")
    )


@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=20))
def test_no_path_can_break_the_reader(path: str, folder: str, form: str) -> None:
    note_period(path + ".md", [PeriodicFormat("day", folder, form)])
