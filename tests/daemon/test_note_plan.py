from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from microwins.daemon.change import proved_change
from microwins.daemon.ledger import Ledger
from microwins.daemon.note_plan import Page, page_edits, page_problems
from microwins.daemon.note_read import RawNote, parse_raw
from microwins.parsers.edit import changes_only
from microwins.parsers.note import Note, Reading
from microwins.parsers.source import Source
from microwins.streaks.calendar import Now
from microwins.streaks.catalog import VaultDefaults
from microwins.templates.view import View

DAY = date(2026, 3, 4)
GOAL = b"---\ntype: goal\n---\n## Micro-wins\n- Read \xf0\x9f\x94\x81 every day\n- Walk \xf0\x9f\x94\x81 every day\n"
NEXT = b"Next: Read\n"


def raw(path: str, data: bytes) -> RawNote:
    text = data.decode("utf-8", "surrogateescape")
    return RawNote(path, data, text, valid=b"\xff" not in data)


def written(data: bytes, path: str = "Note.md", others: Mapping[str, bytes] = {"Goal.md": GOAL}) -> bytes:
    """Return the bytes of a note after one pass over it, proved."""
    page, view, ledger = planned(data, path, others)
    edits = page_edits(page, view, ledger.catalog)
    found = proved_change(page.raw, page.note, edits, Reading())
    if found is None:
        return data
    change, _ = found
    assert changes_only(page.raw.text, change.after.decode("utf-8", "surrogateescape"), edits)
    return change.after


def planned(data: bytes, path: str, others: Mapping[str, bytes]) -> tuple[Page, View, Ledger]:
    notes: dict[str, Note] = {
        name: parse_raw(raw(name, text), Reading()) for name, text in {**others, path: data}.items()
    }
    ledger = Ledger(VaultDefaults())
    ledger.load(notes.values())
    note = notes[path]
    return Page(raw(path, data), note, note.day == DAY), View(ledger.figures(Now.at(DAY))), ledger


def problems(data: bytes) -> list[str]:
    page, _, _ = planned(data, "Note.md", {})
    return [problem.code for problem in page_problems(page.note)]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b"<!-- microwins:next -->", b"<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->"),
        (b"<!-- microwins:next -->\n", b"<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->\n"),
        (
            b"a\n\n<!-- microwins:next -->\n\nb",
            b"a\n\n<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->\n\nb",
        ),
        (b"%% microwins:next %%\n# b", b"%% microwins:next %%\n" + NEXT + b"%% /microwins %%\n# b"),
        (
            b"a\r\n<!-- microwins:next -->\r\n",
            b"a\r\n<!-- microwins:next -->\r\nNext: Read\r\n<!-- /microwins -->\r\n",
        ),
        (
            b"\xef\xbb\xbf# a\n<!-- microwins:next -->",
            b"\xef\xbb\xbf# a\n<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->",
        ),
        (
            b"<!-- microwins:next -->\nNext: older\n<!-- /microwins -->",
            b"<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->",
        ),
        (
            b"<!-- microwins:next -->\n<!-- /microwins -->\n",
            b"<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->\n",
        ),
    ],
    ids=[
        "the whole note",
        "with a line end",
        "between texts",
        "percent form",
        "CR LF",
        "byte order mark",
        "old content",
        "empty pair",
    ],
)
def test_a_marker_is_filled(before: bytes, after: bytes) -> None:
    assert written(before) == after
    assert written(after) == after


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"no marker\r\n\r\n  ",
        b"<!-- microwins:next -->\nold text without an end\n",
        b"<!-- /microwins -->\n\n<!-- microwins:next -->\n",
        b"<!-- microwins:next -->\nx\n<!-- microwins:week -->\n<!-- /microwins -->\n<!-- /microwins -->\n",
        b"```\n<!-- microwins:next -->\n```\n",
        b"- <!-- microwins:next -->\n",
        b"<!-- microwins:nextt -->\n",
        b"\xff\n<!-- microwins:next -->\n",
    ],
    ids=[
        "empty",
        "no marker",
        "no end",
        "no beginning",
        "nested",
        "in code",
        "in a list",
        "an unknown name",
        "not UTF-8",
    ],
)
def test_nothing_is_written_into(data: bytes) -> None:
    assert written(data) == data


