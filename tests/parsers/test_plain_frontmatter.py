"""Frontmatter that is taken to be sound by its looks is sound, and holds none of the words that are looked for."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.frontmatter import frontmatter_span, read_frontmatter
from microwins.parsers.goal import GoalWords, says_goal
from microwins.parsers.plain_frontmatter import is_plain
from microwins.parsers.possessive import IS_SOUND

from .yaml_texts import yaml_texts

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400"))
VAULTS = os.environ.get("MICROWINS_TEST_VAULTS", "")
WORDS = ("goal", "win", "kanban-plugin")


def checked(note: str) -> bool:
    """Return whether a note's frontmatter passes; it must then be what passing says."""
    span = frontmatter_span(note)
    if span is None or not is_plain(note, span, WORDS):
        return False
    found = read_frontmatter(note)
    assert found.problems == ()
    values = found.values or {}
    assert "kanban-plugin" not in values
    assert not says_goal(values, GoalWords("goal", "win"))
    assert not says_goal(values, GoalWords("win", "#goal"))
    return True


@given(yaml_texts)
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_passes_loads_without_a_problem_and_names_no_goal(yaml_text: str) -> None:
    checked(f"---\n{yaml_text}---\n")


@given(st.text("ab:- \n#'\"[],|>&*?1.~{}!\\", max_size=40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_does_any_text_of_signs(yaml_text: str) -> None:
    checked(f"---\na: b\n{yaml_text}\n---\n")


@pytest.mark.skipif(
    not IS_SOUND, reason="this Python's regular expressions cannot be trusted with the quick look"
)
@pytest.mark.parametrize(
    "yaml_text",
    [
        "date: 2026-06-30\ntags: [goal/2026, læring]\nmood: 3\n",
        "aliases:\n  - Größe\n  - \"[[Note]]\"\n\n# said aside\nat: 10:30\nurl: https://a.b/c#d\nempty:\n",
        "up: '[[Note]]'\r\ndone: yes  # or no\r\n",
        "data:\n  name: Doe\n  middle name: J.\nlist:\n- a\n-\nlast: [[Note]]\n",
        "query: |-\n  not done\n\n    deeper\nshort: true\n",
        "",
    ],
)  # fmt: skip
def test_what_most_frontmatter_is_made_of_passes(yaml_text: str) -> None:
    assert checked(f"---\n{yaml_text}---\ntext")


@pytest.mark.parametrize(
    "yaml_text", ["type: goal\n", "tags: [a, goal]\n", "tags:\n  - '#goal'\n", "a: 1\na: 2\n", "a: *b\n", "a: b: c\n", "a: {b: c}\n", "kanban-plugin: board\n", "a: [b\n", "x" * 5000 + ": y\n"]
)  # fmt: skip
def test_what_is_not_ordinary_is_left_to_the_reader(yaml_text: str) -> None:
    assert not checked(f"---\n{yaml_text}---\n")


def test_own_vaults_hold_nothing_that_passes_wrongly() -> None:
    for folder in filter(None, VAULTS.split(os.pathsep)):
        for path in Path(folder).rglob("*.md"):
            checked(path.read_bytes().decode("utf-8", "surrogateescape"))
