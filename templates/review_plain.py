"""A look back in words alone, one fact a line: for a screen reader, and for a terminal without our signs."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.review import Review
from ..streaks.review_parts import GoalReview, WinReview
from . import phrases
from .lines import listed
from .review_words import facts, goal_parts, pace_words, strength, title, totals, turns
from .terminal import NO_GOAL, clean


def review_plain(review: Review, *, streaks: bool) -> str:
    """Return what a period came to."""
    lines = [f"{title(review.look)}.", *(f"{text}." for text in totals(review))]
    if review.months:
        lines += ["", *_months(review)]
    for goal in review.goals:
        lines += _goal(goal, review)
    if not review.goals:
        lines += ["", NO_GOAL]
    others = list(_others(review)) if review.goals else []
    lines += ["", *others] if others else []
    told = [f"{label}: {'; '.join(texts)}." for label, texts in facts(review, streaks=streaks, to="then")]
    return "\n".join([*lines, *([""] if told else []), *told])


def _months(review: Review) -> Iterator[str]:
    for month in review.months:
        name = phrases.MONTHS[month.start.month - 1]
        days = phrases.count(month.days_with_wins, "days")
        yield f"{name}: {phrases.count(month.wins, 'wins')} on {days}."


def _others(review: Review) -> Iterator[str]:
    """Yield the wins of each day of a week, and how many belong to no micro-win."""
    days = [f"{phrases.WEEKDAYS[day.weekday()]} {wins}" for day, wins in review.days.items()]
    if review.look.kind == "week" and days:
        yield f"Wins by day: {listed(days)}."
    if review.other_wins > 0:
        yield f"Other boxes: {phrases.count(review.other_wins, 'wins')}."


def _goal(goal: GoalReview, review: Review) -> Iterator[str]:
    wins = [win for win in goal.wins if win.is_shown]
    if not wins and not goal.steps:
        return
    yield ""
    yield f"{'. '.join([f'Goal: {clean(goal.figures.goal.title)}', *goal_parts(goal, review, 'to')])}."
    pace = pace_words(goal, review)
    if pace:
        yield f"{pace[0].upper()}{pace[1:]}."
    yield from (_win(win, review) for win in wins)


def _win(win: WinReview, review: Review) -> str:
    parts = (
        [f"{turns(win.turns)} {phrases.unit_of(win.turns.closed, 'turns')}"]
        if win.turns.closed
        else [phrases.count(win.wins, "times")]
    )
    if review.look.kind == "week":
        done = [phrases.WEEKDAYS[day.weekday()] for day in win.figures.days_done if day in review.look.days]
        parts += [f"done on {listed(done)}"] if done else []
    if win.turns.open:
        parts.append(f"{win.turns.open} open")
    told = strength(win, "to")
    parts += [f"strength {told}"] if told else []
    return f"{clean(win.figures.win.name)}: {', '.join(parts)}."
