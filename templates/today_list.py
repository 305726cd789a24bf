"""Today in blocks where nothing is ticked: what is due or done, and the next small step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..parsers.block_options import Options
from ..parsers.goal_status import says_done
from ..streaks.figures import Figures
from . import phrases
from .block_subject import Subject
from .safe_text import in_text
from .view import View
from .words import say

MARKS = {"done": "✓", "open": "○", "skipped": "–", "neutral": "–", "missed": "·", "not_due": " "}


def today_block(view: View, subject: Subject, options: Options) -> str:  # noqa: ARG001 - as every block is made
    """Return today's micro-wins as a list."""
    wins = [win for win in view.today if _is_meant(win, subject)]
    return "\n".join(today_lines(view, wins) if wins else [say("block.nothing_due")]) + "\n"


def next_block(view: View, subject: Subject, options: Options) -> str:
    """Return the next open micro-win of today with its cue and its smallest form, or the next few as a list.

    Where none is open it is the first open step of a goal that goes on.
    """
    count = options.number("count") or 1
    waiting = [win for win in view.today if win.state == "open" and _is_meant(win, subject)][:count]
    if not waiting:
        return next(_steps(view, subject), say("block.nothing_now")) + "\n"
    if count == 1:
        return say("block.next", name=_step(waiting[0], view)) + "\n"
    return "".join(f"- {MARKS[win.state]} {_step(win, view)}\n" for win in waiting)


def today_lines(view: View, wins: Sequence[Figures]) -> Iterator[str]:
    """Yield a line for each micro-win: its mark, its name, its streak, and while it is open what it comes after."""
    for win in wins:
        found = phrases.standing(win) if view.show_streaks else phrases.progress_now(win)
        parts = [in_text(win.win.name), *([in_text(found)] if found else [])]
        cue = view.cue(win) if win.state == "open" else None
        behind = f" {say('block.after', cue=in_text(cue))}" if cue else ""
        yield f"- {MARKS[win.state]} {' · '.join(parts)}{behind}"


def _step(win: Figures, view: View) -> str:
    cue = view.cue(win)
    name = " ".join(
        filter(None, (in_text(win.win.name), say("block.after", cue=in_text(cue)) if cue else ""))
    )
    if not win.win.minimum:
        return name
    return f"{name} · {say('block.smallest', minimum=in_text(win.win.minimum))}"


def _steps(view: View, subject: Subject) -> Iterator[str]:
    """Yield the first open step of each goal that is not archived, paused or said to be done."""
    today = view.figures.now.today
    for one in (subject.goal,) if subject.goal is not None else view.goals:
        paused = any(today in pause for pause in one.goal.pauses)
        if one.steps.next and not one.archived and not paused and not says_done(one.goal.status):
            name = in_text(one.steps.next)
            named = name if subject.goal is not None else f"{name} · {view.link(one.goal.path)}"
            yield say("block.next", name=named)


def _is_meant(win: Figures, subject: Subject) -> bool:
    return subject.goal is None or win.win.goal == subject.goal.goal.path
