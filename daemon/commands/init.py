"""`microwins init`: set a vault up, with its owner's consent."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import groupby

import click

from ...parsers.settings import SETTINGS, Setting, shown
from ...templates.base_file import base_text
from ...templates.environment import render
from ...templates.terminal import Pen, summary_line
from ..change import Change
from ..errors import MicrowinsError
from ..keeper import Keeper
from ..note_write import create_note
from ..pictures import album_of, is_picture
from ..report import Report, harmless
from ..scan import SETTINGS_FILES
from ..updating import full_pass, unified_diff
from ..vault import Vault
from ..wiring import Session
from .common import Options, shared_options

EXAMPLE = "Read a book a month.md"
_BASE = "Micro-wins"


class NoAnswer(MicrowinsError):
    """The question whether to write could not be put to anybody."""

    code = "no-answer"


@click.command(epilog="Example: microwins init --vault ~/Notes")
@click.option("--yes", is_flag=True, help="Write without asking.")
@click.option("--bare", is_flag=True, help="Write the settings and the dashboard only, no example goal.")
@click.option("--bases", is_flag=True, help="Make a table of the goals for Obsidian's Bases too.")
@shared_options
def init(options: Options, *, yes: bool, bare: bool, bases: bool) -> Report:
    """Set a vault up: show what will be written, then write it."""
    session = options.session(here=True)
    keeper = session.keeper()
    keeper.read_all()
    planned = list(_planned(session, keeper, bare=bare, bases=bases))
    advice = _advice(session.vault) if bases else ""
    if session.vault.consent and not planned:
        return Report(
            {"root": session.vault.root.as_posix(), "created": [], "written": []},
            "\n".join(filter(None, ("This vault is set up already.", advice))),
        )
    if options.as_json and not yes:
        data = {
            "root": session.vault.root.as_posix(),
            "created": [],
            "written": [],
            "planned": [change.path for change in planned],
        }
        return Report(data)
    if not yes:
        click.echo(_announcement(session.vault, keeper, planned, Pen(options.colour)))
        click.echo(f"{advice}\n" if advice else "", nl=False)
        if not _agreed():
            return Report(text="Nothing was written.", exit_code=1)
    return _carry_out(session, planned, advice)


def _agreed() -> bool:
    try:
        return click.confirm("Write this?", default=True)
    except click.Abort:
        if sys.stdin.isatty():
            raise
        raise NoAnswer(
            "Nobody answered, so nothing was written.", "Use --yes where nobody can be asked."
        ) from None


def _planned(session: Session, keeper: Keeper, *, bare: bool, bases: bool) -> Iterator[Change]:
    """Yield the files that are to be made; none that exists is touched."""
    vault = session.vault
    if not vault.consent:
        found = {**_found_settings(vault, keeper), **({"properties": True} if bases else {})}
        yield Change(SETTINGS_FILES[0], None, _settings_text(vault, found).encode())
    if bases and not (vault.root / base_path(vault)).exists():
        text = base_text(vault.settings.goals_type, vault.settings.goals_tag)
        yield Change(base_path(vault), None, text.encode())
    dashboard = vault.settings.dashboard
    if dashboard and not (vault.root / dashboard).exists():
        yield Change(dashboard, None, render("notes/dashboard.md.j2").encode())
    if (
        not bare
        and not vault.consent
        and not (vault.root / EXAMPLE).exists()
        and not keeper.ledger.catalog.goals
    ):
        yield Change(
            EXAMPLE,
            None,
            render(
                "notes/example_goal.md.j2",
                start=session.clock.now().today,
                heading=vault.settings.goals_heading,
            ).encode(),
        )


def base_path(vault: Vault) -> str:
    """Return the path of the table for Obsidian's Bases: beside the dashboard, and named as it."""
    return f"{vault.settings.dashboard.removesuffix('.md') or _BASE}.base"


