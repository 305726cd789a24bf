"""The quick look for boxes answers what reading the whole note answers, or nothing."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.box_lines import BoxLine, read_box_lines
from microwins.parsers.possessive import IS_SOUND
from microwins.parsers.structure import judged_structure
from microwins.parsers.tasks import read_tasks

from .test_reading_laws import notes as odd_notes
from .test_scanner import notes as plain_notes

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400"))
VAULTS = os.environ.get("MICROWINS_TEST_VAULTS", "")
"""Folders of real notes, parted as in PATH, on which the look is held against the judge too."""

indent = st.sampled_from(
    ["", "", "", "", " ", "  ", "   ", "    ", "    ", "     ", "      ", "\t", "\t\t", " \t", "        "]
)
marker = st.sampled_from(
    [
        "- ",
        "- ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "1) ",
        "2. ",
        "10. ",
        "01. ",
        "-   ",
        "1.    ",
        "-\t",
        "-     ",
        "- - ",
        "> - ",
        "> ",
    ]
)
box = st.sampled_from(
    [
        "[ ] ",
        "[x] ",
        "[x]\t",
        "[x]",
        "[x]\xa0",
        "[x]\u3000",
        "[x]\x85",
        "[x]\u2028",
        "[\x0b] ",
        "[[] ",
        "[]] ",
        "[|] ",
        "[\\] ",
        "[é] ",
    ]
)
words = st.sampled_from(
    [
        "",
        "walk",
        "a | b",
        "|",
        "ends  ",
        "[l](u)",
        "<b>",
        "<!-- a",
        "```",
        "\x0c",
        "\ufeff",
        "# a",
        "- [x] b",
        "a\u2028b",
        "%% a %%",
    ]
)
item = st.builds("{}{}{}{}".format, indent, marker, box, words)
plain_item = st.builds("{}{}{}".format, indent, marker, words)
other = st.builds(
    "{}{}".format,
    indent,
    st.sampled_from(
        ["", "", "", "word", "word", "a | b", "--|--", "|--|--|", "| a | b |", ":-:", "---", "===", "***", "# head", "#", "> quote", ">",
         "```", "```", "```py", "````", "~~~", "~~~ `x`", "``` `x`", "<div>", "</div>", "<!-- a -->", "<!-- a", "-->", "<b>", "<https://a.b>", "<", "%%", "%% a %%", "$$",
         "[a]: u", "[a]:", "'title'", "[a", "\\", "\xa0", "\u3000", "\x0b", "1.", "-", "2.", "&nbsp;", "---\na: 1\n---"]
    ),
)  # fmt: skip
line = st.one_of(item, item, item, plain_item, other, other)
head = st.sampled_from(
    ["", "", "", "\ufeff", "---\na: 1\n---\n", "\ufeff---\n- [x] no\n--- \n", "---\n- [x] a\n", "---\n---"]
)
end = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
lists = st.builds(lambda top, eol, lines: top + eol.join(lines), head, end, st.lists(line, max_size=12))


def judged(text: str) -> list[BoxLine]:
    return [(task.line, task.symbol, task.body) for task in read_tasks(text, judged_structure(text))]


@given(st.one_of(lists, lists, lists, plain_notes, odd_notes()))
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_is_answered_is_what_the_judge_answers(text: str) -> None:
    found = read_box_lines(text)
    assert found is None or found == judged(text)


@given(st.text("- []x\n#>`1.|\t:=<~*\r", max_size=60))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_it_is_for_any_text_of_signs(text: str) -> None:
    found = read_box_lines(text)
    assert found is None or found == judged(text)


@pytest.mark.skipif(
    not IS_SOUND, reason="this Python's regular expressions cannot be trusted with the quick look"
)
@pytest.mark.parametrize(
    "text",
    [
        "# Day\n\n- [x] walk\n    - [ ] home\n    - [ ] rest\n- [ ] read\n",
        "Text\n- [ ] below it\n> quote\n- [x] below that\n| a | b |\n|---|---|\n- [x] below a table",
        "```sh\n- [ ] no box\n```\n1. [x] one\n2. [ ] two\n\n7) [ ] seven\n",
        "---\ntags: [x] \n---\r\n- [x] walk\r\n\t- [ ] home",
        "- [x] a\n~~~\n- [ ] never closed",
        "<!-- one line -->\n- [x] <https://a.b> | c\n<https://a.b>\n<!--\n- [x] no box\n-->\n- [ ] d",
        "> [!todo] Title\n> - [ ] a\n>   - [x] b\n> > 1. [x] c\n- [ ] d",
        "- plain\n\t- [x] a\n\n\t  more of it\n\n\t\t- [ ] b\n1. one\n2. [x] two\ntext\n2. [x] none",
        "## Also\n\n    - [x] code\n- a\n\ntext\n\n    - [x] code\n\n7. [x] seven\n",
    ],
)
def test_what_most_notes_are_made_of_is_answered(text: str) -> None:
    assert read_box_lines(text) == judged(text)
    assert read_box_lines(text)


@pytest.mark.parametrize(
    "text",
    [
        "<div>\n- [x] a",
        "%%\n- [x] a\n%%",
        "> 2. [x] a",
        "- ```\n- [x] a",
        "> text\n    - [x] a",
        "- > a\n\n    - [x] b",
        "- [x] a | b\n--|--\n- [ ] c",
        "-      [x] code",
        "- " * 60 + "[x] a",
        "\0\n- [x] a",
        "\ufeff%%\n- [x] a\n%%",
    ],
)
def test_what_hides_boxes_is_not_decided(text: str) -> None:
    assert read_box_lines(text) is None


@pytest.mark.parametrize("text", ["", "prose", "[[link]] and [a](b)", "a [x] b", "<div>\n%% [x] \n```"])
def test_where_no_line_begins_with_a_box_nothing_can_hide_one(text: str) -> None:
    assert read_box_lines(text) == []


def test_own_vaults_are_read_as_the_judge_reads_them() -> None:
    texts = {
        path: path.read_bytes().decode("utf-8", "surrogateescape")
        for folder in VAULTS.split(os.pathsep)
        if folder
        for path in Path(folder).rglob("*.md")
    }
    found = {path: read_box_lines(text) for path, text in texts.items()}
    assert [path for path, boxes in found.items() if boxes not in (None, judged(texts[path]))] == []
