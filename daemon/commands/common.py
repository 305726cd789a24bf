"""What all commands share: their options, the session they open, and how their results are shown."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...parsers.day_range import read_date
from ...templates.lines import fitted
from ...templates.status_columns import WIDE
from ...templates.words import say
from ..progress import show_progress
from ..report import Report, harmless, problem_line, report_json, told

if TYPE_CHECKING:
    from ..vault import Vault
    from ..wiring import Machine, Session

SHOWN_PROBLEMS = 10
TERMINAL_WIDTH, LEAST_WIDTH = 80, 40
"""The columns of a terminal that does not tell, and the fewest that text is made for."""
_FIRST_YEAR, _LAST_YEAR = 1900, 2999
"""The years that may be acted in: far from the ends of the calendar, for schedules look back and ahead."""


_SHARED = ("vault", "today", "as_json", "quiet", "verbose")


class Day(click.ParamType[date]):
    """A day as YYYY-MM-DD."""

    name = "DATE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day; anything else is a usage error."""
        if isinstance(value, date):
            return value
        day = read_date(value)
        if day is None:
            self.fail(f"“{value}” is no date; write it as YYYY-MM-DD.", param, ctx)
        if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            self.fail(
                f"“{value}” is too far away; write a day of the years {_FIRST_YEAR} to {_LAST_YEAR}.",
                param,
                ctx,
            )
        return day


@dataclass(frozen=True, slots=True)
class Options:
    """The options that every command has. `given` is the machine to take in place of the one that it runs on."""

    command: str
    given: Machine | None
    vault: Path | None
    today: date | None
    as_json: bool
    quiet: bool
    verbose: bool

    @property
    def machine(self) -> Machine:
        """The machine that the command runs on."""
        from ..wiring import this_machine

        return self.given or this_machine(os.environ)

    def session(self, *, here: bool = False, near: Path | None = None) -> Session:
        """Open the vault that the options name, else the one around `near` or around the working folder.

        With `here` the working folder itself is taken where there is none.
        """
        from ..wiring import open_session

        return self.closing(open_session(self.machine, self.vault, self.today, near=near, here=here))

    def closing(self, session: Session) -> Session:
        """Return a session that is closed when the command ends."""

        def close() -> None:
            for problem in session.close():
                click.echo(problem_line(problem), err=True)

        click.get_current_context().call_on_close(close)
        return session

    @property
    def colour(self) -> bool:
        """Whether text may be coloured: on a terminal that nobody asked to be plain."""
        return wants_colour(self._environment)

    @property
    def width(self) -> int:
        """The columns that text may take: those of the terminal, or what `COLUMNS` says."""
        return width_of(self._environment)

    @property
    def bound(self) -> int | None:
        """The columns beyond which lines are broken: none in a pipe where `COLUMNS` says nothing, which gets whole lines."""
        bounded = sys.stdout.isatty() or self._environment.get("COLUMNS")
        return self.width if bounded else None

    def lines(self, text: str) -> str:
        """Return text with the lines that are wider than the terminal broken between words."""
        return fitted(text, self.bound) if self.bound is not None else text

    @property
    def _environment(self) -> Mapping[str, str]:
        return self.given.environment if self.given else os.environ


def wants_colour(environment: Any) -> bool:
    """Return whether standard output takes colour; NO_COLOR and FORCE_COLOR decide before the terminal does."""
    if environment.get("NO_COLOR"):
        return False
    if environment.get("FORCE_COLOR"):
        return True
    return sys.stdout.isatty() and environment.get("TERM") != "dumb"


def width_of(environment: Mapping[str, str]) -> int:
    """Return the columns of standard output; COLUMNS decides before the terminal does. A pipe has room for a lot."""
    said = environment.get("COLUMNS", "")
    if said.isascii() and said.isdecimal() and int(said):
        return max(int(said), LEAST_WIDTH)
    if not sys.stdout.isatty():
        return WIDE
    with suppress(OSError, ValueError):
        return max(os.get_terminal_size(sys.stdout.fileno()).columns, LEAST_WIDTH)
    return TERMINAL_WIDTH


plain_option = click.option(
    "--plain",
    is_flag=True,
    help="Words in the place of bars, marks and tables, as a screen reader wants them.",
)


def shared_options(function: Callable[..., Report]) -> Callable[..., None]:
    """Give a command the shared options; it gets them as `Options` and returns a `Report`, which is shown."""

    @click.option(
        "--vault", type=click.Path(path_type=Path, file_okay=False), help="The folder of the notes."
    )
    @click.option(
        "--today", type=Day(), help="Act as of this day: earlier days are closed, this one is open."
    )
    @click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
    @click.option("-q", "--quiet", is_flag=True, help="Print only what was asked for.")
    @click.option("-v", "--verbose", is_flag=True, help="Print more.")
    @click.pass_context
    @wraps(function)
    def run(context: click.Context, /, *args: Any, **kwargs: Any) -> None:
        if context.invoked_subcommand is not None:
            return
        given = {name: _said(context, name, kwargs.pop(name)) for name in _SHARED}
        options = Options(command=_command_name(context), given=context.obj, **given)
        if sys.stderr.isatty() and not options.quiet and not options.as_json:
            show_progress(sys.stderr)
        show(options, function(options, *args, **kwargs))

    return run


def _said(context: click.Context, name: str, value: Any) -> Any:
    """Return a shared option, which may stand behind the group that the command belongs to."""
    above = context.parent.params.get(name) if context.parent is not None else None
    return value or above or value


def show(options: Options, report: Report) -> None:
    """Print a result and leave with its exit code."""
    if options.as_json:
        click.echo(report_json(options.command, report))
    else:
        if report.text:
            click.echo(harmless(report.text.rstrip("\n"), colour=options.colour), color=options.colour)
        if not options.quiet:
            for line in problem_lines(report, whole=options.verbose):
                click.echo(told(line, sys.stderr), err=True)
    if report.exit_code:
        raise click.exceptions.Exit(report.exit_code)


def not_set_up(vault: Vault) -> list[str]:
    """Return that nothing may be written in a vault yet, and what changes that; nothing where it is set up."""
    return [] if vault.consent else [say("status.not_set_up")]


def problem_lines(report: Report, *, whole: bool) -> list[str]:
    """Return the problems as lines, the first few of them unless all are wanted."""
    lines = [problem_line(problem) for problem in report.problems]
    if whole or len(lines) <= SHOWN_PROBLEMS:
        return lines
    return [*lines[:SHOWN_PROBLEMS], say("pass.more", count=len(lines) - SHOWN_PROBLEMS)]


def _command_name(context: click.Context) -> str:
    names = []
    current: click.Context | None = context
    while current is not None and current.parent is not None:
        names.append(current.info_name or "")
        current = current.parent
    return " ".join(reversed(names))
