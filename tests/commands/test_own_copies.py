"""A conflict copy that only our own blocks have made is taken away; one in which anybody wrote stays."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from microwins.daemon import own_copies

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

GOAL, DAY = "Goals/Write a book.md", "Journal/2026-11-19.md"
COPY = "Goals/Write a book.sync-conflict-20261120-202322-W3G74XU.md"
Change = Callable[[str], str]


@pytest.fixture
def written(vault: Bench) -> Bench:
    """The vault brought up to date, with a win in it; the other device has not heard of that yet."""
    vault.run("sync")
    earlier = vault.text(GOAL)
    vault.write(DAY, "- [x] Read a page\n- [x] Write 300 words\n")
    vault.run("sync")
    assert earlier != vault.text(GOAL)
    vault.write(COPY, earlier)
    return vault


def test_a_copy_whose_block_says_something_else_is_taken_away(written: Bench) -> None:
    before = written.read(GOAL)
    result = written.json("sync")
    assert (result["removed"], result["written"]) == ([COPY], [])
    assert not (written.root / COPY).exists()
    assert written.read(GOAL) == before
    assert written.json("conflicts")["conflicts"] == []
    assert not (written.root / ".trash").exists()


def test_it_is_said(written: Bench) -> None:
    assert f"removed {COPY}: only blocks of microwins differed" in written.run("sync").out


def test_a_note_that_has_no_block_yet_is_the_same_note(vault: Bench) -> None:
    vault.write(COPY, vault.read(GOAL))
    assert vault.json("sync")["removed"] == [COPY]


def test_properties_of_ours_are_ours(written: Bench) -> None:
    settings = written.text(".microwins.toml")
    written.write(".microwins.toml", "properties = true\n" + settings)
    written.run("sync")
    assert "wins: 2" in written.text(GOAL)
    written.write(COPY, written.text(GOAL).replace("wins: 2", "wins: 1"))
    assert written.json("sync")["removed"] == [COPY]


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("- [ ] Chapter one", "- [x] Chapter one"),
        lambda text: text.replace("Write a book", "Write a good book", 1),
        lambda text: text + "Mine.\n",
        lambda text: text.replace("\n\n", "\n", 1),
        lambda text: text.replace("<!-- /microwins -->", "Mine.\n<!-- /microwins -->"),
        lambda text: text.replace("<!-- /microwins -->\n", ""),
        lambda text: text.replace("\n", "\r\n"),
    ],
    ids=["a tick", "a word", "a line", "a blank line", "a line in the block", "a marker lost", "line ends"],
)
def test_a_copy_in_which_somebody_wrote_stays(written: Bench, change: Change) -> None:
    text = change(written.text(COPY))
    assert text != written.text(COPY)
    written.write(COPY, text)
    assert written.json("sync")["removed"] == []
    assert written.text(COPY) == text
    assert [found["copy"] for found in written.json("conflicts")["conflicts"]] == [COPY]


@pytest.mark.parametrize("name", ["Goals/Write a book 2.md", "Goals/Write a book (1).md"])
def test_a_note_that_may_have_been_doubled_on_purpose_stays(vault: Bench, name: str) -> None:
    vault.run("sync")
    vault.write(name, vault.read(GOAL))
    assert vault.json("sync")["removed"] == []
    assert (vault.root / name).exists()


def test_a_copy_of_a_note_without_anything_of_ours_stays(vault: Bench) -> None:
    for name in ("Other.md", "Other (conflicted copy 2026-11-20 101500).md"):
        vault.write(name, "The same.\n")
    assert vault.json("sync")["removed"] == []


def test_a_copy_whose_note_is_gone_stays(written: Bench) -> None:
    (written.root / GOAL).unlink()
    assert written.json("sync")["removed"] == []
    assert (written.root / COPY).exists()


def test_the_lines_of_a_daily_note_are_somebodys(vault: Bench) -> None:
    vault.run("today")
    day = "Journal/2026-11-20.md"
    copy = day.replace(".md", " (Anna's conflicted copy 2026-11-20).md")
    vault.write(copy, vault.text(day).replace("- [ ] Read a page", "- [x] Read a page"))
    assert vault.json("sync")["removed"] == []
    assert (vault.root / copy).exists()


def test_nothing_is_removed_by_a_dry_run_or_without_consent(written: Bench) -> None:
    assert written.run("sync", "--dry-run").code == 0
    assert (written.root / COPY).exists()
    (written.root / ".microwins.toml").unlink()
    written.run("sync")
    assert (written.root / COPY).exists()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells whether a note is open for writing")
def test_a_copy_that_is_being_written_waits(written: Bench) -> None:
    with (written.root / COPY).open("r+b"):
        assert written.json("sync")["removed"] == []
    assert written.json("sync")["removed"] == [COPY]


def test_a_save_in_the_instant_of_the_removal_is_kept(
    written: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    def saved(path: object) -> bool:
        (written.root / COPY).write_bytes(b"Mine, at the last instant.\n")
        return False

    monkeypatch.setattr(own_copies, "is_being_written", saved)
    written.run("sync")
    kept = [data for path, data in written.files().items() if "conflict" in path]
    assert kept == [b"Mine, at the last instant.\n"]


def test_a_copy_of_a_picture_that_was_drawn_by_both_is_taken_away_and_no_other(vault: Bench) -> None:
    vault.run("sync")
    vault.write("Board.md", "<!-- microwins:heatmap -->\n<!-- /microwins -->\n")
    vault.run("sync")
    picture = next(path for path in vault.files() if path.endswith(".svg"))
    copies = [picture.replace(".svg", f".sync-conflict-20261120-20232{n}-W3G74XU.svg") for n in (1, 2)]
    vault.write(copies[0], vault.read(picture).replace(b"</svg>", b"<!-- as it was -->\n</svg>"))
    vault.write(copies[1], b"<svg>of somebody's own</svg>\n")
    assert vault.json("sync")["removed"] == [copies[0]]
    assert vault.read(copies[1]) == b"<svg>of somebody's own</svg>\n"
    assert (vault.root / picture).exists()
