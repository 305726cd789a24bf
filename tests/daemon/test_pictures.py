"""Pictures as files of a vault: only where they are asked for, only with consent, and never in the place of others."""

import json
import locale
import os
import re
import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from microwins.daemon.obsidian import adopt
from microwins.daemon.undoing import NothingToUndo, find_undo
from microwins.daemon.updating import full_pass, settle
from microwins.daemon.vault import open_vault
from microwins.templates.svg import MARK
from tests.daemon.small_vault import GOAL, SETTINGS, SmallVault, codes, small_vault

PANEL = "Panel.md"
HEAT = "<!-- microwins:heatmap -->\n<!-- /microwins -->\n"
FILE = "microwins/heatmap-12-months.svg"


@pytest.fixture
def vault(tmp_path: Path) -> SmallVault:
    return small_vault(tmp_path)


def pictures(vault: SmallVault) -> set[str]:
    return {path for path in vault.contents() if path.endswith(".svg")}


def test_no_file_is_made_that_no_block_asks_for(vault: SmallVault) -> None:
    vault.write(PANEL, "<!-- microwins:month -->\n<!-- /microwins -->\n\n<!-- microwins:heatmap text -->\n")
    vault.settle()
    assert pictures(vault) == set()
    assert "```text" in vault.text(PANEL)


def test_a_block_and_its_picture_are_made_in_one_pass_and_the_second_writes_nothing(
    vault: SmallVault,
) -> None:
    vault.write(PANEL, HEAT)
    outcome = vault.settle()
    assert FILE in outcome.created
    assert f"]({FILE})" in vault.text(PANEL)
    before = vault.times()
    again = vault.settle()
    assert (again.written, again.created, again.skipped) == ((), (), ())
    assert vault.times() == before


def test_a_tick_is_drawn_and_only_what_differs_is_written(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT + "\n<!-- microwins:heatmap year=2025 -->\n")
    vault.settle()
    old = vault.text(FILE)
    vault.swap("2026-03-04.md", "- [ ] Write 300 words", "- [x] Write 300 words")
    outcome = vault.settle()
    assert FILE in outcome.written
    assert "microwins/heatmap-2025.svg" not in outcome.written
    assert vault.text(FILE) != old
    assert "2 wins on 2 days" in vault.text(FILE)


