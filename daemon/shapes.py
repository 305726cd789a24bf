"""The shapes in which figures and notes are told in JSON: a contract; keys are added freely and never renamed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from ..parsers.dataview_values import typed_value
from ..parsers.declaration import Declaration
from ..parsers.inline_fields import read_inline_fields
from ..parsers.note import Note
from ..parsers.schedule import read_schedule
from ..parsers.schedule_text import schedule_text
from ..parsers.task import PluginTask, Quantity
from ..parsers.tasks import Task
from ..streaks.catalog import Catalog
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.life_figures import LifeFigures
from ..streaks.pace import Pace
from ..streaks.projection import Projection
from ..streaks.running import Running
from ..streaks.streak import Streak
from ..streaks.totals import MicroWinTotals
from .life_shapes import milestones_shape, vault_life_shape, win_life_shape

Shape = dict[str, object]

_NO_NAME = re.compile(r"[^\w\s\-\u200d\ufe0f\u2190-\u2bff\U0001f000-\U0001faff]+")


def status_shape(life: LifeFigures, *, archived: bool = True) -> Shape:
    """Return the data of `status`, with or without the goals that are archived."""
    figures = life.figures
    return {
        "today": figures.now.today,
        "closed_until": figures.now.closed_until,
        "totals": asdict(figures.totals),
        "streak": streak_shape(figures.days.streak, "days"),
        "best": streak_shape(figures.days.best, "days"),
        "goals": [goal_shape(goal, life) for goal in (figures.goals if archived else figures.active)],
        **vault_life_shape(life),
    }


def goal_shape(goal: GoalFigures, life: LifeFigures) -> Shape:
    """Return a goal with its micro-wins."""
    return {
        "path": goal.goal.path,
        "title": goal.goal.title,
        "identity": goal.goal.identity,
        "parent": goal.parent,
        "children": list(goal.children),
        "status": goal.goal.status,
        "archived": goal.archived,
        "weight": goal.goal.weight,
        "votes": goal.votes,
        "votes_lately": goal.votes_lately(life.figures.now),
        "streak": streak_shape(goal.days.streak, "days"),
        "best": streak_shape(goal.days.best, "days"),
        "progress": goal.progress,
        "pace": pace_shape(goal.pace) if goal.pace else None,
        "steps": {"done": goal.steps.done, "all": goal.steps.all},
        "measure": _measure(goal),
        "milestones": milestones_shape(life.goal_milestones(goal)),
        "micro_wins": [micro_win_shape(win, life) for win in goal.wins],
    }


def pace_shape(pace: Pace) -> Shape:
    """Return how a goal with a date goes; `pace` is what was reached ÷ what is expected by now."""
    forecast = pace.forecast
    return {
        "status": pace.status,
        "pace": pace.ratio,
        "measured": pace.measured,
        "expected": pace.expected,
        "unit": pace.aim.unit,
        "needed": pace.needed,
        "buffer_days": pace.buffer_days,
        "forecast": {"date": forecast.likely, "earliest": forecast.earliest, "latest": forecast.latest}
        if forecast
        else None,
        "at_risk": pace.at_risk,
        "target": pace.aim.end,
        "start": pace.aim.begin,
    }


def micro_win_shape(figures: Figures, life: LifeFigures) -> Shape:
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
        "at_risk": figures.at_risk,
        "pending": figures.pending,
        "strength": figures.strength,
        "consistency": {str(days): rate for days, rate in figures.consistency.items()},
        "volume": {str(days): window.volume for days, window in figures.windows.items()},
        "closed": {str(days): window.closed for days, window in figures.windows.items()},
        "totals": totals_shape(figures.totals),
        "projection": _projection(figures.projection),
        "progress_now": _progress_now(figures.progress_now),
        "limit": figures.is_limit,
        "count": win.count,
        "deadline": figures.deadline,
        "states": figures.states,
        "votes": figures.votes,
        "frog": win.frog,
        "after": win.after,
        "min": win.minimum,
        **win_life_shape(figures, life),
    }


def streak_shape(streak: Streak | None, unit: str) -> Shape:
    """Return a streak; where there is none its count is 0."""
    if streak is None:
        return {"count": 0, "unit": unit, "start": None, "end": None, "slips": 0, "wins": 0, "days": 0}
    return {
        "count": streak.count,
        "unit": unit,
        "start": streak.start,
        "end": streak.end,
        "slips": streak.slips,
        "wins": streak.wins,
        "days": streak.days,
    }


def _projection(found: Projection | None) -> Shape | None:
    """Return what the last four weeks come to: wins and amounts by unit of a `week`, 30 days and 365."""
    if found is None:
        return None
    amounts = {unit: dict(sums) for unit, sums in found.amounts.items()}
    return {**found.wins, "amounts": amounts}


def _progress_now(found: Running | None) -> Shape | None:
    return asdict(found) if found is not None else None


def totals_shape(totals: MicroWinTotals) -> Shape:
    """Return the totals of a micro-win: wins by period, and amounts by unit and period."""
    return {**asdict(totals.wins), "amounts": {unit: dict(sums) for unit, sums in totals.amounts.items()}}


def note_shape(note: Note, catalog: Catalog) -> Shape:
    """Return a note as `parse` tells it."""
    return {
        "path": note.path,
        "date": note.date,
        "period": note.kind,
        "kind": "kanban" if note.kanban else "goal" if note.goal is not None else "note",
        "frontmatter": note.frontmatter,
        "goal": _goal_of(note),
        "tasks": [task_shape(task, note, catalog) for task in note.boxes],
        "blocks": [{"name": block.name, "start": block.start, "end": block.end} for block in note.blocks],
    }


def task_shape(task: Task, note: Note, catalog: Catalog) -> Shape:
    """Return a box as `parse` tells it."""
    fields = task.fields
    match = catalog.match(fields, note.path)
    passed_over = _passed_over(task, note, is_micro_win=match.win is not None)
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
        "recurrence_text": _recurrence_text(task),
        "priority": fields.priority,
        "id": fields.id,
        "depends_on": fields.depends_on,
        "block_id": fields.block_id,
        "quantities": [_quantity(quantity) for quantity in fields.quantities],
        "fields": _fields(_inline(task)),
        "time": fields.time,
        "micro_win": match.win.id if match.win and not passed_over else None,
        "match": passed_over or match.reason,
        "counts": not passed_over,
        "tasks": _plugin(task.plugin),
    }


def _passed_over(task: Task, note: Note, *, is_micro_win: bool) -> str:
    """Return why a box counts for nothing; nothing where it counts."""
    block = note.block_at(task.line)
    if block is not None and block.name != "today":
        return f"inside our own block `{block.name}`"
    if note.kanban:
        return "on a Kanban board"
    if task.line in note.unfiltered and not (is_micro_win and note.day is not None):
        return "without the vault's global filter"
    return ""


def _inline(task: Task) -> dict[str, tuple[str, ...]]:
    """Return the inline fields of a box's line as Dataview reads them: of two that touch, only the first."""
    found: dict[str, tuple[str, ...]] = {}
    for one in read_inline_fields(task.raw[task.symbol_column + len(task.symbol) + 1 :]):
        for key in dict.fromkeys((one.key, one.key.lower())):
            found[key] = (*found.get(key, ()), one.value)
    return found


