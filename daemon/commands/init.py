"""`microwins init`: set a vault up, with its owner's consent."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import click

from ...parsers.blocks import opening
from ...parsers.settings import BY_KEY, shown
from ...templates.base_file import base_text
from ...templates.discovery_text import taken_line
from ...templates.environment import render
from ...templates.goal_draft import goal_mark
from ...templates.lines import fitted
from ...templates.screen import Screen
from ...templates.terminal import Pen, summary_line
from ...templates.view import View
from ...templates.words import say
from .. import questions
from ..change import Change
from ..cycles import let_go_of_cycles
from ..daily_note import today_path
from ..daily_place import daily_place
from ..exclusions import SETTINGS_FILES
from ..first_goal import FirstGoal, ask_first_goal
from ..goal_writing import preview
from ..heap import give_back_what_is_free
from ..keeper import Keeper
from ..new_settings import found_settings, settings_text, template_folder
from ..note_write import create_note
from ..pictures import album_of, is_picture
from ..report import Report, harmless
from ..updating import full_pass, settle, unified_diff
from ..vault import Vault
from ..wiring import Session
from .common import Options, shared_options

EXAMPLE = "Read a book a month.md"
_BASE = "Micro-wins"


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
    asks = not (yes or bare or options.as_json or session.vault.consent or keeper.ledger.catalog.goals)
    first = None
    if asks and questions.somebody_is_there():
        first = ask_first_goal(keeper, Screen(Pen(options.colour), options.width))
        questions.tell()
    planned = list(_planned(session, keeper, first, bare=bare, bases=bases))
    advice = _advice(session.vault) if bases else ""
    if session.vault.consent and not planned:
        return Report(
            {"root": session.vault.root.as_posix(), "created": [], "written": []},
            options.lines("\n".join(filter(None, (say("init.set_up_already"), advice)))),
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
        click.echo(_announcement(keeper, planned, Screen(Pen(options.colour), options.width), first))
        click.echo(f"{advice}\n" if advice else "", nl=False)
        if not questions.agree(say("write.ask")):
            return Report(text=say("write.nothing"), exit_code=1)
    del keeper
    _let_go(session)
    report = _carry_out(session, planned, first, advice)
    return replace(report, text=fitted(report.text, options.width))


def _planned(
    session: Session, keeper: Keeper, first: FirstGoal | None, *, bare: bool, bases: bool
) -> Iterator[Change]:
    """Yield the files that are to be made; none that exists is touched."""
    vault = session.vault
    if not vault.consent:
        found = {
            **found_settings(vault, keeper),
            **({"properties": True} if bases else {}),
            **({"daily.create": True} if first is not None and first.daily else {}),
        }
        yield Change(SETTINGS_FILES[0], None, settings_text(vault, found).encode())
    if bases and not (vault.root / base_path(vault)).exists():
        text = base_text(vault.settings.goals_type, vault.settings.goals_tag)
        yield Change(base_path(vault), None, text.encode())
    dashboard = vault.place(vault.settings.dashboard)
    if dashboard and not (vault.root / dashboard).exists():
        yield Change(dashboard, None, render("notes/dashboard.md.j2").encode())
    if first is not None:
        yield from first.notes
    if (
        not bare
        and (first is None or first.example)
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
                mark=goal_mark(vault.reading.words),
                heading=vault.settings.goals_heading,
            ).encode(),
        )


def base_path(vault: Vault) -> str:
    """Return the path of the table for Obsidian's Bases: beside the dashboard, and named as it."""
    return vault.place(f"{vault.settings.dashboard.removesuffix('.md') or _BASE}.base")


def _advice(vault: Vault) -> str:
    """Return what is to be set for a base to show anything, where we do not set it: the settings file is the user's."""
    if not vault.consent or vault.settings.properties:
        return ""
    return say("init.bases_advice")


def _let_go(session: Session) -> None:
    """Hold nothing of the vault any longer: with its new settings it is read again, and would be held twice."""
    session.close()
    let_go_of_cycles()
    give_back_what_is_free()


