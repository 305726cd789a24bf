"""`microwins templates`: the templates of notes, and a copy of one of ours to change."""

from __future__ import annotations

import click

from ...parsers.setting_kinds import folder
from ...templates.words import say
from ..report import Report, harmless
from ..template_shelf import Template, copy_of, our_text, put, templates_of, text_of
from ..vault_template import template_problems
from ..wiring import Session
from .common import Options, shared_options

NAMES = ("daily", "weekly", "monthly", "quarterly", "yearly", "goal")
_name = click.argument("name", type=click.Choice(NAMES), metavar=f"[{'|'.join(NAMES)}]")


@click.group(epilog="Example: microwins templates list")
def templates() -> None:
    """Show the templates of notes; put an editable one into the vault."""


@templates.command("list", epilog="Example: microwins templates list")
@shared_options
def list_(options: Options) -> Report:
    """List the template of each kind of note: ours, or the vault's own and the setting that names it."""
    session = options.session()
    vault = session.vault
    found = list(templates_of(vault, session.clock.now().today))
    width = max(len(one.name) for one in found)
    lines = [f"{one.name:<{width}}  {_told(one)}" for one in found]
    problems = list(template_problems(vault, session.clock.now().today))
    return Report({"templates": [one.shape for one in found]}, "\n".join(lines), problems)


def _told(one: Template) -> str:
    if not one.path:
        return say("templates.ours")
    key = "templates.own" if one.usable else "templates.unusable"
    return say(key, path=one.path, setting=one.setting, origin=one.origin)


@templates.command(epilog="Example: microwins templates show weekly")
@_name
@click.option("--ours", is_flag=True, help="Print ours also where the vault has its own.")
@shared_options
def show(options: Options, name: str, *, ours: bool) -> Report:
    """Print the template that makes notes of a kind."""
    session = options.session()
    vault, found = session.vault, _named(session, name)
    text = our_text(vault, found) if ours else text_of(vault, found)
    shape = {**found.shape, "source": "microwins"} if ours else found.shape
    return Report({**shape, "text": text}, harmless(text))


@templates.command(epilog="Example: microwins templates copy weekly")
@_name
@click.option(
    "--to", default="", metavar="PATH", help="Where in the vault; else in its folder for templates."
)
@click.option("--dry-run", is_flag=True, help="Print what would be written; write nothing.")
@shared_options
def copy(options: Options, name: str, *, to: str, dry_run: bool) -> Report:
    """Put our template into the vault, to be changed there, and name it in the settings. No file is written over."""
    session = options.session()
    vault = session.vault
    vault.require_consent()
    copied = copy_of(vault, _named(session, name), _path(to))
    named = copied.settings[0] if copied.settings else None
    data = {"name": name, "path": copied.path, "setting": copied.template.setting, "named_in": named}
    if dry_run:
        line = say("templates.would", path=copied.path, setting=copied.template.setting)
        return Report({**data, "created": False, "text": copied.text}, f"{line}\n\n{harmless(copied.text)}")
    made = put(vault, copied)
    told = "templates.made" if made else "templates.was_there"
    line = say(told, path=copied.path, setting=copied.template.setting)
    return Report({**data, "created": made}, line, exit_code=0 if made else 1)


def _named(session: Session, name: str) -> Template:
    found = templates_of(session.vault, session.clock.now().today)
    return next(one for one in found if one.name == name)


def _path(to: str) -> str:
    try:
        return folder(to)
    except ValueError as error:
        raise click.UsageError(f"“{to}” cannot be used: write {error}.") from None
