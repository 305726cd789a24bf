"""The notes of weeks, months, quarters and years: what each is called, and how it is made."""

from __future__ import annotations

from datetime import date

from ..parsers.moment import week_rule
from ..parsers.note import Reading, read_note
from ..parsers.note_date import note_path, note_period
from ..parsers.period import KINDS, Kind, Period, period_of
from ..streaks.calendar import period_start
from ..templates.plain_templates import note_text
from .draft import Draft, with_block
from .vault import SECTIONS, Vault
from .vault_template import Made, from_template

LONGER: tuple[Kind, ...] = KINDS[1:]


def wanted_kinds(vault: Vault) -> list[Kind]:
    """Return the kinds of note that the settings have made by themselves; daily ones are another matter."""
    return [kind for kind in LONGER if getattr(vault.settings, f"{SECTIONS[kind]}_create")]


def period_with(vault: Vault, kind: Kind, day: date) -> Period:
    """Return the period that holds a day, as the names of the notes count it, else as the vault's weeks do."""
    fmt, locale = vault.format_of(kind), vault.settings.locale
    named = note_period(note_path(fmt, day, locale, vault.week), (fmt,), locale, vault.week)
    if named is not None:
        return named
    if kind == "week":
        return Period(kind, period_start(day, kind, vault.settings.week_start))
    return period_of(kind, day, vault.week or week_rule(locale))


def period_path(vault: Vault, period: Period) -> str:
    """Return the vault path of the note of a period."""
    named = note_path(vault.format_of(period.kind), period.start, vault.settings.locale, vault.week)
    return vault.place(named)


def draft_period_note(vault: Vault, period: Period) -> Draft:
    """Return the note of a period as its template makes it; a template without a marker gets `review` at its end."""
    path = period_path(vault, period)
    title = path.rpartition("/")[2].removesuffix(".md")
    made = from_template(vault, period.kind, title, period.start)
    if isinstance(made, Made):
        text = made.text if _has_block(made.text) else with_block(made.text, "review")
        return Draft(path, text, made.problems)
    text = note_text(period.kind, title)
    return Draft(path, text, (made,) if made is not None else ())


def _has_block(text: str) -> bool:
    """Return whether a text has a block of ours, or nothing may be written because a marker is broken."""
    note = read_note("", text, Reading())
    return note.markers_broken or bool(note.blocks)
