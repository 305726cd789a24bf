"""Three versions of a text become one: nothing that anybody wrote is left out."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from microwins.parsers.merge import bare, merged, taken_back

words = st.sampled_from(
    [b"", b"- [ ] walk", b"- [x] walk", b"- [ ] read", b"Plain.", b"# Head", b"- [-] walk"]
)
ends = st.sampled_from([b"\n", b"\r\n"])
texts = st.tuples(
    st.lists(st.tuples(words, ends).map(b"".join), max_size=8).map(b"".join), st.booleans()
).map(lambda one: one[0] if one[1] else one[0].rstrip(b"\r\n"))


@pytest.mark.parametrize(
    ("ours", "theirs", "base", "wanted"),
    [
        (b"- [x] a\n- [ ] b\n", b"- [ ] a\n- [x] b\n", None, b"- [x] a\n- [x] b\n"),
        (b"- [x] a\n- [ ] b\n", b"- [ ] a\n- [x] b\n", b"- [ ] a\n- [ ] b\n", b"- [x] a\n- [x] b\n"),
        (b"- [ ] a\n", b"- [x] a\n", b"- [x] a\n", b"- [ ] a\n"),
        (b"- [/] a\n", b"- [-] a\n", None, b"- [/] a\n"),
        (b"- [ ] a\n", "- [x] a ✅ 2026-11-20\n".encode(), None, "- [x] a ✅ 2026-11-20\n".encode()),
        (b"a\nb\n", b"a\nb\nc\n", None, b"a\nb\nc\n"),
        (b"a\nc\n", b"a\nb\nc\n", b"a\nb\nc\n", b"a\nc\n"),
        (b"a\n", b"a\nb", b"a\n", b"a\nb"),
        (b"a", b"a\nb\n", None, b"a\nb\n"),
    ],
)  # fmt: skip
def test_what_one_side_changed_is_taken(
    ours: bytes, theirs: bytes, base: bytes | None, wanted: bytes
) -> None:
    found = merged(ours, theirs, base)
    assert found.data == wanted
    assert found.kept_both == ()


def test_what_both_have_changed_stands_twice() -> None:
    found = merged(b"top\nmine\nend\n", b"top\ntheirs\nend\n", b"top\nold\nend\n")
    assert found.data == b"top\nmine\ntheirs\nend\n"
    [(line, passage)] = found.kept_both
    assert (line, list(passage.ours), list(passage.theirs)) == (2, [b"mine\n"], [b"theirs\n"])


def test_two_texts_appended_without_a_last_newline_stay_two_lines() -> None:
    assert merged(b"day\nmine", b"day\ntheirs", b"day\n").data == b"day\nmine\ntheirs"


@given(texts, texts)
def test_without_a_common_text_no_line_of_either_is_lost(ours: bytes, theirs: bytes) -> None:
    names = {bare(line) for line in merged(ours, theirs).data.splitlines()}
    assert {bare(line) for line in (ours + b"\n" + theirs).splitlines()} - {b""} <= names


@given(texts, texts, texts)
@example(b"- [ ] walk", b"- [ ] walk\n", b"- [ ] walk\n- [ ] walk")
def test_a_line_that_both_sides_have_is_never_lost(ours: bytes, theirs: bytes, base: bytes) -> None:
    names = {bare(line) for line in merged(ours, theirs, base).data.splitlines()}
    both = {bare(line) for line in ours.splitlines()} & {bare(line) for line in theirs.splitlines()}
    assert both - {b""} <= names


@given(texts, texts)
def test_one_sided_changes_are_that_side(base: bytes, changed: bytes) -> None:
    assert merged(changed, base, base).data.rstrip(b"\r\n") == changed.rstrip(b"\r\n")
    assert merged(base, changed, base).data.rstrip(b"\r\n") == changed.rstrip(b"\r\n")
    assert merged(changed, changed).data == changed


@given(texts, texts)
def test_a_change_is_taken_back_where_nothing_was_changed_since(before: bytes, after: bytes) -> None:
    assert taken_back(before, after, after) == before


def test_a_change_is_taken_back_around_later_text() -> None:
    before, after = b"# Day\n- [ ] walk\n", b"# Day\n- [x] walk\n"
    assert taken_back(before, after, b"# Day\n- [x] walk\nLater.\n") == b"# Day\n- [ ] walk\nLater.\n"
    assert taken_back(before, after, b"New.\n# Day\n- [x] walk\n") == b"New.\n# Day\n- [ ] walk\n"


def test_of_equal_lines_each_side_took_out_another_one_and_one_stays() -> None:
    assert set(merged(b"a\nb\n", b"b\na\n", b"a\nb\na\n").data.split()) == {b"a", b"b"}


def test_lines_beside_each_other_are_two_changes() -> None:
    assert merged(b"- [x] a\n", b"- [ ] a\nLater.\n", b"- [ ] a\n").data == b"- [x] a\nLater.\n"
    assert merged(b"First.\nb\n", b"B\n", b"b\n").data == b"First.\nB\n"


def test_a_change_is_not_taken_back_where_its_line_was_changed_since() -> None:
    assert taken_back(b"- [ ] walk\n", b"- [x] walk\n", b"- [x] walk far\n") is None


def test_a_change_that_was_never_made_is_taken_back_already() -> None:
    assert taken_back(b"a\nb\n", b"a\nX\n", b"new\na\nb\n") == b"new\na\nb\n"
