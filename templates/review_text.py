"""A look back on a terminal: the period's head, its calendar or its months, and what is worth a sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from ..streaks.review import Review
from ..streaks.review_parts import GoalReview, WinReview
from . import phrases
from .calendar_text import marks
from .lines import wrapped
from .review_plain import review_plain
from .review_words import facts, goal_parts, pace_words, strength, title, totals, turns
from .safe_text import columns, pad
from .screen import Screen
from .terminal import clean
from .words import names, say

SHOWN_ROWS = {"week": 20, "month": 36, "quarter": 36, "year": 36}
"""So many micro-wins are shown of a period unless all of them are wanted."""
_NAME, _LEAST_NAME = 30, 16
_GAP = _INDENT = 2
_LABEL = 14
_BAR = 10


@dataclass(frozen=True, slots=True)
class Table:
    """The columns of the table of micro-wins, as many as the width has room for."""

    name: int
    turns: int
    strength: int
    days: Sequence[date] = ()
    joint: str = ""

    @property
    def grid(self) -> int:
        """The columns of the calendar; without one there is none."""
        return len(self.days) * (1 + len(self.joint)) + (not self.joint) if self.days else 0

    @property
    def width(self) -> int:
        """The columns of the whole."""
        return sum(
            (_INDENT, self.name, self.grid, _GAP, self.turns, _GAP + self.strength if self.strength else 0)
        )


def review_text(review: Review, screen: Screen, *, streaks: bool = True, whole: bool = False) -> str:
    """Return what a period came to; not all micro-wins of a large vault are shown unless the `whole` is wanted."""
    if screen.plain:
        return review_plain(review, streaks=streaks)
    lines = [screen.pen(line, "bold") for line in wrapped(title(review.look), screen.width, _INDENT)]
    lines += [part for text in totals(review) for part in wrapped(text, screen.width, _INDENT)]
    lines += ["", *_months(review, screen)] if review.months else []
    lines += ["", *_rows(review, screen, whole=whole)]
    told = [line for fact in facts(review, streaks=streaks) for line in _fact(*fact, screen)]
    return "\n".join([*lines, *([""] if told else []), *told])


def _fact(label: str, texts: Sequence[str], screen: Screen) -> list[str]:
    """Return lines beside their word, or below it where there is little room."""
    narrow = screen.width < 60
    room = screen.width - (_INDENT if narrow else _LABEL)
    lines = [line for text in texts for line in wrapped(text, room, _INDENT)]
    if narrow:
        return [screen.pen(label, "cyan"), *(f"{'':<{_INDENT}}{line}" for line in lines)]
    first, *rest = lines
    return [f"{screen.pen(pad(label, _LABEL), 'cyan')}{first}", *(" " * _LABEL + line for line in rest)]


def _months(review: Review, screen: Screen) -> Iterator[str]:
    """Yield the months with their wins, the days that had any, and a bar beside the fullest."""
    most = max(month.wins for month in review.months)
    heads = (say("review.wins_head"), say("review.days_head"))
    wide, narrow = (max(6, len(head) + 1) for head in heads)
    wins, days = f"{heads[0]:>{wide}}", f"{heads[1]:>{narrow}}"
    yield screen.pen(f"{'':<12}{wins}{days}", "dim")
    for month in review.months:
        bar = phrases.bar(month.wins / most if most else 0, _BAR)
        name = phrases.month_name(month.start.month)
        figures = f"{phrases.number(month.wins):>{wide}}{month.days_with_wins:>{narrow}}"
        yield f"{name:<12}{figures}  {screen.pen(bar, 'green')}"


def _rows(review: Review, screen: Screen, *, whole: bool) -> Iterator[str]:
    if not review.goals:
        yield from wrapped(say("status.no_goal"), screen.width)
        return
    table = _table(review, screen.width)
    yield from _header(review, table, screen)
    left = len(review.wins) if whole else SHOWN_ROWS[review.look.kind]
    for goal in review.goals:
        wins = [win for win in goal.wins if win.is_shown]
        if wins or goal.steps:
            yield from _goal(goal, review, screen)
            pace = wrapped(pace_words(goal, review), screen.width - _INDENT, _INDENT)
            yield from (f"{'':<{_INDENT}}{screen.pen(line, 'dim')}" for line in pace if line)
        yield from (_row(win, table, screen) for win in wins[:left])
        left = max(left - len(wins), 0)
    shown = sum(len([win for win in goal.wins if win.is_shown]) for goal in review.goals)
    hidden = shown - SHOWN_ROWS[review.look.kind]
    if hidden > 0 and not whole:
        more = f"  {say('review.more', wins=phrases.count(hidden, 'micro-wins'))}"
        yield from (screen.pen(line, "dim") for line in wrapped(more, screen.width, _INDENT))
    yield from _footer(review, table, screen)


def _table(review: Review, width: int) -> Table:
    """Return the columns that there is room for: the strength goes first, then the calendar's spaces, then it."""
    wanted = max((columns(clean(win.figures.win.name)) for win in review.wins), default=_LEAST_NAME)
    least = Table(
        min(wanted, _LEAST_NAME),
        max([len(say("review.turns_head")), *(len(turns(win.turns)) for win in review.wins)]),
        max([len(say("review.strength_head")), *(len(strength(win)) for win in review.wins)]),
    )
    tries = [replace(least, **calendar) for calendar in _calendars(review)]
    for table in (one for whole in tries for one in (whole, replace(whole, strength=0))):
        if table.width <= width:
            return replace(table, name=min(table.name + width - table.width, wanted, _NAME))
    return tries[-1]


