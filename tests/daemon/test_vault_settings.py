"""Where a vault is, what its settings are, and where each came from."""

import json
from collections.abc import Mapping
from datetime import time
from pathlib import Path

import pytest

from microwins.daemon.cli import run
from microwins.daemon.vault import NotSetUp, NoVault, SettingsInvalid, Vault, open_vault, settings_stamp
from microwins.daemon.wiring import Machine
from microwins.parsers.task import State

from .small_vault import NOW

OURS = ".microwins.toml"


def opened(root: Path, environment: Mapping[str, str] | None = None) -> Vault:
    return open_vault(root, environment or {})


def obsidian_says(root: Path, name: str, content: object) -> None:
    path = root / ".obsidian" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def test_the_later_word_wins_and_each_setting_knows_where_it_came_from(tmp_path: Path) -> None:
    def folder(environment: Mapping[str, str] | None = None) -> tuple[str, str]:
        vault = opened(tmp_path, environment)
        return vault.settings.daily_folder, vault.origins["daily.folder"]

    assert folder() == ("", "default")
    obsidian_says(tmp_path, "daily-notes.json", {"folder": "Adopted"})
    assert folder() == ("Adopted", ".obsidian/daily-notes.json")
    (tmp_path / OURS).write_text('[daily]\nfolder = "Ours"\n', encoding="utf-8")
    assert folder() == ("Ours", OURS)
    assert folder({"MICROWINS_DAILY_FOLDER": "Said/"}) == ("Said", "MICROWINS_DAILY_FOLDER")
    assert folder({"MICROWINS_DAILY_FOLDER": ""}) == ("Ours", OURS)


def test_what_one_source_does_not_say_another_may(tmp_path: Path) -> None:
    obsidian_says(tmp_path, "daily-notes.json", {"folder": "Adopted", "format": "DD.MM.YYYY"})
    (tmp_path / OURS).write_text('day_start = "04:00"\ndaily.folder = "Ours"\n', encoding="utf-8")
    vault = opened(tmp_path, {"MICROWINS_WEEK_START": "sunday"})
    settings = vault.settings
    assert (settings.daily_folder, settings.daily_format) == ("Ours", "DD.MM.YYYY")
    assert (settings.day_start, settings.week_start) == (time(4), 6)
    assert {vault.origins[key] for key in ("locale", "rest", "stamp")} == {"default"}


def test_nothing_may_be_written_before_there_are_settings_of_ours(tmp_path: Path) -> None:
    with pytest.raises(NotSetUp) as refused:
        opened(tmp_path).require_consent()
    assert "microwins init" in refused.value.hint
    assert not opened(tmp_path, {"MICROWINS_STAMP": "off"}).consent
    (tmp_path / OURS).touch()
    opened(tmp_path).require_consent()


def test_settings_may_stand_in_a_file_without_a_dot(tmp_path: Path) -> None:
    (tmp_path / "microwins.toml").write_text('stamp = "off"\n', encoding="utf-8")
    vault = opened(tmp_path)
    assert (vault.consent, vault.settings.stamp, vault.origins["stamp"]) == (True, "off", "microwins.toml")
    (tmp_path / OURS).write_text('stamp = "tasks"\n', encoding="utf-8")
    assert opened(tmp_path).settings.stamp == "tasks"


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('quite = "2s"\n', [OURS, "line 1", "`quite`", "`quiet`"]),
        ('quiet = "2s"\n\n[daily]\nformt = "x"\n', ["line 4", "`daily.formt`", "`daily.format`"]),
        ("quiet = true\n", ["line 1", "`quiet`", "length of time"]),
        ('a = "b\n', ["line 1", "TOML"]),
        ('[daily]\nfolder = "../out"\n', ["line 2", "inside the vault"]),
    ],
)
def test_a_wrong_setting_is_an_error_that_names_it(tmp_path: Path, text: str, words: list[str]) -> None:
    (tmp_path / OURS).write_text(text, encoding="utf-8")
    with pytest.raises(SettingsInvalid) as error:
        opened(tmp_path)
    said = f"{error.value.message} {error.value.hint}"
    assert [word for word in words if word not in said] == []


def test_a_settings_file_that_is_no_utf8_is_a_clear_error(tmp_path: Path) -> None:
    (tmp_path / OURS).write_bytes(b'daily.folder = "Tageb\xfccher"\n')
    with pytest.raises(SettingsInvalid, match="could not be read"):
        opened(tmp_path)


def test_a_settings_file_may_begin_with_a_bom(tmp_path: Path) -> None:
    (tmp_path / OURS).write_bytes(b'\xef\xbb\xbfstamp = "off"\r\n')
    assert opened(tmp_path).settings.stamp == "off"


def test_a_wrong_variable_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(SettingsInvalid, match="MICROWINS_QUIET"):
        opened(tmp_path, {"MICROWINS_QUIET": "soon"})


def test_a_mistake_of_another_program_is_no_error_of_ours(tmp_path: Path) -> None:
    obsidian_says(tmp_path, "daily-notes.json", {"folder": "../outside", "format": "YYYY"})
    vault = opened(tmp_path)
    assert (vault.settings.daily_folder, vault.origins["daily.folder"]) == ("", "default")
    assert vault.settings.daily_format == "YYYY"


