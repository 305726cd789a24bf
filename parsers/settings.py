"""The settings of a vault: what may be set, what each means, and how a settings file is read."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time, timedelta
from difflib import get_close_matches
from typing import Any

from . import setting_kinds as kinds
from .day_range import WEEKDAYS, DayRange
from .own_words import LANGUAGES


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that can be set: its key in the file, how it is read, its default, what it means."""

    key: str
    kind: kinds.Kind
    default: object
    meaning: str

    @property
    def name(self) -> str:
        """The attribute of `Settings` that holds it."""
        return self.key.replace(".", "_")

    @property
    def variable(self) -> str:
        """The environment variable that overrides it."""
        return f"MICROWINS_{self.name.upper()}"


SETTINGS = (
    Setting("day_start", kinds.clock_time, time(0), "When a day begins; a later hour lets the evening run past midnight"),
    Setting("late_window", kinds.duration, timedelta(hours=3), "How long after its end a day stays open before it is counted"),
    Setting("morning_until", kinds.clock_time, time(11), "Until when a win is one of the morning"),
    Setting("timezone", kinds.text, "local", 'An IANA zone such as "Europe/Berlin", or "local"'),
    Setting("week_start", kinds.weekday, 0, "The first day of a week"),
    Setting("locale", kinds.locale, "en", "The language of month and weekday names, and the numbering of weeks, in notes' names"),
    Setting("language", kinds.choice(*LANGUAGES), "en", "The language in which microwins writes blocks and answers"),
    Setting("stamp", kinds.choice("auto", "tasks", "dataview", "off"), "auto",
            "Which boxes ticked outside a dated note get a done date: those that count for a goal, all in one style, none"),
    Setting("quiet", kinds.duration, timedelta(seconds=2), "How long a note must be still before it is written"),
    Setting("sync_quiet", kinds.duration, timedelta(seconds=5), "The same for changes that a sync client brought"),
    Setting("poll", kinds.truth_or_auto, "auto", "Whether `watch` looks for changes every few seconds instead of waiting to be told; `auto`: where the file system does not tell"),
    Setting("max_note_size", kinds.size, 5_000_000, "Notes larger than this are left out and reported"),
    Setting("ignore", kinds.texts, (), "Folders and notes to leave out, as paths or patterns"),
    Setting("rest", kinds.weekdays, frozenset[int](), "Weekdays on which nothing is due"),
    Setting("pause", kinds.day_ranges, (), "Ranges of days on which nothing is due"),
    Setting("dashboard", kinds.folder, "Micro-wins.md", "The dashboard note; empty for none"),
    Setting("light", kinds.truth, False, "Light mode: one smallest step a day instead of all that is due"),
    Setting("celebrate", kinds.truth, True, "Whether milestones and returns are told, each on its day"),
    Setting("surprise", kinds.truth, True, "Whether now and then a fact is told that nobody asked for, at most one a day"),
    Setting("pictures.show", kinds.truth, True, "Whether blocks may show pictures; else they show them in plain characters"),
    Setting("pictures.folder", kinds.near_folder, "microwins", "The folder of the pictures; one that begins with ./ lies beside each note"),
    Setting("links", kinds.choice("wiki", "markdown"), "wiki", "How blocks link to notes: as [[Note]], or as [Note](Note.md)"),
    Setting("properties", kinds.truth, False, "Whether each goal note holds its figures as properties in the frontmatter"),
    Setting("daily.folder", kinds.folder, "", "The folder of the daily notes"),
    Setting("daily.format", kinds.text, "YYYY-MM-DD", "The name of a daily note as a moment.js format"),
    Setting("daily.template", kinds.folder, "", "The vault's own template for daily notes; empty for ours"),
    Setting("daily.create", kinds.truth, False, "Whether `watch` and `sync` make today's daily note"),
    Setting("daily.at", kinds.clock_time, time(0), "The earliest time of day at which it is made"),
    Setting("daily.carry", kinds.truth, False, "Whether a daily note that is made has a place for tasks that are open in the last ones"),
    Setting("weekly.folder", kinds.folder, "", "The folder of the weekly notes"),
    Setting("weekly.format", kinds.text, "", "The name of a weekly note as a moment.js format; empty for `Reviews/2026-W47`"),
    Setting("weekly.template", kinds.folder, "", "The vault's own template for weekly notes; empty for ours"),
    Setting("weekly.create", kinds.truth, False, "Whether `watch` and `sync` make the running week's note"),
    Setting("monthly.folder", kinds.folder, "", "The folder of the monthly notes"),
    Setting("monthly.format", kinds.text, "", "The name of a monthly note as a moment.js format; empty for `Reviews/2026-11`"),
    Setting("monthly.template", kinds.folder, "", "The vault's own template for monthly notes; empty for ours"),
    Setting("monthly.create", kinds.truth, False, "Whether `watch` and `sync` make the running month's note"),
    Setting("quarterly.folder", kinds.folder, "", "The folder of the quarterly notes"),
    Setting("quarterly.format", kinds.text, "", "The name of a quarterly note as a moment.js format; empty for `Reviews/2026-Q4`"),
    Setting("quarterly.template", kinds.folder, "", "The vault's own template for quarterly notes; empty for ours"),
    Setting("quarterly.create", kinds.truth, False, "Whether `watch` and `sync` make the running quarter's note"),
    Setting("yearly.folder", kinds.folder, "", "The folder of the yearly notes"),
    Setting("yearly.format", kinds.text, "", "The name of a yearly note as a moment.js format; empty for `Reviews/2026`"),
    Setting("yearly.template", kinds.folder, "", "The vault's own template for yearly notes; empty for ours"),
    Setting("yearly.create", kinds.truth, False, "Whether `watch` and `sync` make the running year's note"),
    Setting("goals.type", kinds.text, "goal", "The value of `type` in the frontmatter that makes a note a goal"),
    Setting("goals.tag", kinds.text, "goal", "The tag that makes a note a goal"),
    Setting("goals.template", kinds.folder, "", "The vault's own template for goal notes; empty for ours"),
    Setting("goals.heading", kinds.text, "Micro-wins", "The heading in a goal note under which micro-wins stand"),
    Setting("streaks.grace", kinds.choice("none", "never-twice"), "none",
            "Whether one missed turn ends a streak, or only two in a row"),
    Setting("streaks.show", kinds.choice("shown", "hidden"), "shown", "Whether streaks are shown, or totals and strength only"),
)  # fmt: skip
BY_KEY = {setting.key: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings in force; each attribute is described in `SETTINGS`."""

    day_start: time = time(0)
    late_window: timedelta = timedelta(hours=3)
    morning_until: time = time(11)
    timezone: str = "local"
    week_start: int = 0
    locale: str = "en"
    language: str = "en"
    stamp: str = "auto"
    quiet: timedelta = timedelta(seconds=2)
    sync_quiet: timedelta = timedelta(seconds=5)
    poll: bool | str = "auto"
    max_note_size: int = 5_000_000
    ignore: tuple[str, ...] = ()
    rest: frozenset[int] = frozenset()
    pause: tuple[DayRange, ...] = ()
    dashboard: str = "Micro-wins.md"
    light: bool = False
    celebrate: bool = True
    surprise: bool = True
    pictures_show: bool = True
    pictures_folder: str = "microwins"
    links: str = "wiki"
    properties: bool = False
    daily_folder: str = ""
    daily_format: str = "YYYY-MM-DD"
    daily_template: str = ""
    daily_create: bool = False
    daily_at: time = time(0)
    daily_carry: bool = False
    weekly_folder: str = ""
    weekly_format: str = ""
    weekly_template: str = ""
    weekly_create: bool = False
    monthly_folder: str = ""
    monthly_format: str = ""
    monthly_template: str = ""
    monthly_create: bool = False
    quarterly_folder: str = ""
    quarterly_format: str = ""
    quarterly_template: str = ""
    quarterly_create: bool = False
    yearly_folder: str = ""
    yearly_format: str = ""
    yearly_template: str = ""
    yearly_create: bool = False
    goals_type: str = "goal"
    goals_tag: str = "goal"
    goals_template: str = ""
    goals_heading: str = "Micro-wins"
    streaks_grace: str = "none"
    streaks_show: str = "shown"


class SettingsError(ValueError):
    """A settings file that cannot be used: where, and what to write instead."""

    def __init__(self, place: str, line: int | None, message: str, hint: str) -> None:
        super().__init__(message)
        self.place, self.line, self.message, self.hint = place, line, message, hint


def read_settings_file(text: str, place: str, known: Mapping[str, Setting] = BY_KEY) -> dict[str, object]:
    """Return the settings that a TOML text sets, by key; raise SettingsError for anything that is not one of the known."""
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line ([0-9]+)", str(error))
        raise SettingsError(
            place, int(line[1]) if line else None, f"This is not valid TOML: {error}.",
            'Correct the line; texts stand in quotes, such as day_start = "04:00".',
        ) from None  # fmt: skip
    return {
        key: _checked(key, value, place, line_of(key, text), known) for key, value in _flatten(table).items()
    }


def read_variables(environment: Mapping[str, str], known: Sequence[Setting] = SETTINGS) -> dict[str, object]:
    """Return the settings that environment variables set, by key; raise SettingsError for a wrong value."""
    return {
        setting.key: _checked(
            setting.key, environment[setting.variable], setting.variable, None, {setting.key: setting}
        )
        for setting in known
        if environment.get(setting.variable, "") != ""
    }


def make_settings(values: Mapping[str, Any]) -> Settings:
    """Return the settings with `values`, by key, over the defaults."""
    return Settings(**{BY_KEY[key].name: value for key, value in values.items()})


def shown(setting: Setting, value: object) -> str:  # noqa: PLR0911 - one line a kind
    """Return a value as it would be written in the settings file."""
    match value:
        case bool():
            return "true" if value else "false"
        case time():
            return f'"{value:%H:%M}"'
        case timedelta():
            seconds = value.total_seconds()
            return f'"{seconds / 3600:g}h"' if seconds >= 3600 and seconds % 3600 == 0 else f'"{seconds:g}s"'
        case frozenset():
            return "[" + ", ".join(f'"{WEEKDAYS[day]}"' for day in sorted(value)) + "]"
        case tuple():
            return "[" + ", ".join(_quoted(_range_text(item)) for item in value) + "]"
        case int():
            return f'"{WEEKDAYS[value]}"' if setting.kind is kinds.weekday else str(value)
        case _:
            return _quoted(str(value))


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _range_text(item: object) -> str:
    if isinstance(item, DayRange):
        return str(item.start) if item.end == item.start else f"{item.start}..{item.end or ''}"
    return str(item)


def _flatten(table: Mapping[str, Any]) -> dict[str, object]:
    flat: dict[str, object] = {}
    for key, value in table.items():
        if isinstance(value, dict) and (value or any(known.startswith(f"{key}.") for known in BY_KEY)):
            flat |= {f"{key}.{inner}": item for inner, item in value.items()}
        elif key in {"streaks", "pictures"}:
            flat[f"{key}.show"] = value
        else:
            flat[key] = value
    return flat


def _checked(key: str, value: object, place: str, line: int | None, known: Mapping[str, Setting]) -> object:
    setting = known.get(key)
    if setting is None:
        last = key.rpartition(".")[2]
        near = [last] if last in known else get_close_matches(key, known, 1, 0.5)
        near = near or get_close_matches(last, known, 1, 0.4)
        hint = f"Did you mean `{near[0]}`?" if near else "`microwins config show` lists what can be set."
        raise SettingsError(place, line, f"There is no setting `{key}`.", hint)
    try:
        return setting.kind(value)
    except ValueError as error:
        raise SettingsError(
            place, line, f"`{key}` cannot be {_shortened(value)}.", f"It takes {error}."
        ) from None  # fmt: skip


def _shortened(value: object) -> str:
    written = (
        str(value).lower()
        if isinstance(value, bool)
        else _quoted(value)
        if isinstance(value, str)
        else repr(value)
    )
    return written if len(written) <= 60 else written[:57] + "…"


def line_of(key: str, text: str) -> int | None:
    """Return the line on which `key` is set; TOML's own reader does not tell."""
    section = key.rpartition(".")[0]
    current = ""
    for number, line in enumerate(text.splitlines(), 1):
        if header := re.match(r"\s*\[\s*([\w.\"-]+)\s*\]", line):
            current = header[1].strip('"')
            if current == key:
                return number
        written = re.match(r"\s*\"?([\w.-]+)\"?\s*=", line)
        if written and (
            f"{current}.{written[1]}".lstrip(".") in {key, section} or (not current and written[1] == key)
        ):
            return number
        if written and not current and section and written[1] == section:
            return number
    return None
