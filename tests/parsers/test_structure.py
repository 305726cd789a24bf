import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.parsers.source import split_lines
from microwins.parsers.structure import Heading, ListItem, may_hold_task, read_structure


def items(text: str) -> tuple[ListItem, ...]:
    return read_structure(text).items


def boxes(text: str) -> list[tuple[int, str]]:
    return [(item.line, item.box) for item in items(text) if item.box is not None]


@pytest.mark.parametrize(
    ("line", "box", "body"),
    [
        pytest.param("- [x] jog", "x", " jog", id="dash"),
        pytest.param("* [ ]  jog ", " ", "  jog ", id="white space is kept"),
        pytest.param("+ [/] jog", "/", " jog", id="plus"),
        pytest.param("7. [-] jog", "-", " jog", id="number"),
        pytest.param("7) [é] jog", "é", " jog", id="number with bracket"),
        pytest.param("-\t[x]\tjog", "x", "\tjog", id="tabs"),
        pytest.param("   - [[] jog", "[", " jog", id="a bracket in the box"),
        pytest.param("- [x]", "x", "", id="nothing after the box"),
        pytest.param("- [x]\u3000jog", "x", "\u3000jog", id="wide space after the box"),
        pytest.param("- [ ] 1. jog", " ", " 1. jog", id="a number after the box"),
        pytest.param("> > - [x] jog", "x", " jog", id="in quotes"),
        pytest.param("- [ ] - [x] jog", " ", " - [x] jog", id="a second box is text"),
    ],
)
def test_an_item_whose_text_begins_with_a_box_is_a_task(line: str, box: str, body: str) -> None:
    (item,) = items(line)
    assert (item.box, item.body) == (box, body)
    assert item.box_column is not None
    assert line[item.box_column - 1 : item.box_column + 2] == f"[{box}]"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param("- jog", id="plain"),
        pytest.param("- [x]jog", id="no space after the box"),
        pytest.param("- [xx] jog", id="two characters"),
        pytest.param("- [] jog", id="none"),
        pytest.param("- jog [x] there", id="further on"),
        pytest.param("-      [x] jog", id="code in an item"),
        pytest.param("-\n  [x] jog", id="on the second line"),
        pytest.param("- `[x]` jog", id="in inline code"),
        pytest.param("- > [x] jog", id="in a quote in the item"),
        pytest.param("- # [x] jog", id="in a heading in the item"),
    ],
)
def test_any_other_item_has_no_box(line: str) -> None:
    (item,) = items(line)
    assert (item.box, item.box_column) == (None, None)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("[x] jog", id="no marker"),
        pytest.param("text\n    - [x] jog", id="text goes on"),
        pytest.param("text\n2. [x] jog", id="a paragraph is not interrupted by 2"),
        pytest.param("1234567890. [x] jog", id="ten digits"),
        pytest.param("\u200b- [x] jog", id="an invisible letter in front"),
        pytest.param("\ufeff- [x] jog", id="a byte order mark in front, as in Obsidian"),
        pytest.param("| a |\n|---|\n| - [x] jog |", id="a cell"),
        pytest.param("```\n- [x] jog", id="an open fence"),
        pytest.param("    - [x] jog", id="indented code"),
        pytest.param("<!--\n\n- [x] jog\n\n-->", id="an HTML comment"),
        pytest.param("<pre>\n- [x] jog\n</pre>", id="preformatted"),
        pytest.param("\\- [x] jog", id="escaped"),
        pytest.param("# - [x] jog", id="a heading"),
    ],
)
def test_elsewhere_a_box_is_no_item(text: str) -> None:
    assert items(text) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("<details>\n\n- [x] jog\n</details>", [3]),
        ("text\n- [x] jog", [2]),
        ("- a\n\n    - [x] jog", [3]),
        ("> [!todo]\n> - [x] jog\n>   - [x] run", [2, 3]),
        ("````\n```\n- [x] no\n````\n- [x] jog", [5]),
        ("- a\n  ```\n  - [x] no\n  ```\n- [x] jog", [5]),
        ("\ufeff# Day\r\n\r\n- [x] jog\r\n", [3]),
        ("---\na: [x]\n---\n- [x] jog", [4]),
        ("a\r- [x] jog\r", [2]),
    ],
)
def test_a_box_counts_on_its_line(text: str, lines: object) -> None:
    assert [line for line, _ in boxes(text)] == lines


