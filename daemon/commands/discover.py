"""`microwins discover`: what recurs in the daily notes and could be a micro-win."""

from __future__ import annotations

import re
from collections.abc import Sequence

import click

from ...streaks.discovery import Discovery, Kind, Offer
from ...templates.discovery_text import discovery_text, taken_line
from ...templates.lines import fitted
from ...templates.screen import Screen
from ...templates.terminal import Pen
from ...templates.words import say
from .. import questions
from ..change import Change
from ..goal_writing import agreed, preview, write_goals, written_lines
from ..keeper import Keeper
from ..offering import ask_each, discovered, goal_of, on_offer
from ..outcome import Outcome
from ..report import Report
from ..wiring import Session
from .common import Options, plain_option, shared_options


class Numbers(click.ParamType[tuple[int, ...]]):
    """Numbers of the list with commas between them."""

    name = "NUMBERS"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> tuple[int, ...]:
        """Return the numbers; anything else is a usage error."""
        if isinstance(value, tuple):
            return value
        found = re.findall(r"[0-9]+", str(value))
        if not found or re.sub(r"[0-9, ]", "", str(value)):
            self.fail(f"“{value}” are no numbers of the list; write them as 1,3.", param, ctx)
        return tuple(dict.fromkeys(int(one[:6]) for one in found))


@click.command(epilog="Example: microwins discover --yes")
@click.option(
    "--all", "every", is_flag=True, help="Also what is done less than once a week, or no longer done."
)
@click.option("--yes", is_flag=True, help="Write a goal with all that is listed, without asking.")
@click.option("--only", type=Numbers(), help="Write a goal with these numbers of the list, without asking.")
@click.option("--goal", "title", help="The title of the goal; if there is one, lines are added to it.")
@click.option("--dry-run", is_flag=True, help="Print what would be written; write nothing.")
@plain_option
@shared_options
def discover(
    options: Options,
    *,
    every: bool,
    yes: bool,
    only: tuple[int, ...] | None,
    title: str | None,
    dry_run: bool,
    plain: bool,
) -> Report:
    """List what recurs in the daily notes without belonging to a goal, and make it a goal's micro-wins.

    In a terminal it asks about each, shows the note, and asks again. Elsewhere it lists, and writes nothing without
    --yes or --only.
    """
    session = options.session(here=True)
    keeper = session.keeper()
    keeper.read_all()
    found = discovered(keeper)
    offers = on_offer(session.vault, found, every=every)
    chosen = _chosen(offers, only) if only else offers
    screen = Screen(Pen(options.colour and not plain), options.width, plain)
    listed = discovery_text(found, offers, screen)
    listed = options.lines(listed) if plain else listed
    asks = not (yes or only or dry_run or options.as_json) and questions.somebody_is_there()
    if not offers or not (yes or only or dry_run or (asks and session.vault.consent)):
        advice = _advice(found, offers, session, every=every)
        return Report(
            lambda: _data(keeper, found, offers),
            "\n".join((listed, *(fitted(line, options.width) for line in advice))),
        )
    if asks:
        questions.show(listed, colour=screen.pen.colour)
        for line in _left_out(found, offers, every=every):
            questions.tell(line)
        chosen = tuple(ask_each(offers))
        if not chosen:
            return Report(text=say("write.nothing"))
    planned = goal_of(keeper, chosen, title or say("discover.goal"))
    if dry_run:
        return Report(
            _data(keeper, found, offers, planned=[planned.path]), f"{listed}\n\n{preview([planned])}"
        )
    session.vault.require_consent()
    if asks and not agreed([planned]):
        return Report(text=say("write.nothing"), exit_code=1)
    return _written(options, session, keeper, (found, offers), planned)


def _chosen(offers: Sequence[Offer], numbers: Sequence[int]) -> tuple[Offer, ...]:
    outside = [number for number in numbers if not 1 <= number <= len(offers)]
    if outside:
        raise click.UsageError(f"The list has no number {outside[0]}.")
    return tuple(offers[number - 1] for number in numbers)


def _advice(found: Discovery, offers: Sequence[Offer], session: Session, *, every: bool) -> list[str]:
    """Return what can be done about what is listed."""
    lines = _left_out(found, offers, every=every)
    if not found.notes and not offers:
        settings = session.vault.settings
        name = "/".join(filter(None, (settings.daily_folder, settings.daily_format)))
        return [say("discover.no_notes_advice", name=name)]
    if offers:
        lines += ["", say("discover.how" if session.vault.consent else "discover.not_set_up")]
    return lines


def _left_out(found: Discovery, offers: Sequence[Offer], *, every: bool) -> list[str]:
    """Return what was found and is not on the list: what is too new, and what is done seldom or no longer."""
    lines = []
    new = found.of(Kind.NEW)
    if new:
        names = ", ".join(offer.text for offer in new[:5])
        lines += ["", say("discover.too_little", count=len(new), names=names)]
    seldom = found.of(Kind.RARE, Kind.STOPPED)
    if seldom and not every:
        lines += ["", say("discover.more" if offers or new else "discover.only", count=len(seldom))]
    return lines


def _written(
    options: Options,
    session: Session,
    keeper: Keeper,
    listed: tuple[Discovery, Sequence[Offer]],
    planned: Change,
) -> Report:
    outcome = write_goals(session, keeper, [planned], "discover")
    figures = keeper.figures()
    view = keeper.view(figures)
    goal = figures.goal(planned.path)
    lines = [taken_line(win, view) for win in goal.wins] if goal else []
    text = "\n".join((*written_lines(outcome), "", *lines, "", fitted(say("write.next"), options.width)))
    return Report(_data(keeper, *listed, outcome=outcome), text, outcome.skipped)


def _data(
    keeper: Keeper,
    found: Discovery,
    offers: Sequence[Offer],
    *,
    planned: Sequence[str] = (),
    outcome: Outcome | None = None,
) -> dict[str, object]:
    return {
        "today": keeper.clock.now().today,
        "notes": found.notes,
        "first": found.first,
        "last": found.last,
        "offers": [_shape(number, offer) for number, offer in enumerate(offers, 1)],
        "too_new": [offer.text for offer in found.of(Kind.NEW)],
        "planned": list(planned),
        "created": list(outcome.created) if outcome else [],
        "written": list(outcome.written) if outcome else [],
    }


def _shape(number: int, offer: Offer) -> dict[str, object]:
    return {
        "number": number,
        "text": offer.text,
        "kind": offer.kind,
        "schedule": offer.schedule or None,
        "done": offer.done,
        "since": offer.since,
        "last": offer.last,
        "lately": offer.lately,
        "notes": offer.notes,
        "amount": offer.amount,
        "unit": offer.unit or None,
        "path": offer.path or None,
        "id": offer.id,
    }
