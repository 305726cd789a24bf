"""A goal's note grows by lines; every byte that stood there stays, and what was added is read as what was meant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from microwins.daemon.added_lines import Addition, NotExtendable, added
from microwins.daemon.change import Unproved
from microwins.daemon.note_read import RawNote
from microwins.parsers.note import Reading, read_note
from microwins.templates.goal_draft import WinDraft

HEAD = "---\ntype: goal\n---\n"
GOAL = f"{HEAD}# Book\n\n## Micro-wins\n- Write 300 words 🔁 every weekday\n\n## Steps\n- [x] Outline ✅ 2026-01-04\n- [ ] Chapter one\n  - [ ] Scene\n\nMy text.\n"
BLOCK = "\n<!-- microwins:summary -->\n0 wins so far\n<!-- /microwins -->\n"
ONE_OF_EACH = Addition((WinDraft("Read a page", "every day", "tea", "a line"),), ("Chapter two",))


def grown(text: str, addition: Addition = ONE_OF_EACH) -> str:
    raw = RawNote("Book.md", text.encode(), text, valid=True)
    return added(raw, read_note("Book.md", text, Reading()), addition, Reading()).after.decode()


def test_micro_wins_join_the_others_and_steps_join_theirs() -> None:
    assert grown(GOAL + BLOCK) == (GOAL + BLOCK).replace(
        "every weekday\n", "every weekday\n- Read a page 🔁 every day [after:: tea] [min:: a line]\n"
    ).replace("  - [ ] Scene\n", "  - [ ] Scene\n- [ ] Chapter two\n")


def test_a_goal_without_them_gets_sections_above_our_block() -> None:
    assert grown(f"{HEAD}# Book\n{BLOCK}") == (
        f"{HEAD}# Book\n\n## Micro-wins\n\n- Read a page 🔁 every day [after:: tea] [min:: a line]\n"
        f"\n## Steps\n\n- [ ] Chapter two\n{BLOCK}"
    )


def test_a_goal_without_a_block_gets_them_at_its_end() -> None:
    assert grown(f"{HEAD}# Book\n\nText.", Addition(steps=("One",))) == (
        f"{HEAD}# Book\n\nText.\n\n## Steps\n\n- [ ] One\n"
    )


def test_the_signs_and_line_ends_of_the_note_are_used() -> None:
    text = f"{HEAD}## Micro-wins\n* Walk 🔁 every day".replace("\n", "\r\n")
    assert grown(text, Addition((WinDraft("Run", "every Sat"),))) == f"{text}\r\n* Run 🔁 every Sat"


def test_what_would_be_read_as_something_else_is_not_written() -> None:
    with pytest.raises(Unproved):
        grown(GOAL, Addition(steps=("one\n\n## Micro-wins\n- Two",)))


def test_nothing_is_added_below_text_that_hides_it() -> None:
    for addition in (Addition(steps=("One",)), Addition((WinDraft("Run", "every day"),))):
        with pytest.raises(Unproved):
            grown(f"{HEAD}# Book\n\n```\nopen\n", addition)


def test_nothing_is_added_that_check_would_complain_about() -> None:
    with pytest.raises(Unproved):
        grown(GOAL, Addition((WinDraft("<!-- microwins:goals -->", "every day"),)))


def test_a_note_with_a_broken_marker_or_that_is_no_goal_is_left_alone() -> None:
    for text in (
        f"{GOAL}<!-- /microwins -->\n",
        "- [ ] no goal\n",
    ):
        with pytest.raises(NotExtendable):
            grown(text)


PIECES = ["# Book\n", "## Micro-wins\n", "- Walk 🔁 every day\n", "* Run\n", "## Steps\n", "- [ ] One\n", "1. [x] Two\n", "\t- [ ] In\n", "\n", "Text\n", "> - [ ] quote\n", "```\n", "<!-- microwins:month -->\n", "<!-- /microwins -->\n", "  more\n", "%%\n", "---\n", "| a |\n"]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=14), st.sampled_from(["\n", "\r\n"]), st.booleans())
def test_whatever_the_note_says_it_says_afterwards_and_no_line_of_it_is_changed(
    pieces: list[str], eol: str, ended: bool
) -> None:
    text = (HEAD + "".join(pieces)).replace("\n", eol)
    text = text if ended else text.removesuffix(eol)
    try:
        after = grown(text)
    except (Unproved, NotExtendable):
        return
    rest = iter(after.split(eol))
    assert all(line in rest for line in text.split(eol) if line)
    before, now = (read_note("Book.md", one, Reading()) for one in (text, after))
    assert before.goal is not None
    assert now.goal is not None
    assert [one.text for one in now.goal.declarations if one.text != "Read a page"] == [
        one.text for one in before.goal.declarations
    ]
    assert len(now.tasks) == len(before.tasks) + 1
