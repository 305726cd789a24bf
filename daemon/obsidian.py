"""What the vault already says in the settings of Obsidian and its plugins, adopted as our defaults."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..parsers.day_range import read_weekday
from ..parsers.problem import Problem
from ..parsers.task import State

_TYPES = {
    "TODO": State.OPEN, "IN_PROGRESS": State.PARTIAL, "ON_HOLD": State.OPEN, "DONE": State.DONE,
    "CANCELLED": State.SKIPPED, "NON_TASK": State.OPEN,
}  # fmt: skip
DAILY, PERIODIC, TASKS = (
    "daily-notes.json",
    "plugins/periodic-notes/data.json",
    "plugins/obsidian-tasks-plugin/data.json",
)
APP, PLUGINS, TEMPLATES = "app.json", "community-plugins.json", "templates.json"
CALENDAR, TEMPLATER = "plugins/calendar/data.json", "plugins/templater-obsidian/data.json"
ADOPTED_FILES = frozenset({DAILY, PERIODIC, TASKS, APP, PLUGINS, TEMPLATES, CALENDAR, TEMPLATER})


@dataclass(frozen=True, slots=True)
class Adopted:
    """Settings by key with the file that each came from; what else the vault says; files that could not be read."""

    values: Mapping[str, tuple[object, str]] = field(default_factory=dict)
    statuses: Mapping[str, State] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    task_format: str | None = None
    problems: tuple[Problem, ...] = ()


def adopt(root: Path) -> Adopted:
    """Return what the settings files in the vault's config folder say; a missing file says nothing."""
    folder = config_folder(root)
    return _Reader(root, folder).adopted() if folder else Adopted()


def config_folder(root: Path) -> Path | None:
    """Return Obsidian's config folder: `.obsidian`, or the dot-folder that was put in its place."""
    usual = root / ".obsidian"
    if usual.is_dir():
        return usual
    others = sorted(
        path.parent for path in root.glob(".*/app.json") if (path.parent / "core-plugins.json").exists()
    )
    return others[0] if others else None


def template_path(name: str) -> str:
    """Return the vault path of the template that a setting names, with or without its suffix."""
    return name if name.endswith(".md") else f"{name}.md"


class _Reader:
    """Reads the files of one config folder, and remembers those that are damaged."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._problems: list[Problem] = []
        self._values: dict[str, tuple[object, str]] = {}

    def adopted(self) -> Adopted:
        self._daily()
        self._week()
        tasks = self._read(TASKS)
        return Adopted(
            values=self._values,
            statuses=_statuses(tasks),
            excluded=self._excluded(),
            task_format={"tasksPluginEmoji": "tasks", "dataview": "dataview"}.get(
                str(tasks.get("taskFormat"))
            ),
            problems=tuple(self._problems),
        )

    def _daily(self) -> None:
        """Take the daily notes' folder, format and template: Periodic Notes first where it is switched on."""
        for name, section in ((PERIODIC, self._periodic()), (DAILY, self._read(DAILY))):
            if section is None:
                continue
            for key in ("folder", "format", "template"):
                value = section.get(key)
                if isinstance(value, str) and value.strip():
                    self._values[f"daily.{key}"] = (value.strip().strip("/"), f"{self._folder.name}/{name}")
            return

    def _periodic(self) -> Mapping[str, Any] | None:
        data = self._read(PERIODIC)
        if "periodic-notes" not in self._list(PLUGINS):
            return None
        sets = data.get("calendarSets")
        if isinstance(sets, list):
            chosen = next(
                (
                    one
                    for one in sets
                    if isinstance(one, dict) and one.get("id") == data.get("activeCalendarSet", "Default")
                ),
                {},
            )
            day = chosen.get("day")
            return (
                {**day, "template": day.get("templatePath")}
                if isinstance(day, dict) and day.get("enabled")
                else None
            )
        day = data.get("daily")
        return day if isinstance(day, dict) and day.get("enabled") else None

    def _week(self) -> None:
        for name in (CALENDAR, APP):
            start = read_weekday(self._read(name).get("weekStart"))
            if start is not None:
                self._values["week_start"] = (start, f"{self._folder.name}/{name}")
                return

    def _excluded(self) -> tuple[str, ...]:
        """Return what is left out: excluded files, and the folders and notes that are templates."""
        app = self._read(APP).get("userIgnoreFilters")
        found = [item for item in app if isinstance(item, str)] if isinstance(app, list) else []
        folders = [self._read(TEMPLATES).get("folder"), self._read(TEMPLATER).get("templates_folder")]
        template = self._values.get("daily.template")
        if template:
            folders.append(template_path(str(template[0])))
        found += [folder.strip("/ ") for folder in folders if isinstance(folder, str)]
        return tuple(item for item in found if item.strip("/ "))

    def _list(self, name: str) -> list[str]:
        data = self._load(name)
        return [item for item in data if isinstance(item, str)] if isinstance(data, list) else []

    def _read(self, name: str) -> Mapping[str, Any]:
        data = self._load(name)
        return data if isinstance(data, dict) else {}

    def _load(self, name: str) -> object:
        path = self._folder / name
        try:
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            shown = path.relative_to(self._root).as_posix()
            problem = Problem(
                shown,
                None,
                "settings-unreadable",
                "This settings file cannot be read, so it is passed over.",
                "Open the plugin's settings in Obsidian and save them again.",
            )
            if problem not in self._problems:
                self._problems.append(problem)
            return None


def _statuses(tasks: Mapping[str, Any]) -> dict[str, State]:
    """Return what each box means by the Tasks plugin's settings; `X` stays done, as everywhere but in that plugin."""
    settings = tasks.get("statusSettings")
    if not isinstance(settings, dict):
        return {}
    found: dict[str, State] = {}
    for group in ("coreStatuses", "customStatuses"):
        listed = settings.get(group)
        for status in listed if isinstance(listed, list) else ():
            if (
                isinstance(status, dict)
                and isinstance(status.get("symbol"), str)
                and len(status["symbol"]) == 1
            ):
                found.setdefault(status["symbol"], _TYPES.get(str(status.get("type")), State.OPEN))
    return found