def test_a_broken_marker_stops_every_block_of_its_note() -> None:
    data = b"<!-- microwins:next -->\nNext: older\n<!-- /microwins -->\n\n<!-- /microwins -->\n"
    assert written(data) == data
    goal = GOAL + b"\n<!-- /microwins -->\n"
    assert written(goal, "Goal.md", {}) == goal


def test_an_unknown_name_and_an_option_are_told() -> None:
    assert problems(b"<!-- microwins:nextt -->\n\n<!-- microwins:week wide -->\n") == [
        "block-unknown",
        "block-option",
    ]


def test_two_copies_of_a_block_become_one() -> None:
    block = b"<!-- microwins:next -->\n%b<!-- /microwins -->\n"
    two = block % b"Next: old\n" + block % b"Next: older\n"
    assert written(b"a\n" + two + b"c\n") == b"a\n" + block % NEXT + b"c\n"
    assert written(b"a\n" + two + block % NEXT + b"c\n") == b"a\n" + block % NEXT + b"c\n"
    apart = block % b"Next: old\n" + b"\n \n" + block % b"Next: older\n"
    assert written(apart) == block % NEXT + b"\n \n"


@pytest.mark.parametrize(
    ("between", "second"),
    [
        (b"\n## Later\n\n", b"<!-- microwins:next -->\n%b<!-- /microwins -->\n"),
        (b"\nand once more:\n\n", b"<!-- microwins:next -->\n%b<!-- /microwins -->\n"),
        (b"\n", b"%%%% microwins:next %%%%\n%b%%%% /microwins %%%%\n"),
        (b"", b"%%%% microwins:next %%%%\n%b%%%% /microwins %%%%\n"),
        (b"\n", b"<!-- microwins:next count=1 -->\n%b<!-- /microwins -->\n"),
        (b"\n> [!tip] Once more\n", b"> <!-- microwins:next -->\n> %b> <!-- /microwins -->\n"),
    ],
    ids=[
        "below a heading",
        "below a text",
        "in the other form",
        "right below",
        "with an option",
        "in a callout",
    ],
)
def test_a_block_that_somebody_puts_into_a_note_once_more_lives_on(between: bytes, second: bytes) -> None:
    first = b"<!-- microwins:next -->\n" + NEXT + b"<!-- /microwins -->\n"
    both = first + between + second % NEXT
    assert written(both) == both
    fresh = second.partition(b"\n")[0].replace(b"%%", b"%") + b"\n"
    assert written(first + between + fresh) == both


def test_a_second_list_of_the_day_stays_empty_as_each_box_stands_once() -> None:
    block = b"<!-- microwins:today -->\n%b<!-- /microwins -->\n"
    data = block % b"- [ ] Read\n- [ ] Walk\n" + b"\n## Later\n\n" + block % b""
    assert written(data, "2026-03-04.md") == data


def test_a_copy_of_a_daily_notes_block_goes_only_if_it_says_nothing_new() -> None:
    block = b"<!-- microwins:today -->\n%b<!-- /microwins -->\n"
    same = block % b"- [x] Read\n- [ ] Walk\n" + b"between\n"
    assert written(same + block % b"- [ ] Walk\n", "2026-03-04.md") == same
    other = same + block % b"- [x] Swim\n"
    assert written(other, "2026-03-04.md") == other


def test_the_ticks_of_two_copies_are_united() -> None:
    block = b"<!-- microwins:today -->\n%b<!-- /microwins -->\n"
    two = block % b"- [x] Read\n- [ ] Walk\n" + block % b"- [ ] Read\n- [x] Walk\n"
    assert written(two, "2026-03-04.md") == block % b"- [x] Read\n- [x] Walk\n"


