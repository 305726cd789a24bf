"""Blocks: what stands between our markers, as a function of the figures and of nothing else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..parsers.block_options import Options, read_options
from ..parsers.blocks import BLOCK_NAMES, Block
from ..parsers.problem import Problem
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from . import phrases
from .block_pictures import block_pictures, heatmap_text
from .calendar_text import month_rows, week_rows
from .environment import render
from .pace_text import pace_line
from .picture import Picture, link
from .safe_text import in_text
from .schedule_words import schedule_words
from .view import View
from .words import say, speaking

MARKS = {"done": "✓", "open": "○", "skipped": "–", "neutral": "–", "missed": "·", "not_due": " "}
Renderer = Callable[[View, GoalFigures | None, Options], str]


def block_text(block: Block, path: str, view: View) -> str:
    r"""Return the content of a block in the note at `path`, with \n line ends, the last one included.

    In a goal note a block is about that goal, elsewhere about the vault. `today` in a note of another day shows
    the day without boxes; in today's daily note it is not made here but filled (`today_block`).
    """
    goal = view.figures.goal(path)
    way = view.album.way(path) if view.album is not None else ""
    key = block.name, block.options, goal.goal.path if goal is not None else "", way
    if key not in view.texts:
        with speaking(view.language):
            view.texts[key] = _content(block, goal, view, way)
    return view.texts[key]


def pictures_of(block: Block, path: str, view: View) -> tuple[Picture, ...]:
    """Return the pictures that a block in the note at `path` shows."""
    goal = view.figures.goal(path)
    key = block.name, block.options, goal.goal.path if goal is not None else ""
    if key not in view.pictures:
        options = read_options(block.name, block.options)
        with speaking(view.language):
            view.pictures[key] = block_pictures(block.name, view, goal, options)
    return view.pictures[key]


def _content(block: Block, goal: GoalFigures | None, view: View, way: str) -> str:
    """Return a block's text with the pictures below it, or its pictures alone where they stand in the text's place."""
    options = read_options(block.name, block.options)
    pictures = pictures_of(block, goal.goal.path if goal is not None else "", view)
    text = "" if pictures and options.word("as") == "picture" else _RENDERERS[block.name](view, goal, options)
    links = "\n".join(link(picture, way) for picture in pictures)
    return "\n\n".join(filter(None, (text.rstrip("\n"), links))) + "\n"


def block_problem(block: Block, path: str) -> Problem | None:
    """Return what is wrong with a block's name or options, or None."""
    if block.name not in _RENDERERS:
        return Problem(
            path, block.start, "block-unknown", f"There is no block `{block.name}`; it is left as it is.",
            f"Use one of: {', '.join(BLOCK_NAMES)}.",
        )  # fmt: skip
    mistakes = read_options(block.name, block.options).mistakes
    if mistakes:
        return Problem(path, block.start, "block-option", mistakes[0].message, mistakes[0].remedy)
    return None


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
    return " · ".join(parts) or so_far(all_wins(goal))


def so_far(wins: int) -> str:
    """Return how many wins there are: `142 wins so far`."""
    return say("block.wins", wins=phrases.count(wins, "wins"))


def goal_header(streaks: bool) -> str:  # noqa: FBT001 - the one thing that it depends on
    """Return the head of the table of a goal's micro-wins."""
    cells = (say("block.streak"), say("block.best")) if streaks else ()
    return _table_row(
        say("block.micro_win"), *cells, say("block.strength"), say("block.month"), say("block.all")
    )


def goals_header() -> str:
    """Return the head of the table of goals."""
    cells = (say("block.progress"), say("block.wins_head"), say("block.week"), say("block.identity"))
    return _table_row(say("block.goal"), *cells)


def score(view: View) -> str:
    """Return how much of today is done: `2 of 3 done`."""
    done, asked = view.score
    return say("block.score", done=done, all=asked)


def all_wins(goal: GoalFigures) -> int:
    """Return the wins of a goal's micro-wins, of all time; ticks of a limit are none."""
    return sum(win.totals.wins.all for win in goal.wins if not win.is_limit)


