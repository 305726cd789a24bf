"""`microwins check`: what is wrong in the vault."""

from __future__ import annotations

import click

from ...templates.words import say
from ..daily_note import draft_daily_note
from ..report import Report, notes_read, problem_line
from ..vault_template import template_problems
from .common import Options, shared_options


@click.command(epilog="Example: microwins check")
@shared_options
def check(options: Options) -> Report:
    """List what is wrong in the vault; the exit code is 3 where there is anything."""
    session = options.session()
    keeper = session.keeper()
    scanned = keeper.read_all()
    today = session.clock.now().today
    templates = (*draft_daily_note(session.vault, today).problems, *template_problems(session.vault, today))
    problems = sorted({*keeper.problems(keeper.figures()), *templates}, key=lambda one: one.place)
    if options.as_json:
        return Report(
            {"scanned": scanned, "count": len(problems)}, problems=problems, exit_code=3 if problems else 0
        )
    lines = [problem_line(problem) for problem in problems]
    read = notes_read(scanned)
    summary = (
        say("pass.problems", read=read, found=len(problems)) if problems else say("pass.healthy", read=read)
    )
    return Report(text=options.lines("\n".join((*lines, summary))), exit_code=3 if problems else 0)
