"""The settings file of this machine, in the user's config folder."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..parsers.machine_settings import MachineSettings, read_machine_settings
from ..parsers.settings import SettingsError
from .vault import SettingsInvalid

NAME = "config.toml"


def machine_settings(
    folder: Path | None, environment: Mapping[str, str]
) -> tuple[MachineSettings, dict[str, str]]:
    """Return the settings of this machine and where each comes from; raise SettingsInvalid."""
    file = folder / NAME if folder is not None else None
    try:
        text = file.read_text(encoding="utf-8-sig") if file is not None and file.is_file() else ""
        return read_machine_settings(text, str(file), environment)
    except SettingsError as error:
        where = f"{error.place}, line {error.line}" if error.line else error.place
        raise SettingsInvalid(f"{where}: {error.message}", error.hint) from None
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsInvalid(f"{file} could not be read: {error}.", "Save it as UTF-8 text.") from None
