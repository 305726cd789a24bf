"""What holds for every text: reading never fails, finds what CommonMark finds, and an edit changes what it names."""

import re
from collections.abc import Iterator, Sequence
from datetime import date
from functools import cache

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from microwins.parsers.edit import Edit, apply, changes_only
from microwins.parsers.line_edit import Style, mark, stamp, unstamp
from microwins.parsers.masks import mask
from microwins.parsers.note import Note, Reading, read_note
from microwins.parsers.source import BOM, Source, split_lines
from microwins.parsers.structure import may_hold_task
from microwins.parsers.task import State
from microwins.parsers.tasks import Task

DAY = date(2026, 3, 4)
OTHER = date(2026, 1, 2)

# Texts that look like notes

indent = st.sampled_from(
    ["", "", "", " ", "  ", "    ", "\t", "> ", ">", "> > ", "  > ", "- ", "1. ", "\u3000"]
)
marker = st.sampled_from(
    ["- ", "- ", "* ", "+ ", "-\t", "-   ", "-     ", "1. ", "2) ", "1234567890. ", "-", "\u200b- "]
)
box = st.sampled_from(
    [
        "[ ] ",
        "[x] ",
        "[X] ",
        "[-] ",
        "[/] ",
        "[?] ",
        "[é]\t",
        "[😀] ",
        "[x]",
        "[xx] ",
        "[] ",
        "[e\u0301] ",
        "[[] ",
    ]
)
words = st.sampled_from(
    [
        "walk",
        "read 20 pages",
        "`code`",
        "`open",
        "[[Book|it]]",
        "[a](b.md)",
        "#tag",
        "[km:: 5]",
        "(when:: [[x]], 2)",
        "[open:: ",
        "🔁 every day",
        "📅 2026-05-06",
        "⏫",
        "🆔 ab",
        "| cell |",
        "%% aside %%",
        "<b>so</b>",
        "$x$",
        "שלום",
        "\u202eback\u202c",
        "e\u0301",
        "👩‍👧‍👦",
        "a\u2028b",
        "\x0b",
        "\x85",
        "\xa0",
        "\\",
        "1. one",
        "- [x] two",
        ",",
        "ends.",
    ]
)
done = st.sampled_from(
    [
        "",
        "",
        "",
        "",
        f" ✅ {OTHER}",
        f" ✅\ufe0f {OTHER}",
        f"  [completion:: {OTHER}]",
        f" (completion:: {OTHER}T10:30)",
        f" ✅ {OTHER} and on",
    ]
)
tail = st.sampled_from(["", "", "", "  ", " ^a-1", "\t^b ", " #end"])
body = st.lists(words, max_size=4).map(" ".join)
task_line = st.builds("".join, st.tuples(indent, marker, box, body, done, tail))
other_line = st.one_of(
    st.builds("".join, st.tuples(indent, marker, body)),
    st.builds("".join, st.tuples(indent, body)),
    st.builds(
        "".join,
        st.tuples(
            indent,
            st.sampled_from(
                [
                    *[
                        "",
                        "```",
                        "````",
                        "~~~",
                        "%%",
                        "$$",
                        "%% a",
                        "b %%",
                        "<!--",
                        "-->",
                        "<div>",
                        "</div>",
                        "<pre>",
                        "</pre>",
                        "<details>",
                        "---",
                        "===",
                        "***",
                        "# Title",
                        "## 2026-01-04 #",
                        "[r]: x",
                        "\x00",
                    ],
                    "| a | b |",
                    "|---|---|",
                ]
            ),
        ),
    ),
)
line = st.one_of(task_line, task_line, other_line)
ending = st.sampled_from(["\n", "\n", "\n", "\r\n", "\r"])
start = st.sampled_from(
    [
        "",
        "",
        "",
        BOM,
        "---\ntype: goal\n---\n",
        "---\na: |\n  - [x] no\n---\n",
        f"{BOM}---\ntags: [x]\n---\n",
        "---\n",
    ]
)


@st.composite
def notes(draw: st.DrawFn) -> str:
    """Draw a note; its lines end in one way, or each in its own."""
    lines: list[tuple[str, str]] = draw(st.lists(st.tuples(line, ending), max_size=9))
    one: str | None = draw(st.sampled_from([None, "\n", "\r\n", "\r"]))
    whole: str = draw(start) + "".join(f"{text}{one or end}" for text, end in lines)
    return draw(st.sampled_from([whole, whole.rstrip("\r\n")]))


def note(text: str) -> Note:
    return read_note("Note.md", text, Reading())


def tasks(text: str) -> tuple[Task, ...]:
    return note(text).tasks


# A judge, written from CommonMark's tokens and the definition of a box alone

_BOX = re.compile(
    r"\[.\](?=[\t\n\v\f\r \u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]|\Z)", re.DOTALL
)
_NO_MARKDOWN = ("fence", "code_block", "html_block")


@cache
def commonmark() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": 100}).enable("table")


def tokens(lines: Sequence[str], before: str) -> list[Token]:
    return commonmark().parse((before if lines and lines[0] else "") + "\n".join(lines))


def judged(text: str) -> list[tuple[int, int]]:
    """Return line and column of each box: that with which the first paragraph of a list item begins."""
    before = BOM if text.startswith(BOM) else ""

    def code(lines: Sequence[str]) -> list[tuple[int, int]]:
        found = (token for token in tokens(lines, before) if token.type in _NO_MARKDOWN)
        return [(token.map[0] + 1, token.map[1]) for token in found if token.map]

    walk = tokens(mask(text, code).lines, before)
    raw = split_lines(text)
    found = []
    for item, first, inline in zip(walk, walk[1:], walk[2:], strict=False):
        if item.type == "list_item_open" and item.map and first.map and first.map[0] == item.map[0]:
            column = box_column(raw[item.map[0]], first, inline)
            found += [(item.map[0] + 1, column)] if column is not None else []
    return found


