"""What the vault already says in the settings of Obsidian and its plugins."""

import json
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon.obsidian import (
    ADOPTED_FILES,
    CALENDAR,
    DAILY,
    PERIODIC,
    TASKS,
    TEMPLATER,
    adopt,
    config_folder,
)
from microwins.parsers.task import State


def put(root: Path, name: str, content: object, folder: str = ".obsidian") -> None:
    path = root / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")


def daily(root: Path) -> dict[str, object]:
    return {
        key.removeprefix("daily."): value
        for key, (value, _) in adopt(root).values.items()
        if key.startswith("daily.")
    }


def test_a_folder_without_obsidian_says_nothing(tmp_path: Path) -> None:
    found = adopt(tmp_path)
    assert (found.values, found.statuses, found.excluded, found.task_format, found.problems) == (
        {},
        {},
        (),
        None,
        (),
    )


def test_the_core_plugins_daily_notes_are_adopted(tmp_path: Path) -> None:
    put(tmp_path, DAILY, {"folder": "/Journal/", "format": "YYYY/MM/YYYY-MM-DD", "template": "Templates/Day"})
    assert daily(tmp_path) == {
        "folder": "Journal",
        "format": "YYYY/MM/YYYY-MM-DD",
        "template": "Templates/Day",
    }
    assert adopt(tmp_path).values["daily.folder"][1] == ".obsidian/daily-notes.json"


def test_empty_fields_of_obsidian_mean_its_defaults(tmp_path: Path) -> None:
    put(tmp_path, DAILY, {"folder": "", "format": "  ", "template": None, "autorun": True})
    assert daily(tmp_path) == {}


OLD_PERIODIC = {
    "daily": {"format": "DD.MM.YYYY", "template": "T/Day", "folder": "Days", "enabled": True},
    "weekly": {"format": "gggg-[W]ww", "template": "", "folder": "Weeks", "enabled": True},
}
NEW_PERIODIC = {
    "activeCalendarSet": "Work",
    "calendarSets": [
        {"id": "Default", "day": {"enabled": True, "folder": "No", "format": "YYYY"}},
        {
            "id": "Work",
            "ctime": "2023-01-01",
            "day": {"enabled": True, "folder": "Days", "format": "DD.MM.YYYY", "templatePath": "T/Day.md"},
        },
    ],
}


@pytest.mark.parametrize(("data", "template"), [(OLD_PERIODIC, "T/Day"), (NEW_PERIODIC, "T/Day.md")])
def test_periodic_notes_are_adopted_in_both_of_their_forms(
    tmp_path: Path, data: object, template: str
) -> None:
    put(tmp_path, DAILY, {"folder": "Core"})
    put(tmp_path, PERIODIC, data)
    put(tmp_path, "community-plugins.json", ["periodic-notes"])
    assert daily(tmp_path) == {"folder": "Days", "format": "DD.MM.YYYY", "template": template}
    assert adopt(tmp_path).values["daily.folder"][1] == f".obsidian/{PERIODIC}"


def test_a_calendar_set_that_nobody_chose_is_the_default_one(tmp_path: Path) -> None:
    put(tmp_path, PERIODIC, {"calendarSets": NEW_PERIODIC["calendarSets"]})
    put(tmp_path, "community-plugins.json", ["periodic-notes"])
    assert daily(tmp_path)["folder"] == "No"


@pytest.mark.parametrize(
    ("plugins", "data"),
    [
        ([], OLD_PERIODIC),
        (["periodic-notes"], {"daily": {"enabled": False, "folder": "Days"}}),
        (
            ["periodic-notes"],
            {"calendarSets": [{"id": "Default", "day": {"enabled": False, "folder": "Days"}}]},
        ),
        (["periodic-notes"], {"calendarSets": []}),
        (["periodic-notes"], {"calendarSets": "?", "daily": 3}),
    ],
)
def test_periodic_notes_that_are_off_leave_it_to_the_core_plugin(
    tmp_path: Path, plugins: list[str], data: object
) -> None:
    put(tmp_path, DAILY, {"folder": "Core"})
    put(tmp_path, PERIODIC, data)
    put(tmp_path, "community-plugins.json", plugins)
    assert daily(tmp_path) == {"folder": "Core"}


