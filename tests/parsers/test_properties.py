import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.properties import by_folded_name, property_of, read_aliases, read_tags


@pytest.mark.parametrize(
    ("values", "tags"),
    [
        ({"tags": ["goal", "#deep/work"]}, ("goal", "deep/work")),
        ({"TAGS": ["goal"]}, ("goal",)),
        ({"tags": "goal"}, ("goal",)),
        ({"tags": " #goal "}, ("goal",)),
        ({"tags": "goal, book"}, ()),
        ({"tags": "goal book"}, ()),
        ({"tags": ["a b", "c,d", "", "#", "1984", "y1984"]}, ("y1984",)),
        ({"tags": ["goal", "goal", None, 7, ["x"]]}, ("goal",)),
        ({"tag": "goal"}, ()),
        ({"tags": None}, ()),
        ({"tags": {"goal": True}}, ()),
        ({}, ()),
    ],
)
def test_tags_are_read_as_obsidian_reads_them(values: dict[str, object], tags: object) -> None:
    assert read_tags(values) == tags


@pytest.mark.parametrize(
    ("value", "aliases"),
    [
        (["Opus", " Book, the "], ("Opus", "Book, the")),
        ("My novel", ("My novel",)),
        ("Opus, Novel", ()),
        (["", None, "Opus", "Opus"], ("Opus",)),
        (7, ()),
        (None, ()),
    ],
)
def test_aliases_are_the_texts_of_a_list_or_one_text(value: object, aliases: object) -> None:
    assert read_aliases(value) == aliases


def test_a_property_is_found_in_any_case_and_the_plain_spelling_first() -> None:
    assert property_of({"TYPE": 1}, "type") == 1
    assert property_of({"TYPE": 1, "type": None}, "type") is None
    assert property_of({}, "type") is None


@given(
    st.dictionaries(
        st.sampled_from(["type", "Type", "TYPE", "ſtart", "start", "START", "ß", "ss"]), st.integers()
    )
)
def test_folded_properties_are_found_as_one_by_one(values: dict[str, object]) -> None:
    folded = by_folded_name(values)
    assert all(folded.get(name) == property_of(values, name) for name in ("type", "start", "ss", "end"))
