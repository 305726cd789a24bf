"""What a period held beside its counts: milestones, comebacks, mornings, stacks, votes, and what went together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ..parsers.day_range import DayRange
from .calendar import DAY
from .chains import chain_days, find_chains
from .comebacks import Comeback, comebacks_of
from .day_wins import USUAL, DayTimes, day_wins, known_minutes, stacks
from .figures import Figures
from .goal_figures import GoalFigures
from .history import Entry
from .identities import Identity, identities
from .keystone import Keystone, keystones
from .lookback import days_in
from .milestones import RANK, Milestone, milestones, progress_milestones
from .progress_days import progress_days
from .suggestions import Suggestion, suggestion
from .vault_figures import VaultFigures

LOOK_BACK = 28
YEAR = 365
LEAST_DIFFERENCE = 0.5
"""So many other wins more, in the mean, before it is worth a sentence that two things go together."""


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, with the micro-win or the goal that reached it."""

    milestone: Milestone
    win: Figures | None = None
    goal: GoalFigures | None = None


@dataclass(frozen=True, slots=True)
class Times:
    """What the known times of a period tell; days of which no time is known are left out.

    On `days` days a time is known, on `mornings` of them there was a morning win, `morning_wins` in all. The frog was
    done first on `frogs_first` of `frogs_known` days, and done on `frogs` days, known or not. `stacks` runs of ticks
    without a long pause held `stacked` wins, the longest of them `longest` on `longest_day`.
    """

    days: int = 0
    mornings: int = 0
    morning_wins: int = 0
    frogs: int = 0
    frogs_known: int = 0
    frogs_first: int = 0
    stacks: int = 0
    stacked: int = 0
    longest: int = 0
    longest_day: date | None = None

    @property
    def per_stack(self) -> float | None:
        """The mean number of wins of a stack."""
        return self.stacked / self.stacks if self.stacks else None


@dataclass(frozen=True, slots=True)
class StackDays:
    """A chain of micro-wins: on `done` of the `days` on which a member was due, all that were due were done."""

    members: tuple[Figures, ...]
    cue: str | None
    done: int
    days: int


@dataclass(frozen=True, slots=True)
class Votes:
    """An identity, and its votes in the period."""

    identity: Identity
    period: int


@dataclass(frozen=True, slots=True)
class ReviewLife:
    """What a period held beside its counts.

    `keystone` rests on all days up to the end of the period, not on the period alone: it says what went together, not
    why. `a_year` are the wins of a year at the pace of the four weeks up to then, None where no day of them is closed.
    """

    reached: tuple[Reached, ...]
    comebacks: tuple[tuple[Figures, Comeback], ...]
    times: Times
    stacks: tuple[StackDays, ...]
    votes: tuple[Votes, ...]
    keystone: tuple[Figures, Keystone] | None
    suggestion: tuple[Figures, Suggestion] | None
    a_year: float | None


@dataclass(frozen=True, slots=True)
class Sources:
    """What is needed beside figures: the ticked boxes, and the wins of all days.

    Without `streaks` no milestone of a streak is named; without `advise`, as for a period of long ago, there is no
    suggestion.
    """

    boxes: Sequence[Entry]
    wins_by_day: Mapping[date, int]
    times: DayTimes = USUAL
    streaks: bool = True
    advise: bool = True


def review_life(figures: VaultFigures, span: DayRange, sources: Sources) -> ReviewLife:
    """Return what the days of `span` held; `figures` are those of its last day."""
    return ReviewLife(
        reached=_in_order(_reached(figures, span, sources)),
        comebacks=tuple(
            (win, one) for win in figures.wins for one in comebacks_of(win).all if one.day in span
        ),
        times=_times(span, sources),
        stacks=tuple(_stacks(figures, span)),
        votes=tuple(_votes(figures, span)),
        keystone=_keystone(figures, sources.wins_by_day),
        suggestion=_suggestion(figures) if sources.advise else None,
        a_year=_a_year(figures, sources.wins_by_day),
    )


