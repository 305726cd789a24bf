"""The micro-wins that a goal declares, each with every rule that it ever had."""

from __future__ import annotations

from ..parsers.declaration import Declaration
from ..parsers.goal import Goal
from ..parsers.identity import slug
from ..parsers.units import unit_key
from .calendar import NeutralDays
from .micro_win import MicroWin, Phase
from .win_names import name_of, renamed


def declared_wins(goal: Goal, neutral: NeutralDays, grace: str) -> list[MicroWin]:
    """Return a goal's micro-wins; lines of the same name are one micro-win with several phases.

    `neutral` and `grace` are what the vault says of every goal.
    """
    groups: dict[str, list[Declaration]] = {}
    same = renamed(goal.declarations)
    for declaration in goal.declarations:
        name = name_of(declaration)
        groups.setdefault(same.get(name, name), []).append(declaration)
    resting = neutral | NeutralDays(goal.rest, goal.pauses)
    wins = [_micro_win(goal, lines, resting, goal.grace or grace) for lines in groups.values()]
    return sorted(wins, key=lambda win: win.line)


def _micro_win(goal: Goal, lines: list[Declaration], neutral: NeutralDays, grace: str) -> MicroWin:
    lines.sort(key=lambda line: (line.since is not None, line.since, line.line))
    newest = lines[-1]
    pauses = tuple([pause for line in lines for pause in line.pauses])
    texts = [text for line in lines for text in (*line.aliases, line.text) if text != newest.text]
    return MicroWin(
        id=newest.id or slug(newest.text),
        has_own_id=newest.id is not None,
        text=newest.text,
        goal=goal.path,
        line=min([line.line for line in lines]),
        phases=tuple([_phase(goal, line) for line in lines]),
        schedule=newest.schedule,
        neutral=neutral | NeutralDays(pauses=pauses) if pauses else neutral,
        grace=grace,
        minimum=newest.minimum,
        after=newest.after,
        frog=newest.frog,
        tags=newest.tags,
        aliases=tuple(dict.fromkeys(texts)),
        inactive=goal.archived,
        retired=goal.retired,
        count=newest.count,
        reading=unit_key(goal.measure.unit) if goal.measure and goal.measure.start is not None else None,
    )


def _phase(goal: Goal, line: Declaration) -> Phase:
    ends = [day for day in (line.until, goal.end) if day is not None]
    return Phase(line.since or goal.start, min(ends, default=None), line.rule, line.target, line.rest)
