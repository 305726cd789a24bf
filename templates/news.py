"""The news of a day: a return or a milestone, and now and then a fact. Short, true, and told once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from ..parsers.units import shown_unit
from ..streaks.celebrations import Celebration, Reached, Return, celebrations
from ..streaks.life_figures import LifeFigures
from ..streaks.milestones import Milestone
from ..streaks.surprises import Fact
from . import phrases
from .words import say

MARK = "✦"


def news_lines(life: LifeFigures) -> tuple[str, ...]:
    """Return the news of today, at most two lines: a return or else the highest milestone, and the fact of the day."""
    return tuple(line for line in (celebration(life), *fact_lines(life)) if line)


def celebration(life: LifeFigures) -> str | None:
    """Return the one line that celebrates today: a return, else the milestone that ranks highest, else None."""
    return next(map(celebration_text, celebrations(life)), None)


def celebration_text(found: Celebration) -> str:
    """Return a return or a milestone as one line."""
    return return_text(found) if isinstance(found, Return) else reached_text(found)


def on_screen(line: str) -> str:
    """Return a piece of news with its sign."""
    return f"{MARK} {line}"


def fact_lines(life: LifeFigures) -> Iterator[str]:
    """Yield the fact of the day, if there is one."""
    if life.fact is not None:
        yield fact_text(life.fact)


def fact_text(fact: Fact) -> str:
    """Return a fact as a sentence."""
    name, today = fact.win.win.name, fact.win.now.today
    match fact.kind:
        case "amount":
            amount = f"{phrases.number(fact.value)} {shown_unit(fact.unit)}"
            return say("surprise.amount", name=name, amount=amount)
        case "row":
            return say("surprise.row", name=name, length=phrases.count(fact.value, fact.unit))
        case "weekday":
            weekday = phrases.weekday_name(today.weekday())
            return say(
                "surprise.weekday", name=name, weekday=weekday, weeks=phrases.count(fact.value, "weeks")
            )
        case "month":
            month = phrases.month_name((today.replace(day=1) - timedelta(days=1)).month)
            return say("surprise.month", name=name, days=phrases.count(fact.value, "days"), month=month)
        case _:
            return say("surprise.year_ago", name=name)


def milestone_text(found: Milestone) -> str:  # noqa: PLR0911 - one line a kind
    """Return a milestone as a part of a sentence: `7 days in a row`, `100 wins`, `halfway`."""
    match found.kind:
        case "streak":
            return say("milestone.streak", length=phrases.count(found.value, found.unit))
        case "wins":
            if found.value == 1:
                return say("milestone.first_win")
            return say("milestone.wins", wins=phrases.count(found.value, "wins"))
        case "amount":
            return f"{phrases.number(found.value)} {shown_unit(found.unit)}"
        case "strength":
            return say("milestone.strength", percent=phrases.percent(float(found.value)))
        case _:
            if found.value >= 1:
                return say("milestone.all_done")
            return say("milestone.part", percent=phrases.percent(float(found.value)))


def return_text(found: Return) -> str:
    """Return the praise of a return; the number of wins so far is told, never one that ended."""
    win, last = found.win, found.comeback
    wins = phrases.count(win.totals.wins.all, "wins")
    if not last.was_away:  # a part was done meanwhile
        return say("life.back_at_it", name=win.win.name, wins=wins)
    in_turns = win.unit != "times"
    away = phrases.count(last.idle_slots if in_turns else last.gap_days, win.unit if in_turns else "days")
    return say("life.back", name=win.win.name, away=away, wins=wins)


def reached_text(found: Reached) -> str:
    """Return a milestone of today as one line."""
    return say("life.reached", name=found.name, milestone=milestone_text(found.milestone))
