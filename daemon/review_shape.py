"""The shape in which a look back is told in JSON: a contract as those in `shapes`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict

from ..parsers.day_range import DayRange
from ..streaks.calendar import Now
from ..streaks.figures import Figures
from ..streaks.keystone import Keystone
from ..streaks.review import DaysCount, Review
from ..streaks.review_life import Reached, ReviewLife
from ..streaks.review_parts import GoalReview, TurnCounts, WinReview
from ..streaks.suggestions import Suggestion
from .shapes import Shape, pace_shape, streak_shape


def review_shape(review: Review, now: Now) -> Shape:
    """Return the data of `review`."""
    look, total, best = review.look, review.total, review.best_day
    return {
        "today": now.today,
        "closed_until": now.closed_until,
        "period": {"kind": look.kind, "start": look.start, "end": look.end, "until": look.until},
        "wins": total.wins,
        "other_wins": review.other_wins,
        "days_with_wins": total.days_with_wins,
        "counted_days": review.counted_days,
        "wins_per_day": review.per_day,
        "best_day": {"date": best, "wins": review.days[best]} if best is not None else None,
        "turns": _turns(review.turns),
        "amounts": review.amounts,
        "days": [{"date": day, "wins": wins} for day, wins in review.days.items()],
        "months": [_count(month) for month in review.months],
        "before": _before(review, look.before(review.until)),
        "goals": [_goal(goal) for goal in review.goals],
        **_life(review.life),
    }


def _life(life: ReviewLife) -> Shape:
    times = life.times
    return {
        "milestones": [_reached(one) for one in life.reached],
        "comebacks": [{"micro_win": win.win.id, "date": one.day} for win, one in life.comebacks],
        "mornings": {"days": times.mornings, "known": times.days, "wins": times.morning_wins},
        "frogs": {"days": times.frogs, "known": times.frogs_known, "first": times.frogs_first},
        "momentum": {
            "stacks": times.stacks,
            "wins_per_stack": times.per_stack,
            "longest": {"wins": times.longest, "date": times.longest_day} if times.longest else None,
        },
        "stacks": [
            {
                "micro_wins": [win.win.id for win in one.members],
                "cue": one.cue,
                "done": one.done,
                "days": one.days,
            }
            for one in life.stacks
        ],
        "identities": [
            {
                "identity": one.identity.name,
                "goals": one.identity.goals,
                "period": one.period,
                "all": one.identity.votes,
            }
            for one in life.votes
        ],
        "keystone": _keystone(*life.keystone) if life.keystone is not None else None,
        "suggestion": _suggestion(*life.suggestion) if life.suggestion is not None else None,
        "projection": {"year": life.a_year},
    }


def _reached(one: Reached) -> Shape:
    found = one.milestone
    return {
        "micro_win": one.win.win.id if one.win is not None else None,
        "goal": one.goal.goal.path if one.goal is not None else None,
        "kind": found.kind,
        "value": found.value,
        "unit": found.unit or None,
        "date": found.day,
    }


def _keystone(win: Figures, found: Keystone) -> Shape:
    return {
        "micro_win": win.win.id,
        "days_done": found.days_done,
        "days_not_done": found.days_not_done,
        "others_when_done": found.others_when_done,
        "others_when_not": found.others_when_not,
    }


def _suggestion(win: Figures, found: Suggestion) -> Shape:
    amount = found.amount
    return {
        "micro_win": win.win.id,
        "kind": found.kind,
        "amount": {"amount": amount.amount, "unit": amount.unit} if amount is not None else None,
        "text": found.text,
        "schedule": found.schedule,
    }


def _before(review: Review, span: DayRange) -> Shape:
    return {**_count(review.before), "end": span.end, "turns": _turns(review.turns_before)}


def _count(count: DaysCount) -> Shape:
    return {"start": count.start, "wins": count.wins, "days_with_wins": count.days_with_wins}


def _turns(counts: TurnCounts) -> Shape:
    return {**asdict(counts), "rate": counts.rate}


def _goal(goal: GoalReview) -> Shape:
    figures = goal.figures
    return {
        "path": figures.goal.path,
        "title": figures.goal.title,
        "identity": figures.goal.identity,
        "parent": figures.parent,
        "wins": goal.count,
        "votes": {"period": goal.count, "all": figures.votes},
        "steps": {"period": goal.steps, "done": figures.steps.done, "all": figures.steps.all},
        "progress": {"start": goal.progress_before, "end": figures.progress},
        "pace": pace_shape(figures.pace) if figures.pace else None,
        "amounts": goal.amounts,
        "micro_wins": [_win(win) for win in goal.wins],
    }


def _win(win: WinReview) -> Shape:
    figures = win.figures
    return {
        "id": figures.win.id,
        "text": figures.win.text,
        "goal": figures.win.goal,
        "schedule": figures.schedule or figures.win.schedule or None,
        "wins": win.wins,
        "wins_before": win.wins_before,
        "turns": _turns(win.turns),
        "amounts": win.amounts,
        "strength": {"start": win.strength_before, "end": figures.strength},
        "consistency": {"start": _rates(win.consistency_before), "end": _rates(figures.consistency)},
        "streak": {
            **streak_shape(figures.streak, figures.unit),
            "grown": win.grown,
            "is_longest": win.is_longest,
        },
    }


def _rates(rates: Mapping[int, float | None]) -> Shape:
    return {str(days): rate for days, rate in rates.items()}
