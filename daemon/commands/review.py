"""`microwins review`: a look back over a week, a month, a quarter or a year."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import get_args

import click

from ...parsers.period_text import read_period
from ...parsers.schedule import Period
from ...streaks.calendar import DAY, Now
from ...streaks.day_wins import DayTimes
from ...streaks.history import Entry
from ...streaks.life_figures import wins_of_days
from ...streaks.lookback import Lookback, lookback, now_at
from ...streaks.review import review as review_of
from ...streaks.review_life import Sources
from ...streaks.vault_figures import VaultFigures
from ...templates.lines import fitted
from ...templates.review_text import review_text
from ...templates.screen import Screen
from ...templates.terminal import Pen
from ...templates.words import say
from ..keeper import Keeper
from ..report import Report
from ..review_note import look_of_note, note_standing, path_report, write_note
from ..review_shape import review_shape
from .common import Options, plain_option, shared_options

SUGGESTED = 7 * DAY
"""A suggestion is a thing of the present: of a period that ended before that there is none."""
KINDS: tuple[Period, ...] = get_args(Period)


@click.command(epilog="Example: microwins review week --last")
@click.argument("kind", required=False, type=click.Choice(KINDS), metavar="[week|month|quarter|year]")
@click.option(
    "--of",
    "of",
    metavar="DATE|PERIOD",
    help="The period around this day, or of this name: 2026-W47, 2026-11.",
)
@click.option("--last", is_flag=True, help="The period before.")
@click.option("--write", is_flag=True, help="Make the period's note where there is none.")
@click.option(
    "--path", "path_only", is_flag=True, help="Print only the whole path of the period's note; make nothing."
)
@plain_option
@shared_options
def review(
    options: Options,
    *,
    kind: Period | None,
    of: str | None,
    last: bool,
    write: bool,
    path_only: bool,
    plain: bool,
) -> Report:
    """Look back over a week, a month, a quarter or a year: the running week, unless another period is named."""
    session = options.session()
    keeper = session.keeper()
    now = keeper.clock.now()
    look = _period(kind, of, now, 1 if last else 0)
    if path_only:
        return path_report(session.vault, look)
    if write:
        session.vault.require_consent()
        look = look_of_note(session.vault, look, now)
    keeper.read_all()
    standing = write_note(session, keeper, look) if write else note_standing(keeper, look)
    eve = keeper.figures(now_at(look.start - DAY, Now(now.today, now.today, now.week_start)))
    figures = keeper.figures(now_at(look.until, now))
    shown = keeper.view(figures).show_streaks
    sources = _sources(keeper, figures, look, now, streaks=shown)
    found = review_of(look, figures, eve, sources)
    seen = _only_seen(keeper, look, sources.boxes)
    text = review_text(
        found,
        Screen(Pen(options.colour and not plain), options.width, plain),
        streaks=shown,
        whole=options.verbose,
    )
    remarks = [fitted(say("review.times_seen"), options.width)] if seen and standing.has_block else []
    remarks += [standing.told] if write else []
    lines = "\n\n".join((text, *remarks))
    lines = options.lines(lines) if plain else lines
    return Report(
        lambda: {**review_shape(found, now), "times_seen": seen, "note": standing.shape},
        lines,
        standing.skipped,
    )


def _sources(keeper: Keeper, figures: VaultFigures, look: Lookback, now: Now, *, streaks: bool) -> Sources:
    settings = keeper.vault.settings
    return Sources(
        boxes=keeper.times.done_in(look.days),
        wins_by_day=wins_of_days(figures, keeper.ledger.other_wins),
        times=DayTimes(settings.day_start, settings.morning_until),
        streaks=streaks,
        advise=look.until >= now.today - SUGGESTED,
    )


def _only_seen(keeper: Keeper, look: Lookback, boxes: Sequence[Entry]) -> int:
    """Return how many times were seen on this machine and stand in no note: the period's note does not know of them."""
    return _timed(boxes) - _timed(keeper.ledger.done_in(look.days))


def _timed(boxes: Iterable[Entry]) -> int:
    return sum(box.time is not None for box in boxes)


def _period(kind: Period | None, of: str | None, now: Now, back: int) -> Lookback:
    named = read_period(of) if of is not None else ("day", now.today)
    if named is None:
        raise click.UsageError(
            f"“{of}” is no day and no period; write it as 2026-11-20, 2026-W47, 2026-11, 2026-Q4 or 2026."
        )
    written, day = named
    if written != "day" and kind not in {None, written}:
        raise click.UsageError(f"“{of}” is a {written}, not a {kind}.")
    chosen = kind or ("week" if written == "day" else written)
    if not 1900 < day.year < 3000:
        raise click.UsageError(f"“{of}” is too far away.")
    look = lookback(chosen, day, now, back)
    if look is None:
        raise click.UsageError(f"“{of}” has not begun yet.")
    return look
