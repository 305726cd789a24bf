"""`microwins today`: today's micro-wins, and today's note."""

from __future__ import annotations

import click

from ...templates.terminal import Pen, today_text
from ..daily_note import daily_path
from ..errors import VaultBusy
from ..report import Report
from ..shapes import micro_win_shape
from ..updating import settle
from .common import Options, shared_options


@click.command(epilog="Example: microwins today")
@click.option("--path", "path_only", is_flag=True, help="Print only the path of today's note; make nothing.")
@shared_options
def today(options: Options, *, path_only: bool) -> Report:
    """Show today's micro-wins in their order; make today's note where there is none."""
    session = options.session()
    path = daily_path(session.vault, session.clock.now().today)
    if path_only:
        return Report({"path": path, "exists": (session.vault.root / path).exists()}, path)
    keeper = session.keeper()
    keeper.read_all()
    created: tuple[str, ...] = ()
    if session.vault.consent:
        try:
            with session.lock().acquire("today", session.started()):
                created = settle(keeper, create_daily=True).created
        except VaultBusy:
            created = keeper.write(keeper.plan_daily()).created
    figures = keeper.figures()
    view = keeper.view(figures)
    data = {
        "today": figures.now.today,
        "path": path,
        "exists": (session.vault.root / path).exists(),
        "created": list(created),
        "micro_wins": [micro_win_shape(win) for win in view.today],
    }
    text = today_text(view, f"{path}{' (made now)' if created else ''}", Pen(options.colour))
    return Report(data, text)
