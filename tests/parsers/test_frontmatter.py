import json
import time
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.frontmatter import frontmatter_span, read_frontmatter
from microwins.parsers.problem import Problem
from microwins.templates.told import in_language
from microwins.templates.words import speaking


def values(yaml: str) -> Any:
    found = read_frontmatter(f"---\n{yaml}\n---\ntext\n")
    assert found.problems == ()
    return found.values


def problem(yaml: str) -> Problem:
    found = read_frontmatter(f"---\n{yaml}\n---\ntext\n", "Goals/Run.md")
    assert found.values is None
    assert len(found.problems) == 1
    return found.problems[0]


@pytest.mark.parametrize(
    ("text", "last_line", "yaml"),
    [
        pytest.param("---\na: 1\n---\n", 3, "a: 1\n", id="plain"),
        pytest.param("\ufeff---\na: 1\n---", 3, "a: 1\n", id="byte order mark, no last line end"),
        pytest.param("---\r\na: 1\r\nb: 2\r\n---\r\n", 4, "a: 1\r\nb: 2\r\n", id="CR LF"),
        pytest.param("---\ra: 1\r---\r", 3, "a: 1\r", id="CR"),
        pytest.param("---\n---\n", 2, "", id="empty"),
        pytest.param("---\na: 1\n---  \t\n", 3, "a: 1\n", id="spaces after the end"),
        pytest.param("---\na: |\n  ---\n---\n", 4, "a: |\n  ---\n", id="an indented line does not end it"),
        pytest.param("---\na: 1\n----\n---\n", 4, "a: 1\n----\n", id="four dashes do not end it"),
    ],
)
def test_frontmatter_stands_between_two_lines_of_dashes(text: str, last_line: object, yaml: str) -> None:
    span = frontmatter_span(text)
    assert span is not None
    assert (span.first_line, span.last_line, text[span.start : span.end]) == (1, last_line, yaml)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "---",
        "---\n",
        "\n---\na: 1\n---\n",
        " ---\na: 1\n---\n",
        "----\na: 1\n---\n",
        "---\na: 1\n",
        "{a: 1}",
    ],
)
def test_anything_else_is_no_frontmatter(text: str) -> None:
    assert frontmatter_span(text) is None
    assert read_frontmatter(text) == read_frontmatter("")


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("2026-03-05", "2026-03-05"),
        ("2026-02-30", "2026-02-30"),
        ("2026-03-05T06:30:00", "2026-03-05T06:30:00"),
        ("06:30", "06:30"),
        ("yes", "yes"),
        ("Off", "Off"),
        ("True", True),
        ("false", False),
        ("tRUE", "tRUE"),
        ("null", None),
        ("", None),
        ("0o10", 8),
        ("0xfF", 255),
        ("0b11", "0b11"),
        ("0777", 777),
        ("+12", 12),
        ("2e2", 200),
        ("1e-1", 0.1),
        ("2.50", 2.5),
        (".5", 0.5),
        ("7.", 7),
        ("2_000", "2_000"),
        (".inf", None),
        ("0x" + "f" * 300, None),
        ("-1e999", None),
        (".NaN", None),
        ("1e999", None),
        ("<<", "<<"),
        ("=", "="),
        ('"12"', "12"),
        ("!!str 12", "12"),
        ("!unknown x", "x"),
        ("&here x", "x"),
        ("\tx", "x"),
        ("x\u2028y", "x\u2028y"),
        ("{b: [1, {c: ~}]}", {"b": [1, {"c": None}]}),
        ("{{date}}", {"{ date }": None}),
        ("{{title: x}}", {"{ title: x }": None}),
    ],
)
def test_values_are_those_of_yaml_1_2(yaml: str, value: object) -> None:
    found = values(f"a: {yaml}")["a"]
    assert (found, type(found)) == (value, type(value))


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("5", "5"),
        ("1.50", "1.5"),
        ("true", "true"),
        ("null", ""),
        ("2026-03-05", "2026-03-05"),
        ("<<", "<<"),
        ("[x, y]", "[ x, y ]"),
    ],
)
def test_a_key_is_a_text(key: str, name: str) -> None:
    assert values(f"{key}: {{x: 1}}") == {name: {"x": 1}}


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("a: 1\n\t\nb: 2", {"a": 1, "b": 2}),
        ("a: x\n \t # why\nb: 2", {"a": "x", "b": 2}),
        ("a:\n-\tx\n-\t y", {"a": ["x", "y"]}),
        ("a: -", {"a": [None]}),
        ("a:\n  b: - # not yet\nc: 1", {"a": {"b": [None]}, "c": 1}),
        ("a: -\n\t\nb:\n  -\t1", {"a": [None], "b": [1]}),
        ("a: |+\n  x\n", {"a": "x\n\n"}),
    ],
)
def test_tabs_and_a_lone_dash_are_read_as_obsidian_reads_them(yaml: str, value: object) -> None:
    assert values(yaml) == value


