"""The shapes in which figures are told in JSON: a contract; keys are added freely and never renamed."""

from __future__ import annotations

from dataclasses import asdict

from ..parsers.units import unit_key
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


def _measure(goal: GoalFigures) -> Shape | None:
    """Return a goal's measure; of a reading `from` is where it begins, and without one yet its amount is null.

    Its `unit` is as it is written, `key` the one spelling under which amounts of it stand in totals.
    """
    measure = goal.goal.measure
    if measure is None:
        return None
    return {
        "amount": goal.measured,
        "target": measure.amount,
        "unit": measure.unit,
        "key": unit_key(measure.unit),
        "from": measure.start,
    }