def box_column(raw: str, first: Token, inline: Token) -> int | None:
    """Return where the character in the box stands, if the item's text begins with one right after the marker."""
    if first.type not in ("paragraph_open", "heading_open") or not _BOX.match(inline.content):
        return None
    written = inline.content.split("\n")[0].rstrip()
    place = len(raw.rstrip()) - len(written)
    return place + 1 if raw[:place].rstrip(" \t")[-1:] in tuple("-*+.)") else None


# Reading


@settings(deadline=None)
@given(st.text() | notes())
def test_reading_never_fails(text: str) -> None:
    assert note(text).path == "Note.md"


@settings(deadline=None)
@given(notes())
def test_line_and_column_point_at_the_character_in_the_box(text: str) -> None:
    lines = Source.of(text)
    for task in tasks(text):
        found = lines.line(task.line)
        at = task.symbol_column
        assert found.text[at - 1 : at + 2] == f"[{task.symbol}]"
        assert text[found.start + at] == task.symbol
        assert task.raw == found.text


@settings(deadline=None, max_examples=400)
@given(notes())
def test_the_tasks_are_those_that_commonmark_has(text: str) -> None:
    assert [(task.line, task.symbol_column) for task in tasks(text)] == judged(text)


@settings(deadline=None)
@given(notes())
def test_where_the_quick_look_sees_none_there_is_none(text: str) -> None:
    if not may_hold_task(text):
        assert judged(text) == []
    if not may_hold_task(text.encode()):
        assert judged(text) == []


@settings(deadline=None)
@given(notes())
def test_a_task_is_told_in_the_same_way_with_any_line_ends(text: str) -> None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    assert tasks(plain.replace("\n", "\r\n")) == tasks(plain.replace("\n", "\r")) == tasks(plain)


# Editing


def changed(text: str, edit: Edit, line: int) -> str:
    """Return the text with the edit made, after a look at every byte that it leaves."""
    after = apply(text, [edit])
    assert after == text[: edit.start] + edit.replacement + text[edit.end :]
    assert changes_only(text, after, [edit])
    found = Source.of(text).line(line)
    assert found.start <= edit.start <= edit.end <= found.end
    return after


def others(text: str, line: int) -> list[Task]:
    return [task for task in tasks(text) if task.line != line]


def task_at(text: str, line: int) -> Task:
    return next(task for task in tasks(text) if task.line == line)


def with_tasks() -> st.SearchStrategy[tuple[str, Task]]:
    def chosen(text: str) -> Iterator[tuple[str, Task]]:
        return ((text, task) for task in tasks(text))

    found = st.lists(task_line, min_size=1, max_size=3).flatmap(
        lambda lines: notes().map(lambda rest: "\n".join([*lines, ""]) + rest.removeprefix(BOM))
    )
    return found.map(lambda text: list(chosen(text))).filter(bool).flatmap(st.sampled_from)


quick = settings(deadline=None, suppress_health_check=[HealthCheck.filter_too_much, HealthCheck.too_slow])


@quick
@given(
    with_tasks(),
    st.sampled_from([("x", State.DONE), (" ", State.OPEN), ("-", State.SKIPPED), ("/", State.PARTIAL)]),
)
def test_a_mark_changes_one_character_and_the_state(
    found: tuple[str, Task], wanted: tuple[str, State]
) -> None:
    text, task = found
    symbol, state = wanted
    after = changed(text, mark(Source.of(text).line(task.line), task, symbol), task.line)
    now = task_at(after, task.line)
    assert (now.symbol, now.state, now.fields) == (symbol, state, task.fields)
    assert others(after, task.line) == others(text, task.line)
    assert changed(after, mark(Source.of(after).line(task.line), now, task.symbol), task.line) == text


@quick
@given(with_tasks(), st.sampled_from(["tasks", "dataview"]))
def test_a_stamp_adds_a_done_date_and_nothing_else(found: tuple[str, Task], style: Style) -> None:
    text, task = found
    assume(task.fields.done is None and "✅" not in task.raw and "completion" not in task.raw)
    after = changed(text, stamp(Source.of(text).line(task.line), DAY, style), task.line)
    now = task_at(after, task.line)
    assert (now.fields.done, now.state) == (DAY, task.state)
    assert now.fields._replace(done=None, inline={}) == task.fields._replace(inline={})
    assert others(after, task.line) == others(text, task.line)
    back = unstamp(Source.of(after).line(task.line), DAY)
    assert back is not None
    assert changed(after, back, task.line) == text


@quick
@given(with_tasks())
def test_taking_a_done_date_away_takes_nothing_else(found: tuple[str, Task]) -> None:
    text, task = found
    assume(task.fields.done == OTHER)
    edit = unstamp(Source.of(text).line(task.line), OTHER)
    assert edit is not None
    after = changed(text, edit, task.line)
    now = task_at(after, task.line)
    assert (now.fields.done, now.state, now.symbol) == (None, task.state, task.symbol)
    # Text behind the date then follows what stood before it, and may join a rule's words or a comma between fields.
    before, behind = (one.fields.text.replace(",", "").split() for one in (task, now))
    assert behind == before or "and on" in task.raw
    assert others(after, task.line) == others(text, task.line)
    assert unstamp(Source.of(text).line(task.line), DAY) is None
