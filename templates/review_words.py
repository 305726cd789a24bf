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
from .words import say

SHOWN = 3
"""So many micro-wins are named under one word, and one more where it is the last."""


def title(look: Lookback) -> str:
    """Return the period's name: `Week of 16 to 22 November 2026`, and how far it has come where it is not over."""
    first, last = look.start, look.end
    month, end, year = phrases.month_name(first.month), phrases.month_name(last.month), first.year
    name = say(
        f"review_period.{look.kind}",
        span=phrases.span(first, last),
        month=month,
        first=month,
        last=end,
        year=year,
    )
    days = (last - first).days + 1
    come = (look.until - first).days + 1
    return name if look.is_whole else say("review.so_far", name=name, day=come, days=days)


def totals(review: Review) -> Iterator[str]:
    """Yield how many wins there were, on how many days, of how many turns, and the same of the period before."""
    total, before, kind = review.total, review.before, review.look.kind
    if total.wins:
        yield say(
            "review.wins_on",
            wins=phrases.count(total.wins, "wins"),
            on=phrases.number(total.days_with_wins),
            days=phrases.count(review.counted_days, "days"),
            rate=phrases.number(round(review.per_day, 1)),
        )
    else:
        yield say("review.no_win" if review.until == review.look.end else "review.no_win_so_far")
    if review.turns.closed:
        yield say("review.turns_done", **_named_turns(review.turns))
    if before.wins:
        wins, days = phrases.count(before.wins, "wins"), phrases.count(before.days_with_wins, "days")
        same = say("review.wins_and_days", wins=wins, days=days)
        if review.until != review.look.end:
            yield say(f"review.before_same_{kind}", wins=same)
        else:
            done = turns(review.turns_before)
            told = say(f"review.before_{kind}", wins=same)
            yield say("review.before_turns", before=told, turns=done) if done else told


def turns(counts: TurnCounts) -> str:
    """Return how many of the closed turns were done: `4 of 5`, or nothing where none is closed."""
    done, closed = phrases.number(counts.satisfied), phrases.number(counts.closed)
    return say("review.turns", done=done, closed=closed) if counts.closed else ""


def named_turns(counts: TurnCounts) -> str:
    """Return how many of the closed turns were done, with their name: `4 of 5 turns`."""
    return say("review.turns_named", **_named_turns(counts))


def _named_turns(counts: TurnCounts) -> dict[str, str]:
    return {"done": phrases.number(counts.satisfied), "turns": phrases.count(counts.closed, "turns")}


def strength(win: WinReview, to: str = "→") -> str:
    """Return how strong a micro-win was and is: `92 → 93 %`; one figure where there was none, or it is the same."""
    if not {"#", "x"} & set(win.figures.turns.outcomes):
        return ""
    return change(win.strength_before, win.figures.strength, to)


def change(before: float | None, after: float | None, to: str = "→") -> str:
    """Return two shares as one figure: `92 → 93 %`, or `93 %` where it is the same or was not known."""
    if before is None or phrases.percent(before) == phrases.percent(after):
        return phrases.percent(after)
    return phrases.change(before, after, to)


def goal_parts(goal: GoalReview, review: Review, to: str = "→") -> list[str]:
    """Return how far a goal came: its progress, wins, steps and amounts."""
    parts = []
    if goal.figures.progress is not None:
        parts.append(change(goal.progress_before, goal.figures.progress, to))
    if goal.count:
        parts.append(phrases.count(goal.count, "wins"))
    if goal.steps:
        parts.append(say("review.steps_done", steps=phrases.count(goal.steps, "steps")))
    return [
        *parts,
        *(
            phrases.amount(amount, clean(review.units.get(unit, unit)))
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
        ("best_day", _best_day(review)),
        ("in_a_row", few(_in_a_row(review)) if streaks else []),
        ("reached", few([words.reached(one, review.units) for one in _highest(life)])),
        ("back_again", few([words.comeback(win, one, look) for win, one in _newest(life)])),
        ("mornings", [words.mornings(life.times)]),
        ("frogs", [words.frogs(life.times)]),
        ("stacks", few([words.stack(one, to) for one in life.stacks])),
        ("momentum", [words.momentum(life.times, look)]),
        ("votes", _votes(review)),
        ("together", [words.together(life)]),
        ("perhaps", [words.perhaps(life)]),
        ("pace", [words.pace(life)]),
    ]
    for label, lines in found:
        told = [line for line in lines if line]
        if told:
            yield say(f"review_label.{label}"), told


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
    day, wins = words.day_name(best, review.look), phrases.count(review.days[best], "wins")
    return [say("review.day_and_wins", day=day, wins=wins)]


def _in_a_row(review: Review) -> list[str]:
    rows = ((win, phrases.streak(win.figures.streak, win.figures.unit)) for win in review.grown)
    return [
        f"{clean(win.figures.win.name)}: {say('review.longest', streak=row) if win.is_longest else row}"
        for win, row in rows
    ]


def _votes(review: Review) -> list[str]:
    votes = review.life.votes
    return [
        say("numbers.list").join(
            say("review.vote", votes=phrases.number(one.period), identity=clean(one.identity.name))
            for one in votes
        )
    ]


def few(found: list[str]) -> list[str]:
    """Return the first of many, and how many more there are."""
    more = (
        [say("review.and_more", count=phrases.number(len(found) - SHOWN))] if len(found) > SHOWN + 1 else []
    )
    return [*found[: SHOWN if more else SHOWN + 1], *more]
