"""What the vault already says in the settings of Obsidian and its plugins, adopted as our defaults."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from ..parsers.day_range import read_weekday
from ..parsers.problem import Problem
from ..parsers.task import State
from .config_files import (
    APP,
    CALENDAR,
    DAILY,
    DATAVIEW,
    PERIODIC,
    TASKS,
    TEMPLATER,
    TEMPLATES,
    ConfigFiles,
    config_folder,
    mapping,
    said,
)
from .task_settings import completion_key, completion_problems, statuses, task_format

_SECTIONS = {"daily": "day", "weekly": "week", "monthly": "month", "quarterly": "quarter", "yearly": "year"}
_USUAL_FORMATS = {
    "daily": "", "weekly": "gggg-[W]ww", "monthly": "YYYY-MM", "quarterly": "YYYY-[Q]Q", "yearly": "YYYY",
}  # fmt: skip

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
    return _Reader(ConfigFiles(root, folder)).adopted() if folder else Adopted()


def template_path(name: str) -> str:
    """Return the vault path of the template that a setting names, with or without its suffix."""
    return name if name.endswith(".md") else f"{name}.md"


class _Reader:
    """Takes what counts here out of the files of one config folder."""

    def __init__(self, files: ConfigFiles) -> None:
        self._files = files
        self._values: dict[str, tuple[object, str]] = {}

    def adopted(self) -> Adopted:
        tool = self._daily()
        self._longer_periods()
        self._locale_and_week()
        self._attachments()
        self._links()
        tasks, dataview = self._files.read(TASKS), self._files.read(DATAVIEW)
        global_filter = tasks.get("globalFilter")
        odd = completion_problems(dataview, self._files.shown(DATAVIEW))
        return Adopted(
            values=self._values,
            statuses=statuses(tasks),
            excluded=tuple(dict.fromkeys(self._excluded())),
            task_format=task_format(tasks, dataview),
            dataview_format=tasks.get("taskFormat") == "dataview",
            problems=(*self._files.problems, *odd),
            global_filter=global_filter.strip() if isinstance(global_filter, str) else "",
            completion_key=completion_key(dataview),
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
        if self._files.is_on("daily-notes"):
            self._take("daily", self._files.read(DAILY), DAILY)
        return "core"

    def _longer_periods(self) -> None:
        """Take the folders and formats of weekly to yearly notes; of weekly ones the Calendar plugin's come last."""
        for name in ("weekly", "monthly", "quarterly", "yearly"):
            section = self._periodic(name)
            if section is not None:
                self._take(name, section, PERIODIC)
            elif name == "weekly" and (calendar := self._files.read(CALENDAR)):
                named = {
                    key: calendar.get(f"weeklyNote{key.title()}") for key in ("folder", "format", "template")
                }
                self._take(name, named, CALENDAR)

    def _take(self, name: str, section: Mapping[str, Any], file: str) -> None:
        for key in ("folder", "format", "template"):
            usual = _USUAL_FORMATS[name] if key == "format" else ""
            value = said(section.get(key)).strip("/") or usual
            if value:
                self._values[f"{name}.{key}"] = (value, self._files.shown(file))

    def _periodic(self, name: str) -> Mapping[str, Any] | None:
        """Return what Periodic Notes says of one kind of note, None where it is off."""
        section = self._section(name)
        return section if section.get("enabled") else None

    def _section(self, name: str) -> Mapping[str, Any]:
        data = self._files.read(PERIODIC)
        if not self._has_calendar_sets:
            return mapping(data.get(name))
        wanted = data.get("activeCalendarSet", "Default")
        sets = (mapping(one) for one in data["calendarSets"])
        section = mapping(next((one for one in sets if one.get("id") == wanted), {}).get(_SECTIONS[name]))
        return {**section, "template": section.get("templatePath")} if section else {}

    @property
    def _has_calendar_sets(self) -> bool:
        """Whether the file is that of version 1 of Periodic Notes."""
        return isinstance(self._files.read(PERIODIC).get("calendarSets"), list)

    def _template_tool(self, tool: Tool) -> TemplateTool:
        templates = self._files.read(TEMPLATES)
        usual = TemplateTool(tool)
        return TemplateTool(
            tool,
            said(templates.get("dateFormat")) or usual.date_format,
            said(templates.get("timeFormat")) or usual.time_format,
            self._longer_tool(),
        )

    def _longer_tool(self) -> Tool:
        if self._has_calendar_sets:
            return "periodic-notes-1"
        return "periodic-notes" if self._files.read(PERIODIC) or self._files.read(CALENDAR) else "core"

    def _locale_and_week(self) -> None:
        """Take the language and the week's first day where a plugin put others in the place of Obsidian's own."""
        for name in (APP, CALENDAR):
            data = self._files.read(name)
            start, locale = read_weekday(data.get("weekStart")), said(data.get("localeOverride"))
            if start is not None:
                self._values["week_start"] = (start, self._files.shown(name))
            if locale and locale != "system-default":
                self._values["locale"] = (locale, self._files.shown(name))

    def _attachments(self) -> None:
        """Take the folder of attachments, in which our pictures have one of their own; Obsidian's own default is the root."""
        folder = said(self._files.read(APP).get("attachmentFolderPath"))
        if folder.strip("/"):
            self._values["pictures.folder"] = (f"{folder.rstrip('/')}/microwins", self._files.shown(APP))

    def _links(self) -> None:
        """Take Markdown links where Obsidian writes them in place of wikilinks."""
        if self._files.read(APP).get("useMarkdownLinks") is True:
            self._values["links"] = ("markdown", self._files.shown(APP))

    # What is left out

    def _excluded(self) -> Iterator[str]:
        """Yield what is left out: excluded files, and the folders and notes that are templates."""
        ignored = self._files.read(APP).get("userIgnoreFilters")
        yield from (
            said(item) for item in (ignored if isinstance(ignored, list) else ()) if said(item).strip("/ ")
        )
        yield from self._template_folders()
        yield from (template_path(name) for name in map(_path, self._templates()) if name)

    def _template_folders(self) -> Iterator[str]:
        """Yield the folders in which templates are kept."""
        for folder in (
            self._files.read(TEMPLATES).get("folder"),
            self._files.read(TEMPLATER).get("templates_folder"),
        ):
            if said(folder).strip("/ "):
                yield said(folder).strip("/ ")

    def _templates(self) -> Iterator[object]:
        """Yield the templates of every kind of periodic note, also of kinds that are off just now."""
        yield self._files.read(DAILY).get("template")
        yield from (self._section(name).get("template") for name in _SECTIONS)
        yield self._files.read(CALENDAR).get("weeklyNoteTemplate")


def _path(value: object) -> str:
    return said(value).strip("/")
