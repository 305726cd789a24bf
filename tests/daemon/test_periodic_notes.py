"""Notes of days, weeks, months, quarters and years: recognised and named as the vault's owner's tools do it."""

import json
from datetime import date
from pathlib import Path

import pytest

from microwins.daemon.daily_note import daily_path, draft_daily_note
from microwins.daemon.vault import Vault, open_vault
from microwins.parsers.note import Note, read_note

SUNDAY = date(2025, 1, 5)
PERIODIC = "plugins/periodic-notes/data.json"
CALENDAR = "plugins/calendar/data.json"
OLD = {
    "daily": {"enabled": True, "folder": "Days", "format": "YYYY/MM/YYYY-MM-DD", "template": "T/Day"},
    "weekly": {"enabled": True, "folder": "Weeks", "format": "", "template": ""},
    "monthly": {"enabled": True, "folder": "Months", "format": "MMMM YYYY"},
    "quarterly": {"enabled": True},
    "yearly": {"enabled": False, "folder": "Years", "format": "YYYY"},
}
NEW = {
    "activeCalendarSet": "Mine",
    "calendarSets": [
        {"id": "Default"},
        {
            "id": "Mine",
            "day": {
                "enabled": True,
                "folder": "Days",
                "format": "YYYY/MM/YYYY-MM-DD",
                "templatePath": "T/Day.md",
            },
            "week": {"enabled": True, "folder": "Weeks", "format": ""},
            "month": {"enabled": True, "folder": "Months", "format": "MMMM YYYY"},
            "quarter": {"enabled": True},
            "year": {"enabled": False, "folder": "Years", "format": "YYYY"},
        },
    ],
}


def vault(root: Path, ours: str = "", folder: str = ".obsidian", **files: object) -> Vault:
    """Make a vault with our settings and with files of Obsidian, in which all plugins are on."""
    (root / folder).mkdir(exist_ok=True)
    (root / ".microwins.toml").write_text(ours, encoding="utf-8")
    names = {"periodic": PERIODIC, "calendar": CALENDAR, "app": "app.json", "daily": "daily-notes.json"}
    listed = {"plugins": ["periodic-notes", "calendar"], "core": {}, **files}
    names |= {"plugins": "community-plugins.json", "core": "core-plugins.json", "templates": "templates.json"}
    for name, content in listed.items():
        path = root / folder / names[name]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")
    return open_vault(root, {})


def period(vault: Vault, path: str) -> tuple[str | None, date | None]:
    note = read(vault, path)
    return note.kind, note.date


def read(vault: Vault, path: str, text: str = "") -> Note:
    return read_note(path, text, vault.reading)


# Recognising


@pytest.mark.parametrize("data", [OLD, NEW], ids=["0.0.17", "1.0"])
def test_all_kinds_are_recognised_as_periodic_notes_is_set(tmp_path: Path, data: object) -> None:
    found = vault(tmp_path, periodic=data)
    assert period(found, "Days/2025/01/2025-01-05.md") == ("day", SUNDAY)
    assert period(found, "Weeks/2025-W02.md") == ("week", SUNDAY)
    assert period(found, "Months/March 2025.md") == ("month", date(2025, 3, 1))
    assert period(found, "2025-Q3.md") == ("quarter", date(2025, 7, 1))
    assert period(found, "Years/2025.md") == (None, None)
    assert found.origins["weekly.format"] == f".obsidian/{PERIODIC}"
    assert found.settings.weekly_format == "gggg-[W]ww"


def test_a_renamed_config_folder_says_the_same(tmp_path: Path) -> None:
    found = vault(tmp_path, folder=".config-of-mine", periodic=OLD)
    assert period(found, "Weeks/2025-W02.md") == ("week", SUNDAY)
    (tmp_path / ".microwins.toml").unlink()
    inside = tmp_path / "Days"
    inside.mkdir()
    assert open_vault(None, {}, near=inside).root == tmp_path


