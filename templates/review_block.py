"""The block `review`: a look back over the period of its note, as Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from ..parsers.block_options import Options
from ..parsers.period import Period
from ..parsers.schedule import Period as Kind
from ..streaks.block_look import block_look
from ..streaks.calendar import DAY
from ..streaks.review import Review
from ..streaks.review_parts import GoalReview, WinReview
from . import phrases
from .calendar_text import marks, month_rows
from .environment import render
from .review_words import change, facts, pace_words, strength, title, totals, turns
from .safe_text import in_cell, in_text
from .view import View
from .words import names, say

SHOWN_ROWS = 20
"""So many micro-wins a table holds, and so many goals."""
_LONGEST = 300
_SIGNS = {"X": "✓", "·": "·", "-": "–", "o": "○", " ": ""}


def review_block(view: View, options: Options, period: Period | None) -> str:
    """Return what the period came to: a line of sums, the micro-wins by day, the goals, and what is worth a line."""
    look = block_look(options, period, view.figures.now)
    if look is None:
        return say("review_block.not_begun")
    review, parts = view.review(look), options.parts
    sums = list(totals(review))
    before = sums.pop() if review.before.wins else ""
    return render(
        "notes/review.md.j2",
        head=f"**{title(look)}** · {' · '.join(sums)}",
        before=before,
        months=_months(review) if "months" in parts else [],
        wins=_wins(review) if "days" in parts else [],
        calendar=_calendar(review) if "calendar" in parts else [],
        goals=_goals(review, view) if "goals" in parts else [],
        facts=[
            (label, [in_text(text, _LONGEST) for text in texts])
            for label, texts in _facts(review, streaks=view.show_streaks)
            if "facts" in parts
        ],
    )


def wins_header(kind: Kind, week_start: int) -> tuple[str, ...]:
    """Return the heads of the table of micro-wins: with the days in a week, whichever it begins with."""
    short = names("dates.weekdays_two")
    days = tuple(short[(week_start + ahead) % 7] for ahead in range(7)) if kind == "week" else ()
    return (say("block.micro_win"), *days, say("review_block.turns"), say("block.strength"))


def goals_header() -> tuple[str, ...]:
    """Return the heads of the table of goals."""
    return (say("block.goal"), say("block.progress"), say("block.wins_head"), say("review_block.amounts"))


def months_header() -> tuple[str, ...]:
    """Return the heads of the table of months."""
    return (say("review_block.month"), say("block.wins_head"), say("review_block.days"), "")


def _wins(review: Review) -> list[str]:
    if not review.wins:
        return []
    look, wins = review.look, review.wins
    week = look.kind == "week"
    days = [look.start + ahead * DAY for ahead in range(7)] if week else []
    header = wins_header(look.kind, look.start.weekday())
    rows = [header, [":--", *([":-:"] * len(days)), "--:", "--:"]]
    rows += [_win(win, days) for win in wins[:SHOWN_ROWS]]
    if len(wins) > SHOWN_ROWS:
        rows.append(_padded([_more(len(wins), "micro-wins")], header))
    if week:
        counts = [phrases.number(wins) if day >= review.first else "" for day, wins in review.days.items()]
        rows.append(_padded([f"**{say('review.all_wins')}**", *counts], header))
    return [_row(row) for row in rows]


def _win(win: WinReview, days: Sequence[date]) -> list[str]:
    grid = [_SIGNS[sign] for sign in marks(win.figures, days)] if days else []
    return [in_cell(win.figures.win.name), *grid, turns(win.turns), strength(win)]


def _calendar(review: Review) -> list[str]:
    """Return the month of X's; other periods have none."""
    if review.look.kind != "month":
        return []
    shown = [win.figures for win in review.wins[:SHOWN_ROWS]]
    rows = month_rows(shown, review.look.start, review.look.start)
    return rows if len(rows) > 1 else []


def _months(review: Review) -> list[str]:
    if not review.months:
        return []
    most = max(month.wins for month in review.months)
    rows = [list(months_header()), [":--", "--:", "--:", ":--"]]
    for month in review.months:
        bar = phrases.bar(month.wins / most if most else 0)
        name = phrases.month_name(month.start.month)
        rows.append([name, phrases.number(month.wins), phrases.number(month.days_with_wins), bar])
    return [_row(row) for row in rows]


def _goals(review: Review, view: View) -> list[str]:
    shown = [goal for goal in review.goals if goal.steps or any(win.is_shown for win in goal.wins)]
    if not shown:
        return []
    header = goals_header()
    rows = [list(header), [":--", ":--", "--:", ":--"]]
    rows += [_goal(goal, review, view) for goal in shown[:SHOWN_ROWS]]
    if len(shown) > SHOWN_ROWS:
        rows.append(_padded([_more(len(shown), "goals")], header))
    return [_row(row) for row in rows]


def _goal(goal: GoalReview, review: Review, view: View) -> list[str]:
    progress = goal.figures.progress
    moved = (
        f"{phrases.bar(progress)} {change(goal.progress_before, progress)}" if progress is not None else ""
    )
    parts = [say("review.steps_done", steps=phrases.count(goal.steps, "steps"))] if goal.steps else []
    parts += [phrases.amount(amount, review.units.get(unit, unit)) for unit, amount in goal.amounts.items()]
    link = view.link(goal.figures.goal.path, in_table=True)
    return [link, moved, phrases.number(goal.count), in_cell(" · ".join(parts))]


def _facts(review: Review, *, streaks: bool) -> list[tuple[str, list[str]]]:
    """Return what is worth a line; what looks ahead comes last, next to where one does so oneself."""
    last = (say("review_label.pace"), say("review_label.perhaps"))
    found = list(facts(review, streaks=streaks))
    told = [fact for fact in found if fact[0] not in last]
    return [*told, *_paces(review), *(fact for label in last for fact in found if fact[0] == label)]


def _paces(review: Review) -> Iterator[tuple[str, list[str]]]:
    """Yield how the goals with a date go."""
    found = [(goal, pace_words(goal, review)) for goal in review.goals]
    told = [f"{goal.figures.goal.title}: {words}" for goal, words in found if words]
    yield from ((say("review_label.on_the_way"), [line]) for line in told[:SHOWN_ROWS])


def _more(count: int, unit: str) -> str:
    return say("review.rows_more", rows=phrases.count(count - SHOWN_ROWS, unit))


def _padded(cells: Sequence[str], header: Sequence[str]) -> list[str]:
    return [*cells, *([""] * (len(header) - len(cells)))][: len(header)]


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"
