"""What the vault already says in the settings of Obsidian and its plugins, adopted as our defaults."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

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
APP, CORE, PLUGINS, TEMPLATES = "app.json", "core-plugins.json", "community-plugins.json", "templates.json"
CALENDAR, TEMPLATER = "plugins/calendar/data.json", "plugins/templater-obsidian/data.json"
DATAVIEW = "plugins/dataview/data.json"
ADOPTED_FILES = frozenset(
    {DAILY, PERIODIC, TASKS, APP, CORE, PLUGINS, TEMPLATES, CALENDAR, TEMPLATER, DATAVIEW}
)
_ALONE = frozenset({TASKS, TEMPLATER, DATAVIEW})
"""Of these plugins no other file of the vault says the same, so they count where the list of plugins is missing."""
_SIGNS = ("app.json", "core-plugins.json", "appearance.json", "workspace.json", "community-plugins.json")
_SECTIONS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_USUAL_FORMATS = {
    "daily": "", "weekly": "gggg-[W]ww", "monthly": "YYYY-MM", "quarterly": "YYYY-[Q]Q", "yearly": "YYYY",
}  # fmt: skip
_EMOJI_FORMAT, _DATAVIEW_FORMAT = "tasks", "dataview"

Tool = Literal["core", "periodic-notes", "periodic-notes-1"]
"""Who fills the template of a daily note: Obsidian itself, Periodic Notes, or its version 1."""


@dataclass(frozen=True, slots=True)
class TemplateTool:
    """Who fills the daily template, and the formats that stand in Obsidian's settings for templates.

    `longer` is who fills those of weekly to yearly notes; Obsidian itself knows no such notes.
    """

    name: Tool = "core"
    date_format: str = "YYYY-MM-DD"
    time_format: str = "HH:mm"
    longer: Tool = "core"


@dataclass(frozen=True, slots=True)
class Adopted:
    """Settings by key with the file that each came from; what else the vault says; files that could not be read.

    `template_folder` is where templates are kept, as far as that is said.
    `task_format` is the style in which done dates are written, `dataview_format` whether Tasks reads that of Dataview.
    `completion_key` is the inline key under which Dataview writes done dates, where it is one of the owner's own.
    """

    values: Mapping[str, tuple[object, str]] = field(default_factory=dict)
    statuses: Mapping[str, State] = field(default_factory=dict)
    excluded: tuple[str, ...] = ()
    task_format: str | None = None
    dataview_format: bool = False
    problems: tuple[Problem, ...] = ()
    global_filter: str = ""
    completion_key: str = ""
    template_tool: TemplateTool = TemplateTool()
    template_folder: str = ""


def adopt(root: Path) -> Adopted:
    """Return what the settings files in the vault's config folder say; a missing file says nothing."""
    folder = config_folder(root)
    return _Reader(root, folder).adopted() if folder else Adopted()


def config_folder(root: Path) -> Path | None:
    """Return Obsidian's config folder: `.obsidian`, or the dot-folder that was put in its place."""
    usual = root / ".obsidian"
    if usual.is_dir():
        return usual
    folders = sorted({path.parent for sign in _SIGNS[:2] for path in root.glob(f".*/{sign}")})
    signs = {folder: sum((folder / sign).is_file() for sign in _SIGNS) for folder in folders}
    likely = [folder for folder in folders if signs[folder] > 1]
    return max(likely, key=lambda folder: signs[folder], default=None)


def template_path(name: str) -> str:
    """Return the vault path of the template that a setting names, with or without its suffix."""
    return name if name.endswith(".md") else f"{name}.md"


