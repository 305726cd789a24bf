"""The `open` block: one-off tasks of the last daily notes that are still open, as links to where they stand."""

from __future__ import annotations

from ..parsers.block_options import Options
from .block_subject import Subject
from .open_task import OpenTask
from .safe_text import in_text
from .view import View
from .words import say

_MARK = "○"


def open_block(view: View, subject: Subject, options: Options) -> str:  # noqa: ARG001 - as every block is made
    """Return the open tasks of the last days as a list without boxes: a task is ticked where it stands, and counts once."""
    found = view.open_tasks(options.number("days") or 1)
    shown = found[: options.number("count") or 1]
    lines = [f"- {_MARK} {in_text(task.text)} · {_link(task, view)}" for task in shown]
    if len(found) > len(shown):
        lines.append(f"- {_MARK} {say('block.more_open', count=len(found) - len(shown))}")
    return "".join(f"{line}\n" for line in ([say("block.open_lately"), "", *lines] if lines else []))


def _link(task: OpenTask, view: View) -> str:
    """Return a link to the note of a task, and to its very line where that has a block id."""
    return view.link(task.path, block_id=task.block_id or "")