def test_items_know_their_depth_and_the_line_of_their_parent() -> None:
    text = "- a\n  1. [x] b\n\n     > - [ ] c\n- d\n"
    assert [(item.line, item.depth, item.parent) for item in items(text)] == [
        (1, 0, None),
        (2, 1, 1),
        (4, 2, 2),
        (5, 0, None),
    ]


def test_two_items_may_begin_on_one_line() -> None:
    assert items("- 1. [x] a\n") == (
        ListItem(1, 0, None, None, None, " 1. [x] a"),
        ListItem(1, 1, 1, "x", 6, " a"),
    )


def test_the_lines_that_continue_an_item_are_kept_without_indentation() -> None:
    text = "> - [ ] a\n>     b\n> c\n>\n>   d\n- e\n  f\n  - g"
    assert [item.continuation for item in items(text)] == ["b\nc", "f", ""]


def test_headings_of_both_kinds() -> None:
    text = "\ufeffTitle\n===\n\n## Wins ##\n\nLong\ntitle\n---\n> ### Deep\n\n```\n# no\n```\n"
    assert read_structure(text).headings == (
        Heading(1, 1, "Title"),
        Heading(4, 2, "Wins"),
        Heading(6, 2, "Long\ntitle"),
        Heading(9, 3, "Deep"),
    )


def test_ranges_of_what_is_no_markdown() -> None:
    text = "---\na: 1\n---\n```\nx\n```\ntext\n\n    code\n\n<b>\nx\n</b>\n\n%%\n%%\n"
    structure = read_structure(text)
    assert (structure.code, structure.html, structure.masked) == (
        ((4, 6), (9, 9)),
        ((11, 13),),
        ((1, 3), (15, 16)),
    )
    assert structure.not_markdown == ((1, 3), (4, 6), (9, 9), (11, 13), (15, 16))
    assert [structure.hides(line) for line in (3, 5, 7, 9, 10, 12, 16, 17)] == [
        True,
        True,
        False,
        True,
        False,
        True,
        True,
        False,
    ]


def test_below_lists_that_are_nested_too_deep_reading_goes_on() -> None:
    stairs = "".join("  " * depth + "- [ ] a\n" for depth in range(70))
    structure = read_structure(f"{stairs}\n- [x] b\n\n{stairs}\n- [x] c\n")
    assert structure.too_deep == 50
    assert [(item.line, item.depth) for item in structure.items if item.box == "x"] == [(72, 0), (145, 0)]


def test_an_ordinary_note_is_not_too_deep() -> None:
    assert read_structure("".join("  " * depth + "- [ ] a\n" for depth in range(40))).too_deep is None


def test_boundless_nesting_ends() -> None:
    for text in (
        "- " * 20000,
        ">" * 20000 + " - [x] a",
        "> - " * 9000,
        "1. " * 9000,
        "[" * 20000,
        "`" * 20000,
    ):
        read_structure(text)


part = st.sampled_from(
    [
        "- ",
        "* ",
        "1. ",
        "2) ",
        "> ",
        ">",
        "[x]",
        "[ ]",
        "[é] ",
        " ",
        "    ",
        "\t",
        "a",
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        "```",
        "~~~",
        "# ",
        "<div>",
        "<!--",
        "-->",
        "%%",
        "$$",
        "---\n",
        "|",
        "|-|",
        "\ufeff",
        "\x00",
        "\u2028",
        "\x0b",
        "=",
        "[a]: b",
        "\\",
        "🏃",
        "\xa0",
    ]
)
note = st.lists(part, max_size=30).map("".join)


@given(note | st.text(max_size=60))
def test_no_text_raises_and_a_column_points_at_its_box(text: str) -> None:
    lines = split_lines(text)
    for item in read_structure(text).items:
        line = lines[item.line - 1]
        if item.box_column is not None:
            assert line[item.box_column - 1 : item.box_column + 2] == f"[{item.box}]"
            assert line[item.box_column + 2 :] == item.body
        assert line.endswith(item.body)
        assert item.parent is None or item.parent <= item.line


@given(note)
def test_where_the_quick_look_finds_nothing_there_is_no_task(text: str) -> None:
    if boxes(text):
        assert may_hold_task(text)
        assert may_hold_task(text.encode())
    if not may_hold_task(text):
        assert boxes(text) == []


@given(note)
def test_line_ends_do_not_change_what_is_read(text: str) -> None:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    assert read_structure(text.replace("\n", "\r\n")) == read_structure(text)


def test_the_library_is_not_loaded_before_a_note_is_read() -> None:
    import subprocess

    code = "import sys, microwins.parsers.tasks; print([m for m in ('markdown_it', 'yaml', 'frontmatter') if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout == "[]\n"