@pytest.mark.parametrize(
    "path", ["Archive/Some day.md", "2026-03-04 good day.md", "2026-03-04 copy.md", "Home.md"]
)
def test_boxes_in_a_note_that_is_no_daily_note_any_more_are_left_as_they_are(path: str) -> None:
    data = b"<!-- microwins:today -->\n- [x] Jog\n  - felt good\n- [ ] Walk\n<!-- /microwins -->\n"
    assert written(data, path) == data
    assert written(data + data, path) == data + data


@pytest.mark.parametrize(
    ("end", "gap"),
    [(b"\n", b"\n"), (b"", b"\n\n"), (b"\n\n", b"\n")],
    ids=["a line end", "no line end", "a blank line"],
)
def test_a_goal_gets_its_summary_at_the_end(end: bytes, gap: bytes) -> None:
    data = GOAL.rstrip(b"\n") + end
    after = written(data, "Goal.md", {})
    assert after.startswith(data + gap + b"<!-- microwins:summary -->\n")
    assert after.endswith(b"<!-- /microwins -->\n")
    assert written(after, "Goal.md", {}) == after


def test_a_goal_keeps_its_line_ends_and_has_one_summary_only() -> None:
    after = written(GOAL.replace(b"\n", b"\r\n"), "Goal.md", {})
    assert after.count(b"\n") == after.count(b"\r\n")
    pasted = b"%% microwins:summary %%\n\n" + b"text\n"
    assert written(b"---\ntype: goal\n---\n" + pasted, "Goal.md", {}).count(b"summary") == 1


def test_a_marker_pasted_at_the_end_of_a_goal_is_filled_before_the_summary_is_added() -> None:
    for end in (b"", b"\n"):
        after = written(GOAL + b"\n<!-- microwins:next -->" + end, "Goal.md", {})
        assert (
            after.index(b"microwins:next")
            < after.index(b"<!-- /microwins -->")
            < after.index(b"microwins:summary")
        )
        assert written(after, "Goal.md", {}) == after


def test_the_block_of_today_is_filled_today_and_left_alone_on_any_other_day() -> None:
    data = b"<!-- microwins:today -->\n- [ ] mine\n<!-- /microwins -->\n"
    assert (
        written(data, "2026-03-04.md")
        == b"<!-- microwins:today -->\n- [ ] mine\n- [ ] Read\n- [ ] Walk\n<!-- /microwins -->\n"
    )
    assert written(data, "2026-03-03.md") == data
    assert written(data, "2026-03-05.md") == data
    pasted = written(b"<!-- microwins:today -->", "2026-03-04.md")
    assert pasted == b"<!-- microwins:today -->\n- [ ] Read\n- [ ] Walk\n<!-- /microwins -->"


pieces = st.text(
    st.sampled_from("ab é\U0001f525[]x-*>#`~$|:\t ")
    | st.characters(exclude_categories=["Cs"], exclude_characters="\0\r\n%<"),
    max_size=12,
)
texts = st.lists(pieces, max_size=6)
BLOCKS = (
    ["<!-- microwins:next -->", "Next: old", "<!-- /microwins -->"],
    ["%% microwins:week %%", "", "%% /microwins %%"],
    ["<!-- microwins:goals -->"],
)


@settings(deadline=None, max_examples=200)
@given(
    texts,
    texts,
    texts,
    st.permutations(BLOCKS),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_outside_of_blocks_every_byte_stays(
    before: Sequence[str],
    between: Sequence[str],
    after: Sequence[str],
    blocks: Sequence[Sequence[str]],
    eol: str,
    mark: bool,
    last: bool,
) -> None:
    lines = [*before, "", *blocks[0], "", *between, "", *blocks[1], "", *after]
    data = (("\ufeff" if mark else "") + eol.join(lines) + (eol if last else "")).encode()
    done = written(data)
    page, _, _ = planned(data, "Note.md", {})
    changed, _, _ = planned(done, "Note.md", {})
    assert outside(page) == outside(changed)
    assert written(done) == done


def outside(page: Page) -> list[str]:
    """Return the lines around the blocks of a note, with their ends."""
    own = {line for block in page.note.blocks for line in range(block.start, (block.end or block.start) + 1)}
    return [line.text + line.ending for line in Source.of(page.raw.text).lines if line.number not in own]
