from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.note_date import PeriodicFormat

DAILY = Reading(
    formats=(PeriodicFormat("day", "Journal", "YYYY-MM-DD"), PeriodicFormat("week", "Journal", "gggg-[W]ww"))
)


def read(path: str, text: str = "", reading: Reading = DAILY) -> Note:
    return read_note(path, text, reading)


def test_a_daily_note_has_a_day_and_a_weekly_one_has_not() -> None:
    assert read("Journal/2026-03-04.md").day == date(2026, 3, 4)
    weekly = read("Journal/2026-W10.md")
    assert (weekly.kind, weekly.day) == ("week", None)
    assert weekly.date is not None


@pytest.mark.parametrize(
    "path",
    [
        "2026-03-04.md",
        "Journal/2026-03-04 (1).md",
        "Journal/2026-3-4.md",
        "Journal/2026-02-30.md",
        "Journal/Walk.md",
    ],
)
def test_a_note_that_is_only_like_a_daily_note_has_no_day(path: str) -> None:
    assert read(path).day is None


def test_a_date_heading_dates_its_section_and_no_more() -> None:
    note = read(
        "Log.md",
        "- [x] a\n# 2026-03\n- [x] b\n## Wed 2026-03-04\n- [x] c\n### Later\n- [x] d\n## 2026-03-05\n- [x] e\n# End\n- [x] f\n",
    )
    days = [note.heading_date(task.line) for task in note.tasks]
    assert days == [None, None, date(2026, 3, 4), date(2026, 3, 4), date(2026, 3, 5), None]


def test_a_heading_with_two_dates_dates_nothing() -> None:
    note = read("Log.md", "# 2026-03-04 to 2026-03-05\n- [x] a\n")
    assert note.heading_date(2) is None


def test_the_innermost_date_heading_counts() -> None:
    note = read("Log.md", "# 2026-03-04\n## 2026-03-05\n- [x] a\n")
    assert note.heading_date(3) == date(2026, 3, 5)


def test_a_line_knows_the_block_that_it_stands_in() -> None:
    note = read("Note.md", "- [ ] a\n<!-- microwins:today -->\n- [ ] b\n<!-- /microwins -->\n- [ ] c\n")
    names = [block.name if (block := note.block_at(task.line)) else None for task in note.tasks]
    assert names == [None, "today", None]


def test_a_note_with_bad_frontmatter_still_has_its_boxes() -> None:
    note = read("Note.md", "---\na: [\n---\n- [x] walk\n")
    assert [task.fields.text for task in note.tasks] == ["walk"]
    assert note.frontmatter is None
    assert len(note.problems) == 1


markdown = st.lists(
    st.sampled_from(
        ["- [x] a", "  - [ ] b", "> - [x] c", "```", "~~~", "%%", "$$", "---", "type: goal", "# 2026-03-04", "<!-- microwins:today -->",
         "<!-- /microwins -->", "%% microwins:week %%", "<div>", "", "\t- [x] d", "1. [-] e", "## Micro-wins", "- Walk 🔁 daily", "text"]
    ),
    max_size=14,
)  # fmt: skip


@settings(deadline=None)
@given(markdown, st.sampled_from(["\n", "\r\n", "\r"]))
def test_reading_never_fails_and_boxes_stand_where_they_are_said_to_stand(lines: list[str], eol: str) -> None:
    note = read("Note.md", eol.join(lines))
    for task in note.tasks:
        assert lines[task.line - 1] == task.raw
        assert task.raw[task.symbol_column] == task.symbol
    for block in note.blocks:
        assert "microwins:" in lines[block.start - 1]


@settings(deadline=None)
@given(st.text())
def test_no_text_whatsoever_makes_reading_fail(text: str) -> None:
    read("Note.md", text)