def test_the_tasks_plugins_statuses_and_format_are_adopted(tmp_path: Path) -> None:
    custom = [
        {"symbol": "d", "name": "Doing", "type": "IN_PROGRESS"},
        {"symbol": "h", "type": "ON_HOLD"},
        {"symbol": "c", "type": "CANCELLED"},
        {"symbol": "D", "type": "DONE"},
        {"symbol": "n", "type": "NON_TASK"},
        {"symbol": "?", "type": "NEW TYPE"},
        {"symbol": "xx", "type": "DONE"},
        {"type": "DONE"},
        "nonsense",
    ]
    core = [{"symbol": " ", "type": "TODO"}, {"symbol": "x", "type": "DONE"}]
    put(
        tmp_path,
        TASKS,
        {"taskFormat": "dataview", "statusSettings": {"coreStatuses": core, "customStatuses": custom}},
    )
    found = adopt(tmp_path)
    assert found.task_format == "dataview"
    assert found.statuses == {
        " ": State.OPEN, "x": State.DONE, "d": State.PARTIAL, "h": State.OPEN, "c": State.SKIPPED, "D": State.DONE,
        "n": State.OPEN, "?": State.OPEN,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [[], 3, {"statusSettings": 1}, {"statusSettings": {"coreStatuses": 5, "customStatuses": {"a": 1}}}],
)
def test_a_tasks_file_of_another_shape_says_nothing(tmp_path: Path, data: object) -> None:
    put(tmp_path, TASKS, data)
    assert (adopt(tmp_path).statuses, adopt(tmp_path).task_format) == ({}, None)


def test_excluded_files_and_template_folders_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, "app.json", {"userIgnoreFilters": ["Archive/", "/^x.*/", 3, " "]})
    put(tmp_path, "templates.json", {"folder": "/Templates/"})
    put(tmp_path, TEMPLATER, {"templates_folder": "Other templates"})
    put(tmp_path, DAILY, {"template": "Day template"})
    assert adopt(tmp_path).excluded == (
        "Archive/",
        "/^x.*/",
        "Templates",
        "Other templates",
        "Day template.md",
    )


@pytest.mark.parametrize("folder", ["", "/", None, 7])
def test_a_template_folder_that_is_the_vault_itself_leaves_nothing_out(
    tmp_path: Path, folder: object
) -> None:
    put(tmp_path, "templates.json", {"folder": folder})
    assert adopt(tmp_path).excluded == ()


@pytest.mark.parametrize(
    ("start", "day"), [("sunday", 6), ("monday", 0), ("locale", None), (1, None), (None, None)]
)
def test_the_week_begins_as_the_calendar_plugin_says(tmp_path: Path, start: object, day: int | None) -> None:
    put(tmp_path, CALENDAR, {"weekStart": start})
    found = adopt(tmp_path).values.get("week_start")
    assert (found[0] if found else None) == day


@pytest.mark.parametrize("name", sorted(ADOPTED_FILES))
@pytest.mark.parametrize(
    "content", ["", "{", "{]", "[" * 100_000, "\x00"], ids=["empty", "cut", "wrong", "deep", "nul"]
)
def test_a_broken_settings_file_is_one_problem(tmp_path: Path, name: str, content: str) -> None:
    put(tmp_path, "app.json", {})
    put(tmp_path, name, content)
    problems = adopt(tmp_path).problems
    assert [(problem.path, problem.code) for problem in problems] == [
        (f".obsidian/{name}", "settings-unreadable")
    ]


@pytest.mark.parametrize("name", sorted(ADOPTED_FILES))
@pytest.mark.parametrize(
    "content", [[], {}, None, 0, "text", [1, {}], {"daily": [], "folder": {}, "weekStart": []}]
)
def test_a_settings_file_of_another_shape_is_no_crash(tmp_path: Path, name: str, content: Any) -> None:
    put(tmp_path, name, json.dumps(content))
    assert adopt(tmp_path).problems == ()


def test_a_renamed_config_folder_is_found(tmp_path: Path) -> None:
    put(tmp_path, "app.json", {}, ".obsidian-phone")
    put(tmp_path, "core-plugins.json", {}, ".obsidian-phone")
    put(tmp_path, DAILY, {"folder": "Journal"}, ".obsidian-phone")
    put(tmp_path, "app.json", {}, ".other-program")
    assert config_folder(tmp_path) == tmp_path / ".obsidian-phone"
    assert adopt(tmp_path).values == {"daily.folder": ("Journal", ".obsidian-phone/daily-notes.json")}


def test_the_usual_config_folder_comes_first(tmp_path: Path) -> None:
    put(tmp_path, "app.json", {}, ".a")
    put(tmp_path, "core-plugins.json", {}, ".a")
    put(tmp_path, "app.json", {})
    assert config_folder(tmp_path) == tmp_path / ".obsidian"
