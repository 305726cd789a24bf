"""`microwins doctor`: whether all is well on this machine and in this vault."""

from __future__ import annotations

import click

from ...templates import doctor_text
from ..health import findings
from ..report import Report, harmless
from .common import Options, shared_options


@click.command(epilog="Example: microwins doctor --full")
@click.option("--full", is_flag=True, help="Read every note again, and compare each with the index.")
@shared_options
def doctor(options: Options, *, full: bool) -> Report:
    """Look whether all is well on this machine; the exit code is 3 where something is not. No note is changed."""
    found = list(findings(options.session(), full=full))
    problems = [problem for one in found for problem in one.problems]
    checks = [{"name": one.name, "ok": not one.problems, "text": one.text, **one.data} for one in found]
    text = doctor_text.table([(one.name, one.text) for one in found], options.bound)
    if not problems:
        text += f"\n\n{doctor_text.HEALTHY}"
    return Report(
        {"healthy": not problems, "checks": checks}, harmless(text), problems, exit_code=3 if problems else 0
    )
