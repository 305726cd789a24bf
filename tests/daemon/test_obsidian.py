"""What the vault already says in the settings of Obsidian and its plugins."""

import json
from pathlib import Path
from typing import Any

import pytest

from microwins.daemon.config_files import (
    ADOPTED_FILES,
    APP,
    CALENDAR,
    CORE,
    DAILY,
    DATAVIEW,
    PERIODIC,
    PLUGINS,
    TASKS,
    TEMPLATER,
    config_folder,
)
from microwins.daemon.obsidian import Adopted, adopt
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
    put(tmp_path, PLUGINS, ["calendar"])
    found = adopt(tmp_path).values.get("week_start")
    assert (found[0] if found else None) == day


@pytest.mark.parametrize("name", sorted(ADOPTED_FILES))
@pytest.mark.parametrize(
    "content", ["", "{", "{]", "[" * 100_000, "\x00"], ids=["empty", "cut", "wrong", "deep", "nul"]
)
def test_a_broken_settings_file_is_one_problem(tmp_path: Path, name: str, content: str) -> None:
    put(tmp_path, "app.json", {})
    put(tmp_path, PLUGINS, [file.split("/")[1] for file in ADOPTED_FILES if "/" in file])
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
    put(tmp_path, PLUGINS, [file.split("/")[1] for file in ADOPTED_FILES if "/" in file])
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


# Which files count


@pytest.mark.parametrize("plugins", [{"daily-notes": False}, ["file-explorer"]], ids=["table", "array"])
def test_daily_notes_that_are_switched_off_say_nothing(tmp_path: Path, plugins: object) -> None:
    put(tmp_path, DAILY, {"folder": "Core", "template": "T/Day"})
    put(tmp_path, CORE, plugins)
    assert daily(tmp_path) == {}
    assert adopt(tmp_path).excluded == ("T/Day.md",)


@pytest.mark.parametrize("plugins", [{"daily-notes": True}, {}, ["daily-notes"], None, 3])
def test_daily_notes_that_are_not_switched_off_count(tmp_path: Path, plugins: object) -> None:
    put(tmp_path, DAILY, {"folder": "Core"})
    put(tmp_path, CORE, plugins)
    assert daily(tmp_path) == {"folder": "Core"}


SAID = {
    TASKS: {"globalFilter": "#task", "taskFormat": "dataview"},
    TEMPLATER: {"templates_folder": "T"},
    CALENDAR: {"weekStart": "sunday", "weeklyNoteFormat": "gggg", "weeklyNoteTemplate": "W"},
    DATAVIEW: {
        "taskCompletionText": "finished",
        "taskCompletionTracking": True,
        "taskCompletionDateFormat": "D",
    },
    PERIODIC: {"weekly": {"enabled": True, "template": "W"}},
}


@pytest.mark.parametrize("file", SAID)
def test_the_settings_of_a_plugin_that_is_off_say_nothing(tmp_path: Path, file: str) -> None:
    put(tmp_path, file, SAID[file])
    put(tmp_path, PLUGINS, ["another-plugin"])
    assert adopt(tmp_path) == Adopted()
    put(tmp_path, PLUGINS, [file.split("/")[1]])
    assert adopt(tmp_path) != Adopted()


@pytest.mark.parametrize(
    ("file", "counts"), [(TASKS, True), (TEMPLATER, True), (DATAVIEW, True), (CALENDAR, False)]
)
def test_without_the_list_of_plugins_only_what_nothing_else_says_counts(
    tmp_path: Path, file: str, *, counts: bool
) -> None:
    put(tmp_path, file, SAID[file])
    assert (adopt(tmp_path) != Adopted()) == counts


@pytest.mark.parametrize("data", [OLD_PERIODIC, NEW_PERIODIC])
def test_a_broken_list_of_plugins_leaves_daily_notes_to_the_core_plugin(tmp_path: Path, data: object) -> None:
    put(tmp_path, DAILY, {"folder": "Core"})
    put(tmp_path, PERIODIC, data)
    put(tmp_path, PLUGINS, "[")
    assert daily(tmp_path) == {"folder": "Core"}


# Tasks and Dataview


@pytest.mark.parametrize(("said", "text"), [("#task", "#task"), ("", ""), (None, ""), (["#task"], "")])
def test_the_global_filter_is_adopted(tmp_path: Path, said: object, text: str) -> None:
    put(tmp_path, TASKS, {"globalFilter": said})
    assert adopt(tmp_path).global_filter == text


