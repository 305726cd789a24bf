"""Figures as text for a terminal: worth a look each morning, plain when piped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..streaks.calendar import DAY
from ..streaks.due import answered
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.life_figures import LifeFigures
from . import phrases
from .blocks import MARKS, goal_headline
from .calendar_text import marks
from .life_lines import life_lines
from .pace_text import pace_line
from .safe_text import columns, pad
from .view import View

_CODES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "cyan": "36"}
STRIP_DAYS = 28
ARCHIVED = "Archived"
NO_GOAL = "There is no goal yet: `microwins init` makes an example."
_JOINERS = frozenset("\u200c\u200d")
"""Invisible characters that belong to words and to emoji."""


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes text in a style where colour is wanted, and plainly where it is not."""

    colour: bool = False

    def __call__(self, text: str, *styles: str) -> str:
        """Return `text` in these styles."""
        if not self.colour or not styles or not text.strip():
            return text
        return f"\x1b[{';'.join(_CODES[style] for style in styles)}m{text}\x1b[0m"


def status_text(view: View, pen: Pen, life: LifeFigures) -> str:
    """Return the whole picture: the day, then each goal with its micro-wins, their streaks, strength and month.

    Below it stands what `life` has to tell on this day.
    """
    figures = view.figures
    lines = [pen(phrases.long_date(figures.now.today), "bold"), _day_line(view), ""]
    width = _name_width(view)
    for goal in view.goals:
        indent = "  " * view.depth(goal)
        lines.append(
            f"{indent}{pen(clean(goal.goal.title), 'bold')}  {pen(clean(goal_headline(goal).replace('**', '')), 'cyan')}"
        )
        lines += _pace(goal, view, indent, pen)
        lines += [f"{indent}  {_win_line(win, width - len(indent), view, pen)}" for win in goal.wins]
        lines.append("")
    if not figures.goals:
        lines += [NO_GOAL, ""]
    else:
        told = [clean(line) for line in life_lines(life)]
        lines += [*told, ""] if told else []
        lines += [pen(phrases.LEGEND, "dim")] if view.show_streaks else []
    return "\n".join(lines)


def today_text(view: View, path: str, pen: Pen) -> str:
    """Return today's micro-wins, numbered as `tick` takes them."""
    lines = [pen(phrases.long_date(view.figures.now.today), "bold"), ""]
    width = max((columns(clean(win.win.name)) for win in view.today), default=0)
    for number, win in enumerate(view.today, 1):
        cue = f"  after {clean(cue)}" if (cue := view.cue(win)) and win.state == "open" else ""
        row = phrases.standing(win) if view.show_streaks else phrases.progress_now(win)
        lines.append(
            f"{number:>3}  {_mark(win, pen)} {pad(clean(win.win.name), min(width, 48))}  {pen(row, 'green')}{pen(cue, 'dim')}".rstrip()
        )
    if not view.today:
        lines.append("Nothing is due today.")
    return "\n".join((*lines, "", pen(clean(path), "dim")))


def goals_text(view: View, pen: Pen) -> str:
    """Return the goals as a tree, those that are archived muted and last."""
    lines: list[str] = []
    for goal in replace(view, show_archived=True).goals:
        if goal.archived and ARCHIVED not in lines:
            lines += ["", ARCHIVED] if lines else [ARCHIVED]
        quiet = goal.archived
        indent = "  " * (view.depth(goal) + quiet)
        head = clean(_goal_head(goal, view).replace("**", ""))
        lines.append(
            f"{indent}{pen(clean(goal.goal.title), 'dim' if quiet else 'bold')}  {pen(head, 'dim' if quiet else 'cyan')}"
        )
        if not quiet:
            lines += _pace(goal, view, indent, pen)
            lines += [
                f"{indent}  {_mark(win, pen)} {clean(win.win.name)}{_schedule(win, pen)}" for win in goal.wins
            ]
    return "\n".join(lines) or NO_GOAL


def _goal_head(goal: GoalFigures, view: View) -> str:
    """Return a goal's headline with the days in a row on which something was done for it."""
    row = goal.days.streak
    shown = view.show_streaks and row is not None and not goal.archived
    return goal_headline(goal) + (f" · {phrases.in_a_row(row, 'days')}" if shown and row else "")


def _pace(goal: GoalFigures, view: View, indent: str, pen: Pen) -> list[str]:
    if goal.pace is None:
        return []
    return [f"{indent}  {pen(clean(pace_line(goal.pace, view.figures.now.today)), 'dim')}"]


def summary_line(view: View) -> str:
    """Return the state of the vault in one line."""
    return _day_line(view)


def clean(text: str) -> str:
    """Return `text` with nothing in it that a terminal would obey."""
    return " ".join(
        "".join(
            character if character.isprintable() or character in _JOINERS else " " for character in text
        ).split()
    )


def _day_line(view: View) -> str:
    figures = view.figures
    parts = [f"{view.score} today" if view.today else "Nothing is due today"]
    days = figures.days
    if view.show_streaks and days.streak:
        best = f" (best {phrases.number(days.best.count)})" if days.best and days.best != days.streak else ""
        parts.append(f"{phrases.in_a_row(days.streak, 'days', ' with a win')}{best}")
    parts.append(f"{phrases.count(figures.totals.all, 'wins')} so far")
    return " · ".join(parts)


def _win_line(win: Figures, width: int, view: View, pen: Pen) -> str:
    row = (
        phrases.streak(win.streak, win.unit)
        if view.show_streaks
        else phrases.count(win.totals.wins.all, "times")
    )
    today = view.figures.now.today
    days = [today - offset * DAY for offset in reversed(range(STRIP_DAYS))]
    strip = marks(win, days) if view.show_streaks else []
    shown = "".join(pen(one, "green") if one == "X" else pen(one, "dim") for one in strip)
    running = pen(f"  {clean(phrases.progress_now(win))}".rstrip(), "dim")
    strength = f"{phrases.bar(win.strength)} {phrases.percent(win.strength):>5}"
    return f"{_mark(win, pen)} {pad(clean(win.win.name), width)}  {pad(row, 16)} {pen(strength, 'cyan')}  {shown}{running}".rstrip()


def _mark(win: Figures, pen: Pen) -> str:
    """Return the sign of today: green where it was done today, dim where an earlier day of the week has filled it."""
    if win.state == "done":
        return pen(MARKS["done"], "green" if answered(win, win.now) else "dim")
    return pen(
        MARKS[win.state],
        *(("yellow",) if win.state == "open" and win.win.frog else () if win.state == "open" else ("dim",)),
    )


def _schedule(win: Figures, pen: Pen) -> str:
    return pen(f"  {win.schedule}", "dim") if win.schedule else ""


def _name_width(view: View) -> int:
    """Return the columns of the longest name with its indent, so that all that follows stands below each other."""
    names = ((goal, win) for goal in view.goals for win in goal.wins)
    return min(
        36, max((2 * view.depth(goal) + columns(clean(win.win.name)) for goal, win in names), default=10)
    )
