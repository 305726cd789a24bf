"""`microwins goals`: the goals as a tree."""

from __future__ import annotations

import click

from ...templates.terminal import Pen, goals_text
from ..report import Report
from ..shapes import goal_shape
from .common import Options, shared_options


@click.command(epilog="Example: microwins goals")
@shared_options
def goals(options: Options) -> Report:
    """Show the goals as a tree, with their progress and micro-wins."""
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    life = keeper.life(figures)
    data = {"today": figures.now.today, "goals": [goal_shape(goal, life) for goal in figures.goals]}
    return Report(data, goals_text(keeper.view(figures), Pen(options.colour)), figures.problems)
