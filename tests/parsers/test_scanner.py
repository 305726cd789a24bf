"""What the line scanner answers is what markdown-it-py answers; where it is not sure it says nothing."""

import os
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.scanner import may_scan, scan_lines
from microwins.parsers.source import split_lines
from microwins.parsers.structure import judged_structure, read_structure

OWN_VAULTS = "MICROWINS_TEST_VAULTS"
"""Folders of real notes, parted as in PATH, on which the scanner is held against the judge too."""

indent = st.sampled_from(
    ["", "", "", " ", "  ", "  ", "   ", "    ", "     ", "      ", "        ", "\t", " \t"]
)
start = st.sampled_from(
    [
        "- ",
        "- ",
        "- ",
        "* ",
        "+ ",
        "1. ",
        "2. ",
        "3) ",
        "0. ",
        "01. ",
        "123456789. ",
        "1234567890. ",
        "-",
        "*",
        "1.",
        "-  ",
        "-   ",
        "-    ",
        "-     ",
        "-      ",
        "-\t",
        "1.\t",
        "- - ",
        "- 1. ",
        "> ",
        ">",
        "> > ",
        "# ",
        "## ",
        "####### ",
        "#",
        "```",
        "````",
        "~~~",
        "```py",
        "``` x",
        "<!-- ",
        "<div>",
        "</div>",
        "<b>",
        "<https://a.b>",
        "",
        "",
        "",
        "",
        "",
        "\\",
        "",
    ]
)
body = st.sampled_from(
    [
        "", "", "word", "word", "two words", "[x] box", "[ ] box", "[x]", "[ ]", "[x]: url", "[x](u)", "[[link]] text",
        "[a]: /url", "[a]: /url 'title'", "[a\\]b]: u", "[a", "b]: u", "[!note] Title", "[^1]: note", "---", "***", "___",
        "- - -", "* * *", "===", "=", "--", "-", ":-:", "--|--", "|---|", "|---|---|", "| a | b |", "a | b", "|", "|a", "| - [ ] x |",
        "# head", "#tag", "## head ##", "# head #", "#", "```", "~~~", "`code`", "- [x] inner", "1. inner", "2. inner", "> quote",
        "microwins:today -->", "-->", "<!-- a -->", "<!-- a", "%%", "%% a %%", "$$", "$$ a $$", "text $$", "&nbsp;", "\\", "\x0b", "\x0c",
        "\xa0", "\u3000", "\u2028x", "\ufeff", "\ufeffx", "é", "_under_", "*em*", "**b**", "**", "*", "__b__", "_", "``c``", "``", "*a*b", "+1", "1", "12.5", "1)x", "=x", ":x", "word  ", "word\t",
    ]
)  # fmt: skip
line = st.one_of(
    st.just(""),
    st.builds("{}{}{}".format, indent, start, body),
    st.builds("{}{}{}".format, indent, start, body),
    st.builds("{}- [{}] {}".format, st.sampled_from(["", "  ", "    ", "      "]), st.sampled_from("x -/"), body),
    st.text(" \t-+*>#`~[]x1.)|:=_<!a\\", max_size=9),
)  # fmt: skip
head = st.sampled_from(["", "", "", "\ufeff", "---\na: 1\n---\n", "\ufeff---\n---\n", "---\n"])
end = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
notes = st.builds(lambda top, eol, lines: top + eol.join(lines), head, end, st.lists(line, max_size=14))


@given(notes)
@settings(max_examples=int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400")), deadline=None)
def test_a_note_is_read_as_the_judge_reads_it(text: str) -> None:
    assert read_structure(text) == judged_structure(text)


@given(st.text("- []x\n#>`1.|\t:=<a~*", max_size=60))
@settings(max_examples=int(os.environ.get("MICROWINS_TEST_EXAMPLES", "400")), deadline=None)
def test_so_is_any_text_of_signs(text: str) -> None:
    assert read_structure(text) == judged_structure(text)


@pytest.mark.parametrize(
    "lines",
    [
        ["# Day", "", "- [x] walk", "  - [ ] home", "    more of it", "- [ ] read", "", "text", "1. [x] one", "2. [ ] two"],
        ["Text", "```sh", "- [ ] no box", "```", "", "| a | b |", "|---|---|", "| - [ ] c | d |", "", "    - [ ] code", ""],
        ["<!-- microwins:summary -->", "| Goal | All |", "| :-- | --: |", "| Book | 3 |", "<!-- /microwins -->", "- [ ] walk"],
        ["<!-- microwins:today -->", "- [ ] walk", "<!-- /microwins -->", "> a quote", "> of two lines", "", "***", "- ", "", "- "],
    ],
)  # fmt: skip
def test_what_most_notes_are_made_of_needs_no_judge(lines: Sequence[str]) -> None:
    assert scan_lines(lines) is not None


@pytest.mark.parametrize(
    "lines",
    [
        ["Title", "==="],
        ["[a]: url", "- [x] b"],
        ["> - [x] a"],
        ["- > [x] a"],
        ["- ```", "  - [x] a", "  ```"],
        ["<div>", "- [x] a"],
        ["- - [x] a"],
        ["-\t[x] a"],
        ["a | b", "--|--", "- [x] a"],
        ["- a", "", "      - [x] code"],
        ["```", "- [x] never closed"],
    ],
)
def test_what_is_not_plain_is_left_to_the_judge(lines: Sequence[str]) -> None:
    assert scan_lines(lines) is None


def test_comments_and_formulas_that_hide_lines_are_left_to_the_judge() -> None:
    assert not may_scan("a\n  %% \n- [x] b")
    assert not may_scan("a\r> $$\r- [x] b")
    assert not may_scan("\ufeff%%\n- [x] b\n%%")
    assert may_scan("- [x] a %% aside %% costs 3 $$")


def test_own_vaults_are_read_as_the_judge_reads_them() -> None:
    folders = [Path(folder) for folder in os.environ.get(OWN_VAULTS, "").split(os.pathsep) if folder]
    texts = {
        path: path.read_bytes().decode("utf-8", "surrogateescape")
        for folder in folders
        for path in folder.rglob("*.md")
    }
    assert [path for path, text in texts.items() if read_structure(text) != judged_structure(text)] == []


def test_the_lines_of_a_long_list_are_all_found() -> None:
    text = "".join(f"- [ ] box {number}\n" for number in range(500))
    found = scan_lines(split_lines(text))
    assert found is not None
    assert len(found.items) == 500
