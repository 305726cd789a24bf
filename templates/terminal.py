"""Figures as text for a terminal: worth a look each morning, plain when piped."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..streaks.calendar import DAY
from ..streaks.due import answered
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.life_figures import LifeFigures
from . import phrases
from .calendar_text import marks
from .life_lines import life_lines
from .lines import wrapped
from .pace_text import pace_line
from .safe_text import columns, pad
from .schedule_words import schedule_words
from .status_columns import LEAST_NAME, WIDE, StatusColumns, status_columns
from .summary_block import goal_headline, score
from .today_list import MARKS
from .view import View
from .words import say

_CODES = {"bold": "1", "dim": "2", "green": "32", "yellow": "33", "cyan": "36"}
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


def status_text(view: View, pen: Pen, life: LifeFigures, width: int = WIDE) -> str:
    """Return the whole picture: the day, then each goal with its micro-wins, their streaks, strength and month.

    Below it stands what `life` has to tell on this day.
    """
    figures = view.figures
    lines = [pen(phrases.long_date(figures.now.today), "bold"), *wrapped(_day_line(view), width, 2), ""]
    longest = max((columns(_row(win, view)) for goal in view.goals for win in goal.wins), default=0)
    room = status_columns(_name_width(view), longest, width)
    for goal in view.goals:
        indent = "  " * view.depth(goal)
        lines += _goal_lines(goal, goal_headline(goal), indent, pen, width)
        lines += _pace(goal, view, indent, pen, width)
        lines += [f"{indent}  {_win_line(win, room, len(indent), view, pen)}" for win in goal.wins]
        lines.append("")
    if not figures.goals:
        lines += [say("status.no_goal"), ""]
    else:
        told = [part for line in life_lines(life) for part in wrapped(clean(line), width, 2)]
        lines += [*told, ""] if told else []
        lines += [pen(say("status.legend"), "dim")] if view.show_streaks and room.strip else []
    return "\n".join(lines).rstrip("\n")


def today_text(view: View, numbers: View, path: str, pen: Pen, width: int = WIDE) -> str:
    """Return today's micro-wins, with their numbers in another view of the day: those by which `tick` takes them."""
    lines = [*_today_head(view, pen, width), ""]
    rows = [phrases.standing(win) if view.show_streaks else phrases.progress_now(win) for win in view.today]
    longest = max((columns(clean(win.win.name)) for win in view.today), default=0)
    name = min(longest, 48, max(width - 9 - max(map(columns, rows), default=0), LEAST_NAME))
    for win, row in zip(view.today, rows, strict=True):
        cue = (
            f"  {say('status.after', cue=clean(cue))}"
            if (cue := view.cue(win)) and win.state == "open"
            else ""
        )
        line = f"{numbers.number(win):>3}  {_mark(win, pen)} {pad(clean(win.win.name), name)}  {pen(row, 'green')}"
        fits = 9 + name + columns(row + cue) <= width
        lines.append(f"{line}{pen(cue, 'dim') if fits else ''}".rstrip())
        lines += [] if fits else [pen(part, "dim") for part in wrapped(f"{'':<5}{cue}", width, 7)]
    if not view.today:
        lines.append(say("block.nothing_due"))
    return "\n".join((*lines, "", pen(clean(path), "dim")))


def _today_head(view: View, pen: Pen, width: int) -> list[str]:
    """Return the day with how much of it is done beside it, or below it where there is no room."""
    day, (done, asked) = phrases.long_date(view.figures.now.today), view.score
    if not asked:
        return [pen(day, "bold")]
    told = f"{phrases.bar(done / asked)} {score(view)}"
    beside = columns(f"{day}  {told}") <= width
    return [f"{pen(day, 'bold')}  {pen(told, 'cyan')}"] if beside else [pen(day, "bold"), pen(told, "cyan")]


def goals_text(view: View, pen: Pen, width: int = WIDE) -> str:
    """Return the goals as a tree, those that are archived muted and last."""
    lines: list[str] = []
    archived = say("status.archived")
    room = _name_width(view)
    for goal in replace(view, show_archived=True).goals:
        if goal.archived and archived not in lines:
            lines += ["", archived] if lines else [archived]
        elif lines and not goal.archived and not view.depth(goal):
            lines.append("")
        indent = "  " * (view.depth(goal) + goal.archived)
        lines += _goal_lines(goal, _goal_head(goal, view), indent, pen, width)
        if not goal.archived:
            lines += _pace(goal, view, indent, pen, width)
            for win in goal.wins:
                lines += _declared_lines(win, indent, room, pen, width)
    return "\n".join(lines) or say("status.no_goal")