def _calendars(review: Review) -> Iterator[dict[str, Any]]:
    """Yield the calendars that a period can be shown with, the widest first, none at the end."""
    days = tuple(days_in_period(review))
    if review.look.kind == "week":
        yield {"days": days, "joint": "  "}
    if review.look.kind in {"week", "month"}:
        yield {"days": days}
    yield {}


def days_in_period(review: Review) -> Iterator[date]:
    """Yield all days of the period, those to come too."""
    number = review.look.start.toordinal()
    return (date.fromordinal(one) for one in range(number, review.look.end.toordinal() + 1))


def _header(review: Review, table: Table, screen: Screen) -> Iterator[str]:
    if review.look.kind == "month" and table.days:
        labels = range(5, len(table.days), 5)
        grid = "1   " + "".join(f"{day:<5}" for day in labels)[: len(table.days) - 4]
    else:
        cut = 2 if table.joint else 1
        short = names("dates.weekdays_two")
        grid = table.joint[1:].join(f"{short[day.weekday()][:cut]:<{cut}}" for day in table.days)
    name = " " * (_INDENT + table.name)
    parts = [
        name,
        f"{f' {grid}' if table.days else '':<{table.grid}}",
        f"{say('review.turns_head'):>{table.turns + _GAP}}",
    ]
    parts += [f"{say('review.strength_head'):>{table.strength + _GAP}}"] if table.strength else []
    yield screen.pen("".join(parts), "dim")


def _goal(goal: GoalReview, review: Review, screen: Screen) -> Iterator[str]:
    name = clean(goal.figures.goal.title)
    parts = " · ".join(goal_parts(goal, review))
    if columns(name) + 2 + columns(parts) <= screen.width:
        yield f"{screen.pen(name, 'bold')}  {screen.pen(parts, 'cyan')}".rstrip()
        return
    yield screen.pen(pad(name, min(columns(name), screen.width)), "bold")
    yield from (f"  {screen.pen(line, 'cyan')}" for line in wrapped(parts, screen.width - 2))


def _row(win: WinReview, table: Table, screen: Screen) -> str:
    grid = ""
    if table.days:
        shown = [
            screen.pen(one, "green") if one == "X" else screen.pen(one, "dim")
            for one in marks(win.figures, table.days)
        ]
        grid = f" {table.joint.join(shown)}{' ' * bool(table.joint)}"
    parts = [f"{'':<{_INDENT}}{pad(clean(win.figures.win.name), table.name)}{grid}"]
    parts.append(f"{turns(win.turns):>{table.turns + _GAP}}")
    parts += [screen.pen(f"{strength(win):>{table.strength + _GAP}}", "cyan")] if table.strength else []
    return "".join(parts).rstrip()


def _footer(review: Review, table: Table, screen: Screen) -> Iterator[str]:
    """Yield the wins of each day of a week, and how many belong to no micro-win."""
    if table.joint:
        told = (f"{wins}" if day >= review.first else "" for day, wins in review.days.items())
        cells = [f"{wins:<{1 + len(table.joint)}}" for wins in told]
        yield screen.pen(
            f"{pad(say('review.all_wins'), _INDENT + table.name)} {''.join(cells)}".rstrip(), "bold"
        )
    if review.other_wins > 0:
        yield screen.pen(say("review.other", wins=phrases.count(review.other_wins, "wins")), "dim")
