"""A first look at a note answers what reading it whole does."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.box_text import written
from microwins.parsers.glance import Glance, glance, plain
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.tasks import BoxRules

READING = Reading()
LINES = st.sampled_from(
    [
        "- [x] walk", "- [ ] read", "  - [x] home", "    - [ ] far", "1. [x] one", "2. [x] two", "* [-] skipped", "+ [x] ✅ 2026-01-04",
        "# 2026-03-01", "## Log", "> # 2026-03-02", "> - [x] quoted", "2026-03-03", "---", "===", "- 2026-03-04", "- # 2026-03-05", "text", "",
        "```", "~~~", "<!-- a -->", "<div>", "%%", "$$", "#goal", "tags: [goal]", "type: goal", "kanban-plugin: board", "a: [", "a: 1",
        "<!-- microwin:summary -->", "<<<<<<< HEAD", "=======", ">>>>>>> other", "%% Microwins week %%", "<!-- microwins:summary -->", "<!-- /microwins -->", "\t- [x] tab", "| a |", "|-|", "[a]: b", "    code", "- [x] [[Goal]] 🆔 id1",
    ]
)  # fmt: skip
PATHS = st.sampled_from(["2026-11-21.md", "Some/note.md", "2026-11.md"])


@settings(deadline=None)
@given(PATHS, st.lists(LINES, max_size=12), st.sampled_from(["\n", "\r\n", "\r"]), st.booleans())
def test_a_first_look_answers_what_reading_the_note_whole_does(
    path: str, lines: list[str], eol: str, fronted: bool
) -> None:
    text = eol.join((["---", *lines[:3], "---"] if fronted else []) + lines)
    assert glance(path, text, READING) == plain(read_note(path, text, READING, whole=False), READING)


@settings(deadline=None)
@given(PATHS, st.text(st.sampled_from("-[]x# \n\t>`~<!%$=012:.*+|\r✅"), max_size=60))
def test_so_it_does_for_any_text(path: str, text: str) -> None:
    assert glance(path, text, READING) == plain(read_note(path, text, READING, whole=False), READING)


@given(st.lists(st.text(st.sampled_from("[]()reptREPTx:: 🔁\ufe0fdailyevry \u212a"), max_size=30) | st.sampled_from(
    ["a [repeat:: daily]", "b (Repeat:: every day)", "c 🔁 every day", "d `🔁` x", "repeat after me"]), max_size=4))  # fmt: skip
def test_a_note_of_which_no_box_may_recur_has_none_that_does(bodies: list[str]) -> None:
    found = Glance.of(None, written((line, "x", f" {body}") for line, body in enumerate(bodies, 1)))
    if any(task.fields.recurrence for task in found.note("Chores.md", BoxRules()).tasks):
        assert found.may_recur


@pytest.mark.parametrize("body", ["a [repeat:: every day]", "b (Repeat:: every day)", "c 🔁 every day"])
def test_a_box_that_recurs_shows_in_a_first_look(body: str) -> None:
    found = glance("Chores.md", f"- [ ] {body}\n- [ ] walk\n", READING)
    assert isinstance(found, Glance)
    assert found.may_recur
    assert [bool(task.fields.recurrence) for task in found.note("Chores.md", BoxRules()).tasks] == [
        True,
        False,
    ]
    assert not Glance.of(None, written([(1, " ", " walk")])).may_recur


def test_of_an_ordinary_note_only_its_day_and_its_boxes_are_told() -> None:
    found = glance("2026-11-21.md", "# Day\nText.\n- [x] walk\n", READING)
    assert found == Glance(b"day %d\n3 x walk\n" % date(2026, 11, 21).toordinal())
    assert found.lines == [(3, "x", " walk")]
    assert isinstance(found, Glance)
    assert found.day == date(2026, 11, 21)


TODAY = "# Day\n<!-- microwins:today -->\n- [x] walk\n<!-- /microwins -->\n- [ ] read\n"


def test_a_daily_note_with_nothing_of_ours_but_the_list_of_the_day_is_an_ordinary_one() -> None:
    found = glance("2026-11-21.md", TODAY, READING)
    assert isinstance(found, Glance)
    assert [line for line, _, _ in found.lines] == [3, 5]
    assert isinstance(glance("Some/note.md", TODAY, READING), Note)
    assert isinstance(glance("2026-11-21.md", TODAY.replace("today", "today light"), READING), Note)
    assert isinstance(glance("2026-11-21.md", TODAY.replace("<!-- /microwins -->\n", ""), READING), Note)


@settings(deadline=None)
@given(
    PATHS,
    st.lists(LINES, max_size=6),
    st.lists(LINES, max_size=4),
    st.lists(LINES, max_size=6),
    st.sampled_from(["\n", "\r\n"]),
)
def test_so_a_list_of_the_day_is_read_wherever_it_stands(
    path: str, above: list[str], inside: list[str], below: list[str], eol: str
) -> None:
    lines = [*above, "<!-- microwins:today -->", *inside, "<!-- /microwins -->", *below]
    text = eol.join(lines)
    assert glance(path, text, READING) == plain(read_note(path, text, READING, whole=False), READING)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntype: goal\n---\n- [x] step\n",
        "- [x] a\n<!-- microwins:summary -->\n",
        "---\na: [\n---\n- [x] a\n",
        "---\nkanban-plugin: board\n---\n- [x] card\n",
        "# 2026-03-01\n- [x] under a date\n",
    ],
)
def test_a_note_that_is_anything_more_is_read_whole(text: str) -> None:
    assert isinstance(glance("Some/note.md", text, READING), Note)


def test_where_a_global_filter_tells_tasks_from_boxes_every_note_is_read_whole() -> None:
    reading = Reading(rules=BoxRules(global_filter="#task"))
    assert isinstance(glance("a.md", "- [x] a #task\n", reading), Note)
