"""`microwins demo`: a sample vault with a year of days, caught up and watched."""

from __future__ import annotations

from pathlib import Path

import click

from ...templates.terminal import Pen, status_text
from ..errors import MicrowinsError
from ..report import Report
from ..shapes import status_shape
from ..updating import full_pass
from ..wiring import Session, open_session
from .common import Options, shared_options, show
from .watch import run_watch, speaker

DEFAULT = "microwins-demo"


class FolderTaken(MicrowinsError):
    """The folder for the sample vault holds something else."""

    code = "folder-taken"


@click.command(epilog="Example: microwins demo --once")
@click.argument("folder", required=False, type=click.Path(path_type=Path, file_okay=False), metavar="[DIR]")
@click.option("--once", is_flag=True, help="End after the first pass instead of watching.")
@shared_options
def demo(options: Options, folder: Path | None, *, once: bool) -> Report:
    """Make a sample vault with a year of days in DIR (./microwins-demo), catch up, show the status, then watch it."""
    root = (folder or Path(DEFAULT)).absolute()
    made = _make(options, root)
    session = options.closing(open_session(options.machine, root, options.today))
    report = _caught_up(options, session, made)
    if once:
        return report
    show(options, report)
    if not options.as_json:
        click.echo(
            f"\nTick a box in {root / _today_path(session)} with any editor, and look here and in Goals/. Ctrl-C ends.\n"
        )
    return Report(exit_code=run_watch(session, speaker(options)))


def _make(options: Options, root: Path) -> int:
    """Make the vault unless it is there already from an earlier time; a folder with other things in it is refused."""
    from ..sample_vault import is_sample_vault, write_sample_vault

    if is_sample_vault(root):
        return 0
    if root.exists() and (not root.is_dir() or any(root.iterdir())):
        raise FolderTaken(f"{root} is not empty.", "Name an empty or a new folder: `microwins demo DIR`.")
    from ...parsers.settings import Settings
    from ..clock import DayClock

    today = DayClock(Settings(), options.machine.clock, options.today).now().today
    return write_sample_vault(root, today)


def _caught_up(options: Options, session: Session, made: int) -> Report:
    keeper = session.keeper()
    with session.lock().acquire("demo", session.started()):
        outcome = full_pass(keeper, write=True)
    figures = keeper.figures()
    first = (
        f"Made {made} notes in {session.vault.root}."
        if made
        else f"Found the sample vault in {session.vault.root}."
    )
    caught = f"{outcome.scanned} notes read, {len(outcome.written) + len(outcome.created)} written."
    life = keeper.life(figures)
    text = "\n".join(
        (first, caught, "", status_text(keeper.view(figures), Pen(options.colour), life, options.width))
    )
    data = {
        **status_shape(life),
        "root": session.vault.root.as_posix(),
        "notes": outcome.scanned,
        "made": made,
        "written": outcome.written,
        "created": outcome.created,
        "today_note": _today_path(session),
    }
    return Report(data, text, [*outcome.skipped, *keeper.problems(figures)])


def _today_path(session: Session) -> str:
    from ..daily_note import daily_path

    return daily_path(session.vault, session.clock.now().today)
