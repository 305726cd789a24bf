"""`microwins explain`: where the figures of a micro-win, of a goal or of the whole vault come from."""

from __future__ import annotations

from dataclasses import asdict

import click

from ...parsers.task import State
from ...streaks.figures import Figures
from ...streaks.goal_figures import GoalFigures
from ...streaks.vault_figures import VaultFigures
from ...templates.days_explanation import days_explanation
from ...templates.explanation import entries_by_day, explanation, sentences, turn_shape
from ...templates.goal_explanation import Shown, goal_explanation, part_shape
from ...templates.lines import below
from ...templates.terminal import clean
from ..explained import boxes_of, find_explained
from ..keeper import Keeper
from ..named_box import NoSuchBox, Step
from ..report import Report
from ..shapes import goal_shape, micro_win_shape, streak_shape
from .common import Options, plain_option, shared_options


@click.command(epilog='Example: microwins explain "write 200 words"')
@click.argument("name", nargs=-1, metavar="[NAME...]")
@click.option("--days", "of_days", is_flag=True, help="Explain the vault's own streak and totals.")
@plain_option
@shared_options
def explain(options: Options, name: tuple[str, ...], *, of_days: bool, plain: bool) -> Report:
    """Show where figures come from: those of a micro-win, of a goal, or with --days of the whole vault.

    With -v all turns and boxes are shown, not only the last ones.
    """
    if bool(name) == of_days:
        raise click.UsageError("Name a micro-win or a goal, or write --days.")
    keeper = options.session().keeper()
    keeper.read_all()
    figures = keeper.figures()
    if of_days:
        return _of_days(keeper, figures, options, plain=plain)
    target = find_explained(keeper, keeper.view(figures), " ".join(name))
    if isinstance(target, Step):
        raise NoSuchBox(
            f"“{target.text}” is a step, which has no figures of its own.",
            "Name a micro-win. A goal has figures too.",
        )
    if isinstance(target, GoalFigures):
        return _of_goal(keeper, figures, target, options, plain=plain)
    return _of_micro_win(keeper, target, options, plain=plain)


def _of_micro_win(keeper: Keeper, target: Figures, options: Options, *, plain: bool) -> Report:
    entries = keeper.ledger.entries_of(target.win.id)
    by_day = entries_by_day(entries)
    data = {
        **micro_win_shape(target, keeper.life(keeper.figures())),
        "turns": [turn_shape(turn, target, by_day) for turn in target.turns],
    }
    return Report(
        data,
        _text(
            explanation(target, entries, whole=options.verbose, streaks=_shown(keeper), plain=plain),
            options,
            plain=plain,
        ),
    )


def _of_goal(
    keeper: Keeper, figures: VaultFigures, goal: GoalFigures, options: Options, *, plain: bool
) -> Report:
    shown = Shown(goal, figures, boxes_of(keeper.ledger, figures, goal))
    pace = goal.pace
    data = {
        **goal_shape(goal, keeper.life(figures)),
        "parts": [part_shape(part) for part in shown.parts],
        "boxes": [
            {"path": box.path, "line": box.line, "day": box.day, "amount": amount}
            for box, amount in shown.amounts
        ],
        "days": {"available": pace.days_in_all, "closed": pace.days_passed, "left": pace.days_left}
        if pace
        else None,
        "rates": [float(rate) if rate is not None else None for rate in pace.rates] if pace else None,
    }
    return Report(
        data,
        _text(
            goal_explanation(shown, whole=options.verbose, streaks=_shown(keeper), plain=plain),
            options,
            plain=plain,
        ),
    )


def _of_days(keeper: Keeper, figures: VaultFigures, options: Options, *, plain: bool) -> Report:
    boxes = [box for box in keeper.ledger.boxes() if box.state is State.DONE]
    by_day = entries_by_day(boxes)
    days = figures.days
    data = {
        "streak": streak_shape(days.streak, "days"),
        "best": streak_shape(days.best, "days"),
        "totals": asdict(figures.totals),
        "turns": [turn_shape(turn, days, by_day) for turn in days.turns],
    }
    return Report(
        data,
        _text(
            days_explanation(figures, boxes, whole=options.verbose, streaks=_shown(keeper), plain=plain),
            options,
            plain=plain,
        ),
    )


def _shown(keeper: Keeper) -> bool:
    """Return whether streaks are shown in this vault."""
    return keeper.vault.settings.streaks_show == "shown"


def _text(lines: list[str], options: Options, *, plain: bool) -> str:
    """Return the lines without anything that a terminal would obey, broken where they are too long."""
    shown = ["  ".join(map(clean, line.split("  "))) for line in lines]
    if plain:
        return options.lines("\n".join(sentences(shown)))
    return "\n".join(part for line in shown for part in below(line, options.width))
