from hypothesis import given
from hypothesis import strategies as st

from microwins.templates.lines import wrapped
from microwins.templates.phrases import listed
from microwins.templates.safe_text import columns
from microwins.templates.status_columns import LEAST_NAME, status_columns

texts = st.text("ab é毎🏃 \u0301", max_size=60)


@given(texts, st.integers(10, 40), st.integers(0, 6))
def test_no_line_is_wider_than_there_is_room_and_nothing_is_left_out(
    text: str, width: int, indent: int
) -> None:
    lines = wrapped(text, width, indent)
    assert all(columns(line.strip()) <= width for line in lines)
    assert all(columns(line) <= width for line in lines[1:])
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_the_indent_of_the_first_line_stays() -> None:
    assert wrapped("    one two three four", 12, 6) == ["    one two", "      three", "      four"]
    assert wrapped("", 10) == [""]


def test_names_are_listed_as_in_a_sentence() -> None:
    assert [listed(["a", "b", "c"][:many]) for many in range(4)] == ["", "a", "a and b", "a, b and c"]


@given(st.integers(1, 36), st.integers(1, 16), st.integers(40, 200))
def test_the_columns_of_a_micro_win_fit(name: int, streak: int, width: int) -> None:
    room = status_columns(name, streak, width)
    taken = 4 + room.name + 2 + room.streak + 1 + 11 * room.bar + 5 + (2 + room.strip if room.strip else 0)
    assert taken <= width
    assert min(name, LEAST_NAME) <= room.name <= name or room.name == LEAST_NAME


def test_the_strip_is_cut_first_and_the_name_last() -> None:
    seen = [status_columns(26, 8, width) for width in range(100, 39, -1)]
    assert [room.strip for room in seen] != sorted(room.strip for room in seen)
    shortened = [room for room in seen if room.name < 26]
    assert shortened
    assert all(not room.bar and not room.strip for room in shortened)
