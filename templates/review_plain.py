"""A look back in words alone, one fact a line: for a screen reader, and for a terminal without our signs."""

from __future__ import annotations

from collections.abc import Iterator

from ..streaks.review import Review
from ..streaks.review_parts import GoalReview, WinReview
from . import phrases
from .phrases import listed
from .review_words import facts, goal_parts, named_turns, pace_words, strength, title, totals
from .terminal import clean
from .words import say


def review_plain(review: Review, *, streaks: bool) -> str:
    """Return what a period came to."""
    lines = [f"{title(review.look)}.", *(f"{text}." for text in totals(review))]
    if review.months:
        lines += ["", *_months(review)]
    for goal in review.goals:
        lines += _goal(goal, review)
    if not review.goals:
        lines += ["", say("status.no_goal")]
    others = list(_others(review)) if review.goals else []
    lines += ["", *others] if others else []
    told = [
        f"{label}: {'; '.join(texts)}."
        for label, texts in facts(review, streaks=streaks, to=say("numbers.change_then"))
    ]
    return "\n".join([*lines, *([""] if told else []), *told])


def _months(review: Review) -> Iterator[str]:
    for month in review.months:
        name = phrases.month_name(month.start.month)
        wins, days = phrases.count(month.wins, "wins"), phrases.count(month.days_with_wins, "days")
        yield say("review.plain_month", month=name, wins=wins, days=days)


def _others(review: Review) -> Iterator[str]:
    """Yield the wins of each day of a week, and how many belong to no micro-win."""
    days = [
        f"{phrases.weekday_name(day.weekday())} {wins}"
        for day, wins in review.days.items()
        if day >= review.first
    ]
    if review.look.kind == "week" and days:
        yield say("review.plain_days", days=listed(days))
    if review.other_wins > 0:
        yield say("review.plain_other", wins=phrases.count(review.other_wins, "wins"))


def _goal(goal: GoalReview, review: Review) -> Iterator[str]:
    wins = [win for win in goal.wins if win.is_shown]
    if not wins and not goal.steps:
        return
    yield ""
    name = say("review.plain_goal", title=clean(goal.figures.goal.title))
    yield f"{'. '.join([name, *goal_parts(goal, review, say('numbers.change_to'))])}."
    pace = pace_words(goal, review)
    if pace:
        yield f"{pace[0].upper()}{pace[1:]}."
    yield from (_win(win, review) for win in wins)


def _win(win: WinReview, review: Review) -> str:
    parts: list[str] = [named_turns(win.turns)] if win.turns.closed else [phrases.count(win.wins, "times")]
    if review.look.kind == "week":
        done = [
            phrases.weekday_name(day.weekday()) for day in win.figures.days_done if day in review.look.days
        ]
        parts += [say("review.plain_done_on", days=listed(done))] if done else []
    if win.turns.open:
        parts.append(say("review.plain_open", count=win.turns.open))
    told = strength(win, say("numbers.change_to"))
    parts += [say("plain.strength", percent=told)] if told else []
    return f"{clean(win.figures.win.name)}: {', '.join(parts)}."
