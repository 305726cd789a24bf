"""`microwins goals`: the goals as a tree; making a new one, breaking one into smaller parts."""

from __future__ import annotations

import click

from ...templates.plain_text import goals_plain
from ...templates.terminal import Pen, goals_text
from ..report import Report
from ..shapes import goal_shape
from .common import Options, plain_option, shared_options
from .goals_break import break_
from .goals_new import new


@click.group(invoke_without_command=True, epilog="Example: microwins goals")
@plain_option
@shared_options
def goals(options: Options, *, plain: bool) -> Report:
    """Show the goals as a tree, with their progress and micro-wins; or make one, or break one up."""
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    life = keeper.life(figures)

    def data() -> dict[str, object]:
        return {"today": figures.now.today, "goals": [goal_shape(goal, life) for goal in figures.goals]}

    view = keeper.view(figures)
    text = options.lines(goals_plain(view)) if plain else goals_text(view, Pen(options.colour), options.width)
    return Report(data, text, figures.problems)


goals.add_command(new)
goals.add_command(break_)
