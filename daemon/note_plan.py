"""What is to be written into one note: its blocks filled, copies of a block made one again, a missing summary added."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..parsers.block_copies import copied_from
from ..parsers.block_options import read_options
from ..parsers.blocks import OF_THE_DAY, Block, closing, opening
from ..parsers.edit import Edit
from ..parsers.note import Note
from ..parsers.own_lines import foreign_line
from ..parsers.period import Period
from ..parsers.problem import Problem
from ..parsers.property_lines import property_edits
from ..parsers.source import Source
from ..streaks.block_look import block_look
from ..streaks.catalog import Catalog
from ..streaks.lookback import is_settled
from ..templates.blocks import block_problem, block_text, block_wins
from ..templates.property_values import property_values
from ..templates.today_block import box_lines, filled, missing_lines
from ..templates.view import View
from .change import content_edit
from .note_read import RawNote

_LINE_END = re.compile(r"\r\n|\r|\n")
_BOX = re.compile(r"(\s*(?:[-*+]|[0-9]+[.)])\s+\[)(.)(\].*)\Z")


@dataclass(frozen=True, slots=True)
class Page:
    """A note with its text, and whether it is the daily note of the day it is."""

    raw: RawNote
    note: Note
    is_today: bool = False

    @property
    def period(self) -> Period | None:
        """What the note is about by its name."""
        note = self.note
        return Period(note.kind, note.date) if note.kind is not None and note.date is not None else None

    @property
    def eol(self) -> str:
        """The line end of the note: that of its first line that has one."""
        first = _LINE_END.search(self.raw.text)
        return first[0] if first else "\n"


def page_edits(page: Page, view: View, catalog: Catalog) -> list[Edit]:
    """Return the edits that bring the note's blocks up to date; none where a marker is broken."""
    if page.note.markers_broken or not page.raw.valid:
        return []
    edits: list[Edit] = []
    source = Source.of(page.raw.text)
    copies = copied_from(source, page.note.blocks)
    for block in page.note.blocks:
        if _is_foreign(source, block, page):
            continue
        earlier = copies.get(block.start)
        if earlier is not None and not _is_foreign(source, earlier, page):
            edits += _copy_edits(source, earlier, block)
        elif (edit := _block_edit(page, source, block, view, catalog)) is not None:
            edits.append(edit)
    if page.note.goal is not None and all(block.name != "summary" for block in page.note.blocks):
        edits.append(appended_block(page, "summary", block_text(_summary(), page.note.path, view)))
    return [*edits, *_property_edits(page, view)]


def _property_edits(page: Page, view: View) -> list[Edit]:
    goal = view.figures.goal(page.note.path) if view.properties else None
    if goal is None:
        return []
    return property_edits(page.raw.text, property_values(goal, streaks=view.show_streaks), page.eol)


def page_problems(note: Note) -> Iterator[Problem]:
    """Yield what is wrong with the names and options of the note's blocks."""
    for block in note.blocks:
        problem = block_problem(block, note.path)
        if problem is not None:
            yield problem


def naming_blocks(note: Note) -> tuple[Block, ...]:
    """Return the blocks whose options may name a goal or a micro-win, which only the figures tell to be there."""
    return tuple(block for block in note.blocks if block.options)


def unknown_names(naming: Mapping[str, Sequence[Block]], view: View) -> Iterator[Problem]:
    """Yield a problem for each of these blocks that names what is not there; what else is wrong is told elsewhere."""
    for path, blocks in naming.items():
        for block in blocks:
            if (
                block_problem(block, path) is None
                and (problem := block_problem(block, path, view)) is not None
            ):
                yield problem


def appended_block(page: Page, name: str, content: str) -> Edit:
    """Return the edit that puts a block at the end of a note, a blank line above it."""
    text, eol = page.raw.text, page.eol
    gap = "" if not text.strip("\ufeff") else eol if text.endswith(("\n", "\r")) else eol * 2
    block = f"{opening(name)}\n{content}{closing()}\n".replace("\n", eol)
    return Edit(len(text), len(text), gap + block)


def added_box(page: Page, line: str) -> Edit:
    """Return the edit that adds one box to the note's `today` block, or to a new one at the end of the note."""
    block = next(
        (block for block in page.note.blocks if block.name == "today" and block.end is not None), None
    )
    if block is None:
        return appended_block(page, "today", f"{line}\n")
    return Edit(block.content[1], block.content[1], block.quoted(line) + page.eol)


