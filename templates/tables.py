"""Tables of blocks: the columns that are shown, a row for each goal or micro-win."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from . import phrases
from .rows import Cells
from .safe_text import in_cell
from .schedule_words import schedule_words
from .view import View
from .words import say

_NOTHING = frozenset(("", phrases.UNKNOWN, "0"))


class Head(NamedTuple):
    """The head of a column: the part of the block that it is, the key of its word, whether its cells stand right."""

    part: str
    word: str
    right: bool = True


_WIN = (
    Head("name", "block.micro_win", right=False),
    Head("streak", "block.streak"),
    Head("best", "block.best"),
    Head("strength", "block.strength"),
    Head("rate", "block.month"),
    Head("total", "block.all"),
)
_GOAL = (
    Head("goal", "block.goal", right=False),
    Head("progress", "block.progress", right=False),
    Head("pace", "block.pace", right=False),
    Head("streak", "block.streak"),
    Head("wins", "block.wins_head"),
    Head("week", "block.week"),
    Head("identity", "block.identity", right=False),
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its cells from top to bottom."""

    head: Head
    cells: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether no cell has anything to say yet."""
        return all(cell in _NOTHING or cell == phrases.percent(0) for cell in self.cells)


def micro_wins_table(wins: Sequence[Figures], view: View, parts: Collection[str]) -> list[str]:
    """Return a table of micro-wins: what each is, and those of its figures that are among `parts`."""
    rows = [view.rows.wins.of(win.win.id, win, _win_cells) for win in wins]
    return _table(_columns(_WIN, rows), view, parts)


def goals_table(goals: Sequence[tuple[GoalFigures, int]], view: View, parts: Collection[str]) -> list[str]:
    """Return a table of goals, each given with the levels by which it is indented."""
    rows = [
        view.rows.goals.of((goal.goal.path, level), goal, partial(_goal_cells, level=level, view=view))
        for goal, level in goals
    ]
    return _table(_columns(_GOAL, rows), view, parts)


def wins_of(goal: GoalFigures) -> int:
    """Return the wins of a goal's micro-wins, of all time; ticks of a limit are none."""
    return sum(win.totals.wins.all for win in goal.wins if not win.is_limit)


def week_of(goal: GoalFigures) -> int:
    """Return the same of this week."""
    return sum(win.totals.wins.week for win in goal.wins if not win.is_limit)


def _win_cells(win: Figures) -> Cells:
    """Return the cells of a micro-win, one for each of its columns."""
    return _plain(
        _micro_win(win),
        phrases.streak(win.streak, win.unit),
        phrases.streak(win.best, win.unit),
        phrases.strength(win),
        phrases.percent(win.window(30).rate),
        phrases.number(win.totals.wins.all),
    )


def _goal_cells(goal: GoalFigures, level: int, view: View) -> Cells:
    """Return the cells of a goal, one for each of its columns."""
    return _plain(
        _goal(goal, level, view),
        _progress(goal),
        _pace(goal),
        phrases.streak(goal.days.streak, "days"),
        phrases.number(wins_of(goal)),
        phrases.number(week_of(goal)),
        in_cell(goal.goal.identity or ""),
    )


def _plain(*cells: str) -> Cells:
    """Return cells without the other forms of the numbers in them: thousands are kept, and each form is a text of its own."""
    return tuple(map(str, cells))


def _columns(heads: Sequence[Head], rows: Sequence[Cells]) -> list[Column]:
    return [Column(head, cells) for head, cells in zip(heads, zip(*rows, strict=True), strict=True)]


def _table(columns: Sequence[Column], view: View, parts: Collection[str]) -> list[str]:
    """Return a table of the first column and of those that are wanted and have anything to say."""
    wanted = set(parts) if view.show_streaks else set(parts) - {"streak", "best"}
    shown = [one for one in columns[1:] if one.head.part in wanted and not one.is_empty]
    every = (columns[0], *shown)
    rules = ("--:" if column.head.right else ":--" for column in every)
    rows = zip(*(column.cells for column in every), strict=True)
    return [_line(say(column.head.word) for column in every), _line(rules), *map(_line, rows)]


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
