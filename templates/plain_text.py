"""Status, today and goals in words alone, one fact a line: for a screen reader, and where signs cannot be shown."""

from __future__ import annotations

import re
from dataclasses import replace

from ..streaks.due import answered
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.life_figures import LifeFigures
from . import phrases
from .life_lines import life_lines
from .pace_text import pace_line
from .schedule_words import schedule_words
from .summary_block import goal_headline, score
from .terminal import clean, summary_line
from .view import View
from .words import say

_BAR = re.compile(r"[▰▱]+ ")


def status_plain(view: View, life: LifeFigures) -> str:
    """Return the whole picture."""
    lines = [f"{phrases.long_date(view.figures.now.today)}.", _sentences(summary_line(view)), ""]
    for goal in view.goals:
        lines += [_goal(goal, view), *_pace(goal, view), *(_win(win, view) for win in goal.wins), ""]
    lines += [_sentences(clean(line).rstrip(".")) for line in life_lines(life)] if view.figures.goals else []
    return "\n".join(lines if view.figures.goals else [*lines, say("status.no_goal")]).rstrip("\n")


def today_plain(view: View, numbers: View, path: str) -> str:
    """Return today's micro-wins, with their numbers in another view of the day: those by which `tick` takes them."""
    lines = [
        f"{phrases.long_date(view.figures.now.today)}.",
        f"{score(view)}." if view.today else say("block.nothing_due"),
        "",
    ]
    for win in view.today:
        parts = [f"{numbers.number(win)}. {clean(win.win.name)}: {say(f'plain.{win.state}')}"]
        cue = view.cue(win) if win.state == "open" else None
        parts += [say("status.after", cue=clean(cue))] if cue else []
        parts += [*_row(win, view), *_running(win)]
        lines.append(f"{', '.join(parts)}.")
    return "\n".join((*lines, "", clean(path)))


def goals_plain(view: View) -> str:
    """Return the goals, each one before those below it."""
    lines = []
    for goal in replace(view, show_archived=True).goals:
        lines += [_goal(goal, view), *_pace(goal, view)]
        for win in goal.wins:
            schedule = f", {schedule_words(win.schedule)}" if win.schedule else ""
            lines.append(f"{clean(win.win.name)}: {say(f'plain.{win.state}')}{schedule}.")
        lines.append("")
    return "\n".join(lines) or say("status.no_goal")


def _goal(goal: GoalFigures, view: View) -> str:
    above = view.figures.goal(goal.parent) if goal.parent else None
    part = say("plain.part_of", title=clean(above.goal.title)) if above is not None else ""
    head = _BAR.sub("", clean(goal_headline(goal).replace("**", "")))
    aside = say("plain.archived") if goal.archived else ""
    return say("plain.goal", title=clean(goal.goal.title), aside=part + aside, head=_sentences(head))


def _pace(goal: GoalFigures, view: View) -> list[str]:
    if goal.pace is None:
        return []
    line = clean(pace_line(goal.pace, view.figures.now.today))
    return [_sentences(f"{line[:1].upper()}{line[1:]}")]


def _win(win: Figures, view: View) -> str:
    state = say(f"plain.{win.state}")
    if win.state == "done" and not answered(win, win.now):
        state = say("plain.done_for_turn")
    parts = [
        f"{clean(win.win.name)}: {state}",
        *_row(win, view),
        *_running(win),
        *([say("plain.strength", percent=phrases.strength(win))] if win.win.is_scheduled else []),
    ]
    return f"{', '.join(parts)}."


def _row(win: Figures, view: View) -> list[str]:
    if not (view.show_streaks and win.win.is_scheduled):
        return [phrases.count(win.totals.wins.all, "times")]
    return [phrases.in_a_row(win.streak, win.unit)] if win.streak else []


def _running(win: Figures) -> list[str]:
    found = clean(phrases.progress_now(win))
    return [found] if found else []


def _sentences(text: str) -> str:
    """Return the parts of a line as sentences, each with a capital letter."""
    return ". ".join(f"{part[:1].upper()}{part[1:]}" for part in text.split(" · ")) + "."
