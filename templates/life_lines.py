"""What `status` tells beside the figures: a return, what was reached today, one suggestion, the votes. A few quiet lines."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.celebrations import milestones_of_today, returns
from ..streaks.identities import Identity
from ..streaks.life_figures import LifeFigures
from ..streaks.suggestions import Reason, Suggestion
from . import phrases
from .news import fact_lines, reached_text, return_text
from .schedule_words import schedule_words
from .words import say

MOST_IDENTITIES = 3


def life_lines(life: LifeFigures) -> list[str]:
    """Return the lines, each of which is there only on a day that has something to tell.

    A return stands alone: on its day nothing smaller is suggested.
    """
    back = [return_text(one) for one in returns(life)][:1]
    told = [*back, *_reached(life)] if life.celebrate else []
    return [*told, *fact_lines(life), *([] if back else _suggestions(life)), *_votes(life)]


def suggestion_text(found: Suggestion) -> str:
    """Return a suggestion as a sentence with its numbers; it asks for nothing."""
    return f"{_reason(found.reason)} {_proposal(found)}"


def identity_text(found: Identity) -> str:
    """Return an identity's votes: `Writer: 143 votes, 22 in the last 30 days`."""
    name = found.name[:1].upper() + found.name[1:]
    votes, lately = phrases.count(found.votes, "votes"), phrases.number(found.lately)
    return say("life.votes", name=name, votes=votes, lately=lately)


def _reached(life: LifeFigures) -> list[str]:
    return [reached_text(one) for one in milestones_of_today(life)[:1]]


def _suggestions(life: LifeFigures) -> Iterator[str]:
    """Yield one suggestion, the newest; of equal ones that which stands first."""
    found = [(win, one) for win in life.figures.wins if (one := life.suggestion(win)) is not None]
    win, newest = max(found, key=lambda one: one[1].day, default=(None, None))
    if win is not None and newest is not None:
        yield f"{win.win.name} · {suggestion_text(newest)}"


def _votes(life: LifeFigures) -> Iterator[str]:
    told = [identity_text(one) for one in life.identities if one.votes][:MOST_IDENTITIES]
    if told:
        yield " · ".join(told)


def _reason(reason: Reason) -> str:
    target = phrases.amount(reason.target.amount, reason.target.unit) if reason.target else ""
    match reason.kind:
        case "missed":
            return say("suggestion.missed", done=reason.of - reason.count, turns=reason.of)
        case "lapses":
            return say("suggestion.lapses", count=reason.count, days=reason.of)
        case _:
            middle = phrases.number(reason.median or 0)
            return say("suggestion.amounts", middle=middle, target=target, turns=reason.of)


def _proposal(found: Suggestion) -> str:
    amount = phrases.amount(found.amount.amount, found.amount.unit) if found.amount else ""
    match found.kind:
        case "fewer_days":
            weekday, left = phrases.weekday_name(found.weekday or 0), schedule_words(found.schedule or "")
            return say("suggestion.fewer_days", weekday=weekday, schedule=left)
        case "smaller":
            return say("suggestion.smaller", amount=amount)
        case "larger":
            return say("suggestion.larger", amount=amount)
        case "minimum":
            return say("suggestion.minimum", text=found.text)
        case _:
            return say("suggestion.two_minutes")