def _summary(view: View, goal: GoalFigures | None, _options: Options) -> str:
    if goal is not None:
        return render(
            "notes/goal_summary.md.j2", goal=goal, headline=_safe_headline(goal), streaks=view.show_streaks, row=_row,
            now=phrases.progress_now, best=_best, strength=phrases.strength, month=_month_rows(view, goal.wins),
            pace=_pace(view, goal), header=goal_header(view.show_streaks), schedule=schedule_words,
        )  # fmt: skip
    today = view.today
    return render(
        "notes/vault_summary.md.j2", date=phrases.long_date(view.figures.now.today), today=today,
        score=score(view), streaks=view.show_streaks, days=view.figures.days,
        day_row=_day_row(view), so_far=so_far(view.figures.totals.all), mark=_mark, standing=_standing(view),
        goals=view.goals, goals_table=_goals(view, None, Options()).rstrip("\n"),
        month=_month_rows(view, view.wins),
    )  # fmt: skip


def _pace(view: View, goal: GoalFigures) -> str:
    line = pace_line(goal.pace, view.figures.now.today) if goal.pace else ""
    return in_text(line[:1].upper() + line[1:], 300)


def _day_row(view: View) -> str:
    days = view.figures.days.streak
    return phrases.days_with_a_win(days) if days else ""


def _today(view: View, goal: GoalFigures | None, _options: Options) -> str:
    wins = [win for win in view.today if goal is None or win.win.goal == goal.goal.path]
    return render("notes/today.md.j2", today=wins, mark=_mark, standing=_standing(view))


def _goals(view: View, goal: GoalFigures | None, _options: Options) -> str:
    shown = view.figures.goals if goal is not None and goal.archived else view.goals
    goals = [one for one in shown if goal is None or one.parent == goal.goal.path]
    return render(
        "notes/goals.md.j2", header=goals_header(), goals=goals, view=view, all=all_wins,
        week=lambda one: sum(win.totals.wins.week for win in one.wins if not win.is_limit),
    )  # fmt: skip


def _month(view: View, goal: GoalFigures | None, _options: Options) -> str:
    return _fenced(month_rows(_wins(view, goal), view.figures.now.today))


def _month_rows(view: View, wins: Sequence[Figures]) -> list[str]:
    """Return the month of a summary, which a vault that hides its streaks does not show."""
    rows = month_rows(wins, view.figures.now.today) if view.show_streaks else []
    return rows if len(rows) > 1 else []


def _week(view: View, goal: GoalFigures | None, _options: Options) -> str:
    now = view.figures.now
    return _fenced(week_rows(_wins(view, goal), now.today, now.week_start))


def _next(view: View, goal: GoalFigures | None, _options: Options) -> str:
    win = next(
        (
            win
            for win in view.today
            if win.state == "open" and (goal is None or win.win.goal == goal.goal.path)
        ),
        None,
    )
    if win is None:
        return say("block.nothing_now") + "\n"
    name = in_text(win.win.name)
    if win.win.minimum:
        return say("block.next_or", name=name, minimum=in_text(win.win.minimum)) + "\n"
    return say("block.next", name=name) + "\n"


def _table_row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _wins(view: View, goal: GoalFigures | None) -> tuple[Figures, ...]:
    return goal.wins if goal is not None else view.wins


def _fenced(lines: list[str]) -> str:
    return "\n".join(("```text", *lines, "```")) + "\n"


def _safe_headline(goal: GoalFigures) -> str:
    headline = goal_headline(goal)
    return in_text(headline, 300)


def _row(win: Figures) -> str:
    return phrases.streak(win.streak, win.unit)


def _standing(view: View) -> Callable[[Figures], str]:
    """Return what a line of today ends with: the streak, where it is shown, and how far the running turn has come."""

    def words(win: Figures) -> str:
        found = phrases.standing(win) if view.show_streaks else phrases.progress_now(win)
        return f" · {found}" if found else ""

    return words


def _best(win: Figures) -> str:
    return phrases.streak(win.best, win.unit)


def _mark(win: Figures) -> str:
    return MARKS[win.state]


_RENDERERS: dict[str, Renderer] = {
    "heatmap": heatmap_text,
    "summary": _summary,
    "today": _today,
    "goals": _goals,
    "month": _month,
    "week": _week,
    "next": _next,
}
