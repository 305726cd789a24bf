"""The `summary` block: of a goal in its note, of the vault in any other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..parsers.block_options import Options
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from . import phrases
from .block_subject import Subject
from .calendar_text import NAME_WIDTH, month_rows
from .environment import render
from .goal_list import newest_goals
from .news_block import news_list
from .pace_text import pace_line
from .safe_text import in_text
from .tables import goals_table, micro_wins_table, wins_of
from .today_list import today_lines
from .view import View
from .words import say

_TODAY_ONLY = re.compile(rf".{{1,{NAME_WIDTH}}} +o\Z")
MOST_ROWS = 24
"""The rows of the calendar of a whole vault: more are no picture."""


def summary_block(view: View, subject: Subject, options: Options) -> str:
    """Return how far a goal or the vault is: in a line, in a table, in the month of X's."""
    goal, parts = subject.goal, options.parts
    if goal is None:
        return _vault(view, options)
    return render(
        "notes/goal_summary.md.j2",
        head=in_text(_head(goal), 300) if "head" in parts else "",
        pace=_pace(view, goal) if "pace" in parts else "",
        table=micro_wins_table(goal.wins, view, parts) if goal.wins and _has_columns(parts) else [],
        month=_month(view, goal.wins) if "calendar" in parts else [],
    )


def _head(goal: GoalFigures) -> str:
    """Return a goal's headline; none where there is nothing to tell but that nothing was done so far."""
    bare = (
        goal.progress is None and not goal.steps.all and goal.goal.measure is None and not goal.goal.identity
    )
    if not bare or wins_of(goal):
        return goal_headline(goal)
    return "" if goal.wins else say("block.empty_goal")


def goal_headline(goal: GoalFigures) -> str:
    """Return a goal's progress in one line."""
    parts = (
        [f"{phrases.bar(goal.progress)} **{phrases.percent(goal.progress)}**"]
        if goal.progress is not None
        else []
    )
    if goal.steps.all:
        parts.append(say("block.steps", done=goal.steps.done, steps=phrases.count(goal.steps.all, "steps")))
    if goal.goal.measure is not None:
        parts.append(phrases.measured(goal))
    if goal.goal.identity:
        parts.append(say("block.votes", count=phrases.number(goal.votes), identity=goal.goal.identity))
    return " · ".join(parts) or so_far(wins_of(goal))


def so_far(wins: int) -> str:
    """Return how many wins there are: `142 wins so far`."""
    return say("block.wins", wins=phrases.count(wins, "wins"))


def score(view: View) -> str:
    """Return how much of today is done: `2 of 3 done`."""
    done, asked = view.score
    return say("block.score", done=done, all=asked)


def _vault(view: View, options: Options) -> str:
    parts = options.parts
    goals, more = newest_goals(view, options) if "goals" in parts else ([], 0)
    return render(
        "notes/vault_summary.md.j2",
        head=_day(view) if "head" in parts else "",
        totals=_totals(view) if "head" in parts else "",
        today=[*today_lines(view, view.today), *news_list(view)] if "today" in parts else [],
        goals=goals_table(goals, view, _GOAL_PARTS) if goals else [],
        more_goals=say("block.more_goals", count=phrases.number(more)) if more else "",
        no_goal="goals" in parts and not view.figures.goals,
        month=_month(view, view.wins, MOST_ROWS, legend=True) if "calendar" in parts else [],
    )


_GOAL_PARTS = frozenset(("progress", "wins", "week", "identity"))


def _day(view: View) -> str:
    """Return the day and how much of it is done, with a bar where anything is asked for."""
    done, asked = view.score
    today = f"{phrases.bar(done / asked)} {score(view)}" if asked else say("block.nothing_due")
    return f"**{phrases.long_date(view.figures.now.today)}** · {today}"


def _totals(view: View) -> str:
    """Return the days in a row and the wins of the week, the month and of all time."""
    totals, days = view.figures.totals, view.figures.days.streak
    row = [phrases.days_with_a_win(days)] if view.show_streaks and days else []
    counts = (("this_week", totals.week), ("this_month", totals.month), ("in_all", totals.all))
    told = [(key, wins) for key, wins in counts if wins]
    wins = [say(f"block.{key}", told=_wins(wins, first=not place)) for place, (key, wins) in enumerate(told)]
    return " · ".join((*row, *wins))


def _wins(wins: int, *, first: bool) -> str:
    """Return a number of wins, with its unit where it is the first of several."""
    return phrases.count(wins, "wins") if first else phrases.number(wins)


def _pace(view: View, goal: GoalFigures) -> str:
    line = pace_line(goal.pace, view.figures.now.today) if goal.pace else ""
    return in_text(line[:1].upper() + line[1:], 300)


def _has_columns(parts: frozenset[str]) -> bool:
    return not parts.isdisjoint(("streak", "best", "strength", "rate", "total"))


def _month(
    view: View, wins: Sequence[Figures], most: int | None = None, *, legend: bool = False
) -> list[str]:
    """Return the month of a summary, which a vault that hides its streaks does not show."""
    today = view.figures.now.today
    rows = month_rows(wins, today, today) if view.show_streaks else []
    return list(_cut(rows, most, legend=legend)) if len(rows) > 1 else []


def _cut(rows: Sequence[str], most: int | None, *, legend: bool) -> Iterator[str]:
    header, *rows = rows
    if most is not None:  # what is only open today stands in the list above
        rows = [row for row in rows if not _TODAY_ONLY.match(row)]
    shown = [header, *rows[:most]] if rows else []
    yield from shown
    if most is not None and len(rows) > most:
        yield say("block.more_rows", count=len(rows) - most)
    if legend and shown:
        yield from ("", say("status.legend"))
