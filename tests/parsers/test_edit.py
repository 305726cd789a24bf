import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.edit import Edit, apply, changes_only

TEXT = "- [ ] walk\n- [ ] read\n"


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text(max_size=40))
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    pairs = zip(places[::2], places[1::2], strict=False)
    edits = [Edit(start, end, draw(st.text(max_size=5))) for start, end in pairs]
    return text, draw(st.permutations(edits))


def test_edits_are_made_at_their_places_whatever_their_order() -> None:
    edits = [Edit(14, 15, "x"), Edit(3, 4, "-")]
    assert apply(TEXT, edits) == apply(TEXT, edits[::-1]) == "- [-] walk\n- [x] read\n"


def test_what_is_put_in_at_one_place_keeps_the_order_of_the_edits() -> None:
    assert apply("ab", [Edit(1, 1, "2"), Edit(1, 1, "1")]) == "a21b"
    assert changes_only("ab", "a21b", [Edit(1, 1, "2"), Edit(1, 1, "1")])


@pytest.mark.parametrize(
    "edits",
    [[Edit(0, 4, ""), Edit(3, 5, "")], [Edit(4, 3, "")], [Edit(0, 99, "")], [Edit(-1, 1, "")]],
    ids=["overlap", "backwards", "behind the end", "before the start"],
)
def test_edits_that_cannot_be_meant_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(ValueError, match="edit"):
        apply(TEXT, edits)


@settings(deadline=None)
@given(texts_with_edits())
def test_applied_edits_change_nothing_else(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    assert changes_only(text, apply(text, edits), edits)


@settings(deadline=None)
@given(texts_with_edits(), st.text(min_size=1, max_size=3))
def test_one_more_character_anywhere_is_noticed(case: tuple[str, list[Edit]], more: str) -> None:
    text, edits = case
    after = apply(text, edits)
    assert not changes_only(text, after + more, edits)
    assert not changes_only(text, more + after, edits)


def test_a_lost_or_changed_character_is_noticed() -> None:
    edits = [Edit(3, 4, "x")]
    assert changes_only(TEXT, "- [x] walk\n- [ ] read\n", edits)
    assert not changes_only(TEXT, "- [x] walk\n- [ ] reed\n", edits)
    assert not changes_only(TEXT, "- [x] wal\n- [ ] read\n", edits)
    assert not changes_only(TEXT, "- [-] walk\n- [ ] read\n", edits)
    assert not changes_only(TEXT, TEXT, edits)