@pytest.mark.parametrize(
    "yaml",
    [
        "a:\n\t- x",
        "a:\n\tb: 1",
        "a:\n-\t- x",
        "a:\n-\tb: 1",
        "a:\n-\tb: 1\n\tc: 2",
        "a: |\n  x\n\t\n  y",
        "a: - x",
        "a: -\n  x",
    ],
)
def test_a_tab_that_indents_and_a_list_beside_its_name_are_refused(yaml: str) -> None:
    assert problem(yaml).code == "frontmatter-invalid"


@pytest.mark.parametrize(
    ("written", "paste"),
    [
        ("  - Read [every:: day] [was:: Lesen]", '- "Read [every:: day] [was:: Lesen]"'),
        ("title: Book: Two", 'title: "Book: Two"'),
        ('my title: Say "no": now', 'my title: "Say \\"no\\": now"'),
    ],
)
def test_a_line_that_lacks_its_quotes_is_told_as_it_is_to_be_pasted(written: str, paste: str) -> None:
    before = "micro_wins:\n" if written.startswith(" ") else ""
    found = problem(f"{before}{written}")
    assert (found.code, found.remedy) == ("frontmatter-invalid", f"Paste: {paste}")
    assert values(f"{before}{written[: len(written) - len(written.lstrip())]}{paste}")


@pytest.mark.parametrize("yaml", ["a: [", "a: 'x", "a:\n\tb: 1", "- x: y: z: [", "a: 1\nb"])
def test_a_line_that_quotes_would_not_mend_is_not_given_to_be_pasted(yaml: str) -> None:
    assert not problem(yaml).remedy.startswith("Paste: a")


def test_json_is_read_too() -> None:
    assert values('{"a": [1, "b"]}') == {"a": [1, "b"]}


def test_names_that_a_library_uses_itself_are_only_names() -> None:
    assert values("content: a\nhandler: b\nself: c") == {"content": "a", "handler": "b", "self": "c"}


@pytest.mark.parametrize("yaml", ["", "# only a note", "~"])
def test_nothing_is_no_problem(yaml: str) -> None:
    assert values(yaml) is None


@pytest.mark.parametrize(
    ("yaml", "code", "line"),
    [
        pytest.param("a: 1\nb: c: d", "frontmatter-invalid", 3, id="two colons"),
        pytest.param("a:\n\t- x", "frontmatter-invalid", 3, id="a tab as indentation"),
        pytest.param("a: [1, 2", "frontmatter-invalid", 2, id="an open list"),
        pytest.param("- a\n- b", "frontmatter-invalid", 2, id="a list and no names"),
        pytest.param("just words", "frontmatter-invalid", 2, id="only words"),
        pytest.param("a: 1\nb: x\x07", "frontmatter-invalid", 3, id="a control character"),
        pytest.param("a: \ud800", "frontmatter-invalid", 2, id="half a character"),
        pytest.param("a: 1\n\nb: 2\na: 3", "frontmatter-duplicate-key", 5, id="a name twice"),
        pytest.param("a: {b: 1, b: 2}", "frontmatter-duplicate-key", 2, id="a name twice further in"),
        pytest.param("10: x\n1e1: y", "frontmatter-duplicate-key", 3, id="a number twice"),
        pytest.param("a: 1\nb: *x", "frontmatter-alias", 3, id="an alias of nothing"),
        pytest.param("a: &x 1\nb: *x", "frontmatter-alias", 3, id="an alias"),
        pytest.param("a: " + "[" * 33 + "]" * 33, "frontmatter-too-deep", 2, id="deep lists"),
        pytest.param("a: " + "x" * 65536, "frontmatter-too-large", 1, id="large"),
        pytest.param("a: " + "ä" * 33000, "frontmatter-too-large", 1, id="large in bytes"),
    ],
)
def test_what_cannot_be_read_is_one_problem_with_its_line(yaml: str, code: str, line: int) -> None:
    found = problem(yaml)
    assert (found.code, found.line, found.path) == (code, line, "Goals/Run.md")
    assert found.remedy.endswith((".", '"'))


