"""A vault: its folder, its settings with where each came from, and how its notes are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..parsers.goal import GoalWords
from ..parsers.moment import WeekRule, week_rule
from ..parsers.note import Reading
from ..parsers.note_date import PeriodicFormat, note_path, note_period
from ..parsers.period import KINDS, Kind
from ..parsers.problem import Problem
from ..parsers.settings import (
    BY_KEY,
    SETTINGS,
    Settings,
    SettingsError,
    line_of,
    make_settings,
    read_settings_file,
    read_variables,
)
from ..parsers.tasks import DEFAULT_STATUSES, BoxRules
from ..streaks.calendar import NeutralDays
from ..streaks.catalog import VaultDefaults
from .clock import UnknownZone, zone_of
from .config_files import ADOPTED_FILES, config_folder
from .errors import MicrowinsError
from .exclusions import SETTINGS_FILES, Exclusions
from .name_rule import spelt_there
from .obsidian import Adopted, adopt, template_path

VAULT_VARIABLE = "MICROWINS_VAULT"
_DEFAULT = "default"


_SAMPLES = (date(2025, 1, 2), date(2026, 11, 21))
SECTIONS: Mapping[Kind, str] = dict(
    zip(KINDS, ("daily", "weekly", "monthly", "quarterly", "yearly"), strict=True)
)
"""Under which name the settings of each kind of periodic note stand."""
_REVIEWS = "Reviews"
_USUAL_NAMES = {"month": "YYYY-MM", "quarter": "YYYY-[Q]Q", "year": "YYYY"}


class NoVault(MicrowinsError):
    """There is no vault where one was looked for."""

    code = "no-vault"
    exit_code = 2


class SettingsInvalid(MicrowinsError):
    """A settings file or variable cannot be used."""

    code = "settings-invalid"
    exit_code = 2


class NotSetUp(MicrowinsError):
    """Something was to be written into a vault whose owner has not agreed to it yet."""

    code = "not-set-up"


@dataclass(frozen=True, slots=True)
class Vault:
    """A vault's folder and everything that its settings say. `consent` is whether anything may be written."""

    root: Path
    settings: Settings
    origins: Mapping[str, str]
    consent: bool
    adopted: Adopted

    @property
    def reading(self) -> Reading:
        """How its notes are read."""
        settings = self.settings
        return Reading(
            words=GoalWords(
                settings.goals_type, settings.goals_tag, settings.goals_heading, settings.properties
            ),
            formats=self.formats,
            locale=settings.locale,
            week=self.week,
            rules=BoxRules(
                statuses={**DEFAULT_STATUSES, **self.adopted.statuses, "X": DEFAULT_STATUSES["x"]},
                global_filter=self.adopted.global_filter,
                dataview_format=self.adopted.dataview_format,
                completion_key=self.adopted.completion_key,
            ),
        )

    @property
    def formats(self) -> tuple[PeriodicFormat, ...]:
        """How its daily notes are called, and those of longer periods."""
        return tuple(map(self.format_of, KINDS))

    def format_of(self, kind: Kind) -> PeriodicFormat:
        """Return how the notes of a kind are called; those of longer periods lie in `Reviews` where nothing else is said."""
        folder, name = self.section(kind, "folder"), self.section(kind, "format")
        if kind == "day" or name:
            return PeriodicFormat(kind, folder, name)
        return PeriodicFormat(kind, folder or _REVIEWS, _USUAL_NAMES.get(kind) or self._usual_week)

    def section(self, kind: Kind, key: str) -> str:
        """Return a setting of a kind of periodic note: its `folder`, `format` or `template`."""
        value = getattr(self.settings, f"{SECTIONS[kind]}_{key}")
        assert isinstance(value, str)
        return value

    @property
    def _usual_week(self) -> str:
        """The week by its ISO number, where that names the weeks that are counted here."""
        return "gggg-[W]ww" if self.settings.week_start else "GGGG-[W]WW"

    @property
    def week(self) -> WeekRule | None:
        """How the weeks in notes' names are counted, where it is said on which day they begin; else as the locale does.

        As where a plugin sets the day in Obsidian, the locale still decides which week is the first of the year.
        """
        if self.origins.get("week_start", _DEFAULT) == _DEFAULT:
            return None
        return WeekRule((self.settings.week_start + 1) % 7, week_rule(self.settings.locale).doy)

    @property
    def daily_format(self) -> PeriodicFormat:
        """How its daily notes are called."""
        return self.format_of("day")

    @property
    def defaults(self) -> VaultDefaults:
        """What its goals take from it where they say nothing themselves."""
        neutral = NeutralDays(self.settings.rest, self.settings.pause)
        return VaultDefaults(neutral, self.settings.streaks_grace)

    @property
    def exclusions(self) -> Exclusions:
        """What is left out."""
        templates = (*(self.section(kind, "template") for kind in KINDS), self.settings.goals_template)
        patterns = (
            *self.settings.ignore,
            *self.adopted.excluded,
            *(template_path(template) for template in templates if template),
        )
        formats, locale, week = self.formats, self.settings.locale, self.week
        return Exclusions(
            tuple(dict.fromkeys(patterns)), lambda path: note_period(path, formats, locale, week) is not None
        )

    def place(self, path: str) -> str:
        """Return where a vault path that somebody wrote down leads: as it is spelt on the disk, if it stands there."""
        return spelt_there(self.root, path)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong with the settings files of other programs."""
        return (*self.adopted.problems, *self._format_problem())

    def _format_problem(self) -> tuple[Problem, ...]:
        """Return what is wrong with the format of daily notes if their names do not tell their days."""
        names = [note_path(self.daily_format, day, self.settings.locale) for day in _SAMPLES]
        found = [note_period(name, (self.daily_format,), self.settings.locale) for name in names]
        if [period.start if period else None for period in found] == list(_SAMPLES):
            return ()
        return (
            Problem(
                self.origins["daily.format"], None, "daily-format",
                f"A note named by the format “{self.settings.daily_format}” does not tell its day, so its boxes have none.",
                "Use a format with year, month and day, such as YYYY-MM-DD.",
            ),
        )  # fmt: skip

    @property
    def is_known(self) -> bool:
        """Whether the folder was made a vault by anybody: by us, or by Obsidian."""
        return self.consent or config_folder(self.root) is not None

    def require_consent(self) -> None:
        """Raise NotSetUp unless `init` has run here."""
        if not self.consent:
            raise NotSetUp(
                f"microwins may not write in {self.root} yet.",
                "Run `microwins init`; it shows first what it will write.",
            )


def open_vault(
    folder: Path | None, environment: Mapping[str, str], *, near: Path | None = None, here: bool = False
) -> Vault:
    """Return the vault in `folder`, else the one that the environment names, else the one around `near`.

    Without `near` it is looked for around the working folder; with `here` that folder is taken if there is none.
    Raise NoVault or SettingsInvalid.
    """
    root = _root(folder, environment, near or Path.cwd(), here=here)
    adopted = adopt(root)
    try:
        from_file, place = _settings_file(root)
        from_variables = read_variables(environment)
        settings = make_settings({**_usable(adopted), **from_file, **from_variables})
        _require_zone(root, settings.timezone, None if "timezone" in from_variables else place)
    except SettingsError as error:
        where = f"{error.place}, line {error.line}" if error.line else error.place
        raise SettingsInvalid(f"{where}: {error.message}", error.hint) from None
    origins = {setting.key: _DEFAULT for setting in SETTINGS}
    origins |= {key: adopted.values[key][1] for key in _usable(adopted)}
    origins |= dict.fromkeys(from_file, place or "")
    origins |= {key: BY_KEY[key].variable for key in from_variables}
    return Vault(root, settings, origins, place is not None, adopted)


def settings_stamp(root: Path) -> tuple[tuple[int, int] | None, ...]:
    """Return what tells by time and size alone that no settings file, ours or adopted, has changed."""
    folder = config_folder(root)
    adopted = [folder / name for name in sorted(ADOPTED_FILES)] if folder else []
    return tuple(_time_and_size(path) for path in (*(root / name for name in SETTINGS_FILES), *adopted))


def _time_and_size(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


def _root(folder: Path | None, environment: Mapping[str, str], near: Path, *, here: bool) -> Path:
    named = folder or (
        Path(environment[VAULT_VARIABLE]).expanduser() if environment.get(VAULT_VARIABLE) else None
    )
    if named is not None:
        if not named.is_dir():
            raise NoVault(f"{named} is not a folder.", "Pass the folder of your notes with --vault.")
        return named.resolve()
    for candidate in (near, *near.parents):
        if any((candidate / name).is_file() for name in SETTINGS_FILES) or config_folder(candidate):
            return candidate
    if here:
        return near
    raise NoVault(
        f"There is no vault in {near} or above it.",
        f"Run `microwins init` in the folder of your notes, or name it with --vault or {VAULT_VARIABLE}; "
        "`microwins demo` makes a vault to try.",
    )


def _require_zone(root: Path, name: str, place: str | None) -> None:
    """Raise SettingsError for a zone that there is not, with its line in the file; without one a variable has set it."""
    try:
        zone_of(name)
    except UnknownZone as error:
        if place is None:
            raise SettingsError(BY_KEY["timezone"].variable, None, error.message, error.hint) from None
        line = line_of("timezone", (root / place).read_text(encoding="utf-8-sig"))
        raise SettingsError(place, line, error.message, error.hint) from None


def _settings_file(root: Path) -> tuple[dict[str, object], str | None]:
    for name in SETTINGS_FILES:
        path = root / name
        if path.is_file():
            try:
                return read_settings_file(path.read_text(encoding="utf-8-sig"), name), name
            except (OSError, UnicodeDecodeError) as error:
                raise SettingsInvalid(
                    f"{name} could not be read: {error}.", "Save it as UTF-8 text."
                ) from None
    return {}, None


def _usable(adopted: Adopted) -> dict[str, object]:
    """Return the adopted settings that are of the right kind; another program's mistake is no error of ours."""
    values: dict[str, object] = {}
    for key, (value, _) in adopted.values.items():
        try:
            values[key] = value if key == "week_start" else BY_KEY[key].kind(value)
        except ValueError:
            continue
    return values
