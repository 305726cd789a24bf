"""`microwins today`: the list of the day, and its note where there is none."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal
from unicodedata import normalize

import pytest

if TYPE_CHECKING:
    from tests.commands.conftest import Bench

NOTE = "Journal/2026-11-20.md"
BOXES = "- [ ] Open the draft for 2 minutes #frog\n- [ ] Write 300 words\n- [ ] Read a page\n"


def test_the_list_is_numbered_frog_first_and_cues_are_named(vault: Bench) -> None:
    lines = vault.run("today").out.splitlines()
    assert lines[2:5] == [
        "  1  ○ Open the draft for 2 minutes",
        "  2  ○ Write 300 words",
        "  3  ○ Read a page                     after Write 300 words",
    ]
    assert lines[-1] == f"{NOTE} (made now)"


def test_the_note_is_made_from_our_template(vault: Bench) -> None:
    data = vault.json("today")
    assert (data["path"], data["created"], data["exists"]) == (NOTE, [NOTE], True)
    assert (
        vault.text(NOTE) == "# 2026-11-20\n\n## Morning\n\n- What would make today a good day:\n\n"
        f"<!-- microwins:today -->\n{BOXES}<!-- /microwins -->\n\n<!-- microwins:news -->\n<!-- /microwins -->\n\n## Notes\n\n"
        "## Evening\n\n- What went well:\n- One small step for tomorrow:\n"
    )


def test_the_note_is_made_from_the_vaults_template(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "Templates/Day"\n')
    vault.write(
        "Templates/Day.md",
        "# {{date:dddd}}\n\n<%* stays %>\n\n%% microwins:today %%\n\nEvening {{yesterday}}",
    )
    vault.run("today")
    text = vault.text(NOTE)
    assert text.startswith("# Friday\n\n<%* stays %>\n\n%% microwins:today %%\n- [ ] Open the draft")
    assert text.endswith("%% /microwins %%\n\nEvening 2026-11-19")


def test_a_template_without_a_marker_gets_the_block_at_its_end(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "Day.md"\n')
    vault.write("Day.md", "# {{title}}\r\n")
    vault.run("today")
    text = vault.text(NOTE)
    assert text.startswith("# 2026-11-20\r\n")
    assert "\r\n<!-- microwins:today -->\r\n- [ ] Open" in text
    assert "\n" not in text.replace("\r\n", "")


@pytest.mark.parametrize(("written", "there"), [("NFC", "NFD"), ("NFD", "NFC")])
def test_the_note_and_its_template_are_looked_for_in_the_folders_that_look_the_same(
    vault: Bench, written: Literal["NFC", "NFD"], there: Literal["NFC", "NFD"]
) -> None:
    day, templates = (normalize(there, name) for name in ("Tägliches", "Einträge"))
    settings = '[daily]\nfolder = "Tägliches"\ntemplate = "Einträge/Täglich"\n'
    vault.write(".microwins.toml", normalize(written, settings))
    vault.write(f"{templates}/{normalize(there, 'Täglich')}.md", "From the template\n")
    vault.write(f"{day}/2026-11-19.md", "- [x] Tea\n")
    vault.run("today")
    assert "From the template" in vault.text(f"{day}/2026-11-20.md")
    assert sorted(path.name for path in vault.root.glob("T*")) == [day]


def test_a_missing_template_is_said_and_ours_is_used(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "Nowhere"\n')
    result = vault.run("today")
    assert result.code == 0
    assert "template-unreadable" in result.err
    assert vault.text(NOTE).startswith("# 2026-11-20\n")


def test_obsidians_own_settings_say_where_the_note_is(empty: Bench) -> None:
    empty.write(".microwins.toml", 'timezone = "UTC"\n')
    empty.write(".obsidian/daily-notes.json", '{"folder": "Diary/", "format": "YYYY/[Q]Q/MM-DD"}')
    assert empty.json("today")["created"] == ["Diary/2026/Q4/11-20.md"]


def test_the_note_is_made_once(vault: Bench) -> None:
    vault.run("today")
    before = vault.files()
    result = vault.run("today")
    assert result.out.endswith(f"\n{NOTE}\n")
    assert vault.files() == before


def test_path_prints_the_whole_path_and_makes_nothing(vault: Bench) -> None:
    before = vault.files()
    assert vault.run("today", "--path").out == f"{(vault.root.resolve() / NOTE).as_posix()}\n"
    data = vault.json("today", "--path")
    assert (data["path"], data["exists"]) == (NOTE, False)
    assert vault.files() == before


def test_in_an_existing_note_nothing_is_touched_without_a_marker(vault: Bench) -> None:
    vault.write(NOTE, "my day\r\n\r\n- [ ] Something")
    told = vault.run("today").out
    assert vault.read(NOTE) == b"my day\r\n\r\n- [ ] Something"
    assert told.splitlines()[-1].endswith("paste: <!-- microwins:today -->")


def test_in_an_existing_note_that_has_all_boxes_nothing_is_advised(vault: Bench) -> None:
    boxes = "".join(f"- [ ] {win['text']}\n" for win in vault.json("today")["micro_wins"])
    vault.write(NOTE, boxes)
    assert vault.run("today").out.splitlines()[-1] == NOTE


def test_in_an_existing_note_its_marker_is_filled_and_the_users_lines_stay(vault: Bench) -> None:
    vault.write(
        NOTE,
        "top\n<!-- microwins:today -->\n- [x] Read a page, all of it\n- [x] Read a page\n<!-- /microwins -->\nend",
    )
    vault.run("today")
    assert vault.text(NOTE) == (
        "top\n<!-- microwins:today -->\n- [x] Read a page, all of it\n- [ ] Open the draft for 2 minutes #frog\n"
        "- [ ] Write 300 words\n- [x] Read a page\n<!-- /microwins -->\nend"
    )
    before = vault.files()
    vault.run("today")
    assert vault.files() == before


@pytest.mark.parametrize("day", ["2026-11-21", "2028-02-29"])
def test_another_day_has_its_own_note(vault: Bench, day: str) -> None:
    assert vault.json("today", "--today", day)["created"] == [f"Journal/{day}.md"]


def test_without_consent_no_note_is_made_and_that_is_said(stranger: Bench) -> None:
    before = stranger.files()
    result = stranger.run("today")
    assert result.code == 0
    assert "\n2026-11-20.md (not made)\n" in result.out
    assert stranger.files() == before


def test_while_another_process_holds_the_lock_the_note_is_made_and_the_rest_left_to_it(vault: Bench) -> None:
    from microwins.daemon.lock import VaultLock

    goal = vault.read("Goals/Write a book.md")
    with VaultLock(vault.folder / "state", vault.root.resolve()).acquire("watch", "2026-11-20T08:00"):
        assert vault.json("today")["created"] == [NOTE]
    assert vault.read("Goals/Write a book.md") == goal


def test_a_note_that_cannot_be_made_is_said(vault: Bench) -> None:
    vault.write("Journal", "a file in the place of the folder")
    result = vault.run("today")
    assert result.out.endswith(f"\n{NOTE} (not made)\n")
    assert "Journal" in result.err


def test_todays_note_that_was_moved_is_found_and_no_second_one_made(vault: Bench) -> None:
    vault.json("today")
    moved = vault.root / "Journal" / "Old" / "2026-11-20.md"
    moved.parent.mkdir()
    (vault.root / NOTE).rename(moved)
    assert vault.json("today")["path"] == "Journal/Old/2026-11-20.md"
    assert not (vault.root / NOTE).exists()
    assert vault.json("tick", "draft")["path"] == "Journal/Old/2026-11-20.md"


def test_a_template_in_which_no_block_can_stand_is_told_and_nothing_is_doubled(vault: Bench) -> None:
    vault.write(".microwins.toml", vault.text(".microwins.toml") + 'template = "Templates/Day"\n')
    vault.write("Templates/Day.md", "<!-- microwins:today -->\n- [ ] mine\n")
    result = vault.run("today")
    assert "template-marker" in result.err
    assert vault.text(NOTE) == "<!-- microwins:today -->\n- [ ] mine\n"
