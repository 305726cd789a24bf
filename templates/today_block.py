"""The `today` block of a daily note: lines that belong to the user once they are written."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from ..parsers.block_options import Options, read_options
from ..parsers.blocks import Block
from ..parsers.edit import Edit, apply
from ..parsers.line_fields import read_fields
from ..parsers.note import Note
from ..parsers.source import Source
from ..streaks.catalog import Catalog
from ..streaks.due import answered, due_today
from ..streaks.figures import Figures
from .light import lightened, still_to_add
from .safe_text import in_box
from .view import View

_NOT_IN_A_FIELD = re.compile(r"[()\[\]\r\n<>`%$]|^\s*$")
_USUAL = read_options("today", "")


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A line that stands in the block: the micro-win that it belongs to, if any, and where in the text it ends."""

    win: str | None
    start: int
    end: int


def missing_lines(
    note: Note,
    catalog: Catalog,
    view: View,
    meant: Container[str] | None = None,
    options: Options = _USUAL,
) -> list[tuple[Figures, str]]:
    """Return what is due and has no box in the note yet, wherever in the note that may stand, with its line.

    `meant` are the micro-wins that the block is for, None for all.
    """
    present = {_win_of(note, catalog, line) for line in range(len(note.tasks))}
    boxes = [one for one in present if one is not None and (meant is None or one in meant)]
    there = [win for one in boxes if (win := view.figures.win(one)) is not None]
    group = _all_in_one if options.flag("light") else view.light_group
    today = [win for win in view.today if meant is None or win.win.id in meant]
    chosen = lightened(today, group, lambda win: answered(win, view.figures.now))
    due = [win for win in chosen if due_today(win, view.figures.now)]
    wanted = still_to_add([*due, *there], group, present)
    cues = options.flag("cues")
    lines = [
        (win, _line(win, catalog, note.path, view, small=group(win) is not None, cues=cues)) for win in wanted
    ]
    return [(win, line) for win, line in lines if finds(line, win, catalog, note.path)]


def _line(win: Figures, catalog: Catalog, path: str, view: View, *, small: bool, cues: bool) -> str:
    """Return the line of a box: in light mode the smaller version of the micro-win, and its cue where that may stand there."""
    line = box_line(win, catalog, path)
    if small and win.win.minimum:
        smaller = f"- [ ] {in_box(win.win.minimum)}"
        line = smaller if finds(smaller, win, catalog, path) else line
    cue = view.own_cue(win) if cues else None
    with_cue = f"{line} (after:: {cue})"
    plain = cue is not None and not _NOT_IN_A_FIELD.search(cue)
    return with_cue if plain and finds(with_cue, win, catalog, path) else line


def filled(
    content: str,
    lines: Sequence[BoxLine],
    offset: int,
    view: View,
    missing: Sequence[tuple[Figures, str]],
    eol: str,
) -> str:
    """Return the block's content with the missing lines put in at their places; every other byte stays.

    `lines` are the boxes that stand at the top level of the block, `offset` is where the content begins in the text.
    """
    order = [win.win.id for win in view.today]
    text = content if not content or content.endswith(("\n", "\r")) else content + eol
    places = [(_place(win.win.id, order, lines, offset, len(text)), line) for win, line in missing]
    return apply(text, [Edit(at, at, line + eol) for at, line in places])


def _all_in_one(_win: Figures) -> str:
    return ""


def box_line(win: Figures, catalog: Catalog, path: str) -> str:
    """Return the line of a micro-win's box in the note at `path`, with a link to its goal or its id where its name alone would not tell."""
    texts = dict.fromkeys((in_box(win.win.text), " ".join(win.win.text.split())))
    whole = win.win.goal.removesuffix(".md")
    endings = ("", f" [[{whole.rpartition('/')[2]}]]", f" [[{whole}]]", f" [id:: {win.win.id}]")
    lines = [f"- [ ] {text}{ending}" for text in texts for ending in endings]
    return next((line for line in lines if finds(line, win, catalog, path)), lines[0])


def finds(line: str, win: Figures, catalog: Catalog, path: str) -> bool:
    """Return whether a box line, read again, belongs to this micro-win; one that did not would be added for ever."""
    match = catalog.match(read_fields(line.removeprefix("- [ ]")), path)
    return match.win is not None and match.win.id == win.win.id


def box_lines(note: Note, block: Block, source: Source, catalog: Catalog) -> list[BoxLine]:
    """Return the boxes at the top level of a `today` block, each up to where the next one begins."""
    inside = [
        (position, task)
        for position, task in enumerate(note.tasks)
        if task.depth == 0 and block.start < task.line < (block.end or block.start)
    ]
    found = []
    for number, (position, task) in enumerate(inside):
        start = source.lines[task.line - 1].start
        end = (
            source.lines[inside[number + 1][1].line - 1].start
            if number + 1 < len(inside)
            else block.content[1]
        )
        found.append(BoxLine(_win_of(note, catalog, position), start, end))
    return found


def _win_of(note: Note, catalog: Catalog, position: int) -> str | None:
    match = catalog.match(note.tasks[position].fields, note.path)
    return match.win.id if match.win else None


def _place(win: str, order: Sequence[str], lines: Sequence[BoxLine], offset: int, length: int) -> int:
    """Return where a line goes: before the first box that comes later in the order, else at the end."""
    later = set(order[order.index(win) + 1 :])
    return next((line.start - offset for line in lines if line.win in later), length)
