"""`microwins goals`: the goals as a tree."""

from __future__ import annotations

import click

from ...templates.plain_text import goals_plain
from ...templates.terminal import Pen, goals_text
from ..report import Report
from ..shapes import goal_shape
from .common import Options, plain_option, shared_options


@click.command(epilog="Example: microwins goals")
@plain_option
@shared_options
def goals(options: Options, *, plain: bool) -> Report:
    """Show the goals as a tree, with their progress and micro-wins."""
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    life = keeper.life(figures)

    def data() -> dict[str, object]:
        return {"today": figures.now.today, "goals": [goal_shape(goal, life) for goal in figures.goals]}

    view = keeper.view(figures)
    text = goals_plain(view) if plain else goals_text(view, Pen(options.colour), options.width)
    return Report(data, text, figures.problems)