def _fields(inline: Mapping[str, tuple[str, ...]]) -> Shape:
    """Return the fields with typed values, a list where a key stands twice.

    `inline` has each key as it is written and in lower case. As in Dataview there is a plain spelling too.
    """
    shape: Shape = {key: _values(values) for key, values in inline.items()}
    for key, values in inline.items():
        if key == key.lower():
            shape.setdefault(_plain_key(key), _values(values))
    return shape


def _values(written: Iterable[str]) -> object:
    values = [typed_value(one) for one in written]
    return values[0] if len(values) == 1 else values


def _plain_key(key: str) -> str:
    """Return a key in lower case, with `-` for white space and without punctuation."""
    return re.sub(r"\s+", "-", _NO_NAME.sub("", key.lower())) or key


def _recurrence_text(task: Task) -> str | None:
    """Return a box's rule in canonical wording: that of Tasks where it reads one, else ours."""
    if task.plugin is not None and task.plugin.recurrence is not None:
        return task.plugin.recurrence
    written = task.fields.recurrence
    return schedule_text(read_schedule(written)) or None if written else None


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
        "measure": {"amount": goal.measure.amount, "unit": goal.measure.unit, "from": goal.measure.start}
        if goal.measure
        else None,
        "weight": goal.weight,
        "status": goal.status,
        "micro_wins": [_declared(one) for one in goal.declarations],
    }


def _declared(one: Declaration) -> Shape:
    return {
        "line": one.line,
        "text": one.text,
        "schedule": one.schedule or None,
        "schedule_text": schedule_text(one.rule) or None,
        "from": one.since,
        "until": one.until,
        "target": _quantity(one.target) if one.target else None,
        "min": one.minimum,
        "after": one.after,
        "id": one.id,
    }


def _measure(goal: GoalFigures) -> Shape | None:
    """Return a goal's measure; of a reading `from` is where it begins, and without one yet its amount is null."""
    measure = goal.goal.measure
    if measure is None:
        return None
    return {
        "amount": goal.measured,
        "target": measure.amount,
        "unit": measure.unit,
        "from": measure.start,
    }
