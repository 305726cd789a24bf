"""Today's daily note: made whole from the vault's own template or from ours."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..parsers.blocks import closing, opening
from ..parsers.moment import format_moment
from ..parsers.note import DATE_TEXT, Note, Reading, read_note
from ..parsers.note_date import note_path
from ..parsers.problem import Problem
from ..templates.environment import render
from ..templates.placeholders import Filled, fill_placeholders
from .note_read import RawNote, read_raw
from .obsidian import template_path
from .vault import Vault


@dataclass(frozen=True, slots=True)
class Draft:
    """The text of a daily note that is to be made, with empty blocks, and what was odd in its template."""

    path: str
    text: str
    problems: tuple[Problem, ...] = ()


def daily_path(vault: Vault, day: date) -> str:
    """Return the vault path of the daily note of `day`."""
    return note_path(vault.daily_format, day, vault.settings.locale, vault.week)


def draft_daily_note(vault: Vault, day: date) -> Draft:
    """Return today's note as its template makes it; a template without a `today` marker gets one at its end."""
    path = daily_path(vault, day)
    title = path.rpartition("/")[2].removesuffix(".md")
    template = _template(vault)
    if isinstance(template, RawNote):
        filled = _filled(vault, template.text, title, day)
        problems = tuple(
            Problem(template.path, None, "placeholder-unknown", f"The placeholder {name} is not known and was left as it is.",
                    "Use {{title}}, {{date}}, {{time}}, {{date:FORMAT}} or an offset such as {{date+1d:FORMAT}}.")
            for name in filled.unknown
        )  # fmt: skip
        text = _with_marker(filled.text)
        return Draft(path, text, (*problems, *_marker_problem(template.path, text)))
    problems = (template,) if template is not None else ()
    return Draft(path, render("notes/daily.md.j2", title=title), problems)


def _filled(vault: Vault, template: str, title: str, day: date) -> Filled:
    """Return the template filled as the owner's tool does it.

    Periodic Notes puts the note's name in for the date too; before version 1 its name is the whole one, with folders.
    """
    tool, settings = vault.adopted.template_tool, vault.settings
    periodic = tool.name != "core"
    name_format = settings.daily_format.strip() or DATE_TEXT
    if tool.name == "periodic-notes":
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
        week=vault.week,
        date_is_title=periodic,
    )


def _template(vault: Vault) -> RawNote | Problem | None:
    name = vault.settings.daily_template
    if not name:
        return None
    path = template_path(name)
    real = Path(os.path.realpath(vault.root / path))
    found = (
        read_raw(vault.root, path, vault.settings.max_note_size)
        if real.is_relative_to(os.path.realpath(vault.root))
        else None
    )
    if isinstance(found, RawNote) and found.valid:
        return found
    return Problem(
        path, None, "template-unreadable", "The template for daily notes could not be read; ours is used.",
        "Correct `daily.template`, or the template set in Obsidian.",
    )  # fmt: skip


def _with_marker(text: str) -> str:
    note = read_note("", text, Reading())
    if note.markers_broken or _has_today(note):
        return text
    eol = "\r\n" if "\r\n" in text else "\n"
    gap = "" if not text else eol if text.endswith("\n") else eol * 2
    return f"{text}{gap}{opening('today')}{eol}{closing()}{eol}"


def _has_today(note: Note) -> bool:
    return any(block.name == "today" for block in note.blocks)


def _marker_problem(path: str, text: str) -> tuple[Problem, ...]:
    """Return what keeps the `today` block of a note made from this template from being filled, if anything does."""
    if _has_today(read_note("", text, Reading())):
        return ()
    return (
        Problem(
            path, None, "template-marker", "A note made from this template has no `today` block that can be filled.",
            "Put `<!-- microwins:today -->` on a line of its own with a blank line behind it, outside of code.",
        ),
    )  # fmt: skip
