"""`microwins today`: today's micro-wins, and today's note."""

from __future__ import annotations

from dataclasses import replace

import click

from ...parsers.blocks import opening
from ...templates.plain_text import today_plain
from ...templates.terminal import Pen, today_text
from ...templates.view import View
from ...templates.words import say
from ..daily_note import daily_path, has_no_place, today_path
from ..errors import VaultBusy
from ..outcome import Outcome
from ..report import Report
from ..shapes import micro_win_shape
from ..todays_list import todays_list
from ..updating import settle
from .common import Options, not_set_up, plain_option, shared_options


@click.command(epilog="Example: microwins today")
@click.option(
    "--path", "path_only", is_flag=True, help="Print only the whole path of today's note; make nothing."
)
@click.option("--light", is_flag=True, help="One smallest step is enough for today.")
@plain_option
@shared_options
def today(options: Options, *, path_only: bool, light: bool, plain: bool) -> Report:
    """Show today's micro-wins in their order; make today's note where there is none."""
    session = options.session()
    path = daily_path(session.vault, session.clock.now().today)
    file = session.vault.root / path
    if path_only:
        data: dict[str, object] = {"path": path, "file": file.as_posix(), "exists": file.exists()}
        return Report(data, file.as_posix())
    keeper = session.keeper()
    keeper.read_all()
    path = today_path(keeper.vault, keeper.ledger, session.clock.now().today)
    file = session.vault.root / path
    outcome = Outcome()
    if session.vault.consent:
        try:
            with session.lock().acquire("today", session.started()):
                made = keeper.write(keeper.new_notes.daily(light=light, asked=True), "today")
                outcome = settle(keeper)
                outcome = replace(
                    outcome,
                    created=(*made.created, *outcome.created),
                    skipped=(*made.skipped, *outcome.skipped),
                )
        except VaultBusy:
            outcome = keeper.write(keeper.new_notes.daily(light=light, asked=True), "today")
    figures = keeper.figures()
    whole = keeper.view(figures)
    listed = todays_list(keeper, whole)
    view = whole.in_light_mode() if light else listed
    exists = file.exists()
    life = keeper.life(figures)

    def shape() -> dict[str, object]:
        return {
            "today": figures.now.today,
            "path": path,
            "file": file.as_posix(),
            "exists": exists,
            "created": list(outcome.created),
            "light": view.light,
            "micro_wins": [micro_win_shape(win, life) for win in view.today],
        }

    boxless = exists and session.vault.consent and has_no_place(keeper.ledger, path, view)
    remark = "review_note.made" if path in outcome.created else "review_note.not_made"
    note = path if exists and path not in outcome.created else say(remark, path=path)
    note = say("review_note.no_block", path=path, marker=opening("today")) if boxless else note
    text = (
        options.lines(today_plain(view, listed, note))
        if plain
        else today_text(view, listed, note, Pen(options.colour), options.width)
    )
    hints = [] if options.quiet else [*not_set_up(session.vault), *_left_out(view, whole, path, light=light)]
    return Report(shape, "\n\n".join((text.rstrip("\n"), *map(options.lines, hints))), outcome.skipped)


def _left_out(view: View, whole: View, path: str, *, light: bool) -> list[str]:
    """Return how many more are due where the note alone asks for light mode, and how to have them."""
    more = [win for win in whole.today if win.state == "open" and win not in view.today]
    if light or not more or view.light == whole.light:
        return []
    return [say("review_note.light", count=len(more), path=path)]
