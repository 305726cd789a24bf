"""Blocks: what stands between our markers, as a function of the figures and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from ..parsers.block_options import Options, read_options
from ..parsers.blocks import BLOCK_NAMES, Block
from ..parsers.period import Period
from ..parsers.problem import Problem
from ..streaks.figures import Figures
from .block_pictures import block_pictures, heatmap_block
from .block_subject import NotThere, Subject, subject
from .calendar_blocks import month_block, week_block
from .goal_list import goals_block
from .news_block import news_block
from .note_link import markdown_links
from .open_block import open_block
from .picture import Picture, link
from .summary_block import summary_block
from .today_list import next_block, today_block
from .view import View
from .words import speaking

Renderer = Callable[[View, Subject, Options], str]
_LEFT = "The block is left as it is."
_MOST_TEXTS = 256
"""Texts that are kept for the other notes that show the same: those of one goal alone are a thousand in a large vault."""
_GAPS = re.compile(r"\n{3,}")
_OF_ONE_GOAL = frozenset(("summary", "month", "week"))


def block_text(block: Block, path: str, view: View, period: Period | None = None) -> str:
    r"""Return the content of a block in the note at `path`, with \n line ends, the last one included.

    In a goal note a block is about that goal, elsewhere about the vault, unless its options say otherwise. `today` in
    a note of another day shows the day without boxes; in today's daily note it is not made here but filled
    (`today_block`). `period` is that of the note, by which `review` goes where its marker names no other. Raise NotThere where the options name what the vault does not have.
    """
    goal = view.figures.goal(path)
    way = view.album.way(path) if view.album is not None else ""
    about = period if block.name == "review" else goal.goal.path if goal is not None else ""
    folder = path.rpartition("/")[0] if view.markdown_links else ""
    key = block.name, block.options, about, way, folder
    if key not in view.texts:
        if len(view.texts) >= _MOST_TEXTS:
            view.texts.clear()
        with speaking(view.language):
            text = _content(block, path, view, way, period)
            view.texts[key] = markdown_links(text, path) if view.markdown_links else text
    return view.texts[key]


def pictures_of(block: Block, path: str, view: View) -> tuple[Picture, ...]:
    """Return the pictures that a block in the note at `path` shows."""
    goal = view.figures.goal(path)
    key = block.name, block.options, goal.goal.path if goal is not None else ""
    if key not in view.pictures:
        options = read_options(block.name, block.options)
        with speaking(view.language):
            view.pictures[key] = block_pictures(block.name, view, subject(path, view, options), options)
    return view.pictures[key]


def _content(block: Block, path: str, view: View, way: str, period: Period | None) -> str:
    """Return a block's text with the pictures below it, or its pictures alone where they stand in the text's place."""
    options = read_options(block.name, block.options)
    if block.name == "review":
        return _tidy(_review(view, options, period))
    pictures = pictures_of(block, path, view)
    alone = pictures and options.word("as") == "picture"
    text = "" if alone else _RENDERERS[block.name](view, subject(path, view, options), options)
    links = "\n".join(link(picture, way) for picture in pictures)
    return _tidy(f"{text}\n\n{links}")


def _tidy(text: str) -> str:
    text = _GAPS.sub("\n\n", text.strip("\n"))
    return f"{text}\n" if text else ""


def block_wins(block: Block, path: str, view: View) -> tuple[Figures, ...]:
    """Return the micro-wins that a block is about; raise NotThere where its options name what the vault does not have."""
    return subject(path, view, read_options(block.name, block.options)).wins


def block_problem(block: Block, path: str, view: View | None = None) -> Problem | None:
    """Return what is wrong with a block's name or options, or None; with `view` also with the names that they hold."""
    if block.name not in BLOCK_NAMES:
        near = get_close_matches(block.name, BLOCK_NAMES, 1)
        meant = f"Did you mean `{near[0]}`? " if near else ""
        return Problem(
            path, block.start, "block-unknown", f"There is no block `{block.name}`; it is left as it is.",
            f"{meant}Use one of: {', '.join(BLOCK_NAMES)}.",
        )  # fmt: skip
    options = read_options(block.name, block.options)
    mistake = next(iter(options.mistakes), None)
    if mistake is None and view is not None:
        try:
            subject(path, view, options)
        except NotThere as error:
            mistake = error.mistake
    if mistake is None:
        return None
    return Problem(path, block.start, "block-option", f"{mistake.message} {_LEFT}", mistake.remedy)


def _review(view: View, options: Options, period: Period | None) -> str:
    from .review_block import review_block  # it needs all the words of a look back

    return review_block(view, options, period)


def is_of_its_goal(block: Block) -> bool:
    """Return whether a block in a goal note is made of that goal's figures alone."""
    return block.name in _OF_ONE_GOAL and not block.options


_RENDERERS: dict[str, Renderer] = {
    "summary": summary_block,
    "today": today_block,
    "goals": goals_block,
    "heatmap": heatmap_block,
    "month": month_block,
    "week": week_block,
    "next": next_block,
    "news": news_block,
    "open": open_block,
}
