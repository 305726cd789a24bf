"""The compiled look at a note's bytes answers what the look in Python does, or nothing."""

import os
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.parsers.bounds import LONGEST_LINE, MOST_BOXES, MOST_SIGNS
from microwins.parsers.glance import Glance
from microwins.parsers.glancer import Glancer
from microwins.parsers.goal import GoalWords
from microwins.parsers.note import Note, Reading
from microwins.parsers.tasks import BoxRules
from tests.compiled import compiled

from .test_box_lines import lists
from .test_glance import LINES, PATHS
from .test_reading_laws import notes as odd_notes
from .test_scanner import notes as plain_notes
from .yaml_texts import yaml_texts

EXAMPLES = int(os.environ.get("MICROWINS_TEST_EXAMPLES", "200"))
VAULTS = os.environ.get("MICROWINS_TEST_VAULTS", "")
READINGS = (Reading(), Reading(words=GoalWords("win", "#Goal")), Reading(words=GoalWords("ziel", "größe")))
DAY, OTHER = "2026-11-21.md", "Some/note.md"
eol = st.sampled_from(["\n", "\n", "\r\n", "\r"])
mark = st.sampled_from(["", "", "", "\ufeff"])


@pytest.fixture(autouse=True, scope="module")
def _is_compiled() -> None:
    compiled("parsers.box_bytes")


def both(data: bytes, reading: Reading = READINGS[0], path: str = OTHER) -> list[Glance | Note | None]:
    """Return what the compiled look makes of a note, and what Python alone does."""
    return [Glancer(reading, compiled=one).glance(path, data) for one in (True, False)]


def agree(text: str, reading: Reading = READINGS[0], path: str = OTHER) -> None:
    found, expected = both(text.encode("utf-8", "surrogateescape"), reading, path)
    assert found == expected


def sure(text: str) -> bool:
    """Return whether the compiled look answers by itself."""
    look = compiled("parsers.box_bytes").Look("goal", ("goal", "kanban-plugin"))
    return look.boxes(text.encode()) is not None


@given(st.one_of(lists, lists, lists, plain_notes, odd_notes()), PATHS)
@settings(max_examples=EXAMPLES, deadline=None)
def test_of_any_note_the_compiled_look_answers_what_python_does(text: str, path: str) -> None:
    agree(text, path=path)


@given(st.lists(LINES, max_size=12), eol, mark, st.booleans(), PATHS, st.sampled_from(READINGS))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_it_does_of_goals_markers_and_dated_headings(
    lines: list[str], eol: str, mark: str, fronted: bool, path: str, reading: Reading
) -> None:
    agree(mark + eol.join((["---", *lines[:3], "---"] if fronted else []) + lines), reading, path)


@given(yaml_texts, mark, st.sampled_from(READINGS))
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_it_does_of_any_frontmatter(yaml_text: str, mark: str, reading: Reading) -> None:
    agree(f"{mark}---\n{yaml_text}---\n- [x] walk\n", reading)


@given(
    st.text("ab:- \n#'\"[],|>&*?1.~{}!\\goalſ", max_size=40),
    st.text("- []x\n#>`1.|\t:=<~*\r%$!2-6é\xa0\ufeff\x0b\x1c", max_size=60),
    st.sampled_from([DAY, OTHER]),
)
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_it_does_of_any_text_of_signs(yaml_text: str, text: str, path: str) -> None:
    agree(text, path=path)
    agree(f"---\na: b\n{yaml_text}\n---\n{text}", path=path)


@given(st.lists(LINES, max_size=4), st.lists(LINES, max_size=4), st.lists(LINES, max_size=4), st.sampled_from(["\n", "\r\n"]), PATHS)  # fmt: skip
@settings(max_examples=EXAMPLES, deadline=None)
def test_so_it_does_of_a_list_of_the_day(
    above: list[str], inside: list[str], below: list[str], eol: str, path: str
) -> None:
    lines = [*above, "<!-- microwins:today -->", *inside, "<!-- /microwins -->", *below]
    agree(eol.join(lines), path=path)


