"""`microwins status`: streaks, strength and progress."""

from __future__ import annotations

from dataclasses import replace

import click

from ...templates.plain_text import status_plain
from ...templates.terminal import Pen, status_text
from ..report import Report
from ..shapes import status_shape
from .common import Options, plain_option, shared_options


@click.command(epilog="Example: microwins status --json")
@click.option("--all", "archived", is_flag=True, help="Show archived goals too.")
@plain_option
@shared_options
def status(options: Options, *, archived: bool, plain: bool) -> Report:
    """Show streaks, strength and progress."""
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    problems = keeper.problems(figures)
    view = replace(keeper.view(figures), show_archived=archived)
    life = keeper.life(figures)
    text = (
        options.lines(status_plain(view, life))
        if plain
        else status_text(view, Pen(options.colour), life, options.width)
    )
    if problems and not options.quiet:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        text += f"\n\n{count}: see `microwins check`."
    return Report(lambda: status_shape(life, archived=archived), text, problems if options.as_json else ())
