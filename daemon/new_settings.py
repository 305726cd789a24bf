"""The settings of a new vault: what is plain from its notes is set, all else stands there as a comment with its value."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby

from ..parsers.settings import BY_KEY, SETTINGS, shown
from ..templates.environment import render
from .keeper import Keeper
from .vault import Vault


def found_settings(vault: Vault, keeper: Keeper) -> dict[str, object]:
    """Return what is plain from the notes themselves, and the language in which everything was said so far."""
    folder = daily_folder(vault, keeper)
    spoken_by_variable = vault.origins["language"] == BY_KEY["language"].variable
    return {
        **({"daily.folder": folder} if folder else {}),
        **({"language": vault.settings.language} if spoken_by_variable else {}),
    }


def daily_folder(vault: Vault, keeper: Keeper) -> str:
    """Return the folder in which most daily notes stand, where nothing says which it is."""
    folders = Counter(
        note.path.rpartition("/")[0] for note in keeper.ledger.notes.values() if note.day is not None
    )
    folder, notes = folders.most_common(1)[0] if folders else ("", 0)
    known = vault.origins["daily.folder"] != "default"
    return folder if notes > 1 and not known else ""


def settings_text(vault: Vault, found: Mapping[str, object]) -> str:
    """Return a settings file that sets what was found, and has every other setting as a comment with its value."""
    rows = [
        (setting, shown(setting, found.get(setting.key, getattr(vault.settings, setting.name))))
        for setting in SETTINGS
    ]
    top = [row for row in rows if "." not in row[0].key]
    below = [row for row in rows if "." in row[0].key]
    sections = [
        (name, list(group)) for name, group in groupby(below, lambda row: row[0].key.partition(".")[0])
    ]
    return render("notes/settings.toml.j2", top=top, sections=sections, found=found)
