"""Today's daily note: made whole from the vault's own template or from ours."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from ..parsers.block_options import read_options
from ..parsers.blocks import opening
from ..parsers.note import Note, Reading, read_note
from ..parsers.note_date import note_path
from ..parsers.problem import Problem
from ..parsers.source import Source
from ..templates.plain_templates import note_text
from ..templates.today_block import missing_lines
from ..templates.view import View
from .carrying import with_open_block
from .draft import Draft, with_block
from .ledger import Ledger
from .vault import Vault
from .vault_template import Made, from_template


def daily_path(vault: Vault, day: date) -> str:
    """Return the vault path of the daily note of `day`."""
    return vault.place(note_path(vault.daily_format, day, vault.settings.locale, vault.week))


def today_path(vault: Vault, ledger: Ledger, today: date) -> str:
    """Return the path of today's note: where it should be, or, if it is not there, where it was moved to."""
    path = daily_path(vault, today)
    if path in ledger.notes:
        return path
    return min((note.path for note in ledger.dated(today)), default=path)


def draft_daily_note(vault: Vault, day: date, *, light: bool = False) -> Draft:
    """Return today's note as its template makes it; a template without a `today` marker gets one at its end.

    With `light` its list is marked for one smallest step.
    """
    draft = _draft(vault, day)
    if vault.settings.daily_carry:
        draft = replace(draft, text=with_open_block(draft.text))
    return replace(draft, text=_light(draft.text)) if light else draft


def has_no_place(ledger: Ledger, path: str, view: View) -> bool:
    """Return whether boxes of the day are missing in a note in which they have no place, as none is made there unasked."""
    note = ledger.notes.get(path)
    if note is None or note.markers_broken or _has_today(note):
        return False
    return bool(missing_lines(note, ledger.catalog, view))


def _draft(vault: Vault, day: date) -> Draft:
    path = daily_path(vault, day)
    title = path.rpartition("/")[2].removesuffix(".md")
    made = from_template(vault, "day", title, day)
    if isinstance(made, Made):
        text = made.text if _has_block(made.text) else with_block(made.text, "today")
        return Draft(path, text, (*made.problems, *_marker_problem(made.path, text)))
    return Draft(path, note_text("day", title), (made,) if made is not None else ())


def _has_block(text: str) -> bool:
    """Return whether the list of the day has its place, or nothing may be written because a marker is broken."""
    note = read_note("", text, Reading())
    return note.markers_broken or _has_today(note)


def _light(text: str) -> str:
    """Return a note with the first of its `today` markers asking for light mode."""
    source, note = Source.of(text), read_note("", text, Reading())
    block = next((block for block in note.blocks if block.name == "today"), None)
    if block is None or read_options(block.name, block.options).flag("light"):
        return text
    line = source.line(block.start)
    marker = opening(block.name, f"{block.options} light", block.form)
    return text[: line.start] + marker + text[line.end :]


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
