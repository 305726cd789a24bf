"""What is read without YAML is what the YAML reader makes of it; where that is not sure nothing is said."""

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.frontmatter import MOST_DEPTH, frontmatter_span, read_frontmatter
from microwins.parsers.plain_yaml import read_plain_yaml
from microwins.parsers.possessive import IS_SOUND
from microwins.parsers.yaml_values import read_yaml

from .yaml_texts import scalar, yaml_texts

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400"))
VAULTS = os.environ.get("MICROWINS_TEST_VAULTS", "")

number = st.from_regex(r"[-+]?[0-9._]{1,6}([eE][-+]?[0-9]{0,3})?", fullmatch=True)
word = st.one_of(
    scalar,
    number,
    st.sampled_from(["null", "Null", "NULL", "nUll", "true", "True", "TRUE", "tRue", "false", "False", "FALSE", "no", "On", "~"]),
    st.sampled_from([".inf", "-.Inf", ".NAN", "+.5", "5.", "007", "1_000", "12:30", "9" * 30, "1e400", "-0", "2026-01-04T10:00:00Z"]),
)  # fmt: skip
flow = st.builds("[{}{}]".format, st.lists(word, max_size=4).map(", ".join), st.sampled_from(["", ",", " "]))
written = st.one_of(word, word, flow, flow.map("[{}]".format))
after = st.sampled_from(["", "", "", " ", " # c", "  #c", "#c"])
plain_line = st.one_of(
    st.builds("{}: {}{}".format, st.sampled_from("abcdef"), written, after),
    st.builds("{}:{}".format, st.sampled_from(["a", "g", "due date"]), after),
    st.builds("{}- {}{}".format, st.sampled_from(["", "  ", "  "]), written, after),
    st.sampled_from(["", " ", "# c", "  -", "-"]),
)
plain_texts = st.lists(plain_line, max_size=7).map(lambda lines: "".join(f"{line}\n" for line in lines))


def typed(value: object) -> object:
    """Return a value with its types, by which 1, 1.0 and true are told apart, and with the order of its names."""
    if isinstance(value, Mapping):
        return [(name, typed(one)) for name, one in value.items()]
    return list(map(typed, value)) if isinstance(value, list) else (type(value), repr(value))


def is_sure(text: str) -> bool:
    """Return whether a text is read without YAML; it must then say what YAML says."""
    found = read_plain_yaml(text)
    if found is not None:
        assert typed(found) == typed(read_yaml(text, MOST_DEPTH) or {})
    return found is not None


@given(plain_texts)
@settings(max_examples=EXAMPLES, deadline=None)
def test_ordinary_lines_say_what_yaml_says(text: str) -> None:
    is_sure(text)


@given(yaml_texts)
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_do_odd_ones(text: str) -> None:
    is_sure(text)


@given(st.text("ab:- \n#'\"[],|>&*?1.~{}!\\", max_size=40))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_does_any_text_of_signs(text: str) -> None:
    is_sure(f"a: b\n{text}\n")


@given(st.text(max_size=12))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_does_any_text_behind_a_name(text: str) -> None:
    is_sure(f"a: {text}\n")


@pytest.mark.skipif(
    not IS_SOUND, reason="this Python's regular expressions cannot be trusted with the quick look"
)
@pytest.mark.parametrize(
    "text",
    [
        "type: goal\nidentity: writer  # votes\nparent: \"[[A book a year]]\"\nstart: 2026-01-01\nmeasure: 60000 words\n",
        "micro_wins:\n  - Write 300 words 🔁 every weekday\n  - 'Read #frog'\nrest: [sat, sun]\npause:\n- 2026-07-01..2026-07-14\n",
        "up: [[Note]]\n\n# aside\nempty:\nweight: 2.5\nlight: true\ndue date: 10:30\n",
        "",
    ],
)  # fmt: skip
def test_what_goals_are_made_of_needs_no_yaml(text: str) -> None:
    assert is_sure(text)


@pytest.mark.parametrize(
    "text", ["a: 1\na: 2\n", "a: b: c\n", "a: b\n  c\n", "a: b\n- c\n", "a:\n  b: c\n", "a: *b\n", "a: |\n  b\n", "a: {b: c}\n", "a:\n- b\n  - c\n", "true: a\n", "1: a\n", "a\n", "a: b"]
)  # fmt: skip
def test_anything_else_is_left_to_yaml(text: str) -> None:
    assert not is_sure(text)


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_a_note_is_read_by_either_way_whatever_ends_its_lines(eol: str) -> None:
    for lines in (["a: b", "c: 1"], ["a: {b: c}", "c: 1"]):
        found = read_frontmatter(eol.join(["---", *lines, "---", ""]))
        assert found.values is not None
        assert found.values["c"] == 1


def test_own_vaults_are_read_as_yaml_reads_them() -> None:
    for folder in filter(None, VAULTS.split(os.pathsep)):
        for path in Path(folder).rglob("*.md"):
            text = path.read_bytes().decode("utf-8", "surrogateescape").replace("\r\n", "\n")
            span = frontmatter_span(text)
            if span is not None:
                is_sure(text[span.start : span.end])
