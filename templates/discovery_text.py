"""What was found in the daily notes, in words: each offer with the figures that it rests on."""

from __future__ import annotations

from ..streaks.discovery import NOTES, Discovery, Kind, Offer
from ..streaks.figures import Figures
from . import phrases
from .lines import beside, wrapped
from .safe_text import columns, pad
from .schedule_words import schedule_words
from .screen import Screen
from .terminal import clean
from .view import View
from .words import say

_INDENT = 5


def discovery_text(found: Discovery, shown: tuple[Offer, ...], screen: Screen) -> str:
    """Return the offers as a numbered list below how many notes were looked at."""
    if not found.notes and not shown:
        return say("discover.no_notes")
    lines: list[str] = []
    if found.first is not None and found.last is not None:
        span = phrases.span(found.first, found.last)
        lines = wrapped(say("discover.notes", count=phrases.number(found.notes), span=span), screen.width)
    left_out = found.of(Kind.NEW, Kind.RARE, Kind.STOPPED)
    head = "found" if shown else "too_seldom" if left_out else "nothing"
    lines += wrapped(say(f"discover.{head}"), screen.width)
    lines += [""] if shown else []
    width = min(max((columns(clean(offer.text)) for offer in shown), default=0), 48)
    for number, offer in enumerate(shown, 1):
        lines += _offer(number, offer, width, screen)
    return "\n".join(lines)


def evidence(offer: Offer) -> str:
    """Return what an offer rests on: in how many of the last notes it was ticked, how often in all, since when."""
    since = phrases.dated(offer.since)
    times = phrases.count(offer.done, "times")
    if offer.kind is Kind.STOPPED:
        parts = [say("discover.stopped", times=times, since=since, last=phrases.dated(offer.last))]
    elif offer.path:
        parts = [
            say("discover.in_all", times=times, since=since),
            say("discover.line", path=clean(offer.path)),
        ]
    elif offer.notes < NOTES:
        parts = [say("discover.all_notes", lately=offer.lately, notes=offer.notes, since=since)]
    else:
        parts = [
            say("discover.lately", lately=offer.lately, notes=offer.notes),
            say("discover.in_all", times=times, since=since),
        ]
    if offer.amount is not None:
        parts.append(say("discover.amount", amount=phrases.amount(offer.amount, offer.unit)))
    return " · ".join(parts)


def due(offer: Offer) -> str:
    """Return the schedule of an offer in words; of one without any, that it is now and then or too new."""
    if offer.rule is not None:
        return schedule_words(offer.schedule)
    return say("discover.too_new" if offer.kind is Kind.NEW else "discover.now_and_then")


def taken_line(win: Figures, view: View) -> str:
    """Return what the history of a micro-win comes to: its streak, its best one, all wins."""
    parts = [clean(win.win.name)]
    if view.show_streaks and win.streak is not None:
        parts.append(phrases.in_a_row(win.streak, win.unit))
    if view.show_streaks and win.best is not None and win.best != win.streak:
        parts.append(say("discover.best", streak=phrases.streak(win.best, win.unit)))
    parts.append(say("discover.so_far", times=phrases.count(win.totals.wins.all, "times")))
    return f"  {' · '.join(parts)}"


def _offer(number: int, offer: Offer, width: int, screen: Screen) -> list[str]:
    name = clean(offer.text)
    if screen.plain:
        return [f"{number}. {name}: {due(offer)}. {evidence(offer).replace(' · ', ', ')}."]
    when, number_column = screen.pen(due(offer), "cyan"), f"{number:>3}  "
    below = [
        screen.pen(line, "dim")
        for line in wrapped(f"{'':<{_INDENT}}{evidence(offer)}", screen.width, _INDENT)
    ]
    if _INDENT + width + 2 + columns(due(offer)) <= screen.width:
        return [f"{number_column}{screen.pen(pad(name, width), 'bold')}  {when}", *below]
    first, *rest = beside(number_column, name, screen.width)
    heads = [
        f"{number_column}{screen.pen(first[_INDENT:], 'bold')}",
        *(screen.pen(line, "bold") for line in rest),
    ]
    return [*heads, f"{'':<{_INDENT}}{when}", *below]
