"""A block in a quote or a callout: each of its lines keeps the quote's signs."""

from pathlib import Path

import pytest

from microwins.parsers.note import Reading, read_note

from .small_vault import DAY, SmallVault, small_vault

PANEL = "Panel.md"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path)


@pytest.mark.parametrize("eol", ["\n", "\r\n"])
@pytest.mark.parametrize("sign", ["> ", ">", "> > "])
@pytest.mark.parametrize("name", ["summary", "month", "goals", "next", "today", "week"])
def test_a_marker_in_a_callout_is_filled_there_and_stays_as_it_is(
    vault: SmallVault, sign: str, name: str, eol: str
) -> None:
    before = eol.join((f"{sign}[!note]- Mine", f"{sign}<!-- microwins:{name} -->", "", "After.", ""))
    vault.write(PANEL, before)
    vault.settle()
    text = vault.text(PANEL)
    head, *block, close, gap, after, end = text.split(eol)
    assert (head, block[0], close) == (
        f"{sign}[!note]- Mine",
        f"{sign}<!-- microwins:{name} -->",
        f"{sign}<!-- /microwins -->",
    )
    assert (gap, after, end) == ("", "After.", "")
    assert len(block) > 1
    assert all(line.startswith(sign.rstrip()) for line in block)
    assert vault.settle().written == ()
    assert read_note(PANEL, text, Reading()).problems == ()


def test_a_block_in_a_callout_follows_what_changes(vault: SmallVault) -> None:
    vault.write(PANEL, "> [!tip] Next\n> %% microwins:next %%\n> and mine\n")
    assert PANEL not in vault.settle().written, "a line of mine follows without a gap"
    vault.write(PANEL, "> [!tip] Next\n> %% microwins:next %%\n>\n> and mine\n")
    vault.settle()
    assert (
        "> %% microwins:next %%\n> Next: Write 300 words\n> %% /microwins %%\n>\n> and mine\n"
        in vault.text(PANEL)
    )
    vault.swap(DAY, "- [ ] Write 300", "- [x] Write 300")
    vault.settle()
    assert "> Next: Read a page\n> %% /microwins %%\n>\n> and mine\n" in vault.text(PANEL)


def test_the_boxes_of_a_day_may_stand_in_a_callout(vault: SmallVault) -> None:
    vault.write(DAY, "> [!todo] Today\n> <!-- microwins:today -->\n> <!-- /microwins -->\n")
    vault.settle()
    assert vault.text(DAY) == (
        "> [!todo] Today\n> <!-- microwins:today -->\n> - [ ] Write 300 words\n> - [ ] Read a page\n> <!-- /microwins -->\n"
    )
    vault.swap(DAY, "- [ ] Read", "- [x] Read")
    assert vault.settle().written == ("Goals/Book.md",)


@pytest.mark.parametrize(
    "text",
    [
        "> <!-- microwins:next -->\n> Next: Walk\n<!-- /microwins -->\n",
        "<!-- microwins:next -->\nNext: Walk\n> <!-- /microwins -->\n",
        "> <!-- microwins:next -->\nNext: Walk\n> <!-- /microwins -->\n",
        "> <!-- microwins:next -->\n> My own words.\n> <!-- /microwins -->\n",
        "> <!-- microwins:next -->\n> my words\n",
    ],
)
def test_nothing_is_written_where_the_quote_is_broken_or_holds_other_text(
    vault: SmallVault, text: str
) -> None:
    vault.write(PANEL, text)
    assert PANEL not in vault.settle().written
    assert vault.text(PANEL) == text
    keeper = vault.keeper()
    assert {one.code for one in keeper.problems(keeper.figures()) if one.path == PANEL} <= {
        "marker-broken",
        "block-foreign",
    }
    assert [one for one in keeper.problems(keeper.figures()) if one.path == PANEL]
    keeper.close()
