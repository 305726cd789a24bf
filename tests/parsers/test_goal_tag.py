"""The look for a goal's tag overlooks none."""

from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.goal import GoalWords, is_tag_line
from microwins.parsers.goal_tag import may_hold_tag
from microwins.parsers.source import split_lines

tags = st.sampled_from(["goal", "Goal", "stoß", "flow", "skill", "größe", "a/b"])
words = st.sampled_from(
    ["#goal", "#GOAL", "#goals", "#goal/a", "#a#goal", "##goal", "# goal", "#stoss", "#STOSS", "#ﬂow", "#\u017fkill", "#s\u212aill", "#Größe", "#a/b", "goal", "\u3000", "\x1c", "\x85", "\ufeff", "é"]
)  # fmt: skip
text = st.lists(words | st.sampled_from([" ", "\n", "\r\n", "\r", "\t", "\u2028"]), max_size=8).map("".join)


@given(text, tags)
def test_a_tag_line_is_never_overlooked(text: str, tag: str) -> None:
    found = any(is_tag_line(line, GoalWords(tag=tag)) for line in split_lines(text))
    assert may_hold_tag(text, tag) or not found


def test_letters_that_are_ascii_whatever_the_case_are_all_known() -> None:
    letters = [letter for letter in map(chr, range(0x80, 0x110000)) if letter.casefold().isascii()]
    assert all(may_hold_tag(f"#{letter}", "goal") for letter in letters)
    assert not may_hold_tag("#läring", "goal")
