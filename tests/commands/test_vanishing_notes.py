"""Notes that go and come back, as under a sync client or on a disk that is not always there."""

from __future__ import annotations

import os
import shutil
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from .conftest import GOAL, TODAY

if TYPE_CHECKING:
    from .conftest import Bench

LIST = "Lists/Garden.md"
STAMPED = f"- [x] Chapter one ✅ {TODAY}\n"


@pytest.fixture
def diary(vault: Bench) -> Bench:
    """A vault with a month of days, read once by `sync`."""
    vault.write(LIST, "- [ ] Write 300 words\n- [ ] Weed the beds\n")
    for number in range(1, 21):
        boxes = f"- [{'x' if number % 7 else ' '}] Read a page\n- [x] Write 300 words\n"
        vault.write(f"Journal/2026-11-{number:02}.md", boxes)
    set_times(vault)
    vault.run("sync")
    return vault


def set_times(bench: Bench, days_ago: float = 0) -> None:
    """Let all notes be changed last so long ago, as told by their time stamps."""
    moment = (bench.moment - timedelta(days=days_ago)).timestamp()
    for path in bench.root.rglob("*.md"):
        os.utime(path, (moment, moment))


def swap(bench: Bench, path: str, old: str, new: str, days_ago: float = 0) -> None:
    text = bench.text(path)
    assert text.count(old) == 1
    moment = (bench.moment - timedelta(days=days_ago)).timestamp()
    os.utime(bench.write(path, text.replace(old, new)), (moment, moment))


def away(bench: Bench, *paths: str) -> dict[str, bytes]:
    """Take notes away, and let a pass see that."""
    kept = {path: bench.read(path) for path in paths}
    for path in paths:
        (bench.root / path).unlink()
    bench.run("sync")
    bench.json("status")
    return kept


def back(bench: Bench, kept: dict[str, bytes]) -> None:
    for path, data in kept.items():
        bench.write(path, data)
    set_times(bench, days_ago=1)


def figures(bench: Bench) -> dict[str, Any]:
    return bench.json("status")


def test_notes_that_come_back_give_the_figures_that_they_gave(diary: Bench) -> None:
    before, files = figures(diary), diary.files()
    journal = [path for path in files if path.startswith("Journal/")]
    for paths in (journal[3:9], journal, [GOAL], [GOAL, LIST, *journal]):
        kept = away(diary, *paths)
        assert figures(diary) != before
        back(diary, kept)
        assert figures(diary) == before
        diary.run("sync")
        assert (figures(diary), diary.files()) == (before, files)


def test_a_date_of_ours_is_known_again_when_its_note_comes_back(diary: Bench) -> None:
    swap(diary, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    diary.run("sync")
    assert STAMPED in diary.text(GOAL)
    back(diary, away(diary, GOAL))
    diary.run("sync")
    assert STAMPED in diary.text(GOAL)
    swap(diary, GOAL, STAMPED, STAMPED.replace("[x]", "[ ]"))
    diary.run("sync")
    assert "- [ ] Chapter one\n" in diary.text(GOAL)


@pytest.mark.parametrize("gone", [[GOAL], [LIST], [GOAL, LIST]])
def test_a_box_ticked_while_its_note_was_away_has_the_day_of_the_notes_last_change(
    diary: Bench, gone: list[str]
) -> None:
    kept = away(diary, *gone)
    diary.moment += timedelta(days=5)
    diary.run("sync")
    diary.moment += timedelta(days=5)
    back(diary, kept)
    swap(diary, LIST, "- [ ] Write 300 words", "- [x] Write 300 words", days_ago=3)
    swap(diary, GOAL, "- [ ] Chapter one", "- [x] Chapter one", days_ago=2)
    diary.run("sync")
    assert f"- [x] Write 300 words ✅ {TODAY + timedelta(days=7)}\n" in diary.text(LIST)
    assert f"- [x] Chapter one ✅ {TODAY + timedelta(days=8)}\n" in diary.text(GOAL)


@pytest.mark.parametrize("command", ["sync", "status", "today", "check"])
def test_the_empty_folder_of_an_unmounted_disk_is_no_vault_whose_notes_were_deleted(
    diary: Bench, command: str
) -> None:
    swap(diary, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    diary.run("sync")
    set_times(diary)
    diary.moment += timedelta(hours=1)
    before, files = figures(diary), diary.files()
    elsewhere = diary.root.with_name("elsewhere")
    diary.root.rename(elsewhere)
    diary.root.mkdir()
    diary.run(command)
    assert list(diary.root.iterdir()) == []
    diary.root.rmdir()
    elsewhere.rename(diary.root)
    assert diary.json("sync")["parsed"] == 0  # all of them are known as they are
    assert (figures(diary), diary.files()) == (before, files)
    swap(diary, GOAL, STAMPED, STAMPED.replace("[x]", "[ ]"))
    diary.run("sync")
    assert "- [ ] Chapter one\n" in diary.text(GOAL)


def test_a_vault_that_is_filled_again_note_by_note_ends_where_it_was(diary: Bench) -> None:
    before, files = figures(diary), diary.files()
    copy = diary.root.with_name("copy")
    shutil.copytree(diary.root, copy)
    away(diary, *(path for path in files if path.endswith(".md")))
    for path in sorted(path for path in files if path.endswith(".md")):
        shutil.copy2(copy / path, diary.write(path, b""))
        diary.run("sync")
    assert (figures(diary), diary.files()) == (before, files)


@pytest.mark.parametrize("year", [1970, 1980, 2107])
def test_a_note_that_bears_no_true_time_is_ticked_today(diary: Bench, year: int) -> None:
    swap(diary, GOAL, "- [ ] Chapter one", "- [x] Chapter one")
    moment = diary.moment.replace(year=year).timestamp()
    os.utime(diary.root / GOAL, (moment, moment))
    diary.run("sync")
    assert STAMPED in diary.text(GOAL)
