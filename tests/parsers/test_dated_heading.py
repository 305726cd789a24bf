"""The look for headings with dates overlooks none."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers import dated_heading
from microwins.parsers.dated_heading import may_date_heading
from microwins.parsers.note import Reading, read_note

from .test_scanner import notes

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400"))

line = st.one_of(
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "", "# ", "## ", "#\t", "#", "> ", "> # ", "- ", "- # ", "1. ## ", "  ", "    # ", "\ufeff", "\t", "####### "]),
        st.sampled_from(["", "2026-01-04", "on 2026-01-04", "2026-01-04 and 2026-01-05", "word", "- [x] a"]),
        st.sampled_from(["", "", " #", "  "]),
    ),
    st.sampled_from(["---", "===", "-", " = ", "> ---", "  ---", "--- a", "```", "<div>", "%%", "", "- [x] walk", "a: 2026-01-04"]),
)  # fmt: skip
texts = st.builds(
    lambda head, end, lines: head + end.join(lines),
    st.sampled_from(["", "", "\ufeff", "---\nday: 2026-01-04\n---\n", "---\r"]),
    st.sampled_from(["\n", "\n", "\r\n", "\r"]),
    st.lists(line, max_size=8),
)


@given(st.one_of(texts, texts, notes))
@settings(max_examples=EXAMPLES, deadline=None)
def test_no_heading_with_a_date_is_overlooked(text: str) -> None:
    dates = read_note("a.md", text + "\n- [x] walk", Reading()).heading_dates
    assert may_date_heading(text + "\n- [x] walk") or not dates


@pytest.mark.parametrize(
    "text", ["# Day\n\n---\n\ndue 2026-01-04", "---\nday: 2026-01-04\n---\n# Day\na\n---", "---\na: 2026-01-04\n---", "2026-01-04"]
)  # fmt: skip
def test_a_date_elsewhere_is_no_headings(text: str) -> None:
    assert not may_date_heading(text)


def test_a_line_is_looked_at_once_however_many_dates_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []

    class Heading:
        def match(self, _text: str, place: int) -> None:
            looked.append(place)

    monkeypatch.setattr(dated_heading, "_HEADING", Heading())
    assert not may_date_heading("due" + "-01" * 1000 + "\n2026-01-04")
    assert looked == [0, 3004]
