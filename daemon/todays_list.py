"""Today's list as it is shown and numbered: in light mode where today's note asks for one smallest step."""

from __future__ import annotations

from ..parsers.block_options import read_options
from ..parsers.note import Note
from ..templates.view import View
from .daily_note import today_path
from .keeper import Keeper


def todays_list(keeper: Keeper, view: View) -> View:
    """Return the view whose list of today is that of today's note."""
    path = today_path(keeper.vault, keeper.ledger, view.figures.now.today)
    note = keeper.ledger.notes.get(path)
    return view.in_light_mode() if note is not None and asks_for_light(note) else view


def asks_for_light(note: Note) -> bool:
    """Return whether the first list of the day in a note is marked for one smallest step."""
    block = next((block for block in note.blocks if block.name == "today"), None)
    return block is not None and read_options(block.name, block.options).flag("light")