def test_statuses_are_those_of_the_tasks_plugin_over_ours(tmp_path: Path) -> None:
    custom = [
        {"symbol": "-", "type": "DONE"},
        {"symbol": "X", "type": "TODO"},
        {"symbol": "q", "type": "DONE"},
    ]
    path = "plugins/obsidian-tasks-plugin/data.json"
    obsidian_says(tmp_path, path, {"statusSettings": {"customStatuses": custom}})
    statuses = opened(tmp_path).reading.statuses
    assert {statuses[symbol] for symbol in "x-Xq"} == {State.DONE}
    assert statuses["/"] is State.PARTIAL


@pytest.mark.parametrize("template", ["Extra/Day", "Extra/Day.md"])
def test_the_template_of_daily_notes_is_no_note(tmp_path: Path, template: str) -> None:
    (tmp_path / OURS).write_text(f'daily.template = "{template}"\nignore = ["Old"]\n', encoding="utf-8")
    exclusions = opened(tmp_path).exclusions
    assert exclusions.leaves_out("Extra/Day.md")
    assert exclusions.leaves_out("Old/2019.md")
    assert not exclusions.leaves_out("Extra/Days.md")


def test_a_vault_is_found_from_inside_it(tmp_path: Path) -> None:
    inside = tmp_path / "a" / "b"
    inside.mkdir(parents=True)
    (tmp_path / OURS).touch()
    assert open_vault(None, {}, near=inside).root == tmp_path


def test_a_folder_of_obsidian_is_a_vault_too(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    vault = open_vault(None, {}, near=tmp_path)
    assert (vault.root, vault.consent) == (tmp_path, False)


def test_the_folder_named_comes_before_the_variable_and_that_before_the_place(tmp_path: Path) -> None:
    said, named, here = (tmp_path / name for name in ("said", "named", "here"))
    for folder in (said, named, here):
        folder.mkdir()
        (folder / OURS).touch()
    environment = {"MICROWINS_VAULT": str(said)}
    assert open_vault(named, environment, near=here).root == named
    assert open_vault(None, environment, near=here).root == said
    assert open_vault(None, {}, near=here).root == here


def test_where_there_is_no_vault_it_is_said_what_to_do(tmp_path: Path) -> None:
    for folder, environment in ((tmp_path / "gone", {}), (None, {"MICROWINS_VAULT": str(tmp_path / "gone")})):
        with pytest.raises(NoVault, match="not a folder"):
            open_vault(folder, environment)
    with pytest.raises(NoVault) as error:
        open_vault(None, {}, near=tmp_path)
    assert "--vault" in error.value.hint
    assert open_vault(None, {}, near=tmp_path, here=True).root == tmp_path


def test_a_link_to_a_vault_is_the_vault(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert opened(tmp_path / "link").root == tmp_path / "real"


def test_a_change_of_any_settings_file_shows_in_their_stamp(tmp_path: Path) -> None:
    (tmp_path / ".obsidian").mkdir()
    stamps = [settings_stamp(tmp_path)]
    (tmp_path / OURS).touch()
    stamps.append(settings_stamp(tmp_path))
    obsidian_says(tmp_path, "plugins/obsidian-tasks-plugin/data.json", {})
    stamps.append(settings_stamp(tmp_path))
    obsidian_says(tmp_path, "workspace.json", {"active": 1})
    assert len(set(stamps)) == 3
    assert settings_stamp(tmp_path) == stamps[-1]


def test_show_tells_all_that_was_adopted_and_where_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    root = tmp_path / "vault"
    obsidian_says(root, "community-plugins.json", ["obsidian-tasks-plugin", "periodic-notes", "dataview"])
    statuses = {"customStatuses": [{"symbol": "!", "type": "DONE"}]}
    tasks = {"globalFilter": "#task", "taskFormat": "dataview", "statusSettings": statuses}
    obsidian_says(root, "plugins/obsidian-tasks-plugin/data.json", tasks)
    obsidian_says(root, "plugins/dataview/data.json", {"taskCompletionText": "finished"})
    periodic = {"daily": {"enabled": True}, "weekly": {"enabled": True, "folder": "W", "template": "T"}}
    obsidian_says(root, "plugins/periodic-notes/data.json", periodic)
    machine = Machine({}, lambda: NOW, tmp_path / "state", tmp_path / "cache")
    assert run(["config", "show", "--vault", str(root)], machine) == 0
    shown = capsys.readouterr().out.splitlines()
    assert [line.split() for line in shown if line.startswith("weekly.")] == [
        ["weekly.folder", '"W"', ".obsidian/plugins/periodic-notes/data.json"],
        ["weekly.format", '"gggg-[W]ww"', ".obsidian/plugins/periodic-notes/data.json"],
        ["weekly.template", '"T"', ".obsidian/plugins/periodic-notes/data.json"],
        ["weekly.create", "false", "default"],
    ]
    assert shown[-5:] == [
        "left out: T.md",
        "boxes: [x] done, [X] done, [-] skipped, [/] partial, [ ] open, [!] done",
        "global filter: #task",
        "done dates of Dataview: [finished:: …]",
        "done dates are written in the style of: dataview",
    ]
    assert run(["config", "show", "--json", "--vault", str(root)], machine) == 0
    data = json.loads(capsys.readouterr().out)["data"]
    assert data["left_out"] == ["T.md"]
    assert data["statuses"]["!"] == "done"
    assert (data["global_filter"], data["completion_key"]) == ("#task", "finished")
    assert (data["stamp_style"], data["template_tool"]) == ("dataview", "periodic-notes")