class _Reader:
    """Reads the files of one config folder, and remembers those that are damaged."""

    def __init__(self, root: Path, folder: Path) -> None:
        self._root, self._folder = root, folder
        self._problems: list[Problem] = []
        self._values: dict[str, tuple[object, str]] = {}
        self._tables: dict[str, Mapping[str, Any]] = {}

    def adopted(self) -> Adopted:
        tool = self._daily()
        self._longer_periods()
        self._locale_and_week()
        self._attachments()
        self._links()
        tasks, dataview = self._read(TASKS), self._read(DATAVIEW)
        global_filter = tasks.get("globalFilter")
        self._check_completion_format(dataview)
        return Adopted(
            values=self._values,
            statuses=_statuses(tasks),
            excluded=tuple(dict.fromkeys(self._excluded())),
            task_format=_task_format(tasks, dataview),
            dataview_format=tasks.get("taskFormat") == "dataview",
            problems=tuple(self._problems),
            global_filter=global_filter.strip() if isinstance(global_filter, str) else "",
            completion_key=_completion_key(dataview),
            template_tool=self._template_tool(tool),
            template_folder=next(self._template_folders(), ""),
        )

    # Daily and other periodic notes

    def _daily(self) -> Tool:
        """Take the daily notes' folder, format and template: Periodic Notes first where it is switched on."""
        section = self._periodic("daily")
        if section is not None:
            self._take("daily", section, PERIODIC)
            return "periodic-notes-1" if self._has_calendar_sets else "periodic-notes"
        if self._is_on("daily-notes"):
            self._take("daily", self._read(DAILY), DAILY)
        return "core"

    def _longer_periods(self) -> None:
        """Take the folders and formats of weekly to yearly notes; of weekly ones the Calendar plugin's come last."""
        for name in ("weekly", "monthly", "quarterly", "yearly"):
            section = self._periodic(name)
            if section is not None:
                self._take(name, section, PERIODIC)
            elif name == "weekly" and (calendar := self._read(CALENDAR)):
                named = {
                    key: calendar.get(f"weeklyNote{key.title()}") for key in ("folder", "format", "template")
                }
                self._take(name, named, CALENDAR)

    def _take(self, name: str, section: Mapping[str, Any], file: str) -> None:
        for key in ("folder", "format", "template"):
            usual = _USUAL_FORMATS[name] if key == "format" else ""
            value = _text(section.get(key)).strip("/") or usual
            if value:
                self._values[f"{name}.{key}"] = (value, self._shown(file))

    def _periodic(self, name: str) -> Mapping[str, Any] | None:
        """Return what Periodic Notes says of one kind of note, None where it is off."""
        section = self._section(name)
        return section if section.get("enabled") else None

    def _section(self, name: str) -> Mapping[str, Any]:
        data = self._read(PERIODIC)
        if not self._has_calendar_sets:
            return _mapping(data.get(name))
        wanted = data.get("activeCalendarSet", "Default")
        sets = (_mapping(one) for one in data["calendarSets"])
        section = _mapping(next((one for one in sets if one.get("id") == wanted), {}).get(_SECTIONS[name]))
        return {**section, "template": section.get("templatePath")} if section else {}

    @property
    def _has_calendar_sets(self) -> bool:
        """Whether the file is that of version 1 of Periodic Notes."""
        return isinstance(self._read(PERIODIC).get("calendarSets"), list)

    def _template_tool(self, tool: Tool) -> TemplateTool:
        templates = self._read(TEMPLATES)
        usual = TemplateTool(tool)
        return TemplateTool(
            tool,
            _text(templates.get("dateFormat")) or usual.date_format,
            _text(templates.get("timeFormat")) or usual.time_format,
            self._longer_tool(),
        )

    def _longer_tool(self) -> Tool:
        if self._has_calendar_sets:
            return "periodic-notes-1"
        return "periodic-notes" if self._read(PERIODIC) or self._read(CALENDAR) else "core"

    def _locale_and_week(self) -> None:
        """Take the language and the week's first day where a plugin put others in the place of Obsidian's own."""
        for name in (APP, CALENDAR):
            data = self._read(name)
            start, locale = read_weekday(data.get("weekStart")), _text(data.get("localeOverride"))
            if start is not None:
                self._values["week_start"] = (start, self._shown(name))
            if locale and locale != "system-default":
                self._values["locale"] = (locale, self._shown(name))

    def _attachments(self) -> None:
        """Take the folder of attachments, in which our pictures have one of their own; Obsidian's own default is the root."""
        folder = _text(self._read(APP).get("attachmentFolderPath"))
        if folder.strip("/"):
            self._values["pictures.folder"] = (f"{folder.rstrip('/')}/microwins", self._shown(APP))

    def _links(self) -> None:
        """Take Markdown links where Obsidian writes them in place of wikilinks."""
        if self._read(APP).get("useMarkdownLinks") is True:
            self._values["links"] = ("markdown", self._shown(APP))

    # What is left out

    def _excluded(self) -> Iterator[str]:
        """Yield what is left out: excluded files, and the folders and notes that are templates."""
        ignored = self._read(APP).get("userIgnoreFilters")
        yield from (
            _text(item) for item in (ignored if isinstance(ignored, list) else ()) if _text(item).strip("/ ")
        )
        yield from self._template_folders()
        yield from (template_path(name) for name in map(_path, self._templates()) if name)

    def _template_folders(self) -> Iterator[str]:
        """Yield the folders in which templates are kept."""
        for folder in (self._read(TEMPLATES).get("folder"), self._read(TEMPLATER).get("templates_folder")):
            if _text(folder).strip("/ "):
                yield _text(folder).strip("/ ")

    def _templates(self) -> Iterator[object]:
        """Yield the templates of every kind of periodic note, also of kinds that are off just now."""
        yield self._read(DAILY).get("template")
        yield from (self._section(name).get("template") for name in _SECTIONS)
        yield self._read(CALENDAR).get("weeklyNoteTemplate")

    # Done dates

    def _check_completion_format(self, dataview: Mapping[str, Any]) -> None:
        """Report a format of Dataview's for done dates that is not read back; its emoji has the usual one always."""
        form = _text(dataview.get("taskCompletionDateFormat")) or "yyyy-MM-dd"
        iso = form == "yyyy-MM-dd" or form.startswith(("yyyy-MM-dd'T'", "yyyy-MM-ddT"))
        written = dataview.get("taskCompletionTracking") is True
        if written and not iso and not dataview.get("taskCompletionUseEmojiShorthand"):
            self._problems.append(
                Problem(
                    self._shown(DATAVIEW),
                    None,
                    "completion-format",
                    f"Dataview writes done dates as `{form}`; only dates such as 2026-11-20 are read.",
                    "Set the completion date format to yyyy-MM-dd in Dataview's settings.",
                )
            )

    # Files

    @cached_property
    def _plugins(self) -> list[str] | None:
        """The plugins that are on; None where no file says it."""
        data = self._load(PLUGINS)
        return [item for item in data if isinstance(item, str)] if isinstance(data, list) else None

    def _is_on(self, core_plugin: str) -> bool:
        """Return whether a core plugin is on: it is, unless its list says otherwise, a table or, in old vaults, an array."""
        data = self._load(CORE)
        if isinstance(data, list):
            return core_plugin in data
        return _mapping(data).get(core_plugin) is not False

    def _read(self, name: str) -> Mapping[str, Any]:
        """Return a file's table; that of a plugin which is off says nothing."""
        if name not in self._tables:
            self._tables[name] = _mapping(self._load(name)) if self._counts(name) else {}
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
                self._shown(name),
                None,
                "settings-unreadable",
                "This settings file cannot be read, so it is passed over.",
                "Open the plugin's settings in Obsidian and save them again.",
            )
            if problem not in self._problems:
                self._problems.append(problem)
            return None

    def _shown(self, name: str) -> str:
        return f"{self._folder.relative_to(self._root).as_posix()}/{name}"


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _path(value: object) -> str:
    return _text(value).strip("/")


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _task_format(tasks: Mapping[str, Any], dataview: Mapping[str, Any]) -> str | None:
    """Return in which style done dates are written: as Tasks says, else as Dataview does where it writes any."""
    formats = {"tasksPluginEmoji": _EMOJI_FORMAT, "dataview": _DATAVIEW_FORMAT}
    if tasks or dataview.get("taskCompletionTracking") is not True:
        return formats.get(str(tasks.get("taskFormat")))
    return _EMOJI_FORMAT if dataview.get("taskCompletionUseEmojiShorthand") else _DATAVIEW_FORMAT


def _completion_key(dataview: Mapping[str, Any]) -> str:
    key = _text(dataview.get("taskCompletionText")).lower()
    return "" if key == "completion" else key


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
