"""What is put aside is there again when somebody asks."""

import re

from hypothesis import given
from hypothesis import strategies as st

from microwins.streaks.put_aside import PutAside


class Shelf:
    """Rows in a table; of a full one none is taken."""

    def __init__(self, *, full: bool = False) -> None:
        self.rows: dict[int, bytes] = {}
        self._full = full
        self._last = 0

    def put(self, row: bytes) -> int | None:
        if self._full:
            return None
        self._last += 1
        self.rows[self._last] = row
        return self._last

    def get(self, place: int) -> bytes:
        return self.rows[place]

    def drop(self, place: int) -> None:
        del self.rows[place]


def table(rows: Shelf | None) -> PutAside[list[int]]:
    return PutAside(
        rows, lambda value: repr(value).encode(), lambda row: [*map(int, re.findall(rb"\d+", row))]
    )


STEPS = st.lists(
    st.tuples(st.sampled_from(["aside", "add", "get", "discard"]), st.sampled_from("ab"), st.integers(0, 9)),
    max_size=20,
)


@given(STEPS, st.sampled_from(["none", "full", "shelf"]))
def test_values_are_the_same_whether_and_when_they_are_put_aside(
    steps: list[tuple[str, str, int]], where: str
) -> None:
    rows = None if where == "none" else Shelf(full=where == "full")
    found, plain = table(rows), dict[str, list[int]]()
    for what, path, number in steps:
        if what == "aside":
            found.put_aside(path)
        elif what == "add":
            found.of(path, list).append(number)
            plain.setdefault(path, []).append(number)
        elif what == "discard":
            found.discard(path)
            plain.pop(path, None)
        assert (path in found) == (path in plain)
        assert what != "get" or found.get(path) == plain.get(path)
    assert {path: found.get(path) for path in "ab"} == {path: plain.get(path) for path in "ab"}
    assert rows is None or not rows.rows


def test_what_is_put_aside_is_not_held_and_without_a_place_it_is() -> None:
    rows = Shelf()
    aside, held = table(rows), table(None)
    for one in (aside, held):
        one.of("a", list).append(7)
    assert (aside.put_aside("a"), held.put_aside("a")) == (True, False)
    assert list(rows.rows.values()) == [b"[7]"]
