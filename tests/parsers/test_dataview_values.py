import json
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.dataview_values import typed_value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        (" \u00a0", None),
        ("true", True),
        ("False", False),
        ("TRUE", "TRUE"),
        ("null", "null"),
        ("7", 7),
        ("-1.50", -1.5),
        ("007", 7),
        ("2.0", 2),
        ("1e3", "1e3"),
        ("+7", "+7"),
        ('"7"', "7"),
        (r'"say \"hi\" \\ \d"', r'say "hi" \ \d'),
        ('"open', '"open'),
        ("[[Book#Plan|the book]]", "[[Book#Plan|the book]]"),
        ("![[x.png]]", "![[x.png]]"),
        ("7 hours", "7 hours"),
        ("1h 30m", "1h 30m"),
        ("#deep/work", "#deep/work"),
        ("  two words ", "two words"),
        ("5 meters", "5 meters"),
        ("7, and more", "7, and more"),
    ],
)
def test_one_value_has_the_type_that_its_shape_tells(text: str, value: object) -> None:
    found = typed_value(text)
    assert (type(found), found) == (type(value), value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2025-03", "2025-03-01"),
        ("2025-03-04", "2025-03-04"),
        ("2025-02-30", "2025-03-02"),
        ("2025-03-00", "2025-02-28"),
        ("2025-13-01", "2025-13-01"),
        ("0000-01-01", "0000-01-01"),
        ("2025-03-04T09", "2025-03-04T09:00:00"),
        ("2025-03-04T25:61", "2025-03-05T02:01:00"),
        ("2025-03-04T09:05:06.123", "2025-03-04T09:05:06.123"),
        ("2025-03-04T09:05:06Z", "2025-03-04T09:05:06Z"),
        ("2025-03-04T09:05:06+2", "2025-03-04T09:05:06+02:00"),
        ("2025-03-04T09:05:06-05:30", "2025-03-04T09:05:06-05:30"),
        ("2025-03-04T09:05:06[Europe/Paris]", "2025-03-04T09:05:06[Europe/Paris]"),
        ("2025-03-04 09:05", "2025-03-04 09:05"),
        ("2025-3-4", "2025-3-4"),
        ("9999-12-99", "9999-12-99"),
    ],
)
def test_a_date_rolls_over_as_it_does_in_dataview(text: str, value: str) -> None:
    assert typed_value(text) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,5", [1, 5]),
        ("1 , true,word", "1 , true,word"),
        ('"a, b", [[B]], 2025-02-30', ["a, b", "[[B]]", "2025-03-02"]),
        ("1h, 30m, 2", ["1h, 30m", 2]),
        ("1,", [1]),
        ("1, 2,", "1, 2,"),
        (",1", ",1"),
        ("one, two", "one, two"),
    ],
)
def test_a_list_is_one_only_where_each_part_has_a_type_of_its_own(text: str, value: object) -> None:
    assert typed_value(text) == value


piece = st.sampled_from(
    [
        "1",
        "h",
        "m",
        ",",
        " ",
        "-",
        "2025-02-30",
        "T10:99",
        "Z",
        '"',
        "\\",
        "[[",
        "]]",
        "#",
        "true",
        "é",
        "🔥",
        ".",
    ]
)


@given(st.text() | st.lists(piece, max_size=20).map("".join))
def test_any_text_has_a_value_that_json_can_hold(text: str) -> None:
    value = typed_value(text)
    assert json.loads(json.dumps(value, allow_nan=False)) == value
    assert typed_value(f" {text}\t") == value


@pytest.mark.parametrize(
    "text", ["1," * 20000, "1h " * 20000, '"' + "\\" * 40000, "9" * 40000, "2025-01," * 20000]
)
def test_a_hostile_value_is_read_in_moments(text: str) -> None:
    start = time.process_time()
    typed_value(text)
    assert time.process_time() - start < 2
