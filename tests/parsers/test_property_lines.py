"""Our properties in a frontmatter: one value is changed at a time, and every other byte stays."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.owned_properties import is_property_edit, says_the_same
from microwins.parsers.edit import apply
from microwins.parsers.frontmatter import read_frontmatter
from microwins.parsers.property_lines import (
    PROPERTIES,
    other_values,
    property_edits,
    property_problems,
    read_property_lines,
)

WANTED = {
    "streak": "12",
    "best": "30",
    "wins": "142",
    "strength": "0.7",
    "last_win": "2026-03-04",
    "progress": "",
}
ALL = "streak: 12\nbest: 30\nwins: 142\nstrength: 0.7\nlast_win: 2026-03-04\n"


def kept(text: str, eol: str = "\n", **wanted: str) -> str:
    return apply(text, property_edits(text, wanted or WANTED, eol))


def codes(text: str) -> list[str]:
    return [problem.code for problem in property_problems(text, read_frontmatter(text), "Goal.md")]


def test_missing_properties_are_put_in_above_the_closing_line_in_a_fixed_order() -> None:
    assert kept("---\ntype: goal\n---\nText\n") == f"---\ntype: goal\n{ALL}---\nText\n"


def test_what_is_not_known_gets_no_line() -> None:
    assert "progress" not in kept("---\ntype: goal\n---\n")


def test_what_is_no_longer_known_is_emptied_and_filled_again_without_a_trace() -> None:
    text = "---\ntype: goal\nlast_win: 2026-03-04 # ours\n---\n"
    emptied = kept(text, last_win="")
    assert emptied == "---\ntype: goal\nlast_win: # ours\n---\n"
    assert kept(emptied, last_win="2026-03-04") == text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("streak: 4", "streak: 5"),
        ("streak: '4'", "streak: 5"),
        ('"streak": "4"  # days', '"streak": 5  # days'),
        ("Streak:   4  ", "Streak:   5  "),
        ("streak:", "streak: 5"),
        ("streak: ~", "streak: 5"),
        ("streak: # none yet", "streak: 5 # none yet"),
        ("streak: 5.0", "streak: 5.0"),
        ("streak: '5'", "streak: '5'"),
        ("streak : 4", "streak : 5"),
    ],
)
def test_a_line_is_found_again_however_it_is_written(before: str, after: str) -> None:
    text = f"---\n# mine\ntype: goal\n{before}\nparent: '[[A]]'\n---\n"
    assert kept(text, streak="5") == text.replace(before, after)


@pytest.mark.parametrize(
    "mine",
    [
        "streak: [1, 2]",
        "streak: -",
        "streak:\n  - a",
        "streak:\n  days: 4",
        "streak: on fire",
        "streak: |\n  4",
        "streak:\n  4",
        "streak: !!str 4",
        "streak: &a 4",
        "last_win: yesterday",
        'wins: "many\n  of them"',
    ],
)
def test_a_property_of_the_users_own_is_left_and_told(mine: str) -> None:
    text = f"---\ntype: goal\n{mine}\n---\n"
    name = mine.partition(":")[0]
    assert property_edits(text, {name: "5"}, "\n") == []
    assert codes(text) == ["property-taken"]


def test_the_line_of_a_property_that_is_taken_is_named() -> None:
    text = "---\ntype: goal\nwins: many\n---\n"
    assert [one.line for one in property_problems(text, read_frontmatter(text), "")] == [3]


@pytest.mark.parametrize(
    "text",
    [
        "No frontmatter\n",
        "---\ntype: goal\nbad: [\n---\n",
        "---\na: 1\na: 2\n---\n",
        "---\na: &x 1\nb: *x\n---\n",
        "---\n{type: goal, streak: 4}\n---\n",
        "---\njust a text\n---\n",
        "---\nNULL\n---\n",
        "---\n!!null\n---\n",
        "\n---\ntype: goal\n---\n",
        "---\ntype: goal\nstreak: 4\n...\n---\n",
    ],
)
def test_a_note_without_readable_lines_of_frontmatter_is_never_touched(text: str) -> None:
    assert property_edits(text, WANTED, "\n") == []


def test_frontmatter_in_braces_is_told() -> None:
    assert codes("---\n{type: goal}\n---\n") == ["property-form"]


def test_an_empty_frontmatter_is_filled() -> None:
    assert kept("---\n---\n#goal\n") == f"---\n{ALL}---\n#goal\n"


def test_line_ends_marks_indentation_and_what_stands_behind_stay() -> None:
    text = "\ufeff---\r\n  type: goal # x\r\n  tags:\r\n    - a\r\n---  \r\nText without an end"
    assert kept(text, "\r\n", streak="5") == text.replace("    - a\r\n", "    - a\r\n  streak: 5\r\n")


def test_two_spellings_are_one_property_and_the_plain_one_is_kept() -> None:
    text = "---\nStreak: 1\nstreak: 2\n---\n"
    assert kept(text, streak="5") == "---\nStreak: 1\nstreak: 5\n---\n"


SCALAR = st.one_of(
    st.integers(-5, 3000).map(str),
    st.sampled_from(
        [
            "'4'",
            '"4"',
            "0.50",
            "",
            "~",
            "2026-03-04",
            "[1, 2]",
            "text",
            "a # b",
            "'a: b'",
            "|\n  a\n\n  b",
            "é😀",
        ]
    ),
)
NAME = st.one_of(
    st.sampled_from([*PROPERTIES, "Streak", '"best"', "'wins'", "type", "tags", "überschrift", "a b"]),
    st.from_regex(r"[a-z]{1,6}", fullmatch=True),
)
LINE = st.one_of(
    st.builds(
        "{}:{}{}{}".format, NAME, st.sampled_from([" ", "  "]), SCALAR, st.sampled_from(["", " ", " # x"])
    ),
    st.sampled_from(
        ["# a comment", "", "list:\n- a\n- b: c", "deep:\n  streak: 9\n  wins: [1]", "...", "broken: ["]
    ),
    st.text(st.characters(codec="utf-8", exclude_characters="\r\n"), max_size=12),
)
VALUES = st.fixed_dictionaries(
    {
        **dict.fromkeys(("streak", "best", "wins"), st.integers(0, 4000).map(str)),
        **dict.fromkeys(("strength", "progress"), st.sampled_from(["", "0", "0.07", "0.5", "1"])),
        "last_win": st.sampled_from(["", "2026-03-04"]),
    }
)


@st.composite
def notes(draw: st.DrawFn) -> tuple[str, str]:
    eol = draw(st.sampled_from(["\n", "\r\n"]))
    body = "".join(f"{line}\n" for line in draw(st.lists(LINE, max_size=6)))
    text = f"{draw(st.sampled_from(['', chr(0xFEFF)]))}---\n{body}---\n{draw(st.sampled_from(['', 'Text', '---']))}"
    return text.replace("\n", eol), eol


@given(notes(), VALUES)
def test_all_that_is_not_ours_is_said_as_before_and_the_second_time_nothing_is_changed(
    note: tuple[str, str], wanted: dict[str, str]
) -> None:
    text, eol = note
    edits = property_edits(text, wanted, eol)
    after = apply(text, edits)
    was, now = read_frontmatter(text), read_frontmatter(after)
    assert not edits or not now.problems
    assert other_values(was) == other_values(now)
    assert property_edits(after, wanted, eol) == []
    removed = "".join(
        line for line in after.splitlines(keepends=True) if line not in text.splitlines(keepends=True)
    )
    assert all(any(name in line.casefold() for name in PROPERTIES) for line in removed.splitlines())


@given(notes(), VALUES)
def test_every_property_says_what_is_wanted_or_is_the_users_own(
    note: tuple[str, str], wanted: dict[str, str]
) -> None:
    text, eol = note
    before = read_property_lines(text, read_frontmatter(text))
    after = apply(text, property_edits(text, wanted, eol))
    lines = read_property_lines(after, read_frontmatter(after))
    for name in PROPERTIES if before.column is not None else ():
        mine = name in before.places and before.places[name].text is None
        place = lines.places.get(name)
        if not mine and wanted[name]:
            assert place is not None
            assert (
                float(place.text or -1) == float(wanted[name])
                if name != "last_win"
                else place.text == wanted[name]
            )


@given(notes(), VALUES)
def test_what_is_planned_is_what_the_proof_allows(note: tuple[str, str], wanted: dict[str, str]) -> None:
    text, eol = note
    edits = property_edits(text, wanted, eol)
    assert all(is_property_edit(edit, text) for edit in edits)
    assert says_the_same(text, apply(text, edits), edits)
