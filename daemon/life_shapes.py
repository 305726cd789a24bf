"""The shapes of what is told beside the figures: comebacks, milestones, suggestions, stacks, the day, identities."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict

from ..parsers.units import shown_unit
from ..streaks.chains import Chain
from ..streaks.comebacks import Comebacks
from ..streaks.figures import Figures
from ..streaks.goal_figures import is_late
from ..streaks.identities import Identity
from ..streaks.keystone import Keystone
from ..streaks.life_figures import LifeFigures
from ..streaks.milestones import Milestone
from ..streaks.streak import Streak
from ..streaks.suggestions import Suggestion

Shape = dict[str, object]


def vault_life_shape(life: LifeFigures) -> Shape:
    """Return what `status` tells of the whole vault beside its figures."""
    return {
        "day": _day(life),
        "identities": [_identity(one, life) for one in life.identities],
        "keystone": [_keystone(one) for one in life.keystones],
        "stacks": [_stack(chain, life) for chain in life.chains.all],
    }


def win_life_shape(win: Figures, life: LifeFigures) -> Shape:
    """Return what is told of one micro-win beside its figures."""
    found = life.suggestion(win)
    return {
        "comebacks": comebacks_shape(life.comebacks(win), win.pending),
        "milestones": milestones_shape(life.milestones(win)),
        "suggestion": _suggestion(found) if found else None,
        "chain": _place(win, life),
    }


def comebacks_shape(found: Comebacks, pending: int) -> Shape:
    """Return the comebacks of a micro-win, and how many turns at its end were missed while its streak runs on."""
    return {
        "count": len(found.all),
        "median_missed": found.median_missed,
        "longest_since": found.longest_since,
        "rebuilding": found.rebuilding,
        "pending_miss": pending,
        "list": [
            {
                "date": one.day,
                "missed_slots": one.missed_slots,
                "gap_days": one.gap_days,
                "idle_slots": one.idle_slots,
            }
            for one in found.all
        ],
    }


def milestones_shape(found: Iterable[Milestone]) -> list[Shape]:
    """Return milestones, oldest first."""
    return [
        {"kind": one.kind, "value": one.value, "unit": shown_unit(one.unit) or None, "date": one.day}
        for one in found
    ]


def _suggestion(found: Suggestion) -> Shape:
    reason = found.reason
    return {
        "kind": found.kind,
        "date": found.day,
        "reason": {
            "kind": reason.kind,
            "count": reason.count,
            "of": reason.of,
            "median": reason.median,
            "target": asdict(reason.target) if reason.target else None,
        },
        "amount": asdict(found.amount) if found.amount else None,
        "text": found.text,
        "schedule": found.schedule,
        "weekday": found.weekday,
    }


def _place(win: Figures, life: LifeFigures) -> Shape | None:
    chain = life.chains.of(win.win.id)
    if chain is None:
        return None
    position = chain.members.index(win.win.id) + 1
    return {
        "cue": chain.cue,
        "after": chain.after[win.win.id],
        "position": position,
        "members": chain.members,
    }


def _day(life: LifeFigures) -> Shape:
    day = life.day
    frog = day.frog
    return {
        "wins": day.wins,
        "timed": day.timed,
        "morning": day.morning,
        "frog": asdict(frog) if frog else None,
        "momentum": {"value": day.momentum, "bars": day.bars},
        "longest_stack": day.longest_stack,
    }


def _identity(one: Identity, life: LifeFigures) -> Shape:
    lately = [(day, win) for day, win in one.evidence if is_late(day, life.figures.now)]
    return {
        "identity": one.name,
        "goals": one.goals,
        "votes": one.votes,
        "last_30_days": one.lately,
        "first": one.evidence[0][0] if one.evidence else None,
        "evidence": [{"date": day, "micro_win": win} for day, win in lately],
    }


def _keystone(one: Keystone) -> Shape:
    return {
        "micro_win": one.win,
        "days_done": one.days_done,
        "days_not_done": one.days_not_done,
        "others_when_done": one.others_when_done,
        "others_when_not_done": one.others_when_not,
        "difference": one.difference,
    }


def _stack(chain: Chain, life: LifeFigures) -> Shape:
    days = life.chain_days(chain)
    return {
        "cue": chain.cue,
        "members": chain.members,
        "next_up": life.next_up(chain),
        "done_today": days.done.get(life.figures.now.today),
        "in_order": life.in_order(chain),
        "streak": _streak(days.streak),
        "best": _streak(days.best),
    }


def _streak(found: Streak | None) -> Shape:
    if found is None:
        return {"count": 0, "unit": "days", "start": None, "end": None, "slips": 0}
    return {"unit": "days", **asdict(found)}
