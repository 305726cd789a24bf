"""What is told beside the figures: the day, identities, chains, keystones. Worked out only where somebody looks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time

from .chains import Chain, Chains, find_chains
from .comebacks import Comebacks, comebacks_of
from .day_wins import USUAL, DayTimes, DayWins, Frog, day_wins
from .doing_less import is_limit
from .due import due_today
from .figures import Figures
from .history import Entry
from .identities import Identity, identities
from .keystone import Keystone, keystones
from .milestones import Milestone, milestones, progress_milestones
from .progress_days import progress_days
from .suggestions import Suggestion, suggestion
from .vault_figures import VaultFigures


@dataclass(frozen=True, slots=True)
class DayNotes:
    """What the notes say beyond figures: the boxes of a day, the days of other wins, the days of a goal's done steps."""

    boxes_on: Callable[[date], Sequence[Entry]]
    other_wins: Mapping[date, int]
    step_days: Callable[[str], Sequence[date]]


@dataclass(frozen=True, slots=True)
class LifeFigures:
    """The day's wins, the identities, the chains and the keystones of a vault; by id and path, what is told of one."""

    figures: VaultFigures
    day: DayWins
    identities: tuple[Identity, ...]
    keystones: tuple[Keystone, ...]
    chains: Chains
    comebacks: Mapping[str, Comebacks]
    milestones: Mapping[str, tuple[Milestone, ...]]
    suggestions: Mapping[str, Suggestion]
    goal_milestones: Mapping[str, tuple[Milestone, ...]]
    by_id: Mapping[str, Figures] = field(default_factory=dict)

    def chain(self, win_id: str) -> Chain | None:
        """Return the chain that a micro-win is a part of."""
        return self.chains.of(win_id)


def life_figures(
    figures: VaultFigures,
    notes: DayNotes,
    times: DayTimes = USUAL,
    *,
    at: time | None = None,
    streaks: bool = True,
) -> LifeFigures:
    """Return what is told beside `figures`; `at` is the time of day, None where an earlier day is looked at.

    Without `streaks` no milestone of a streak is told.
    """
    wins = {win.win.id: win for win in figures.wins}
    suggested = ((win_id, suggestion(win)) for win_id, win in wins.items())
    return LifeFigures(
        figures=figures,
        day=_day(figures, notes.boxes_on(figures.now.today), times, at),
        identities=identities(figures.goals, figures.now),
        keystones=keystones(figures.wins, wins_of_days(figures, notes.other_wins)),
        chains=find_chains([win.win for win in figures.wins]),
        comebacks={win_id: comebacks_of(win) for win_id, win in wins.items()},
        milestones={win_id: milestones(win, streaks=streaks) for win_id, win in wins.items()},
        suggestions={win_id: found for win_id, found in suggested if found is not None},
        goal_milestones={
            goal.goal.path: progress_milestones(
                progress_days(goal, figures.goal, notes.step_days, figures.now.today), goal.progress
            )
            for goal in figures.goals
        },
        by_id=wins,
    )


def wins_of_days(figures: VaultFigures, other_wins: Mapping[date, int]) -> Mapping[date, int]:
    """Return the wins of each day up to now: one for each micro-win done, without limits, and all `other_wins`."""
    days = Counter({day: wins for day, wins in other_wins.items() if wins > 0 and day <= figures.now.today})
    for win in figures.wins:
        if not is_limit(win.win):
            days.update(win.days_done)
    return days


def _day(figures: VaultFigures, boxes: Sequence[Entry], times: DayTimes, at: time | None) -> DayWins:
    """Return the day's wins; a frog that is due and has no box yet is the frog all the same."""
    found = day_wins(figures.now.today, boxes, times, at)
    if found.frog is not None:
        return found
    due = (win.win for win in figures.wins if win.win.frog and due_today(win, figures.now))
    frog = next(due, None)
    return replace(found, frog=Frog(frog.id, frog.goal, frog.line, done=False, first=None)) if frog else found
