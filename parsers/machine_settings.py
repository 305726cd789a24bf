"""The settings of one machine, which do not travel with a vault: whether and when it shows notifications."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any

from . import setting_kinds as kinds
from .clock_range import ClockRange
from .settings import Setting, read_settings_file, read_variables

NIGHT = ClockRange(time(21), time(8))
MACHINE_SETTINGS = (
    Setting("notify", kinds.truth, False, "Whether `watch` shows a notification on this machine when something is reached"),
    Setting("notify_quiet", kinds.clock_range, NIGHT, "The hours in which it shows none"),
)  # fmt: skip
_BY_KEY = {setting.key: setting for setting in MACHINE_SETTINGS}


@dataclass(frozen=True, slots=True)
class MachineSettings:
    """The settings in force on this machine; each attribute is described in `MACHINE_SETTINGS`."""

    notify: bool = False
    notify_quiet: ClockRange = NIGHT


def read_machine_settings(
    text: str, place: str, environment: Mapping[str, str]
) -> tuple[MachineSettings, dict[str, str]]:
    """Return the settings of a TOML text and of variables, which win, and where each comes from; raise SettingsError."""
    from_file = read_settings_file(text, place, _BY_KEY)
    from_variables = read_variables(environment, MACHINE_SETTINGS)
    values: dict[str, Any] = {**from_file, **from_variables}
    origins = dict.fromkeys(_BY_KEY, "default") | dict.fromkeys(from_file, place)
    origins |= {key: _BY_KEY[key].variable for key in from_variables}
    return MachineSettings(**values), origins
