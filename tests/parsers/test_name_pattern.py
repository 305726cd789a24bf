"""The look at a name refuses nothing that reading it token by token would take, and reads a plain day alike."""

import os
import unicodedata
from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.moment import Period, period_of, read_moment, week_rule
from microwins.parsers.name_pattern import day_pattern, name_pattern
from microwins.parsers.note_date import PeriodicFormat, note_path, note_period
from microwins.parsers.period import KINDS

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400"))
LOCALES = ["en", "en", "de", "fr", "nl", "sv", "ja", "ko", "ru", "ar", "hi", "zh-cn", "tr"]

token = st.sampled_from(
    ["YYYY", "YYYY", "MM", "MM", "DD", "DD", "-", "-", "-", "/", "/", ".", " ", "_", "M", "D", "Do", "MMM", "MMMM", "ddd", "dddd", "dd", "YY", "Y", "gggg", "GGGG", "[W]", "W", "WW", "ww",
     "Q", "[Q]", "DDDD", "DDD", "E", "e", "HH", "mm", "A", "X", "x", "L", "ll", "LT", "[day/of] ", "[a", "]", "\\Y", "y", "N", "NNNN", "ZZ", "SSS", "é", "e\u0301", "日", "[.md]", "+", "(", "*"]
)  # fmt: skip
usual = st.sampled_from(
    ["YYYY-MM-DD", "YYYY/MM/YYYY-MM-DD", "YYYYMMDD", "YYYY-MM-DD dddd", "dddd, MMMM Do YYYY", "DD.MM.YYYY", "gggg-[W]ww", "YYYY-MM", "YYYY", "YYYY-[Q]Q", "YYYY/MMMM/[Day] DD", "L"]
)  # fmt: skip
form = st.one_of(usual, st.lists(token, max_size=8).map("".join))
folder = st.sampled_from(["", "", "Daily", "a/b", "/Daily/", "Tägliches", "Ta\u0308gliches", "./x", " y "])
formats = st.lists(st.builds(PeriodicFormat, st.sampled_from(KINDS), folder, form), max_size=3)
days = st.dates(date(1, 1, 1), date(9999, 12, 30)) | st.dates(date(2024, 12, 20), date(2026, 1, 10))


@st.composite
def paths(draw: st.DrawFn, made: Sequence[PeriodicFormat], locale: str) -> str:
    """Draw a path that one of the formats gives, or one a little beside it."""
    path = draw(st.sampled_from(["a/b.md", "2025-06-15.md", "//x/./2025.md", ".md", "A.MD", "日記.md"]))
    if made:
        path = note_path(draw(st.sampled_from(made)), draw(days), locale)
    path = draw(
        st.sampled_from(
            [path, path, "other/" + path, path.rpartition("/")[2], path + "/", "/" + path, path[:-3] + ".MD"]
        )
    )
    if draw(st.booleans()):
        place = draw(st.integers(0, len(path)))
        path = (
            path[:place]
            + draw(st.sampled_from(["", "0", "9", " 1", "/", ".", "-", "x", "\n", "\u0301"]))
            + path[place + draw(st.integers(0, 2)) :]
        )
    return path


def joined(path: str) -> str:
    return "/".join(part for part in path.split("/") if part not in ("", "."))


def last_segment(written: str) -> str:
    head, _, tail = written.rpartition("/")
    inside = head.rpartition("[")[2].find("]") < 0 and "[" in head and "]" in tail
    return f"[{tail}" if inside else tail


def read_slowly(path: str, fmt: PeriodicFormat, locale: str) -> Period | None:
    """Read a path token by token alone."""
    week = week_rule(locale)
    name = joined(unicodedata.normalize("NFC", path))
    inside = joined(unicodedata.normalize("NFC", fmt.folder.strip()))
    if not name.lower().endswith(".md") or not (not inside or name.startswith(inside + "/")):
        return None
    below = name[:-3][len(inside) + 1 if inside else 0 :]
    written = joined(fmt.format.strip().removesuffix("[.md]")) or "YYYY-MM-DD"
    found = read_moment(written, below, locale, week)
    if found is None:
        found = read_moment(last_segment(written), below.rpartition("/")[2], locale, week)
    if found is None or found.period is None or KINDS.index(found.period.kind) > KINDS.index(fmt.kind):
        return None
    same = found.period.kind == fmt.kind
    return found.period if same else period_of(fmt.kind, found.period.start, week)


@given(st.data(), formats, st.sampled_from(LOCALES))
@settings(max_examples=EXAMPLES, deadline=None)
def test_a_name_is_read_as_it_is_token_by_token(
    data: st.DataObject, made: list[PeriodicFormat], locale: str
) -> None:
    path = data.draw(paths(made, locale))
    slowly = next((found for fmt in made if (found := read_slowly(path, fmt, locale))), None)
    assert note_period(path, made, locale) == slowly


def test_other_formats_are_made_ready_anew() -> None:
    day, month = [PeriodicFormat("day")], [PeriodicFormat("month", "", "YYYY-MM")]
    assert note_period("2025-06-15.md", day) == Period("day", date(2025, 6, 15))
    assert note_period("2025-06.md", month) == Period("month", date(2025, 6, 1))
    assert note_period("2025-06-15.md", month) is None
    assert note_period("2025-06.md", []) is None


@pytest.mark.parametrize("path", ["notes/2025/some name 4.md", "2025-06-15 1.md", "Daily/2025-06-15.txt"])
def test_a_name_of_another_shape_is_refused_at_one_look(path: str) -> None:
    assert not name_pattern(
        [("Daily", "YYYY-MM-DD", "YYYY-MM-DD"), ("", "YYYY-MM-DD", "YYYY-MM-DD")], "en"
    ).fullmatch(path)


def test_only_a_day_in_full_has_a_short_way() -> None:
    assert day_pattern("YYYY/MM/[Day] DD", "de") is not None
    assert day_pattern("YYYY-MM-DD dddd", "en") is None
    assert day_pattern("YYYY-MM-DD", "hi") is None
    assert day_pattern("YYYY-MM", "en") is None
