"""Blocks: what stands between our markers, as a function of the figures and of nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from difflib import get_close_matches

from ..parsers.block_options import Options, read_options
from ..parsers.blocks import BLOCK_NAMES, Block
from ..parsers.problem import Problem
from ..streaks.figures import Figures
from .block_subject import NotThere, Subject, subject
from .calendar_blocks import month_block, week_block
from .goal_list import goals_block
from .summary_block import summary_block
from .today_list import next_block, today_block
from .view import View
from .words import speaking

Renderer = Callable[[View, Subject, Options], str]
_LEFT = "The block is left as it is."
_GAPS = re.compile(r"\n{3,}")
_OF_ONE_GOAL = frozenset(("summary", "month", "week"))


def block_text(block: Block, path: str, view: View) -> str:
    r"""Return the content of a block in the note at `path`, with \n line ends, the last one included.

    In a goal note a block is about that goal, elsewhere about the vault, unless its options say otherwise. `today` in
    a note of another day shows the day without boxes; in today's daily note it is not made here but filled
    (`today_block`). Raise NotThere where the options name what the vault does not have.
    """
    goal = view.figures.goal(path)
    key = block.name, block.options, goal.goal.path if goal is not None else ""
    if key not in view.texts:
        options = read_options(block.name, block.options)
        with speaking(view.language):
            text = _RENDERERS[block.name](view, subject(path, view, options), options)
        view.texts[key] = _GAPS.sub("\n\n", text.strip("\n")) + "\n"
    return view.texts[key]


def block_wins(block: Block, path: str, view: View) -> tuple[Figures, ...]:
    """Return the micro-wins that a block is about; raise NotThere where its options name what the vault does not have."""
    return subject(path, view, read_options(block.name, block.options)).wins


def block_problem(block: Block, path: str, view: View | None = None) -> Problem | None:
    """Return what is wrong with a block's name or options, or None; with `view` also with the names that they hold."""
    if block.name not in _RENDERERS:
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


def is_of_its_goal(block: Block) -> bool:
    """Return whether a block in a goal note is made of that goal's figures alone."""
    return block.name in _OF_ONE_GOAL and not block.options


_RENDERERS: dict[str, Renderer] = {
    "summary": summary_block,
    "today": today_block,
    "goals": goals_block,
    "month": month_block,
    "week": week_block,
    "next": next_block,
}