def test_a_keeper_that_goes_on_draws_each_tick(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    keeper = vault.keeper()
    settle(keeper)
    for number, box in enumerate(("Write 300 words", "Read a page"), 2):
        vault.now += timedelta(seconds=10)
        vault.swap("2026-03-04.md", f"- [ ] {box}", f"- [x] {box}")
        assert keeper.read_one("2026-03-04.md", seen_live=True)
        assert FILE in settle(keeper).written
        assert f"{number} wins on 2 days" in vault.text(FILE)
    assert settle(keeper).written == ()


def test_a_picture_that_was_deleted_is_made_again(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.settle()
    (vault.root / FILE).unlink()
    assert vault.settle().created == (FILE,)


def test_one_picture_that_two_notes_show_is_written_once(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.write("Folder/Other.md", HEAT)
    outcome = vault.settle()
    assert outcome.created.count(FILE) == 1
    assert outcome.skipped == ()
    assert f"](../{FILE})" in vault.text("Folder/Other.md")
    vault.swap("2026-03-04.md", "- [ ] Read a page", "- [x] Read a page")
    assert vault.settle().skipped == ()


@pytest.mark.parametrize(
    "data",
    [
        b"", b"<svg/>", b"<svg>\n<!--x-->\n</svg>\n", b"\x89PNG\r\n\0\xff", b"x" * 300_000,
        f"<svg><text>{MARK}</text></svg>\n".encode(), f"a\nb\nc\nd\n{MARK}\n".encode(),
    ],
    ids=["empty", "an SVG", "with a comment", "no text", "large", "our mark inside of a line", "our mark far below"],
)  # fmt: skip
def test_a_file_that_is_not_ours_is_never_touched(vault: SmallVault, data: bytes) -> None:
    vault.write(PANEL, HEAT)
    vault.write(FILE, data)
    outcome = vault.settle()
    assert codes(outcome.skipped) == {(FILE, "picture-foreign")}
    assert vault.contents()[FILE] == data


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="there are no pipes here")
def test_what_is_no_plain_file_is_left_alone_and_holds_nobody(vault: SmallVault) -> None:
    vault.write(
        PANEL, HEAT + "\n<!-- microwins:heatmap year=2025 -->\n\n<!-- microwins:heatmap year=2024 -->\n"
    )
    (vault.root / "microwins").mkdir()
    os.mkfifo(vault.root / FILE)
    (vault.root / "microwins/heatmap-2025.svg").mkdir()
    (vault.root / "microwins/heatmap-2024.svg").symlink_to("nowhere.svg")
    assert {code for _, code in codes(vault.settle().skipped)} == {"picture-foreign"}


def test_a_link_that_leaves_the_vault_is_not_followed(vault: SmallVault, tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (vault.root / "microwins").symlink_to(outside)
    vault.write(PANEL, HEAT)
    outcome = vault.settle()
    assert {path for path, _ in codes(outcome.skipped)} == {FILE}
    assert list(outside.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_a_problem_and_the_block_is_written(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.write("microwins", "a file of somebody's")
    outcome = vault.settle()
    assert codes(outcome.skipped) == {(FILE, "write-failed")}
    assert "![" in vault.text(PANEL)
    assert vault.text("microwins") == "a file of somebody's"


def test_a_pass_that_only_says_what_it_would_do_makes_no_picture(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    outcome = full_pass(vault.unread(), write=False)
    assert {change.path for change in outcome.changes} == {FILE, PANEL, GOAL}
    assert not (vault.root / "microwins").exists()


def test_undo_knows_nothing_of_pictures(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.settle()
    keeper = vault.keeper()
    assert keeper.journal is not None
    assert FILE not in {one.path for one in keeper.journal.changes()}
    with pytest.raises(NothingToUndo):
        find_undo(keeper, keeper.journal, FILE)


def test_a_picture_that_nobody_shows_any_more_stays_as_it_was(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.settle()
    kept = vault.contents()[FILE]
    vault.write(PANEL, "nothing\n")
    vault.swap("2026-03-04.md", "- [ ] Read a page", "- [x] Read a page")
    vault.settle()
    assert vault.contents()[FILE] == kept


def test_a_block_with_a_mistake_and_a_note_with_a_broken_marker_draw_nothing(vault: SmallVault) -> None:
    vault.write(
        PANEL,
        "<!-- microwins:heatmap year=20266 -->\n<!-- /microwins -->\n\n<!-- microwins:heatmap win=nobody -->\n",
    )
    vault.write("Broken.md", HEAT + "\n<!-- /microwins -->\n")
    keeper = vault.keeper()
    settle(keeper)
    assert pictures(vault) == set()
    assert (PANEL, "block-option") in codes(keeper.problems(keeper.figures()))


def test_an_older_picture_that_a_sync_client_brings_does_not_stay(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    keeper = vault.keeper()
    settle(keeper)
    drawn = vault.contents()[FILE]
    for older in (drawn.replace(b"1 win", b"0 wins"), None):
        if older is None:
            (vault.root / FILE).unlink()
        else:
            vault.write(FILE, older)
        assert keeper.changed_since() == {FILE}
        assert keeper.read_one(FILE, seen_live=True)
        settle(keeper)
        assert vault.contents()[FILE] == drawn
        assert keeper.changed_since() == set()
        assert not keeper.read_one(FILE, seen_live=True)


def test_our_own_picture_is_no_news(vault: SmallVault) -> None:
    vault.write(PANEL, HEAT)
    vault.write("Files/theirs.svg", "<svg/>")
    keeper = vault.keeper()
    settle(keeper)
    figures = keeper.figures()
    assert not any(keeper.read_one(path, seen_live=True) for path in (FILE, "Files/theirs.svg", "gone.svg"))
    assert keeper.figures() is figures


# Where they lie


@pytest.mark.parametrize(
    ("attachments", "folder", "place"),
    [
        (None, "microwins", "microwins"),
        ("", "microwins", "microwins"),
        ("/", "microwins", "microwins"),
        ("Files", "Files/microwins", "Files/microwins"),
        ("Files/Pictures/", "Files/Pictures/microwins", "Files/Pictures/microwins"),
        ("./", "./microwins", "Area/microwins"),
        ("./assets", "./assets/microwins", "Area/assets/microwins"),
        ("Mit Leerzeichen (ä)", "Mit Leerzeichen (ä)/microwins", "Mit Leerzeichen (ä)/microwins"),
        ("../outside", "microwins", "microwins"),
        (5, "microwins", "microwins"),
    ],
)
def test_the_folder_of_attachments_is_adopted(
    vault: SmallVault, attachments: object, folder: str, place: str
) -> None:
    app = {} if attachments is None else {"attachmentFolderPath": attachments}
    vault.write(".obsidian/app.json", json.dumps(app))
    vault.write("Area/Panel.md", HEAT)
    assert vault.session.vault.settings.pictures_folder == folder
    vault.settle()
    assert pictures(vault) == {f"{place}/heatmap-12-months.svg"}
    assert vault.settle().written == ()


def test_our_own_setting_comes_before_the_one_that_is_adopted(vault: SmallVault) -> None:
    vault.write(".obsidian/app.json", '{"attachmentFolderPath": "Files"}')
    assert adopt(vault.root).values["pictures.folder"] == ("Files/microwins", ".obsidian/app.json")
    vault.write(".microwins.toml", SETTINGS + '[pictures]\nfolder = "Own"\n')
    vault.write(PANEL, HEAT)
    vault.settle()
    assert pictures(vault) == {"Own/heatmap-12-months.svg"}


@pytest.mark.parametrize("off", ["pictures = false\n", "[pictures]\nshow = false\n"])
def test_pictures_can_be_switched_off_and_characters_take_their_place(vault: SmallVault, off: str) -> None:
    vault.write(PANEL, HEAT)
    vault.settle()
    vault.write(".microwins.toml", SETTINGS + off)
    (vault.root / FILE).unlink()
    vault.settle()
    assert pictures(vault) == set()
    assert "░" in vault.text(PANEL) or "█" in vault.text(PANEL)
    vault.write(".microwins.toml", SETTINGS)
    vault.settle()
    assert f"]({FILE})" in vault.text(PANEL)


def test_without_consent_nothing_is_said_to_be_ours(vault: SmallVault) -> None:
    (vault.root / ".microwins.toml").unlink()
    vault.write(PANEL, HEAT)
    assert not open_vault(vault.root, {}).consent
    full_pass(vault.unread(), write=False)
    assert pictures(vault) == set()


# The same on every machine


def test_two_machines_in_other_zones_with_other_locales_draw_the_same_bytes(
    vault: SmallVault, tmp_path: Path
) -> None:
    vault.write(PANEL, HEAT + "\n<!-- microwins:month picture -->\n")
    vault.swap(GOAL, "type: goal\n", "type: goal\ntarget: 2026-12-31\nstart: 2026-02-01\n")
    vault.write(GOAL, vault.text(GOAL) + "\n<!-- microwins:summary pictures=progress,strength -->\n")
    other = SmallVault(tmp_path / "other" / "vault")
    shutil.copytree(vault.root, other.root)
    noon = datetime(2026, 3, 4, 12)
    for one, zone in ((vault, "Pacific/Kiritimati"), (other, "Etc/GMT+12")):
        one.write(".microwins.toml", f'timezone = "{zone}"\n', datetime(2026, 3, 1, tzinfo=UTC))
        one.now = noon.replace(tzinfo=ZoneInfo(zone))
    vault.settle()
    before = locale.setlocale(locale.LC_ALL)
    try:
        locale.setlocale(locale.LC_ALL, "C")
        other.settle()
    finally:
        locale.setlocale(locale.LC_ALL, before)
    drawn = {path: vault.contents()[path] for path in pictures(vault)}
    assert len(drawn) == 4
    assert drawn == {path: other.contents()[path] for path in pictures(other)}
    assert all(not re.search(rb"[0-9]{2}:[0-9]{2}", data) for data in drawn.values())