def _reached(figures: VaultFigures, span: DayRange, sources: Sources) -> Iterator[Reached]:
    for win in figures.wins:
        yield from (
            Reached(one, win=win) for one in milestones(win, streaks=sources.streaks) if one.day in span
        )
    for goal in figures.goals:
        rise = progress_days(goal, figures.goal, figures.now.today, undated=False)
        found = progress_milestones(rise.days, goal.progress)
        yield from (Reached(one, goal=goal) for one in found if one.day in span)


def _in_order(found: Iterable[Reached]) -> tuple[Reached, ...]:
    """Return milestones with the highest kind first, and of one kind the greatest."""
    return tuple(
        sorted(
            found, key=lambda one: (RANK.index(one.milestone.kind), -one.milestone.value, one.milestone.day)
        )
    )


def _times(span: DayRange, sources: Sources) -> Times:
    by_day: dict[date, list[Entry]] = {}
    for box in sources.boxes:
        if box.day is not None and box.day in span:
            by_day.setdefault(box.day, []).append(box)
    days = [day_wins(day, boxes, sources.times) for day, boxes in sorted(by_day.items())]
    timed = [day for day in days if day.timed]
    frogs = [day.frog for day in days if day.frog is not None and day.frog.done]
    runs = [run for boxes in by_day.values() for run in stacks(known_minutes(boxes, sources.times))]
    longest = max(timed, key=lambda day: (day.longest_stack, -day.day.toordinal()), default=None)
    return Times(
        days=len(timed),
        mornings=sum(1 for day in timed if day.morning),
        morning_wins=sum(day.morning or 0 for day in timed),
        frogs=len(frogs),
        frogs_known=sum(1 for frog in frogs if frog.first is not None),
        frogs_first=sum(1 for frog in frogs if frog.first),
        stacks=len(runs),
        stacked=sum(runs),
        longest=longest.longest_stack if longest else 0,
        longest_day=longest.day if longest else None,
    )


def _stacks(figures: VaultFigures, span: DayRange) -> Iterator[StackDays]:
    by_id = {win.win.id: win for win in figures.wins}
    for chain in find_chains([win.win for win in figures.wins]).all:
        if len(chain.members) > 1:
            done = [whole for day, whole in chain_days(chain, by_id).done.items() if day in span]
            if done:
                yield StackDays(tuple(by_id[one] for one in chain.members), chain.cue, sum(done), len(done))


def _votes(figures: VaultFigures, span: DayRange) -> Iterator[Votes]:
    for identity in identities(figures.goals, figures.now):
        votes = sum(1 for day, _ in identity.evidence if day in span)
        if votes:
            yield Votes(identity, votes)


def _keystone(figures: VaultFigures, wins_by_day: Mapping[date, int]) -> tuple[Figures, Keystone] | None:
    found = next(iter(keystones(figures.wins, wins_by_day)), None)
    win = figures.win(found.win) if found is not None else None
    if found is None or win is None or found.difference < LEAST_DIFFERENCE:
        return None
    return win, found


def _suggestion(figures: VaultFigures) -> tuple[Figures, Suggestion] | None:
    """Return the newest suggestion that stands: one is enough."""
    found = [(win, one) for win in figures.wins if (one := suggestion(win)) is not None]
    return max(found, key=lambda pair: pair[1].day, default=None)


def _a_year(figures: VaultFigures, wins_by_day: Mapping[date, int]) -> float | None:
    """Return the mean of the last four weeks of closed days without pauses, times a year.

    None in the first four weeks from the first win on: a few days tell nothing of a year.
    """
    last = figures.now.closed_until
    first = last - (LOOK_BACK - 1) * DAY
    if min(wins_by_day, default=last) > first:
        return None
    pauses = figures.days.win.neutral.pauses
    active = [day for day in days_in(DayRange(first, last)) if not any(day in pause for pause in pauses)]
    if not active:
        return None
    return sum(wins_by_day.get(day, 0) for day in active) * YEAR / len(active)