@given(st.binary(max_size=80), st.lists(st.sampled_from([b"- [", b"\xff", b"\xe2\x84", b"] ", b"\n", b"\0", b"[x]", b"\xf0\x9f"])))  # fmt: skip
@settings(max_examples=EXAMPLES, deadline=None)
def test_bytes_that_are_no_text_are_none(data: bytes, parts: list[bytes]) -> None:
    for one in (data, b"".join(parts)):
        found, expected = both(one)
        assert found == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# Day\n\n- [x] walk\n    - [ ] home\n    - [ ] rest\n- [ ] read\n",
        "---\ntags: [goals, \"a b\"]\nmood: 3\nat: 10:30\nurl: https://a.b/c#d\nlist:\n  - [x]\n---\n1. [x] one",
        "---\naliases:\n  - Größe\n  - \"[[Note]]\"\nempty:\nlast: it's\n---\r\n- [x] walk\r\n",
        "\ufeff---\na: 1\n---\n- [é] sign\n",
        "```sh\n- [ ] no box\n```\n~~~\n- [ ] none\n~~~\n<!--\n- [x] none\n-->\n- [x] box",
        "> [!todo] Title\n> - [ ] a\n>   - [x] b\n> > 1. [x] c\n- [ ] d",
        "- plain\n\t- [x] a\n\n\t  more of it\n\n\t\t- [ ] b\n1. one\n2. [x] two\ntext\n2. [x] none",
        "<!-- micro -->\n<!-- TODO: words --> %% a %%\n- [x] a",
        "#goals and #goal/2026\n- [x] done ✅ 2026-01-04\n",
    ],
)  # fmt: skip
def test_what_most_notes_are_made_of_is_answered_without_python(text: str) -> None:
    assert sure(text)
    agree(text)


@pytest.mark.parametrize(
    "text",
    ["#goal", "<!-- microwins:week -->", "---\ntype: goal\n---\n", "---\na: &b c\n---\n", "---\na: 1\na: 2\n---\n", "<div>\n- [x] a", "%%\n- [x] a",
     "<!-- microwin:today -->", "%% /mikrowins %%", "- [x]\xa0a", "- " * 60 + "[x] a", "- [x] a | b\n--|--", "---\nnot closed\n- [x] a", "lone\rreturn"],
)  # fmt: skip
def test_what_may_be_more_is_left_to_python(text: str) -> None:
    assert not sure(text)
    agree(text)


@pytest.mark.parametrize(
    "comment", ["<!-->", "<!--->", "<!---->", "<!-->-->", "<!-- a --> b", "<!-- a\nb -->"]
)
def test_a_box_below_a_comment_counts_however_short_that_is(comment: str) -> None:
    text = f"intro\n\n{comment}\n- [x] walk\n"
    expected = Glance.of(None, b"%d x walk\n" % text.count("\n"))
    assert both(text.encode()) == [expected, expected]


@pytest.mark.parametrize(
    "text",
    [
        "- [x] " + "a" * (LONGEST_LINE + 1),
        "- [x] " + "a" * LONGEST_LINE,
        "[" * (MOST_BOXES + 1),
        "- [x] a\n" * 1001,
        "- [x] a\n" * 1000,
        "prose\n" * (MOST_SIGNS // 6 + 1) + "- [x] a",
        "".join(f"{'  ' * depth}- [x] a\n" for depth in range(40)),
        "---\n" + "".join(f"name{number}: 1\n" for number in range(40)) + "---\n- [x] a",
    ],
)
def test_bounds_are_the_same_on_both_ways(text: str) -> None:
    agree(text)


def test_with_a_global_filter_every_note_is_read_by_python() -> None:
    reading = Reading(rules=BoxRules(global_filter="#task"))
    agree("- [x] a #task\n- [ ] b\n", reading)
    assert isinstance(both(b"- [x] a #task\n", reading)[0], Note)


def test_own_vaults_are_read_alike() -> None:
    paths = [path for folder in VAULTS.split(os.pathsep) if folder for path in Path(folder).rglob("*.md")]
    found = {path: both(path.read_bytes(), path=path.name) for path in paths}
    assert [path for path, (one, other) in found.items() if one != other] == []
