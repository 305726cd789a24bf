"""The files in Obsidian's config folder: which folder it is, which files count, and what each of them says."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from ..parsers.problem import Problem

DAILY, PERIODIC, TASKS = (
    "daily-notes.json",
    "plugins/periodic-notes/data.json",
    "plugins/obsidian-tasks-plugin/data.json",
)
APP, CORE, PLUGINS, TEMPLATES = "app.json", "core-plugins.json", "community-plugins.json", "templates.json"
CALENDAR, TEMPLATER = "plugins/calendar/data.json", "plugins/templater-obsidian/data.json"
DATAVIEW = "plugins/dataview/data.json"
ADOPTED_FILES = frozenset(
    {DAILY, PERIODIC, TASKS, APP, CORE, PLUGINS, TEMPLATES, CALENDAR, TEMPLATER, DATAVIEW}
)
_ALONE = frozenset({TASKS, TEMPLATER, DATAVIEW})
"""Of these plugins no other file of the vault says the same, so they count where the list of plugins is missing."""
_SIGNS = ("app.json", "core-plugins.json", "appearance.json", "workspace.json", "community-plugins.json")


def config_folder(root: Path) -> Path | None:
    """Return Obsidian's config folder: `.obsidian`, or the dot-folder that was put in its place."""
    usual = root / ".obsidian"
    if usual.is_dir():
        return usual
    folders = sorted({path.parent for sign in _SIGNS[:2] for path in root.glob(f".*/{sign}")})
    signs = {folder: sum((folder / sign).is_file() for sign in _SIGNS) for folder in folders}
    likely = [folder for folder in folders if signs[folder] > 1]
    return max(likely, key=lambda folder: signs[folder], default=None)


class ConfigFiles:
    """Reads the files of one config folder, and remembers those that are damaged in `problems`."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._tables: dict[str, Mapping[str, Any]] = {}
        self.problems: list[Problem] = []

    @cached_property
    def _plugins(self) -> list[str] | None:
        """The plugins that are on; None where no file says it."""
        data = self._load(PLUGINS)
        return [item for item in data if isinstance(item, str)] if isinstance(data, list) else None

    def is_on(self, core_plugin: str) -> bool:
        """Return whether a core plugin is on: it is, unless its list says otherwise, a table or, in old vaults, an array."""
        data = self._load(CORE)
        if isinstance(data, list):
            return core_plugin in data
        return mapping(data).get(core_plugin) is not False

    def read(self, name: str) -> Mapping[str, Any]:
        """Return a file's table; that of a plugin which is off says nothing."""
        if name not in self._tables:
            self._tables[name] = mapping(self._load(name)) if self._counts(name) else {}
        return self._tables[name]

    def _counts(self, name: str) -> bool:
        if not name.startswith("plugins/"):
            return True
        return name in _ALONE if self._plugins is None else name.split("/")[1] in self._plugins

    def _load(self, name: str) -> object:
        path = self._folder / name
        try:
            return json.loads(path.read_bytes())
        except FileNotFoundError:
            return None
        except (OSError, ValueError, RecursionError):
            problem = Problem(
                self.shown(name),
                None,
                "settings-unreadable",
                "This settings file cannot be read, so it is passed over.",
                "Open the plugin's settings in Obsidian and save them again.",
            )
            if problem not in self.problems:
                self.problems.append(problem)
            return None

    def shown(self, name: str) -> str:
        """Return the path of a file in the vault."""
        return f"{self._folder.relative_to(self._root).as_posix()}/{name}"


def said(value: object) -> str:
    """Return a text without white space around it, and nothing in the place of anything else."""
    return value.strip() if isinstance(value, str) else ""


def mapping(value: object) -> Mapping[str, Any]:
    """Return a table as it is, and nothing in the place of anything else."""
    return value if isinstance(value, dict) else {}
