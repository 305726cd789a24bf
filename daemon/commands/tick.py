"""`microwins tick`, `untick` and `skip`: change one box from the terminal."""

from __future__ import annotations

import click

from ...parsers.declaration import read_amount
from ...parsers.line_fields import read_fields
from ...parsers.task import Quantity, State
from ...templates.lines import fitted
from ...templates.news import on_screen
from ..boxes import Marked, amount_field, mark_target
from ..bulletin import Bulletin
from ..keeper import Keeper
from ..named_box import Step, Target, find_target
from ..outcome import Outcome
from ..report import Report, harmless
from ..shapes import micro_win_shape
from ..updating import update_others
from .common import Options, shared_options

_NAME = click.argument("name", nargs=-1, required=True, metavar="NAME...")


@click.command(epilog='Example: microwins tick "write 200 words" --amount "420 words"')
@_NAME
@click.option("--amount", help="How much was done, such as “420 words”; it is written on the line.")
@shared_options
def tick(options: Options, name: tuple[str, ...], amount: str | None) -> Report:
    """Tick a micro-win of today, or a step of a goal. NAME is its number in `today`, its name or a part of it."""
    return _mark(options, name, State.DONE, _quantity(amount) if amount is not None else None)


@click.command(epilog='Example: microwins untick "write 200 words"')
@_NAME
@shared_options
def untick(options: Options, name: tuple[str, ...]) -> Report:
    """Take back today's tick of a micro-win, or that of a step."""
    return _mark(options, name, State.OPEN)


@click.command(epilog='Example: microwins skip "write 200 words"')
@_NAME
@shared_options
def skip(options: Options, name: tuple[str, ...]) -> Report:
    """Mark a micro-win of today as skipped: it counts neither as done nor as missed."""
    return _mark(options, name, State.SKIPPED)


def _quantity(amount: str) -> Quantity:
    """Return an amount that can be written on a line and read there again."""
    quantity = read_amount(amount)
    if quantity is None or quantity not in read_fields(amount_field(quantity)).quantities:
        raise click.UsageError(f"“{amount}” is no amount; write a number and a unit, such as “420 words”.")
    return quantity


def _mark(options: Options, name: tuple[str, ...], state: State, amount: Quantity | None = None) -> Report:
    session = options.session()
    session.vault.require_consent()
    keeper = session.keeper()
    keeper.read_all()

    def is_idle(target: Target) -> bool:
        return isinstance(target, Step) and target.state is state

    target = find_target(keeper, keeper.view(keeper.figures()), " ".join(name), is_idle)
    bulletin, before = Bulletin(), keeper.figures()
    bulletin.is_known(keeper.life(before))
    marked = mark_target(keeper, target, state, amount)
    news = [piece.line for piece in bulletin.fresh(keeper.life(), before)] if state is State.DONE else []
    outcome = update_others(session, keeper, "tick")
    text = "\n".join([marked.answer, *map(on_screen, news)])
    return Report(
        lambda: {**_data(keeper, marked, outcome), "news": news},
        harmless(fitted(text, options.width)),
        outcome.skipped if outcome else (),
    )


def _data(keeper: Keeper, marked: Marked, outcome: Outcome | None) -> dict[str, object]:
    win = keeper.figures().win(marked.win) if marked.win else None
    return {
        "path": marked.path,
        "line": marked.line_now(keeper.ledger.notes.get(marked.path)),
        "changed": marked.changed,
        "answer": marked.answer,
        "micro_win": micro_win_shape(win, keeper.life()) if win else None,
        "written": outcome.written if outcome else [],
        "left_to_watch": outcome is None,
    }
