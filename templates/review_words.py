"""The sentences of a look back: what a period came to, in words that weigh nothing against anybody."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.comebacks import Comeback
from ..streaks.figures import Figures
from ..streaks.lookback import Lookback
from ..streaks.review import Review
from ..streaks.review_life import Reached, ReviewLife
from ..streaks.review_parts import GoalReview, TurnCounts, WinReview
from . import phrases
from . import review_life_words as words
from .pace_text import pace_line
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
    if not {"#", "x"} & set(win.figures.turns.outcomes):
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


def pace_words(goal: GoalReview, review: Review) -> str:
    """Return how a goal with a date went, as of the period's end; nothing where it has none."""
    return clean(pace_line(goal.figures.pace, review.look.until)) if goal.figures.pace else ""


def facts(review: Review, *, streaks: bool, to: str = "→") -> Iterator[tuple[str, list[str]]]:
    """Yield what is worth a line, under a word each: the best day, what grew, what was reached."""
    life, look = review.life, review.look
    found = [
        ("Best day", _best_day(review)),
        ("In a row", few(_in_a_row(review)) if streaks else []),
        ("Reached", few([words.reached(one, review.units) for one in _highest(life)])),
        ("Back again", few([words.comeback(win, one, look) for win, one in _newest(life)])),
        ("Mornings", [words.mornings(life.times)]),
        ("The hard one", [words.frogs(life.times)]),
        ("Stacks", few([words.stack(one, to) for one in life.stacks])),
        ("Momentum", [words.momentum(life.times, look)]),
        ("Votes", _votes(review)),
        ("Together", [words.together(life)]),
        ("Perhaps", [words.perhaps(life)]),
        ("At this pace", [words.pace(life)]),
    ]
    for label, lines in found:
        told = [line for line in lines if line]
        if told:
            yield label, told


def _highest(life: ReviewLife) -> list[Reached]:
    """Return the highest milestone of each kind that a micro-win or a goal reached."""
    found: dict[object, Reached] = {}
    for one in life.reached:
        name = one.win.win.id if one.win is not None else one.goal.goal.path if one.goal is not None else ""
        found.setdefault((name, one.milestone.kind, one.milestone.unit), one)
    return list(found.values())


def _newest(life: ReviewLife) -> list[tuple[Figures, Comeback]]:
    """Return the last comeback of each micro-win, the newest first."""
    found = {win.win.id: (win, one) for win, one in life.comebacks}
    return sorted(found.values(), key=lambda pair: pair[1].day, reverse=True)


def _best_day(review: Review) -> list[str]:
    best = review.best_day
    if best is None or review.total.days_with_wins < 2:
        return []
    return [f"{words.day_name(best, review.look)}, {phrases.count(review.days[best], 'wins')}"]


def _in_a_row(review: Review) -> list[str]:
    return [
        f"{clean(win.figures.win.name)}: {phrases.streak(win.figures.streak, win.figures.unit)}"
        f"{', the longest so far' if win.is_longest else ''}"
        for win in review.grown
    ]


def _votes(review: Review) -> list[str]:
    votes = review.life.votes
    return [", ".join(f"{phrases.number(one.period)} for {clean(one.identity.name)}" for one in votes)]


def few(found: list[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    more = [f"and {phrases.number(len(found) - SHOWN)} more"] if len(found) > SHOWN + 1 else []
    return [*found[: SHOWN if more else SHOWN + 1], *more]