def test_our_settings_name_them_without_obsidian(tmp_path: Path) -> None:
    ours = '[weekly]\nformat = "GGGG-[W]WW"\n[quarterly]\nfolder = "Q"\nformat = "YYYY [Q]Q"\n[yearly]\nfolder = "Y"\n'
    (tmp_path / ".microwins.toml").write_text(ours, encoding="utf-8")
    found = open_vault(tmp_path, {"MICROWINS_MONTHLY_FORMAT": "YYYY-MM"})
    assert period(found, "2025-W01.md") == ("week", date(2024, 12, 30))
    assert period(found, "2025-02.md") == ("month", date(2025, 2, 1))
    assert period(found, "Q/2025 Q4.md") == ("quarter", date(2025, 10, 1))
    assert period(found, "Y/2025.md") == ("year", date(2025, 1, 1))


def test_without_any_setting_only_daily_notes_are_recognised(tmp_path: Path) -> None:
    found = vault(tmp_path, plugins=[])
    assert [period(found, f"{name}.md")[0] for name in ("2025-01-05", "2025-W02", "2025-01", "2025")] == [
        "day",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize(
    ("periodic", "calendar", "path", "start"),
    [
        ({}, {"weeklyNoteFormat": "[Week] w gggg", "weeklyNoteFolder": "W"}, "W/Week 2 2025.md", SUNDAY),
        ({}, {"weeklyNoteFormat": "", "weeklyNoteFolder": "W"}, "W/2025-W02.md", SUNDAY),
        ({"weekly": {"enabled": False, "format": "ww"}}, {"weeklyNoteFolder": "W"}, "W/2025-W02.md", SUNDAY),
        ({"weekly": {"enabled": True, "folder": "P"}}, {"weeklyNoteFolder": "W"}, "P/2025-W02.md", SUNDAY),
        ({"weekly": {"enabled": True, "folder": "P"}}, {"weeklyNoteFolder": "W"}, "W/2025-W02.md", None),
    ],
)
def test_weekly_notes_are_those_of_the_calendar_plugin_where_periodic_notes_has_none(
    tmp_path: Path, periodic: object, calendar: object, path: str, start: date | None
) -> None:
    assert period(vault(tmp_path, periodic=periodic, calendar=calendar), path)[1] == start


def test_a_box_in_a_weekly_note_has_no_day_by_the_notes_name(tmp_path: Path) -> None:
    found = vault(tmp_path, periodic=OLD)
    assert read(found, "Weeks/2025-W02.md", "- [x] walk\n").day is None
    assert read(found, "Days/2025/01/2025-01-05.md", "- [x] walk\n").day == SUNDAY


def test_a_date_in_the_frontmatter_makes_no_daily_note(tmp_path: Path) -> None:
    found = vault(tmp_path)
    assert read(found, "Trip.md", "---\nday: 2025-01-05\ndate: 2025-01-05\n---\n- [x] walk\n").day is None


# Weeks and languages


@pytest.mark.parametrize(
    ("ours", "app", "week_2"),
    [
        ("", {}, date(2025, 1, 5)),
        ("", {"weekStart": "locale"}, date(2025, 1, 5)),
        ("", {"weekStart": "monday"}, date(2025, 1, 6)),
        ("", {"weekStart": "saturday"}, date(2025, 1, 11)),
        ("", {"localeOverride": "de"}, date(2025, 1, 6)),
        ("", {"localeOverride": "de", "weekStart": "sunday"}, date(2025, 1, 5)),
        ('week_start = "monday"\n', {"weekStart": "sunday"}, date(2025, 1, 6)),
        ('locale = "fr"\n', {"localeOverride": "en"}, date(2025, 1, 6)),
    ],
)
def test_weeks_begin_as_the_language_or_the_setting_says(
    tmp_path: Path, ours: str, app: object, week_2: date
) -> None:
    found = vault(tmp_path, ours, app=app, periodic={"weekly": {"enabled": True}})
    assert period(found, "2025-W02.md") == ("week", week_2)


def test_another_first_day_leaves_the_first_week_to_the_language(tmp_path: Path) -> None:
    found = vault(tmp_path, app={"weekStart": "monday"})
    assert found.week is not None
    assert (found.week.dow, found.week.doy) == (1, 6)
    assert vault(tmp_path, app={}).week is None


def test_weeks_by_the_iso_rule_are_the_same_everywhere(tmp_path: Path) -> None:
    weekly = {"weekly": {"enabled": True, "format": "GGGG-[W]WW"}}
    for start in ("sunday", "monday", "locale"):
        found = vault(tmp_path, app={"weekStart": start}, periodic=weekly)
        assert period(found, "2025-W02.md") == ("week", date(2025, 1, 6))


def test_names_are_written_and_read_in_the_owners_language(tmp_path: Path) -> None:
    found = vault(
        tmp_path,
        app={"localeOverride": "de"},
        daily={"format": "dddd, D. MMMM YYYY"},
        periodic={},
        plugins=[],
    )
    assert daily_path(found, SUNDAY) == "Sonntag, 5. Januar 2025.md"
    assert period(found, "Sonntag, 5. Januar 2025.md") == ("day", SUNDAY)


def test_a_daily_note_is_filed_under_its_week_as_weeks_are_counted(tmp_path: Path) -> None:
    daily = {"format": "gggg/[W]ww/YYYY-MM-DD"}
    assert daily_path(vault(tmp_path, daily=daily), SUNDAY) == "2025/W02/2025-01-05.md"
    found = vault(tmp_path, daily=daily, app={"weekStart": "monday"})
    assert daily_path(found, SUNDAY) == "2025/W01/2025-01-05.md"
    assert period(found, "2025/W01/2025-01-05.md") == ("day", SUNDAY)


# Templates

TEMPLATE = (
    "{{title}}|{{date}}|{{time}}|{{date:D}}|{{tomorrow}}\n<!-- microwins:today -->\n<!-- /microwins -->\n"
)


def filled(vault: Vault) -> list[str]:
    (vault.root / "T").mkdir(exist_ok=True)
    (vault.root / "T" / "Day.md").write_text(TEMPLATE, encoding="utf-8")
    draft = draft_daily_note(vault, SUNDAY)
    assert (draft.path, draft.problems) == ("Days/2025/01/2025-01-05.md", ())
    return draft.text.splitlines()[0].split("|")


def test_periodic_notes_puts_in_the_name_with_its_folders(tmp_path: Path) -> None:
    name = "2025/01/2025-01-05"
    assert filled(vault(tmp_path, periodic=OLD)) == [name, name, "00:00", "5", "2025/01/2025-01-06"]


def test_version_1_of_periodic_notes_puts_in_the_file_name(tmp_path: Path) -> None:
    name = "2025-01-05"
    assert filled(vault(tmp_path, periodic=NEW)) == [name, name, "00:00", "5", "2025/01/2025-01-06"]


def test_obsidian_itself_writes_dates_and_times_as_its_templates_are_set(tmp_path: Path) -> None:
    daily = {"folder": "Days", "format": "YYYY/MM/YYYY-MM-DD", "template": "T/Day"}
    assert filled(vault(tmp_path, daily=daily))[:3] == ["2025-01-05", "2025-01-05", "00:00"]
    templates = {"folder": "T", "dateFormat": "D. M. YY", "timeFormat": "HH.mm.ss"}
    found = filled(vault(tmp_path, daily=daily, templates=templates))
    assert found[:3] == ["2025-01-05", "5. 1. 25", "00.00.00"]


def test_formats_of_obsidians_templates_are_not_those_of_periodic_notes(tmp_path: Path) -> None:
    templates = {"dateFormat": "D. M. YY", "timeFormat": "HH.mm.ss"}
    assert filled(vault(tmp_path, periodic=NEW, templates=templates))[1:3] == ["2025-01-05", "00:00"]
