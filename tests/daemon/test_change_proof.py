"""A change that touches anything that is not ours is not made, whoever planned it."""

import pytest

from microwins.daemon.change import MarkerInLine, Unproved, proved_change
from microwins.daemon.note_read import RawNote
from microwins.parsers.edit import Edit
from microwins.parsers.note import Reading, read_note

TEXT = """---
type: goal
---
My own words.

- [ ] Step one `✅ 2026-03-01` here
- [x] Step two ✅ 2026-03-02

<!-- microwins:summary -->
▰▰▰▰▰▱▱▱▱▱ **50 %** · 1 of 2 steps
<!-- /microwins -->
"""
DAY = "<!-- microwins:today -->\n- [x] Jog\n- [ ] Walk\n<!-- /microwins -->\nmine\n"


def change(edit: Edit, text: str = TEXT, path: str = "Goal.md") -> str:
    """Make one edit as if it had been planned; return the text that results."""
    raw = RawNote(path, text.encode(), text, valid=True)
    proved = proved_change(raw, read_note(path, text, Reading()), [edit], Reading())
    assert proved is not None
    return proved[0].after.decode()


def at(found: str, replacement: str, text: str = TEXT) -> Edit:
    start = text.index(found)
    return Edit(start, start + len(found), replacement)


@pytest.mark.parametrize(
    "edit",
    [
        at("My own words.", "Other words."),
        at("My own words.", ""),
        at("type: goal", "type: note"),
        at("Step one", "Step 1"),
        at("[ ] Step", "[x]  Step"),
        at("`✅ 2026-03-01`", "``"),
        at(" Step two ✅ 2026-03-02", ""),
        at("- [x] Step two ✅ 2026-03-02\n", ""),
        at("<!-- microwins:summary -->", "<!-- microwins:today -->"),
        at("<!-- microwins:summary -->\n▰▰▰▰▰▱▱▱▱▱ **50 %** · 1 of 2 steps\n<!-- /microwins -->\n", ""),
        Edit(len(TEXT), len(TEXT), "\nsome text of ours\n"),
        Edit(0, 0, "\ufeff"),
        Edit(TEXT.index("My own"), TEXT.index("My own"), "- [x] a box\n"),
    ],
)
def test_an_edit_of_somebody_elses_text_is_refused(edit: Edit) -> None:
    with pytest.raises(Unproved):
        change(edit)


@pytest.mark.parametrize(
    "edit",
    [
        at("- [x] Jog\n", "", DAY),
        at("[x] Jog", "[ ] Jog and rest", DAY),
        at("- [x] Jog\n- [ ] Walk\n", "- ✓ Jog\n", DAY),
        at("mine", "", DAY),
    ],
)
def test_a_line_that_stands_in_a_today_block_is_never_taken_or_reworded(edit: Edit) -> None:
    with pytest.raises(Unproved):
        change(edit, DAY, "2026-03-04.md")
    with pytest.raises(Unproved):
        change(edit, DAY, "Archive.md")


@pytest.mark.parametrize(
    "content",
    ["<!-- microwins:month -->\n", "<!-- /microwins -->\n"],
)
def test_a_block_whose_content_would_break_the_markers_is_refused(content: str) -> None:
    with pytest.raises(Unproved):
        change(at("▰▰▰▰▰▱▱▱▱▱ **50 %** · 1 of 2 steps\n", content))


def test_what_is_ours_may_be_changed() -> None:
    assert "**60 %**" in change(
        at("▰▰▰▰▰▱▱▱▱▱ **50 %** · 1 of 2 steps\n", "▰▰▰▰▰▰▱▱▱▱ **60 %** · 1 of 2 steps\n")
    )
    box = TEXT.index("[ ] Step") + 1
    assert "- [x] Step one" in change(Edit(box, box + 1, "x"))
    assert change(at(" ✅ 2026-03-02", "")).count("2026-03-02") == 0
    assert "- [ ] Swim\n- [x] Jog\n" in change(
        at("- [x] Jog", "- [ ] Swim\n- [x] Jog", DAY), DAY, "2026-03-04.md"
    )


def test_a_date_is_not_taken_off_a_line_that_would_then_end_in_a_marker_of_ours() -> None:
    text = TEXT.replace("Step two ✅", "Step two <!-- /microwins --> ✅")
    with pytest.raises(MarkerInLine) as refused:
        change(at(" ✅ 2026-03-02", "", text), text)
    assert refused.value.code == "marker-in-line"
    assert "Delete the marker" in refused.value.hint
