"""A vault's own templates: found by the settings, read within bounds, and filled as the owner's tool does it.

They are plain text. A vault is brought along by a sync client, so nothing in it is ever run.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from ..parsers.moment import format_moment
from ..parsers.note import DATE_TEXT
from ..parsers.period import KINDS, Kind
from ..parsers.problem import Problem
from ..templates.placeholders import Filled, Unknown, fill_placeholders, known_placeholders
from .note_read import RawNote, read_raw
from .obsidian import template_path
from .vault import SECTIONS, Vault

NoteKind = Literal[Kind, "goal"]
NOTE_KINDS: tuple[NoteKind, ...] = (*KINDS, "goal")
LARGEST = 1_000_000
"""Bytes of a template; the longest ones that people share have a few thousand."""


@dataclass(frozen=True, slots=True)
class Made:
    """A note's text as a template of the vault makes it, the template's path, and what was odd in it."""

    path: str
    text: str
    problems: tuple[Problem, ...]


def template_setting(kind: NoteKind) -> str:
    """Return the key of the setting that names the template of a kind of note."""
    return "goals.template" if kind == "goal" else f"{SECTIONS[kind]}.template"


def template_name(vault: Vault, kind: NoteKind) -> str:
    """Return the vault path of the template that the settings name, or nothing."""
    name = vault.settings.goals_template if kind == "goal" else vault.section(kind, "template")
    return vault.place(template_path(name)) if name else ""


def read_template(vault: Vault, kind: NoteKind) -> RawNote | Problem | None:
    """Return the vault's template for a kind of note, why it cannot be used, or None where it has none.

    It must be a plain file of UTF-8 text inside the vault; a link that leads out of it is not followed.
    """
    path = template_name(vault, kind)
    if not path:
        return None
    root, limit = Path(os.path.realpath(vault.root)), min(LARGEST, vault.settings.max_note_size)
    real = Path(os.path.realpath(vault.root / path))
    found = read_raw(vault.root, path, limit) if real.is_relative_to(root) else None
    if isinstance(found, RawNote) and found.valid:
        return found
    return Problem(path, None, "template-unreadable", _unreadable(kind), f"Correct `{template_setting(kind)}`, or the template set in Obsidian.")  # fmt: skip


def from_template(vault: Vault, kind: NoteKind, title: str, day: date) -> Made | Problem | None:
    """Return the note that the vault's template makes, why it cannot be made, or None where the vault has no template."""
    template = read_template(vault, kind)
    if not isinstance(template, RawNote):
        return template
    filled = _filled(vault, template.text.removeprefix("\ufeff"), kind, title, day)
    if len(filled.text) > vault.settings.max_note_size:
        return Problem(template.path, None, "template-unreadable", _unreadable(kind), "Shorten the template; what it makes is too large for a note.")  # fmt: skip
    return Made(template.path, filled.text, tuple(_unknown(filled.unknown, template.path, kind)))


def template_problems(vault: Vault, day: date) -> Iterator[Problem]:
    """Yield what is odd in the vault's templates."""
    for kind in NOTE_KINDS:
        made = from_template(vault, kind, "Title", day)
        if isinstance(made, Made):
            yield from made.problems
        elif made is not None:
            yield made


def _unreadable(kind: NoteKind) -> str:
    name = "goal" if kind == "goal" else SECTIONS[kind]
    return f"The template for {name} notes could not be read; ours is used."


def _unknown(found: tuple[Unknown, ...], path: str, kind: NoteKind) -> Iterator[Problem]:
    names = known_placeholders("day" if kind == "goal" else kind)
    known = f"Known are {', '.join(f'{{{{{name}}}}}' for name in names)}, with a format or an offset such as {{{{date+1d:FORMAT}}}}."
    for one in found:
        shown = one.text if len(one.text) <= 60 else f"{one.text[:57]}…"
        hint = f"Did you mean {{{{{one.near}}}}}?" if one.near else known
        message = f"The placeholder {shown} is not known and was left as it is."
        yield Problem(path, one.line, "placeholder-unknown", message, hint)


def _filled(vault: Vault, template: str, kind: NoteKind, title: str, day: date) -> Filled:
    """Return the template filled as the owner's tool does it.

    Periodic Notes puts the note's name in for the date too; before version 1 its name is the whole one, with folders.
    """
    tool, settings = vault.adopted.template_tool, vault.settings
    filler = "core" if kind == "goal" else tool.name if kind == "day" else tool.longer
    periodic = filler != "core"
    name_format = DATE_TEXT if kind == "goal" else vault.format_of(kind).format.strip() or DATE_TEXT
    if filler == "periodic-notes":
        title = format_moment(name_format, day, settings.locale, vault.week)
    return fill_placeholders(
        template,
        title=title,
        day=day,
        now_time=None,
        note_format=name_format if periodic else name_format.rpartition("/")[2],
        date_format=tool.date_format,
        time_format="HH:mm" if periodic else tool.time_format,
        locale=settings.locale,
        kind="day" if kind == "goal" else kind,
        week=vault.week,
        date_is_title=periodic,
    )