@pytest.mark.parametrize(
    ("said", "key"), [("Finished", "finished"), ("completion", ""), ("Completion", ""), ("", ""), (None, "")]
)
def test_a_done_date_key_of_dataviews_is_adopted(tmp_path: Path, said: object, key: str) -> None:
    put(tmp_path, DATAVIEW, {"taskCompletionText": said})
    assert adopt(tmp_path).completion_key == key


@pytest.mark.parametrize(
    ("tasks", "dataview", "style"),
    [
        ({"taskFormat": "dataview"}, {}, "dataview"),
        ({"taskFormat": "tasksPluginEmoji"}, {"taskCompletionTracking": True}, "tasks"),
        (None, {"taskCompletionTracking": True}, "dataview"),
        (None, {"taskCompletionTracking": True, "taskCompletionUseEmojiShorthand": True}, "tasks"),
        (None, {"taskCompletionTracking": False}, None),
    ],
)
def test_done_dates_are_written_as_tasks_writes_them_or_else_dataview(
    tmp_path: Path, tasks: object, dataview: object, style: str | None
) -> None:
    if tasks is not None:
        put(tmp_path, TASKS, tasks)
    put(tmp_path, DATAVIEW, dataview)
    assert adopt(tmp_path).task_format == style


@pytest.mark.parametrize(
    ("data", "reported"),
    [
        ({"taskCompletionTracking": True, "taskCompletionDateFormat": "dd.MM.yyyy"}, True),
        ({"taskCompletionTracking": True, "taskCompletionDateFormat": "yyyy-MM-dd HH:mm"}, True),
        ({"taskCompletionTracking": True, "taskCompletionDateFormat": "yyyy-MM-dd"}, False),
        ({"taskCompletionTracking": True, "taskCompletionDateFormat": "yyyy-MM-dd'T'HH:mm"}, False),
        ({"taskCompletionTracking": True}, False),
        ({"taskCompletionTracking": False, "taskCompletionDateFormat": "dd.MM.yyyy"}, False),
        (
            {
                "taskCompletionTracking": True,
                "taskCompletionDateFormat": "dd.MM.yyyy",
                "taskCompletionUseEmojiShorthand": True,
            },
            False,
        ),
    ],
)
def test_done_dates_that_cannot_be_read_back_are_reported_once(
    tmp_path: Path, data: object, *, reported: bool
) -> None:
    put(tmp_path, DATAVIEW, data)
    found = [(problem.path, problem.code) for problem in adopt(tmp_path).problems]
    assert found == ([(f".obsidian/{DATAVIEW}", "completion-format")] if reported else [])


# Language and templates


def test_the_language_and_the_week_may_stand_in_obsidians_own_settings(tmp_path: Path) -> None:
    put(tmp_path, APP, {"localeOverride": "de", "weekStart": "sunday"})
    assert adopt(tmp_path).values == {
        "locale": ("de", ".obsidian/app.json"),
        "week_start": (6, ".obsidian/app.json"),
    }
    put(tmp_path, PLUGINS, ["calendar"])
    put(tmp_path, CALENDAR, {"localeOverride": "fr", "weekStart": "locale"})
    values = adopt(tmp_path).values
    assert values["locale"] == ("fr", f".obsidian/{CALENDAR}")
    assert values["week_start"] == (6, ".obsidian/app.json")


def test_the_systems_language_is_not_known_here(tmp_path: Path) -> None:
    put(tmp_path, APP, {"localeOverride": "system-default", "weekStart": "locale"})
    assert adopt(tmp_path).values == {}


def test_templates_of_all_periodic_notes_are_left_out(tmp_path: Path) -> None:
    put(tmp_path, PLUGINS, ["periodic-notes", "calendar"])
    put(
        tmp_path,
        PERIODIC,
        {"weekly": {"enabled": False, "template": "T/Week"}, "yearly": {"template": "/T/Year.md"}},
    )
    put(tmp_path, CALENDAR, {"weeklyNoteTemplate": "T/Calendar week"})
    put(tmp_path, DAILY, {"template": "T/Day"})
    assert adopt(tmp_path).excluded == ("T/Day.md", "T/Week.md", "T/Year.md", "T/Calendar week.md")
    put(tmp_path, PERIODIC, {"calendarSets": [{"id": "Default", "month": {"templatePath": "T/Month.md"}}]})
    assert "T/Month.md" in adopt(tmp_path).excluded
