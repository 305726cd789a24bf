"""A table of values that are made is the table of these values."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.streaks.made_values import MadeValues


@given(st.dictionaries(st.text(max_size=3), st.integers()), st.text(max_size=3))
def test_it_is_as_a_table_of_the_values_themselves(kept: dict[str, int], other: str) -> None:
    found = MadeValues(kept, str)
    held = {name: str(number) for name, number in kept.items()}
    assert found == held
    assert (list(found), len(found), other in found) == (list(held), len(held), other in held)
    assert found.get(other) == held.get(other)


def test_a_value_that_is_taken_out_is_in_the_table_below_no_more() -> None:
    below = {"a": 1, "b": 2}
    found = MadeValues(MadeValues(below, float), str)
    assert found.pop("a") == "1.0"
    assert (dict(found), below) == ({"b": "2.0"}, {"b": 2})
    with pytest.raises(KeyError):
        found.pop("a")


def test_a_value_is_made_when_it_is_asked_for_and_not_before() -> None:
    asked: list[int] = []

    def made(number: int) -> int:
        asked.append(number)
        return -number

    found = MadeValues({"a": 1, "b": 2}, made)
    assert asked == []
    rows = iter(found.items())
    assert (next(rows), asked) == (("a", -1), [1])
