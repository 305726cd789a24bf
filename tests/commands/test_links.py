"""Links to notes in blocks: wikilinks, or Markdown links that lead there from wherever the block stands."""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

BLOCKS = "<!-- microwins:goals -->\n\n<!-- microwins:open -->\n\n<!-- microwins:review -->\n"
PLACES = ("Panel.md", "Deep (er)/b c/Panel.md", "Goals/Panel.md")


@pytest.fixture
def linked(vault: Bench) -> Bench:
    """A vault with a goal of an odd name, an open task, and the same blocks in three folders."""
    vault.write("Goals/Be (fit) #1 [x].md", "---\ntype: goal\n---\n- [ ] s\n")
    vault.write("Journal/2026-11-19.md", "- [ ] Call the dentist ^d1\n- [x] Read a page\n")
    for path in PLACES:
        vault.write(path, BLOCKS)
    return vault


def hrefs(text: str) -> list[str]:
    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    inline = [one for token in tokens for one in token.children or ()]
    return [str(one.attrGet("href")) for one in inline if one.type == "link_open"]


@pytest.mark.parametrize("path", PLACES)
def test_a_markdown_link_leads_to_its_note_from_every_folder(linked: Bench, path: str) -> None:
    linked.environment["MICROWINS_LINKS"] = "markdown"
    linked.run("sync")
    found = hrefs(linked.text(path))
    assert "[[" not in linked.text(path)
    assert len(found) == 4  # two goals in the table, one task, the goal of the review that had wins
    for href in found:
        target = PurePosixPath(path).parent / unquote(href.partition("#")[0])
        assert (linked.root / target).is_file(), href
    assert [href.partition("#")[2] for href in found if "#" in href] == ["%5Ed1"]  # as the parser writes ^
    assert linked.json("sync")["written"] == []
    assert linked.run("check").code == 0


def test_wikilinks_are_what_is_written_where_nothing_else_is_said(linked: Bench) -> None:
    linked.run("sync")
    assert "[[Write a book]]" in linked.text("Panel.md")
    assert "[[2026-11-19#^d1]]" in linked.text("Panel.md")
    assert hrefs(linked.text("Panel.md")) == []


def test_obsidians_own_kind_of_links_is_adopted(linked: Bench) -> None:
    linked.write(".obsidian/app.json", '{"useMarkdownLinks": true}')
    linked.run("sync")
    assert "[Write a book](Goals/Write%20a%20book.md)" in linked.text("Panel.md")
    assert re.search(r"links +\"markdown\" +\.obsidian/app\.json", linked.run("config", "show").out)
    linked.write(".microwins.toml", 'links = "wiki"\n' + linked.text(".microwins.toml"))
    linked.run("sync")
    assert "[[Write a book]]" in linked.text("Panel.md")
