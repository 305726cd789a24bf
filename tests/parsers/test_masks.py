import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.masks import mask
from microwins.parsers.source import split_lines
from microwins.parsers.structure import read_structure


def boxes(text: str) -> list[int]:
    """Return the lines with a box that counts."""
    return [item.line for item in read_structure(text).items if item.box is not None]


def masked(text: str) -> tuple[tuple[int, int], ...]:
    return read_structure(text).masked


@pytest.mark.parametrize(
    ("text", "ranges"),
    [
        pytest.param("%%\n- [x] no\n%%\n- [x] yes\n", [(1, 3)], id="a comment block"),
        pytest.param("%% no\n- [x] no %%\n- [x] yes\n", [(1, 2)], id="signs beside text"),
        pytest.param("%% no %%\n- [x] yes\n", [(1, 1)], id="a comment on one line"),
        pytest.param("%% no %% but\n- [x] yes\n", [], id="a comment within a line"),
        pytest.param("%%\r\n- [x] no\r\n%%  \r\n- [x] yes\r\n", [(1, 3)], id="CR LF and spaces"),
        pytest.param("%%\n- [x] no\n", [(1, 2)], id="a comment that is never closed"),
        pytest.param("$$\n- [x] no\n$$\n- [x] yes\n", [(1, 3)], id="a math block"),
        pytest.param("$$ a\n- [x] no $$\n- [x] yes\n", [(1, 2)], id="math beside its signs"),
        pytest.param("$$a$$\n- [x] yes\n", [(1, 1)], id="math on one line"),
        pytest.param("$$\n- [x] no\n", [(1, 2)], id="a lone sign of math"),
        pytest.param("$$ is short\n- [x] yes\n", [], id="two dollars that are only text"),
        pytest.param("$$\n%%\n$$\n- [x] yes\n", [(1, 3)], id="a comment sign in math"),
        pytest.param("%%\n$$\n%%\n- [x] yes\n", [(1, 3)], id="a math sign in a comment"),
        pytest.param("---\na: '%%'\n---\n- [x] yes\n", [(1, 3)], id="frontmatter"),
        pytest.param("---\n%%\n---\n- [x] yes\n%%\n- [x] no\n", [(1, 3), (5, 6)], id="a sign in frontmatter"),
        pytest.param("```\n%%\n```\n- [x] yes\n", [], id="a sign in a fence"),
        pytest.param("para\n\n    %%\n\n- [x] yes\n", [], id="a sign in indented code"),
        pytest.param("<div>\n%%\n</div>\n\n- [x] yes\n", [], id="a sign in HTML"),
        pytest.param("- [x] one %% so\n- [x] two %%\n", [], id="a sign after other text"),
        pytest.param("%%\n```\n%%\n- [x] yes\n", [(1, 3)], id="a fence opened in a comment"),
        pytest.param("%%\n<!--\n%%\n- [x] yes\n", [(1, 3)], id="HTML opened in a comment"),
        pytest.param("%%\n```\n%%\n\n```\n%%\n```\n- [x] yes\n", [(1, 3)], id="then a fence with a sign"),
        pytest.param("- a\n  %%\n  - [x] no\n  %%\n  - [x] yes\n", [(2, 4)], id="within an item"),
        pytest.param("> %%\n> - [x] no\n> %%\n> - [x] yes\n", [(1, 3)], id="within a quote"),
        pytest.param("> %%\n> - [x] no\n\n- [x] yes\n", [(1, 2)], id="at the latest with the quote"),
    ],
)
def test_blocks_are_masked_outside_of_code(text: str, ranges: object) -> None:
    lines = split_lines(text)
    assert list(masked(text)) == ranges
    assert boxes(text) == [
        number for number, line in enumerate(lines, 1) if "yes" in line or "one" in line or "two" in line
    ]


def test_a_comment_of_a_board_with_a_fence_is_masked_whole() -> None:
    board = "- [ ] yes\n\n%% kanban:settings\n```\n{}\n```\n%%\n- [x] after\n"
    assert (masked(board), boxes(board)) == (((3, 7),), [1, 8])


def test_an_item_in_a_quote_keeps_its_parent_across_a_comment() -> None:
    text = "> - a\n>   - b\n> %%\n> x\n> %%\n>     - [x] c\n"
    assert [item.depth for item in read_structure(text).items] == [0, 1, 2]


def test_a_note_of_many_comments_that_each_hide_a_fence_is_still_read() -> None:
    text = "%%\n```\n%%\n- [x] yes\n" * 40
    assert boxes(text) == list(range(4, 161, 4))


def test_even_then_a_real_fence_hides_its_content() -> None:
    text = "%%\n```\n%%\n" * 20 + "~~~\n%%\n- [x] no\n~~~\n- [x] yes\n"
    assert boxes(text) == [65]


snippet = st.sampled_from(
    ["%%", "$$", "```", "~~~", "- [x] a", "a", "", "> ", "    ", "<!--", "-->", "---", "%% a %%", "- "]
)


@given(st.lists(snippet, max_size=25), st.sampled_from(["\n", "\r\n", "\r"]))
def test_every_line_is_kept_as_it_is_or_is_blank(snippets: list[str], ending: str) -> None:
    text = ending.join(snippets)
    before = split_lines(text)
    after = mask(text, lambda lines: []).lines
    assert len(after) == len(before)
    assert all(
        new in (old, "") or (old.startswith(new) and not new.strip(" >"))
        for old, new in zip(before, after, strict=True)
    )


@given(st.lists(snippet, max_size=25))
def test_masked_ranges_stand_in_order_and_hold_no_box(snippets: list[str]) -> None:
    structure = read_structure("\n".join(snippets))
    assert sorted(structure.masked) == list(structure.masked)
    assert all(first <= last for first, last in structure.masked)
    for first, last in structure.masked:
        assert not any(first <= item.line <= last for item in structure.items)


@pytest.mark.parametrize(
    "text", ["$$ a\n" * 20000, "%% a %% b\n" * 20000, "%%\n```\n" * 10000, "> %%\n\n" * 8000, "%%\n" * 20001]
)
def test_a_hostile_note_is_masked_in_moments(text: str) -> None:
    start = time.process_time()
    mask(text, lambda lines: [])
    assert time.process_time() - start < 2
