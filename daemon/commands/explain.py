"""`microwins explain`: where the figures of a micro-win come from."""

from __future__ import annotations

import click

from ...streaks.figures import Figures
from ...templates.explanation import entries_by_day, explanation, turn_shape
from ...templates.terminal import clean
from ..boxes import NoSuchBox, find_target
from ..report import Report
from ..shapes import micro_win_shape
from .common import Options, shared_options


@click.command(epilog='Example: microwins explain "write 300 words"')
@click.argument("name", nargs=-1, required=True, metavar="NAME...")
@shared_options
def explain(options: Options, name: tuple[str, ...]) -> Report:
    """Show where the figures of a micro-win come from: rules, turns, boxes, formulas. With -v all of its turns."""
    keeper = options.session().keeper()
    keeper.read_all()
    target = find_target(keeper, keeper.view(keeper.figures()), " ".join(name))
    if not isinstance(target, Figures):
        raise NoSuchBox(f"“{target.text}” is a step, which has no figures of its own.", "Name a micro-win.")
    entries = keeper.ledger.entries_of(target.win.id)
    by_day = entries_by_day(entries)
    data = {
        **micro_win_shape(target, keeper.life()),
        "turns": [turn_shape(turn, by_day) for turn in target.turns],
    }
    lines = [
        line[: len(line) - len(line.lstrip())] + clean(line)
        for line in explanation(target, entries, whole=options.verbose)
    ]
    return Report(data, "\n".join(lines))
