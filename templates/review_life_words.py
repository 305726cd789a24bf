"""The sentences about what a period held beside its counts: what was reached, who came back, what went together."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..streaks.comebacks import Comeback
from ..streaks.figures import Figures
from ..streaks.lookback import Lookback
from ..streaks.review_life import Reached, ReviewLife, StackDays, Times
from . import phrases
from .life_lines import suggestion_text
from .news import milestone_text
from .terminal import clean
from .words import say

LONGEST_WORTH = 3
"""So many wins close together are worth a line."""


def day_name(day: date, look: Lookback) -> str:
    """Return a day as its period knows it: a weekday in a week, else with its date."""
    return phrases.weekday_name(day.weekday()) if look.kind == "week" else phrases.weekday_and_day(day)


def reached(one: Reached, units: Mapping[str, str]) -> str:
    """Return a milestone: `Walk: 100 wins`, `Walk: 30 days in a row`, `Book: 50 % of the way`."""
    found = one.milestone
    name = one.win.win.name if one.win is not None else one.goal.goal.title if one.goal is not None else ""
    if found.kind == "amount" and found.unit in units:
        return f"{clean(name)}: {phrases.amount(found.value, clean(units[found.unit]))}"
    return f"{clean(name)}: {milestone_text(found)}"


def comeback(win: Figures, one: Comeback, look: Lookback) -> str:
    """Return a comeback: what stands is told, not what was missed."""
    kept = phrases.count(win.totals.wins.all, "times")
    return say("review.comeback", name=clean(win.win.name), day=day_name(one.day, look), times=kept)


def mornings(times: Times) -> str:
    """Return on how many of the days whose times are known there was a win in the morning; nothing where none is."""
    if not times.days:
        return ""
    return say("review.morning", mornings=times.mornings, days=phrases.count(times.days, "days"))


def frogs(times: Times) -> str:
    """Return how often the hard one was done, and how often before anything else, as far as that is known."""
    if not times.frogs:
        return ""
    days = phrases.count(times.frogs, "days")
    if not times.frogs_known:
        return say("review.frog", days=days)
    return say("review.frog_first", days=days, first=times.frogs_first, known=times.frogs_known)


def momentum(times: Times, look: Lookback) -> str:
    """Return the longest run of wins close together, and the mean; nothing where none is worth it."""
    if times.longest < LONGEST_WORTH or times.longest_day is None:
        return ""
    mean = phrases.number(round(times.per_stack or 0, 1))
    wins, day = phrases.count(times.longest, "wins"), day_name(times.longest_day, look)
    return say("review.close", wins=wins, day=day, mean=mean)


def stack(found: StackDays, to: str) -> str:
    """Return a chain with the days on which all of it that was due was done."""
    names = f" {to} ".join(clean(win.win.name) for win in found.members)
    return say("review.stack", names=names, done=found.done, days=phrases.count(found.days, "days"))


def together(life: ReviewLife) -> str:
    """Return which micro-win's days go with more wins: a coincidence that is told as one."""
    if life.keystone is None:
        return ""
    win, found = life.keystone
    done, other = (phrases.number(round(one, 1)) for one in (found.others_when_done, found.others_when_not))
    return say("review.keystone", done=done, name=clean(win.win.name), other=other)


def perhaps(life: ReviewLife) -> str:
    """Return the one suggestion."""
    if life.suggestion is None:
        return ""
    win, found = life.suggestion
    return f"{clean(win.win.name)}: {clean(suggestion_text(found)).rstrip('.')}"


def pace(life: ReviewLife) -> str:
    """Return what the last four weeks come to in a year."""
    return say("review.a_year", wins=phrases.count(round(life.a_year), "wins")) if life.a_year else ""
