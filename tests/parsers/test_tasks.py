from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.source import Source
from microwins.parsers.structure import read_structure
from microwins.parsers.task import State
from microwins.parsers.tasks import DEFAULT_STATUSES, read_tasks, state_of


@pytest.mark.parametrize(
    ("symbol", "state"),
    [
        ("x", State.DONE),
        ("X", State.DONE),
        ("-", State.SKIPPED),
        ("/", State.PARTIAL),
        (" ", State.OPEN),
        ("?", State.OPEN),
    ],
)
def test_a_box_says_a_state(symbol: str, state: State) -> None:
    assert state_of(symbol) is state


def test_a_vault_may_give_a_box_another_meaning() -> None:
    own = {**DEFAULT_STATUSES, "d": State.DONE}
    assert [task.state for task in read_tasks("- [d] a\n- [x] b", statuses=own)] == [State.DONE, State.DONE]


def test_a_task_is_its_line_its_box_and_its_fields() -> None:
    (task,) = read_tasks("# Day\r\n> - [x] jog 5 km ✅ 2026-03-05 #run\r\n")
    assert (task.line, task.depth, task.parent, task.symbol, task.symbol_column) == (2, 0, None, "x", 5)
    assert task.raw == "> - [x] jog 5 km ✅ 2026-03-05 #run"
    assert (task.fields.text, task.fields.done) == ("jog 5 km #run", date(2026, 3, 5))
    assert task.plugin is not None
    assert task.plugin.done == date(2026, 3, 5)


def test_a_task_that_the_plugin_cannot_see_is_still_a_task() -> None:
    nested, tabbed = read_tasks("- - [x] jog\n-\t[x] run\n")
    assert (nested.plugin, nested.depth, nested.fields.text) == (None, 1, "jog")
    assert (tabbed.plugin, tabbed.fields.text) == (None, "run")


def test_children_know_their_parent() -> None:
    assert [(task.line, task.parent) for task in read_tasks("- [ ] a\n  - [x] b\n- c\n  - [ ] d\n")] == [
        (1, None),
        (2, 1),
        (4, 3),
    ]


def test_a_structure_that_was_read_before_may_be_given() -> None:
    text = "- [x] a\n```\n- [x] b\n"
    assert read_tasks(text, read_structure(text)) == read_tasks(text)


def test_a_note_without_a_box_has_no_tasks() -> None:
    assert read_tasks("- a\n- b [x] c\n") == ()


words = st.sampled_from(
    [
        "- [x] ",
        "  - [ ] ",
        "> ",
        "walk",
        "✅ 2026-03-05",
        "[due:: 2026-03-05]",
        "`",
        "\n",
        "\r\n",
        "\ufeff",
        "%%\n",
        "---\n",
        "#t ",
        "^a",
    ]
)


@given(st.lists(words, max_size=25).map("".join) | st.text(max_size=60))
def test_the_symbol_stands_in_the_note_where_the_task_says(text: str) -> None:
    source = Source.of(text)
    for task in read_tasks(text):
        line = source.line(task.line)
        assert line.text == task.raw
        assert text[line.start + task.symbol_column] == task.symbol
        assert task.fields.done is None or task.plugin is None or task.plugin.done in (None, task.fields.done)