def _found_settings(vault: Vault, keeper: Keeper) -> dict[str, str]:
    """Return what is plain from the notes themselves: the folder in which most daily notes stand."""
    folders = Counter(
        note.path.rpartition("/")[0] for note in keeper.ledger.notes.values() if note.day is not None
    )
    folder, notes = folders.most_common(1)[0] if folders else ("", 0)
    known = vault.origins["daily.folder"] != "default"
    return {"daily.folder": folder} if folder and notes > 1 and not known else {}


def _advice(vault: Vault) -> str:
    """Return what is to be set for a base to show anything, where we do not set it: the settings file is the user's."""
    if not vault.consent or vault.settings.properties:
        return ""
    return "The table shows figures once `properties = true` stands in the settings file."


def _carry_out(session: Session, planned: list[Change], advice: str) -> Report:
    created = [
        change.path
        for change in planned
        if create_note(session.vault.root / change.path, change.after, root=session.vault.root)
    ]
    session = session.reopened()
    keeper = session.keeper()
    with session.lock().acquire("init", session.started()):
        outcome = full_pass(keeper, write=True)
    figures = keeper.figures()
    data = {
        "root": session.vault.root.as_posix(),
        "created": [*created, *outcome.created],
        "written": outcome.written,
    }
    lines = [f"made {path}" for path in data["created"]] + [
        f"wrote {path}" for path in outcome.written if path not in created
    ]
    lines += [advice] if advice else []
    lines += [
        "",
        summary_line(keeper.view(figures)),
        "Next: `microwins watch` keeps it up to date, `microwins today` makes today's note.",
    ]
    return Report(data, "\n".join(lines), [*outcome.skipped, *keeper.problems(figures)])


def _announcement(vault: Vault, keeper: Keeper, planned: list[Change], pen: Pen) -> str:
    lines = [f"In {vault.root} microwins will make:", ""]
    lines += [f"  {change.path}" for change in planned]
    changes = [change for change in keeper.plan() if isinstance(change, Change)]
    goals = [change.path for change in changes if not is_picture(change)]
    lines += _pictures_line(vault)
    lines += ["", "It will write a block into:", "", *(f"  {path}" for path in goals)] if goals else []
    lines += [f"  daily notes in {folder}/" for folder in _found_settings(vault, keeper).values()]
    lines += [
        "",
        "and write only between its own markers, in boxes that you tick with it, and done dates (`stamp`).",
        "",
    ]
    adopted = [
        (key, place)
        for key, place in vault.origins.items()
        if place.startswith(".") and place not in SETTINGS_FILES
    ]
    lines += [
        f"  {key} = {shown(_setting(key), getattr(vault.settings, _setting(key).name))}  (from {place})"
        for key, place in adopted
    ]
    if adopted:
        lines.append("")
    return "\n".join(
        [
            *lines,
            pen(
                harmless(unified_diff(change for change in planned if change.path not in SETTINGS_FILES)),
                "dim",
            ),
        ]
    )


def _pictures_line(vault: Vault) -> list[str]:
    """Return where the pictures of the dashboard will lie."""
    album = album_of(vault)
    return (
        [f"  {album.folder_for(vault.settings.dashboard)}/  (pictures)"]
        if album and vault.settings.dashboard
        else []
    )


def _setting(key: str) -> Setting:
    return next(setting for setting in SETTINGS if setting.key == key)


def _settings_text(vault: Vault, found: Mapping[str, object]) -> str:
    """Return a settings file that sets what was found, and has every other setting as a comment with its value."""
    rows = [
        (setting, shown(setting, found.get(setting.key, getattr(vault.settings, setting.name))))
        for setting in SETTINGS
    ]
    top = [row for row in rows if "." not in row[0].key]
    below = [row for row in rows if "." in row[0].key]
    sections = [
        (name, list(group)) for name, group in groupby(below, lambda row: row[0].key.partition(".")[0])
    ]
    return render("notes/settings.toml.j2", top=top, sections=sections, found=found)
