"""Heat maps and other pictures, seen from the command line."""

import xml.etree.ElementTree as ET

import pytest

from tests.commands.conftest import GOAL, NOTE, SETTINGS, Bench

FILE = "microwins/heatmap-12-months.svg"
PANEL = "Panel.md"
HEAT = "<!-- microwins:heatmap -->\n<!-- /microwins -->\n"


def test_a_dry_run_shows_the_picture_and_writes_none(vault: Bench) -> None:
    vault.write(PANEL, HEAT)
    before = vault.files()
    shown = vault.run("sync", "--dry-run").out
    assert f"--- /dev/null\n+++ b/{FILE}\n" in shown
    assert "+<!--microwins:picture-->\n" in shown
    assert vault.files() == before
    assert FILE in vault.json("sync", "--dry-run")["planned"]


def test_sync_makes_it_and_then_leaves_it(vault: Bench) -> None:
    vault.write(PANEL, HEAT)
    assert vault.json("sync")["created"] == [FILE]
    assert vault.json("sync")["written"] == []
    ET.fromstring(vault.text(FILE))


def test_without_consent_there_is_no_picture(stranger: Bench) -> None:
    stranger.write(PANEL, HEAT)
    before = stranger.files()
    stranger.run("sync")
    assert stranger.files() == before


def test_a_tick_from_the_terminal_is_drawn(vault: Bench) -> None:
    vault.write(NOTE, "- [ ] Write 300 words\n")
    vault.write(PANEL, HEAT)
    vault.run("sync")
    before = vault.text(PANEL)
    assert vault.run("tick", "write 300").code == 0
    assert "1 win" in before
    assert "2 wins on 2 days" in vault.text(PANEL)
    assert "2 wins on 2 days" in vault.text(FILE)


def test_init_names_the_folder_of_the_pictures_and_makes_the_first(empty: Bench) -> None:
    empty.write(".obsidian/app.json", '{"attachmentFolderPath": "Files"}')
    result = empty.run("init", answer="y\n")
    assert "  Files/microwins/  (pictures)\n" in result.out
    assert "Files/microwins/heatmap-12-months.svg" in empty.files()
    assert "](Files/microwins/heatmap-12-months.svg)" in empty.text("Micro-wins.md")


def test_config_says_where_the_folder_comes_from(vault: Bench) -> None:
    vault.write(".obsidian/app.json", '{"attachmentFolderPath": "./"}')
    line = next(line for line in vault.run("config", "show").out.splitlines() if "pictures.folder" in line)
    assert line.split() == ["pictures.folder", '"./microwins"', ".obsidian/app.json"]


@pytest.mark.parametrize(
    ("marker", "told"),
    [
        ("heatmpa", "Did you mean `heatmap`?"),
        ("heatmap yaer=2026", "Did you mean `year=2026`?"),
        ("heatmap pitcure", "Did you mean `picture`?"),
        ("heatmap months=13", "a number from 1 to 12"),
        ('heatmap win="Write 30 words"', "Did you mean “Write 300 words”?"),
        ("heatmap goal=[[Write a bok]]", "Did you mean “Write a book”?"),
        ("summary pictures=strenght", "Did you mean `strength`?"),
    ],
)
def test_a_wrong_option_is_told_with_the_nearest_one(vault: Bench, marker: str, told: str) -> None:
    vault.write(PANEL, f"<!-- microwins:{marker} -->\n<!-- /microwins -->\n")
    result = vault.run("check")
    assert result.code == 3
    assert told in result.out


def test_both_forms_of_a_marker_are_filled(vault: Bench) -> None:
    vault.write(PANEL, "%% microwins:heatmap text %%\n\n<!-- microwins:heatmap year=2026 -->\n")
    assert vault.run("sync").code == 0
    assert vault.text(PANEL).startswith(
        "%% microwins:heatmap text %%\nHeat map. Wins, last 12 months: 1 win on 1 day.\n"
    )
    assert "](microwins/heatmap-2026.svg)" in vault.text(PANEL)


def test_pictures_speak_german(vault: Bench) -> None:
    vault.write(".microwins.toml", 'language = "de"\n' + SETTINGS)
    vault.write(PANEL, HEAT)
    vault.run("sync")
    assert "![Heatmap. Erfolge, letzte 12 Monate: 1 Erfolg an 1 Tag.]" in vault.text(PANEL)
    assert vault.run("check").code == 0


def test_the_summary_of_a_goal_has_its_curves_below(vault: Bench) -> None:
    vault.write(GOAL, vault.text(GOAL) + "\n<!-- microwins:summary pictures=progress -->\n")
    vault.run("sync")
    lines = vault.text(GOAL).splitlines()
    assert lines[-1] == "<!-- /microwins -->"
    assert lines[-2].startswith("![Progress of Write a book from ")
    assert lines[-2].endswith(".svg)")
