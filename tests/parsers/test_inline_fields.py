import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.inline_fields import read_inline_fields


def pairs(text: str, **options: bool) -> list[tuple[str, str]]:
    return [(field.key, field.value) for field in read_inline_fields(text, **options)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("swim [laps:: 12] [mood::good]", [("laps", "12"), ("mood", "good")], id="square"),
        pytest.param("swim (laps:: 12)", [("laps", "12")], id="round"),
        pytest.param("[ laps ::  12 ]", [("laps", "12")], id="spaces are trimmed"),
        pytest.param("[with:: [[Ann|her]]]", [("with", "[[Ann|her]]")], id="a link nests"),
        pytest.param("[x:: (a] b)]", [("x", "(a")], id="only the own kind of bracket nests"),
        pytest.param(r"[x:: a\] b]", [("x", r"a\] b")], id="a backslash keeps a bracket"),
        pytest.param(r"[x:: a\\] b]", [("x", r"a\\")], id="a backslash may itself be kept"),
        pytest.param("[x:: a)", [], id="brackets must match"),
        pytest.param("[x:: a", [], id="never closed"),
        pytest.param("[laps: 12]", [], id="one colon is no field"),
        pytest.param("[a [b:: 1]", [("b", "1")], id="a key holds no bracket"),
        pytest.param("[x:: ]", [("x", "")], id="an empty value"),
        pytest.param("[a:: b:: c]", [("a", "b:: c")], id="the first colons count"),
        pytest.param("([x:: 1])", [("x", "1")], id="inside other brackets"),
        pytest.param("[🏊 laps:: 3]", [("🏊 laps", "3")], id="a key with emoji and space"),
        pytest.param("[a:: (b:: 1)]", [("a", "(b:: 1)")], id="a field in a field is its value"),
    ],
)
def test_fields_are_what_dataview_finds(text: str, found: object) -> None:
    assert pairs(text) == found


def test_a_field_that_touches_the_last_one_is_dropped_unless_asked_for() -> None:
    assert pairs("[a:: 1][b:: 2] [c:: 3]") == [("a", "1"), ("c", "3")]
    assert pairs("[a:: 1][b:: 2] [c:: 3]", adjacent=True) == [("a", "1"), ("b", "2"), ("c", "3")]


@given(st.text(alphabet="[]():\\ ab", max_size=40))
def test_a_span_begins_and_ends_with_its_brackets(text: str) -> None:
    for field in read_inline_fields(text):
        assert text[field.start] + text[field.end - 1] in ("[]", "()")
        assert field.key in text[field.start : field.end]


@given(st.text(alphabet="[]():\\ ab", max_size=40))
def test_a_plain_reading_of_the_rule_agrees(text: str) -> None:
    assert [(field.key, field.value, field.start) for field in read_inline_fields(text)] == slow_reading(text)


@pytest.mark.parametrize(
    "text", ["[a:: " * 20000, "[" * 100000 + "::", "[a:: 1]" * 15000, "\\" * 100000 + "[a:: b"]
)
def test_a_hostile_line_takes_no_more_than_a_moment(text: str) -> None:
    start = time.process_time()
    read_inline_fields(text)
    assert time.process_time() - start < 2


def slow_reading(text: str) -> list[tuple[str, str, int]]:
    """Follow the plugin's rule letter by letter."""
    fields: list[tuple[str, str, int, int]] = []
    for opener, closer in ("[]", "()"):
        at = text.find(opener)
        while at >= 0:
            field = slow_field(text, at, opener, closer)
            if field:
                fields.append(field)
            at = text.find(opener, field[3] if field else at + 1)
    kept: list[tuple[str, str, int, int]] = []
    for field in sorted(fields, key=lambda one: one[2]):
        if not kept or kept[-1][3] < field[2]:
            kept.append(field)
    return [field[:3] for field in kept]


def slow_field(text: str, at: int, opener: str, closer: str) -> tuple[str, str, int, int] | None:
    separator = text.find("::", at + 1)
    key = text[at + 1 : separator].strip()
    if separator < 0 or any(bracket in key for bracket in "[]()"):
        return None
    depth, escaped = 0, False
    for place in range(separator + 2, len(text)):
        if text[place] == "\\":
            escaped = not escaped
        elif escaped:
            escaped = False
        else:
            depth += (text[place] == opener) - (text[place] == closer)
            if depth < 0:
                return key, text[separator + 2 : place].strip(), at, place + 1
    return None
