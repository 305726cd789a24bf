"""`microwins next`: the next small step."""

from __future__ import annotations

import click

from ...parsers.goal_status import says_done
from ...parsers.task import State
from ...streaks.figures import Figures
from ...templates.terminal import clean
from ...templates.view import View
from ...templates.words import say
from ..keeper import Keeper
from ..report import Report
from ..shapes import micro_win_shape
from .common import Options, plain_option, shared_options


@click.command(name="next", epilog="Example: microwins next")
@plain_option
@shared_options
def next_(options: Options, *, plain: bool) -> Report:
    """Name the next small step: the first open micro-win of today, else the first open step of a goal."""
    keeper = options.session().keeper()
    keeper.read_all()
    view = keeper.view(keeper.figures())
    win = next((win for win in view.today if win.state == "open"), None)
    if win is not None:
        cue = view.cue(win)

        def data() -> dict[str, object]:
            return {
                "kind": "micro_win",
                "text": win.win.name,
                "goal": win.win.goal,
                "smallest": win.win.minimum or win.win.name,
                "cue": cue,
                "micro_win": micro_win_shape(win, keeper.life(view.figures)),
            }

        return Report(data, options.lines(_told(win, cue, plain=plain)))
    step = _first_step(keeper, view)
    if step is not None:
        path, text = step
        title = keeper.ledger.catalog.goals[path].title
        return Report(
            {"kind": "step", "text": text, "goal": path, "micro_win": None},
            options.lines(
                f"{clean(text)} ({clean(title)})." if plain else f"{clean(text)}  ({clean(title)})"
            ),
        )
    return Report({"kind": None, "text": None, "goal": None, "micro_win": None}, _nothing_left(view))


def _told(win: Figures, cue: str | None, *, plain: bool) -> str:
    """Return a micro-win with its cue and its smallest version; `plain` in sentences."""
    name = clean(win.win.name)
    if plain:
        name = f"{', '.join((name, *([say('status.after', cue=clean(cue))] if cue else ())))}."
    elif cue:
        name += "  " + say("next.after", cue=clean(cue))
    if not win.win.minimum:
        return name
    smallest = say("next.smallest", minimum=clean(win.win.minimum))
    return f"{name}\n{smallest}{'.' if plain else ''}"


def _nothing_left(view: View) -> str:
    if not view.figures.goals:
        return say("status.no_goal")
    return say("next.all_done") if view.today else say("block.nothing_due")


def _first_step(keeper: Keeper, view: View) -> tuple[str, str] | None:
    """Return the note and the text of the first open step of a goal that is not archived, paused or said to be done."""
    today = view.figures.now.today
    going_on = {
        goal.goal.path
        for goal in view.goals
        if not says_done(goal.goal.status) and not any(today in pause for pause in goal.goal.pauses)
    }
    for note in keeper.ledger.goal_notes():
        steps = keeper.ledger.entries(note.path).steps if note.path in going_on else ()
        open_lines = {step.entry.line for step in steps if step.entry.state is State.OPEN}
        for task in note.tasks:
            if task.line in open_lines and note.block_at(task.line) is None:
                return note.path, task.fields.text
    return None
