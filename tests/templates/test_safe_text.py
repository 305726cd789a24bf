import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.blocks import read_blocks
from microwins.parsers.source import Source
from microwins.parsers.structure import read_structure
from microwins.templates.safe_text import LONGEST, columns, in_cell, in_fence, in_text, pad

nasty = st.text(
    st.sampled_from("<!-%$`~|\\> \n\t\r#[]x\u202e\u200d\0é日😀microwins:/"), max_size=60
) | st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "safe"),
    [
        ("Read  a\npage", "Read a page"),
        ("<!-- /microwins -->", "&lt;!-- /microwins --&gt;"),
        ("`code` \\ more", "\\`code\\` \\\\ more"),
        ("100%% sure, $$ or %%%", "100%\u200b% sure, $\u200b$ or %\u200b%\u200b%"),
        ("a\0b\u202ec", "a\ufffdb\ufffdc"),
        ("Code 👩\u200d💻 and می\u200cخواهم", "Code 👩\u200d💻 and می\u200cخواهم"),
        ("Plan [[Book]] #frog", "Plan [[Book]] #frog"),
        ("See ![a map](https://example.org/map.png) now!", "See [a map](https://example.org/map.png) now!"),
        ("Open ![[map.png|200]], !![x][y]", "Open [[map.png|200]], [x][y]"),
    ],
)
def test_a_text_stands_on_one_line_and_opens_nothing(text: str, safe: str) -> None:
    assert in_text(text) == safe


def test_a_long_text_is_cut_with_a_sign() -> None:
    assert in_text("word " * 100).endswith("…")
    assert len(in_text("x" * 500)) == LONGEST
    assert in_text("x" * LONGEST) == "x" * LONGEST


def test_a_cell_cannot_end_its_cell() -> None:
    assert in_cell("a|b") == "a\\|b"
    assert in_cell("a\\|b") == "a\\\\\\|b"


@settings(deadline=None)
@given(nasty)
def test_no_text_can_make_a_marker_a_comment_or_another_line(text: str) -> None:
    safe = in_text(text)
    assert len(safe.splitlines()) <= 1
    assert not re.search(r"%%|\$\$|<|>|!\[", safe)
    note = f"- ✓ {safe}\n"
    assert read_blocks(Source.of(note)) == ((), ())
    found = read_structure(note)
    assert (len(found.items), found.items[0].box, found.not_markdown) == (1, None, ())


@settings(deadline=None)
@given(nasty, st.integers(1, 40))
def test_no_text_can_close_a_fence_or_leave_its_columns(text: str, width: int) -> None:
    safe = in_fence(text, width)
    assert columns(safe) == width
    assert "`" not in safe
    found = read_structure(f"```text\n{safe}\n```\n")
    assert found.code == ((1, 3),)


@pytest.mark.parametrize(
    ("text", "width", "padded"),
    [
        ("ab", 4, "ab  "),
        ("abcd", 4, "abcd"),
        ("abcde", 4, "abc…"),
        ("日本語", 4, "日… "),
        ("日本", 4, "日本"),
        ("e\u0301a", 3, "e\u0301a "),
    ],
)
def test_wide_characters_take_two_columns(text: str, width: int, padded: str) -> None:
    assert pad(text, width) == padded