def _carry_out(session: Session, planned: list[Change], first: FirstGoal | None, advice: str) -> Report:
    created = [
        change.path
        for change in planned
        if create_note(session.vault.root / change.path, change.after, root=session.vault.root)
    ]
    session = session.reopened()
    keeper = session.keeper()
    with session.lock().acquire("init", session.started()):
        outcome = full_pass(keeper, write=True)
        today = settle(keeper, create_daily=True).created if first is not None and first.daily else ()
    figures = keeper.figures()
    data = {
        "root": session.vault.root.as_posix(),
        "created": list(dict.fromkeys((*created, *outcome.created, *today))),
        "written": outcome.written,
    }
    lines = [say("write.made", path=path) for path in data["created"]] + [
        say("write.wrote", path=path) for path in outcome.written if path not in created
    ]
    lines += [advice] if advice else []
    view = keeper.view(figures)
    taken = [taken_line(win, view) for win in figures.wins if win.totals.wins.all]
    lines += ["", *taken] if first is not None and taken else []
    lines += ["", summary_line(view), _next_step(keeper, view, first)]
    return Report(data, "\n".join(lines), [*outcome.skipped, *keeper.problems(figures)])


def _next_step(keeper: Keeper, view: View, first: FirstGoal | None) -> str:
    """Return what can be done next: tick a box where one stands in today's note, else have it put there."""
    path = today_path(keeper.vault, keeper.ledger, view.figures.now.today)
    note = keeper.ledger.notes.get(path)
    if first is None or note is None or not view.today:
        return say("init.next")
    has_block = any(block.name == "today" for block in note.blocks)
    return say("init.next_tick" if has_block else "init.next_paste", path=path, marker=opening("today"))


def _announcement(keeper: Keeper, planned: list[Change], screen: Screen, first: FirstGoal | None) -> str:
    vault = keeper.vault
    changes = [change for change in keeper.plan() if isinstance(change, Change)]
    notes = [change for change in changes if not is_picture(change)]
    blocks = [change.path for change in notes if change.before is not None]
    made = [change.path for change in (*planned, *notes) if change.before is None]
    place, today = daily_place(vault, keeper), keeper.clock.now().today
    if first is not None and first.daily and not keeper.ledger.dated(today):
        made.append(place.path_of(today, vault.daily_format, vault.settings.locale))
    lines = [say("init.will_make", root=vault.root), "", *(f"  {path}" for path in dict.fromkeys(made))]
    lines += _pictures_line(vault)
    lines += ["", say("init.will_write"), "", *(f"  {path}" for path in blocks)] if blocks else []
    lines += [f"  {say('init.daily_notes_in', folder=place.shown)}"] if place.shown else []
    templates = template_folder(vault)
    lines += [f"  {say('init.left_out', folder=templates)}"] if templates else []
    lines += ["", say("init.only_this"), ""]
    adopted = [
        (key, place)
        for key, place in vault.origins.items()
        if place.startswith(".") and place not in SETTINGS_FILES
    ]
    lines += [
        f"  {key} = {shown(BY_KEY[key], getattr(vault.settings, BY_KEY[key].name))}  ({say('init.from', place=place)})"
        for key, place in adopted
    ]
    if adopted:
        lines.append("")
    head = harmless(fitted("\n".join(lines), screen.width))
    if first is not None:
        return f"{head}\n{harmless(preview(change for change in planned if _is_goal(change, vault)))}"
    shown_whole = (change for change in planned if change.path not in SETTINGS_FILES)
    return f"{head}\n{screen.pen(harmless(unified_diff(shown_whole)), 'dim')}"


def _is_goal(change: Change, vault: Vault) -> bool:
    """Return whether a file that is to be made is a goal, and not one of those that look the same everywhere."""
    others = (*SETTINGS_FILES, vault.place(vault.settings.dashboard), base_path(vault))
    return change.path not in others


def _pictures_line(vault: Vault) -> list[str]:
    """Return where the pictures of the dashboard will lie."""
    album = album_of(vault)
    return (
        [f"  {album.folder_for(vault.settings.dashboard)}/  ({say('init.pictures')})"]
        if album and vault.settings.dashboard
        else []
    )
