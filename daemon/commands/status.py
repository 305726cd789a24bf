"""`microwins status`: streaks, strength and progress."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import click

from ...parsers.problem import Problem
from ...templates.plain_text import status_plain
from ...templates.terminal import Pen, status_text
from ...templates.words import say
from ..own_copies import COPY
from ..report import Report
from ..shapes import status_shape
from .common import Options, not_set_up, plain_option, shared_options


@click.command(epilog="Example: microwins status --json")
@click.option("--all", "archived", is_flag=True, help="Show archived goals too.")
@plain_option
@shared_options
def status(options: Options, *, archived: bool, plain: bool) -> Report:
    """Show streaks, strength and progress."""
    session = options.session()
    keeper = session.keeper()
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
    hints = [] if options.quiet else [*not_set_up(session.vault), *_hints(problems)]
    text = "\n\n".join((text, *(["\n".join(map(options.lines, hints))] if hints else [])))
    return Report(lambda: status_shape(life, archived=archived), text, problems if options.as_json else ())


def _hints(problems: Sequence[Problem]) -> list[str]:
    """Return where to look at what is wrong; conflict copies hold somebody's text, so they are named by themselves."""
    copies = sum(problem.code == COPY for problem in problems)
    others = len(problems) - copies
    lines = [say("status.conflicts", count=copies)] if copies else []
    return [*lines, *([say("status.problems", count=others)] if others else [])]