def test_a_message_is_one_sentence_that_names_the_line() -> None:
    assert (
        problem("a: 1\na: 2").message
        == "The frontmatter cannot be read, because in line 3 it says “a” twice."
    )


def test_what_is_missing_at_the_end_is_told_of_the_last_line_and_not_of_the_fence() -> None:
    found = problem("type: goal\nrest: [sat")
    assert found.line == 3
    assert "in line 3 a comma or “]” is missing" in found.message


@pytest.mark.parametrize(
    ("yaml_text", "reason"),
    [
        ("title: Book: Two", "a name with a colon stands where none can be"),
        ("rest: [sat", "a comma or “]” is missing"),
        ("rest: {a: 1", "a comma or “}” is missing"),
        ("type: goal\n\tparent: x", "a tab stands where YAML wants spaces"),
        ("parent: @home", "a text begins with a sign that YAML keeps for itself"),
        ("title: 'Book", "a quote that is opened is never closed"),
        ("a: 1\n- b", "a name with a colon is wanted and something else stands there"),
        ('a: "\\q"', "a “\\” between double quotes stands before a sign that it cannot stand before"),
        ("a: > b", "something stands behind a “|” or “>” that belongs on the next line"),
        ("a: 1\nb\nc: 2", "the colon behind a name is missing"),
        ("a: - b", "a list begins where none can be"),
        ("- a\nb: c", "the “-” before a part of a list is missing"),
        ("a: [b, ,]", "a value is missing"),
        ("%YAML 9.9", "the YAML reader says “"),
    ],
)
def test_what_a_yaml_reader_complains_of_is_said_in_words_that_people_know(
    yaml_text: str, reason: str
) -> None:
    message = problem(yaml_text).message
    assert reason in message
    assert in_german(message) != message
    assert reason not in in_german(message)


def in_german(message: str) -> str:
    with speaking("de"):
        return in_language(message)


def test_thirty_one_lists_in_a_value_are_not_too_deep() -> None:
    assert values("a: " + "[" * 31 + "]" * 31)


@pytest.mark.parametrize(
    "yaml",
    [
        pytest.param(
            "a: &a [x]\n" + "\n".join(f"b{n}: &b{n} [*a, *a]" for n in range(99)), id="aliases of aliases"
        ),
        pytest.param("a: " + "[" * 60000, id="open brackets"),
        pytest.param("{" * 60000, id="open braces"),
        pytest.param("- " * 30000, id="lists in lists on one line"),
        pytest.param("? " * 30000, id="keys in keys"),
        pytest.param("a: &a *a", id="an alias of itself"),
        pytest.param("".join(" " * n + "a:\n" for n in range(300)), id="stairs"),
    ],
)
def test_hostile_yaml_is_refused_in_a_moment(yaml: str) -> None:
    start = time.process_time()
    problem(yaml)
    assert time.process_time() - start < 2


@given(st.text(max_size=60) | st.text(alphabet="ab:-[]{}&*!|>?'\"#%@`, \n\t0.e1~<=\\", max_size=40))
def test_no_text_raises_and_json_can_hold_every_value(yaml: str) -> None:
    found = read_frontmatter(f"---\n{yaml}\n---\n")
    json.dumps(found.values and dict(found.values), allow_nan=False)
    assert found.span is not None
    assert all(problem.line in range(1, found.span.last_line + 1) for problem in found.problems)


@given(st.text(alphabet="-\r\n ab\ufeff", max_size=30))
def test_a_span_is_a_part_of_the_note_between_its_dashes(text: str) -> None:
    span = frontmatter_span(text)
    if span is not None:
        assert text.lstrip("\ufeff").startswith("---")
        assert text[span.end :].startswith("---")
        assert span.start <= span.end
