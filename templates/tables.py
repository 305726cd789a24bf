"""Tables of blocks: the columns that are shown, a row for each goal or micro-win."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from . import phrases
from .safe_text import in_cell
from .schedule_words import schedule_words
from .view import View
from .words import say

_NOTHING = frozenset(("", phrases.UNKNOWN, "0"))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: the part of the block that it is, the key of its head, and its cells from top to bottom."""

    part: str
    head: str
    cells: Sequence[str]
    right: bool = True

    @property
    def is_empty(self) -> bool:
        """Whether no cell has anything to say yet."""
        return all(cell in _NOTHING or cell == phrases.percent(0) for cell in self.cells)


def micro_wins_table(wins: Sequence[Figures], view: View, parts: Collection[str]) -> list[str]:
    """Return a table of micro-wins: what each is, and those of its figures that are among `parts`."""
    name = Column("name", "block.micro_win", [_micro_win(win) for win in wins], right=False)
    return _table(name, _shown(_micro_win_columns(wins), view, parts))


def goals_table(goals: Sequence[tuple[GoalFigures, int]], view: View, parts: Collection[str]) -> list[str]:
    """Return a table of goals, each given with the levels by which it is indented."""
    name = Column("goal", "block.goal", [_goal(goal, level, view) for goal, level in goals], right=False)
    return _table(name, _shown(_goal_columns([goal for goal, _ in goals]), view, parts))


def wins_of(goal: GoalFigures) -> int:
    """Return the wins of a goal's micro-wins, of all time; ticks of a limit are none."""
    return sum(win.totals.wins.all for win in goal.wins if not win.is_limit)


def week_of(goal: GoalFigures) -> int:
    """Return the same of this week."""
    return sum(win.totals.wins.week for win in goal.wins if not win.is_limit)


def _micro_win_columns(wins: Sequence[Figures]) -> Iterator[Column]:
    yield Column("streak", "block.streak", [phrases.streak(win.streak, win.unit) for win in wins])
    yield Column("best", "block.best", [phrases.streak(win.best, win.unit) for win in wins])
    yield Column("strength", "block.strength", [phrases.strength(win) for win in wins])
    yield Column("rate", "block.month", [phrases.percent(win.consistency[30]) for win in wins])
    yield Column("total", "block.all", [phrases.number(win.totals.wins.all) for win in wins])


def _goal_columns(goals: Sequence[GoalFigures]) -> Iterator[Column]:
    yield Column("progress", "block.progress", [_progress(goal) for goal in goals], right=False)
    yield Column("pace", "block.pace", [_pace(goal) for goal in goals], right=False)
    yield Column("streak", "block.streak", [phrases.streak(goal.days.streak, "days") for goal in goals])
    yield Column("wins", "block.wins_head", [phrases.number(wins_of(goal)) for goal in goals])
    yield Column("week", "block.week", [phrases.number(week_of(goal)) for goal in goals])
    yield Column(
        "identity", "block.identity", [in_cell(one.goal.identity or "") for one in goals], right=False
    )


def _shown(columns: Iterable[Column], view: View, parts: Collection[str]) -> list[Column]:
    """Return the columns that are wanted and that have anything to say."""
    wanted = set(parts) if view.show_streaks else set(parts) - {"streak", "best"}
    return [column for column in columns if column.part in wanted and not column.is_empty]


def _table(name: Column, columns: Sequence[Column]) -> list[str]:
    every = (name, *columns)
    rules = ("--:" if column.right else ":--" for column in every)
    rows = zip(*(column.cells for column in every), strict=True)
    return [_line(say(column.head) for column in every), _line(rules), *map(_line, rows)]


def _line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _micro_win(win: Figures) -> str:
    parts = (win.win.name, schedule_words(win.schedule) if win.schedule else "", phrases.progress_now(win))
    return " · ".join(in_cell(part) for part in parts if part)


def _goal(goal: GoalFigures, level: int, view: View) -> str:
    aside = f" ({say('block.archived')})" if goal.archived else ""
    return f"{'↳ ' * level}{view.link(goal.goal.path, in_table=True)}{aside}"


def _progress(goal: GoalFigures) -> str:
    """Return a bar with its percentage; where nothing tells the progress there is no bar, which would say 0."""
    if goal.progress is None:
        return phrases.UNKNOWN
    return f"{phrases.bar(goal.progress)} {phrases.percent(goal.progress)}"


def _pace(goal: GoalFigures) -> str:
    return say(f"pace_status.{goal.pace.status}") if goal.pace else ""
