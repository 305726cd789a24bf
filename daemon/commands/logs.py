"""`microwins logs`: what `watch` said lately."""

from __future__ import annotations

import json
import time
from dataclasses import asdict

import click

from ...templates.terminal import clean
from ...templates.told import in_language
from ...templates.words import say
from ..report import VERSION, Report
from ..watch_log import Said
from .common import Options, shared_options

LOOK = 0.5
"""Seconds between two looks at the log."""


@click.command(epilog="Example: microwins logs -n 50")
@click.option(
    "-n",
    "--lines",
    "count",
    type=click.IntRange(1, 5000),
    default=20,
    show_default=True,
    help="How many lines.",
)
@click.option("-f", "--follow", is_flag=True, help="Go on with what is said from now on, until Ctrl-C.")
@shared_options
def logs(options: Options, *, count: int, follow: bool) -> Report:
    """Show what `watch` said lately, be it in a terminal or in the background."""
    log = options.session().log()
    found = log.last(count)
    if not follow:
        data = {"file": str(log.file), "lines": [asdict(one) for one in found]}
        return Report(data, options.lines("\n".join(map(_line, found)) or say("logs.nothing")))
    for one in found:
        _tell(one, options)
    for one in log.follow(lambda: time.sleep(LOOK)):
        _tell(one, options)
    raise AssertionError("it is followed until somebody stops it")


def _tell(said: Said, options: Options) -> None:
    if options.as_json:
        data = {
            "version": VERSION,
            "command": options.command,
            "ok": True,
            "data": asdict(said),
            "problems": [],
        }
        click.echo(json.dumps(data, ensure_ascii=False))
    else:
        click.echo(_line(said))


def _line(said: Said) -> str:
    return f"{said.at}  {clean(in_language(said.text))}"
