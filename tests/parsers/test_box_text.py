"""Boxes in one piece come back as they were."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.box_text import box_lines, written

signs = st.characters(exclude_characters="\n")
boxes = st.lists(st.tuples(st.integers(1, 10**6), signs, st.text(signs)))


@given(boxes)
def test_boxes_in_one_piece_come_back_as_they_were(given: list[tuple[int, str, str]]) -> None:
    assert box_lines(written(given)) == given


def test_so_do_those_with_bytes_that_are_no_text() -> None:
    odd = [(1, "\udcff", " a\udc80b")]
    assert box_lines(written(odd)) == odd


@pytest.mark.parametrize("data", [b"x y z\n", b"1\n", b"\xff\n"])
def test_anything_else_is_refused(data: bytes) -> None:
    with pytest.raises((ValueError, IndexError)):
        box_lines(data)
