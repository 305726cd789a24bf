"""The sentences of a look back: what a period came to, in words that weigh nothing against anybody."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from ..streaks.lookback import Lookback
from ..streaks.review import Review
from ..streaks.review_parts import GoalReview, TurnCounts, WinReview
from . import phrases
from .terminal import clean

SHOWN = 3
"""So many micro-wins are named under one word, and one more where it is the last."""


def title(look: Lookback) -> str:
    """Return the period's name: `Week of 16 to 22 November 2026`, and how far it has come where it is not over."""
    first, last = look.start, look.end
    month, year = phrases.MONTHS[first.month - 1], first.year
    names = {
        "week": f"Week of {phrases.span(first, last)}",
        "month": f"{month} {year}",
        "quarter": f"{month} to {phrases.MONTHS[last.month - 1]} {year}",
        "year": str(year),
    }
    days = (last - first).days + 1
    come = (look.until - first).days + 1
    return names[look.kind] + ("" if look.is_whole else f", day {come} of {days}")


def totals(review: Review) -> Iterator[str]:
    """Yield how many wins there were, on how many days, of how many turns, and the same of the period before."""
    total, before, kind = review.total, review.before, review.look.kind
    if total.wins:
        days = f"{phrases.number(total.days_with_wins)} of {phrases.count(review.counted_days, 'days')}"
        yield f"{phrases.count(total.wins, 'wins')} on {days}, {phrases.number(round(review.per_day, 1))} a day"
    else:
        yield "No win" if review.until == review.look.end else "No win so far"
    if review.turns.closed:
        yield f"{turns(review.turns)} {phrases.unit_of(review.turns.closed, 'turns')} done"
    if before.wins:
        same = f"{phrases.count(before.wins, 'wins')} on {phrases.count(before.days_with_wins, 'days')}"
        if review.until != review.look.end:
            yield f"The {kind} before, up to the same day: {same}"
        else:
            done = turns(review.turns_before)
            yield f"The {kind} before: {same}{f', {done} turns done' if done else ''}"


def turns(counts: TurnCounts) -> str:
    """Return how many of the closed turns were done: `4 of 5`, or nothing where none is closed."""
    return f"{phrases.number(counts.satisfied)} of {phrases.number(counts.closed)}" if counts.closed else ""


def strength(win: WinReview, to: str = "→") -> str:
    """Return how strong a micro-win was and is: `92 → 93 %`; one figure where there was none, or it is the same."""
    if not any(turn.outcome.value in "#x" for turn in win.figures.turns):
        return ""
    return change(win.strength_before, win.figures.strength, to)


def change(before: float | None, after: float | None, to: str = "→") -> str:
    """Return two shares as one figure: `92 → 93 %`, or `93 %` where it is the same or was not known."""
    if before is None or phrases.percent(before) == phrases.percent(after):
        return phrases.percent(after)
    return f"{phrases.percent(before).removesuffix(' %')} {to} {phrases.percent(after)}"


def goal_parts(goal: GoalReview, review: Review, to: str = "→") -> list[str]:
    """Return how far a goal came: its progress, wins, steps and amounts."""
    parts = []
    if goal.figures.progress is not None:
        parts.append(change(goal.progress_before, goal.figures.progress, to))
    if goal.count:
        parts.append(phrases.count(goal.count, "wins"))
    if goal.steps:
        parts.append(f"{phrases.count(goal.steps, 'steps')} done")
    return [
        *parts,
        *(
            f"{phrases.number(amount)} {clean(review.units.get(unit, unit))}"
            for unit, amount in goal.amounts.items()
        ),
    ]


def facts(review: Review, *, streaks: bool) -> Iterator[tuple[str, list[str]]]:
    """Yield what is worth a line, under a word each: the best day, what grew, what was reached."""
    found = [
        ("Best day", _best_day(review)),
        ("In a row", few(_in_a_row(review)) if streaks else []),
        ("Votes", _votes(review)),
    ]
    yield from ((label, lines) for label, lines in found if lines)


def _best_day(review: Review) -> list[str]:
    best = review.best_day
    if best is None or review.total.days_with_wins < 2:
        return []
    return [f"{day_name(best, review.look)}, {phrases.count(review.days[best], 'wins')}"]


def _in_a_row(review: Review) -> list[str]:
    return [
        f"{clean(win.figures.win.name)}: {phrases.streak(win.figures.streak, win.figures.unit)}"
        f"{', the longest so far' if win.is_longest else ''}"
        for win in review.grown
    ]


def _votes(review: Review) -> list[str]:
    votes: dict[str, int] = {}
    for goal in review.goals:
        if goal.figures.goal.identity and goal.count:
            name = goal.figures.goal.identity
            votes[name] = votes.get(name, 0) + goal.count
    joined = ", ".join(f"{phrases.number(count)} for {clean(name)}" for name, count in votes.items())
    return [joined] if joined else []


def few(found: list[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    more = [f"and {phrases.number(len(found) - SHOWN)} more"] if len(found) > SHOWN + 1 else []
    return [*found[: SHOWN if more else SHOWN + 1], *more]


def day_name(day: date, look: Lookback) -> str:
    """Return a day as its period knows it: a weekday in a week, else with its date."""
    name = phrases.WEEKDAYS[day.weekday()]
    return name if look.kind == "week" else f"{name}, {day.day} {phrases.MONTHS[day.month - 1]}"