def _goal_head(goal: GoalFigures, view: View) -> str:
    """Return a goal's headline with the days in a row on which something was done for it."""
    row = goal.days.streak
    shown = view.show_streaks and row is not None and not goal.archived
    return goal_headline(goal) + (f" · {phrases.in_a_row(row, 'days')}" if shown and row else "")


def _pace(goal: GoalFigures, view: View, indent: str, pen: Pen, width: int) -> list[str]:
    if goal.pace is None:
        return []
    line = clean(pace_line(goal.pace, view.figures.now.today))
    return [pen(part, "dim") for part in wrapped(f"{indent}  {line}", width, len(indent) + 2)]


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
    parts = [say("status.score", score=score(view)) if view.today else say("status.nothing_due")]
    days = figures.days
    if view.show_streaks and days.streak:
        found = [phrases.days_with_a_win(days.streak)]
        if days.best and days.best != days.streak:
            found.append(say("status.best", count=phrases.number(days.best.count)))
        parts.append(" ".join(found))
    parts.append(say("status.wins", wins=phrases.count(figures.totals.all, "wins")))
    return " · ".join(parts)


def _goal_lines(goal: GoalFigures, headline: str, indent: str, pen: Pen, width: int) -> list[str]:
    """Return a goal's title with its headline beside it, or below it where there is no room; an archived one muted."""
    title, head = clean(goal.goal.title), clean(headline.replace("**", ""))
    first, second = ("dim", "dim") if goal.archived else ("bold", "cyan")
    if columns(f"{indent}{title}  {head}") <= width:
        return [f"{indent}{pen(title, first)}  {pen(head, second)}"]
    return [
        *(pen(line, first) for line in wrapped(f"{indent}{title}", width, len(indent))),
        *(pen(line, second) for line in wrapped(f"{indent}  {head}", width, len(indent) + 2)),
    ]


def _declared_lines(win: Figures, indent: str, room: int, pen: Pen, width: int) -> list[str]:
    """Return a micro-win with its schedule beside it, or below it where there is no room."""
    name = clean(win.win.name)
    due = schedule_words(win.schedule)
    padded = pad(name, max(room - len(indent), columns(name)))
    for shown in (padded, name):
        if columns(f"{indent}    {shown}  {due}") <= width:
            return [f"{indent}  {_mark(win, pen)} {shown}{pen(f'  {due}', 'dim') if due else ''}".rstrip()]
    first, *rest = wrapped(f"{indent}    {name}", width, len(indent) + 4)
    schedule = wrapped(f"{indent}      {due}", width, len(indent) + 6) if due else []
    return [f"{indent}  {_mark(win, pen)} {first.lstrip()}", *rest, *(pen(line, "dim") for line in schedule)]


def _win_line(win: Figures, room: StatusColumns, indent: int, view: View, pen: Pen) -> str:
    today = view.figures.now.today
    days = [today - offset * DAY for offset in reversed(range(room.strip))]
    strip = marks(win, days) if view.show_streaks and days else []
    shown = "".join(pen(one, "green") if one == "X" else pen(one, "dim") for one in strip)
    bar = f"{phrases.bar(win.strength)} " if room.bar else ""
    bar = bar if win.win.is_scheduled else " " * columns(bar)
    strength = pen(f"{bar}{phrases.strength(win):>5}", "cyan")
    name = pad(clean(win.win.name), max(room.name - indent, LEAST_NAME))
    line = f"{_mark(win, pen)} {name}  {pad(_row(win, view), room.streak)} {strength}  {shown}".rstrip()
    running = clean(phrases.progress_now(win))
    taken = indent + 2 + room.width(max(room.name - indent, LEAST_NAME), strip)
    if running and taken + 2 + columns(running) > room.columns:
        return f"{line}\n{'':<{indent + 6}}{pen(running, 'dim')}"
    return f"{line}{pen(f'  {running}', 'dim')}" if running else line


def _row(win: Figures, view: View) -> str:
    if not (view.show_streaks and win.win.is_scheduled):
        return phrases.count(win.totals.wins.all, "times")
    return phrases.streak(win.streak, win.unit)


def _mark(win: Figures, pen: Pen) -> str:
    """Return the sign of today: green where it was done today, dim where an earlier day of the week has filled it."""
    if win.state == "done":
        return pen(MARKS["done"], "green" if answered(win, win.now) else "dim")
    return pen(
        MARKS[win.state],
        *(("yellow",) if win.state == "open" and win.win.frog else () if win.state == "open" else ("dim",)),
    )


def _name_width(view: View) -> int:
    """Return the columns of the longest name with its indent, so that all that follows stands below each other."""
    names = ((goal, win) for goal in view.goals for win in goal.wins)
    return min(
        36, max((2 * view.depth(goal) + columns(clean(win.win.name)) for goal, win in names), default=10)
    )
