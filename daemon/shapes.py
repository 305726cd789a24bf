"""The shapes in which figures and notes are told in JSON: a contract; keys are added freely and never renamed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal

from ..parsers.note import Note
from ..parsers.task import PluginTask, Quantity, Task
from ..streaks.catalog import Catalog
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.streak import Streak
from ..streaks.totals import MicroWinTotals
from ..streaks.vault_figures import VaultFigures

Shape = dict[str, object]


def status_shape(figures: VaultFigures) -> Shape:
    """Return the data of `status`."""
    return {
        "today": figures.now.today,
        "closed_until": figures.now.closed_until,
        "totals": asdict(figures.totals),
        "streak": streak_shape(figures.days.streak, "days"),
        "best": streak_shape(figures.days.best, "days"),
        "goals": [goal_shape(goal) for goal in figures.goals],
    }


def goal_shape(goal: GoalFigures) -> Shape:
    """Return a goal with its micro-wins."""
    return {
        "path": goal.goal.path,
        "title": goal.goal.title,
        "identity": goal.goal.identity,
        "parent": goal.parent,
        "children": list(goal.children),
        "votes": goal.votes,
        "progress": goal.progress,
        "pace": None,
        "steps": {"done": goal.steps.done, "all": goal.steps.all},
        "measure": _measure(goal),
        "micro_wins": [micro_win_shape(win) for win in goal.wins],
    }


def micro_win_shape(figures: Figures) -> Shape:
    """Return a micro-win with its figures."""
    win = figures.win
    return {
        "id": win.id,
        "text": win.text,
        "goal": win.goal,
        "schedule": figures.schedule or win.schedule or None,
        "state": figures.state,
        "streak": streak_shape(figures.streak, figures.unit),
        "best": streak_shape(figures.best, figures.unit),
        "streaks": [streak_shape(one, figures.unit) for one in figures.streaks],
        "strict_streak": streak_shape(figures.strict, figures.unit),
        "strength": figures.strength,
        "consistency": {str(days): rate for days, rate in figures.consistency.items()},
        "totals": totals_shape(figures.totals),
        "deadline": figures.deadline,
        "states": figures.states,
        "votes": figures.votes,
        "frog": win.frog,
        "after": win.after,
        "min": win.minimum,
    }


def streak_shape(streak: Streak | None, unit: str) -> Shape:
    """Return a streak; where there is none its count is 0."""
    if streak is None:
        return {"count": 0, "unit": unit, "start": None, "end": None, "slips": 0}
    return {
        "count": streak.count,
        "unit": unit,
        "start": streak.start,
        "end": streak.end,
        "slips": streak.slips,
    }


def totals_shape(totals: MicroWinTotals) -> Shape:
    """Return the totals of a micro-win: wins by period, and amounts by unit and period."""
    return {**asdict(totals.wins), "amounts": {unit: dict(sums) for unit, sums in totals.amounts.items()}}


def note_shape(note: Note, catalog: Catalog) -> Shape:
    """Return a note as `parse` tells it."""
    return {
        "path": note.path,
        "date": note.date,
        "period": note.kind,
        "frontmatter": note.frontmatter,
        "goal": _goal_of(note),
        "tasks": [task_shape(task, note, catalog) for task in note.tasks],
        "blocks": [{"name": block.name, "start": block.start, "end": block.end} for block in note.blocks],
    }


def task_shape(task: Task, note: Note, catalog: Catalog) -> Shape:
    """Return a box as `parse` tells it."""
    fields = task.fields
    block = note.block_at(task.line)
    match = catalog.match(fields, note.path)
    counts = block is None or block.name == "today"
    return {
        "line": task.line,
        "depth": task.depth,
        "parent": task.parent,
        "symbol": task.symbol,
        "state": task.state,
        "text": fields.text,
        "tags": fields.tags,
        "links": fields.links,
        "done": fields.done,
        "created": fields.created,
        "start": fields.start,
        "scheduled": fields.scheduled,
        "due": fields.due,
        "cancelled": fields.cancelled,
        "recurrence": fields.recurrence,
        "priority": fields.priority,
        "id": fields.id,
        "depends_on": fields.depends_on,
        "block_id": fields.block_id,
        "quantities": [_quantity(quantity) for quantity in fields.quantities],
        "fields": _fields(fields.inline),
        "time": fields.time,
        "micro_win": match.win.id if match.win and counts else None,
        "match": match.reason if counts else f"inside our own block `{block.name if block else ''}`",
        "counts": counts,
        "tasks": _plugin(task.plugin),
    }


def _fields(inline: Mapping[str, tuple[str, ...]]) -> Shape:
    return {key: values[0] if len(values) == 1 else list(values) for key, values in inline.items()}


def _plugin(task: PluginTask | None) -> Shape | None:
    return asdict(task) if task is not None else None


def _quantity(quantity: Quantity) -> Shape:
    return {"amount": quantity.amount, "unit": quantity.unit}


def _goal_of(note: Note) -> Shape | None:
    goal = note.goal
    if goal is None:
        return None
    return {
        "title": goal.title,
        "identity": goal.identity,
        "parent": goal.parent,
        "start": goal.start,
        "end": goal.end,
        "target": goal.target,
        "measure": _quantity(goal.measure) if goal.measure else None,
        "micro_wins": [
            {"line": one.line, "text": one.text, "schedule": one.schedule or None, "from": one.since, "until": one.until,
             "target": _quantity(one.target) if one.target else None, "min": one.minimum, "after": one.after, "id": one.id}
            for one in goal.declarations
        ],
    }  # fmt: skip


def _measure(goal: GoalFigures) -> Shape | None:
    if goal.goal.measure is None:
        return None
    return {
        "amount": goal.measured or Decimal(0),
        "target": goal.goal.measure.amount,
        "unit": goal.goal.measure.unit,
    }
