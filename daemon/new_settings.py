"""The settings of a new vault: what is plain from its notes is set, all else stands there as a comment with its value."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby

from ..parsers.settings import BY_KEY, SETTINGS, shown
from ..templates.environment import render
from .daily_place import daily_place, folder_called
from .keeper import Keeper
from .vault import Vault

_TEMPLATES = frozenset(("templates", "template", "_templates", "vorlagen", "modèles", "plantillas"))
"""What a folder of templates is called: the boxes in it are nobody's."""


def found_settings(vault: Vault, keeper: Keeper) -> dict[str, object]:
    """Return what is plain from the notes themselves, and the language in which everything was said so far."""
    place = daily_place(vault, keeper)
    templates = template_folder(vault)
    spoken_by_variable = vault.origins["language"] == BY_KEY["language"].variable
    return {
        **({"ignore": (templates,)} if templates else {}),
        **({"daily.folder": place.folder} if place.folder else {}),
        **({"daily.format": place.format} if place.format else {}),
        **({"language": vault.settings.language} if spoken_by_variable else {}),
    }


def template_folder(vault: Vault) -> str | None:
    """Return the folder of templates that is to be left out, where neither the settings nor Obsidian's tell what is."""
    return folder_called(vault, _TEMPLATES) if vault.origins["ignore"] == "default" else None


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