def _block_edit(page: Page, source: Source, block: Block, view: View, catalog: Catalog) -> Edit | None:
    if block_problem(block, page.note.path, view) is not None:
        return None
    if not _is_theirs(block, page):
        if block.name in OF_THE_DAY and page.note.day is not None and not page.is_today:
            return None
        if block.name == "review" and not _is_to_be_told(block, page, view):
            return None
        content = block.quoted(block_text(block, page.note.path, view, page.period)).replace("\n", page.eol)
        return content_edit(block, content, page.eol, page.raw.text)
    return _today_edit(page, source, block, view, catalog) if page.is_today else None


def _is_to_be_told(block: Block, page: Page, view: View) -> bool:
    """Return whether a look back is to be written: one that stands, of a time long over, stays as it is."""
    look = block_look(read_options(block.name, block.options), page.period, view.figures.now)
    if look is None:
        return False
    empty = not page.raw.text[slice(*block.content)].strip()
    return empty or not is_settled(look, view.figures.now.today)


def _is_theirs(block: Block, page: Page) -> bool:
    """Return whether a block's lines belong to the user: those of a `today` block in a daily note."""
    return block.name == "today" and page.note.day is not None


def _is_foreign(source: Source, block: Block, page: Page) -> bool:
    return not _is_theirs(block, page) and foreign_line(source, block) is not None


def _today_edit(page: Page, source: Source, block: Block, view: View, catalog: Catalog) -> Edit | None:
    """Add what is due and missing; the lines that stand there are the user's, and so are those of other days."""
    start, end = block.content
    text, eol = page.raw.text, page.eol
    meant = _meant_here(page, block, view)
    options = read_options(block.name, block.options)
    found = missing_lines(page.note, catalog, view, meant, options)
    missing = [(win, block.quoted(line)) for win, line in found]
    lines = box_lines(page.note, block, source, catalog)
    content = filled(text[start:end], lines, start, view, missing, eol)
    return content_edit(block, content, eol, text)


@dataclass(frozen=True, slots=True)
class _Meant:
    """The micro-wins that are to stand in a block, by their ids: some, or all that are shown; not those of blocks above."""

    view: View
    some: frozenset[str] | None
    taken: frozenset[str]

    def __contains__(self, win_id: object) -> bool:
        if not isinstance(win_id, str) or win_id in self.taken:
            return False
        return self.view.shows(win_id) if self.some is None else win_id in self.some


def _meant_here(page: Page, block: Block, view: View) -> _Meant:
    """Return the micro-wins that are to stand in a block: those of its goal that no `today` block above is for."""
    path = page.note.path
    above = [one for one in page.note.blocks if one.name == "today" and one.start < block.start]
    taken = frozenset(
        win.win.id
        for one in above
        if block_problem(one, path, view) is None
        for win in block_wins(one, path, view)
    )
    wins = block_wins(block, path, view)
    return _Meant(view, None if wins is view.wins else frozenset(win.win.id for win in wins), taken)


def _copy_edits(source: Source, earlier: Block, copy: Block) -> list[Edit]:
    """Take out a second copy of a block, as a sync merge leaves it.

    A `today` block goes only if each of its lines stands in the first one too, be it with another box: then the
    ticks of both are united there.
    """
    if copy.end is None or earlier.end is None:
        return []
    first, last = source.line(copy.start), source.line(copy.end)
    whole = Edit(first.start, last.end + len(last.ending), "")
    if copy.name != "today":
        return [whole]
    ours = {_BOX.sub(r"\1 \3", line.text): line for line in source.lines[earlier.start : earlier.end - 1]}
    ticks: list[Edit] = []
    for line in source.lines[copy.start : copy.end - 1]:
        kept = ours.get(_BOX.sub(r"\1 \3", line.text))
        if kept is None:
            return []
        box, theirs = _BOX.match(kept.text), _BOX.match(line.text)
        if box and theirs and box[2] == " " and theirs[2] != " ":
            at = kept.start + box.start(2)
            ticks.append(Edit(at, at + 1, theirs[2]))
    return [*ticks, whole]


def _summary() -> Block:
    return Block("summary", "", "html", 0, 0, (0, 0))
