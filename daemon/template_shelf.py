"""The templates of every kind of note: ours, and the vault's own where it has one; and putting one of ours into the vault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..parsers.problem import Problem
from ..parsers.settings_line import with_setting
from ..templates.plain_templates import plain_goal_template, plain_template
from .errors import MicrowinsError
from .exclusions import SETTINGS_FILES
from .note_read import RawNote
from .note_write import create_note, replace_note
from .obsidian import template_path
from .shapes import Shape
from .vault import SECTIONS, Vault
from .vault_template import (
    NOTE_KINDS,
    NoteKind,
    from_template,
    read_template,
    template_name,
    template_setting,
)


class TemplateExists(MicrowinsError):
    """The vault has a template already where one was to be put."""

    code = "template-exists"


class SettingByHand(MicrowinsError):
    """The settings file cannot be changed by one line, so its owner has to do it."""

    code = "setting-by-hand"


@dataclass(frozen=True, slots=True)
class Template:
    """The template of a kind of note: its name, the setting, and the vault's own with where that is named, if there is one.

    `usable` is false where the vault names one that cannot be read: then ours is used.
    """

    name: str
    kind: NoteKind
    setting: str
    path: str = ""
    origin: str = ""
    usable: bool = True

    @property
    def shape(self) -> Shape:
        """The template as it is told in JSON."""
        return {
            "name": self.name,
            "setting": self.setting,
            "source": "vault" if self.path and self.usable else "microwins",
            "path": self.path or None,
            "origin": self.origin or None,
            "usable": self.usable,
        }


@dataclass(frozen=True, slots=True)
class Copied:
    """A template that is to be put into the vault, and the settings file that is to name it; None where it does already."""

    template: Template
    path: str
    text: str
    settings: tuple[str, bytes, bytes] | None


def templates_of(vault: Vault, day: date) -> Iterator[Template]:
    """Yield the template of each kind of note; whether that of the vault can be used is tried with the note of `day`."""
    for kind in NOTE_KINDS:
        name = "goal" if kind == "goal" else SECTIONS[kind]
        setting, path = template_setting(kind), template_name(vault, kind)
        usable = not isinstance(from_template(vault, kind, "Title", day), Problem)
        yield Template(name, kind, setting, path, vault.origins[setting] if path else "", usable)


def text_of(vault: Vault, template: Template) -> str:
    """Return the text of a template: the vault's own as it stands, else ours as plain text."""
    found = read_template(vault, template.kind) if template.usable else None
    return found.text if isinstance(found, RawNote) else our_text(vault, template)


def our_text(vault: Vault, template: Template) -> str:
    """Return our template as plain text, with placeholders."""
    if template.kind == "goal":
        return plain_goal_template(vault.reading.words)
    return plain_template(template.kind)


def copy_of(vault: Vault, template: Template, to: str) -> Copied:
    """Return the putting of a template of ours into the vault; raise TemplateExists or SettingByHand."""
    if template.path and template.usable:
        raise TemplateExists(
            f"The {template.name} notes of this vault have a template: {template.path} (named in {template.origin}).",
            f"Change it there; `microwins templates show {template.name} --ours` prints ours.",
        )
    path = vault.place(template_path(to)) if to else template.path or _usual_path(vault, template)
    if (vault.root / path).exists() or (vault.root / path).is_symlink():
        raise TemplateExists(f"{path} is there already, and stays as it is.", "Name another path with --to.")
    named = path.removesuffix(".md")
    settings = None if template.path == path else _settings_change(vault, template.setting, named)
    return Copied(template, path, our_text(vault, template), settings)


def put(vault: Vault, copied: Copied) -> bool:
    """Put the template there, and name it in the settings; return False where a file has come to be there."""
    if not create_note(vault.root / copied.path, copied.text.encode(), root=vault.root):
        return False
    if copied.settings is not None:
        name, before, after = copied.settings
        replace_note(vault.root / name, before, after, root=vault.root)
    return True


def _usual_path(vault: Vault, template: Template) -> str:
    folder = vault.adopted.template_folder or "Templates"
    return vault.place(f"{folder}/{template.name.title()}.md")


def _settings_change(vault: Vault, key: str, value: str) -> tuple[str, bytes, bytes]:
    name = next(name for name in SETTINGS_FILES if (vault.root / name).is_file())
    before = Path(vault.root / name).read_bytes()
    after = (
        with_setting(before.decode("utf-8"), key, value) if not before.startswith(b"\xef\xbb\xbf") else None
    )
    if after is None:
        section, _, inner = key.partition(".")
        raise SettingByHand(
            f"{name} cannot be changed by one line, so nothing was written.",
            f'Write {inner} = "{value}" under [{section}] in it, then run this again.',
        )
    return name, before, after.encode()
