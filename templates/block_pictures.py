"""The pictures of each block, and the heat map in words and characters where none is wanted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta

from ..parsers.block_options import Options
from ..streaks.goal_figures import GoalFigures
from ..streaks.progress_days import progress_days
from . import phrases
from .heat import Heat, Span, span_of
from .heat_map import heat_map
from .heat_text import heat_rows
from .month_picture import month_picture
from .picture import Picture, picture_name
from .progress_picture import progress_picture, shown_days
from .safe_text import in_text
from .strength_picture import first_day, shown_wins, strength_picture
from .subject import Subject, subject_of
from .view import View
from .words import say

Maker = Callable[[View, GoalFigures | None, Options], tuple[Picture, ...]]


def block_pictures(name: str, view: View, goal: GoalFigures | None, options: Options) -> tuple[Picture, ...]:
    """Return the pictures that a block of this name asks for; none where the vault has no place for them."""
    maker = _MAKERS.get(name)
    return maker(view, goal, options) if maker is not None and view.album is not None else ()


def heatmap_text(view: View, goal: GoalFigures | None, options: Options) -> str:
    """Return the text of a heat map block: nothing where there is a picture, or what was named and is not there."""
    subject = subject_of(view, goal, options)
    if subject.unknown:
        return subject.unknown
    if view.album is not None and options.word("as") == "picture":
        return ""
    span = _span(view, options)
    heat = subject.heat(view, span)
    rows = "\n".join(heat_rows(heat))
    return f"{_words('picture.heat_words', view, subject, heat)}\n\n```text\n{rows}\n```"


def _heatmap(view: View, goal: GoalFigures | None, options: Options) -> tuple[Picture, ...]:
    subject = subject_of(view, goal, options)
    if subject.unknown or options.word("as") != "picture":
        return ()
    span = _span(view, options)
    heat = subject.heat(view, span)
    name = picture_name("heatmap", *subject.names, str(span.year) if span.year else f"{span.months}-months")
    words = _words("picture.heat_words", view, subject, heat)
    return (
        Picture(name, heat_map(name, heat, _title(subject, span), _found(view, subject, heat), words), words),
    )


def _month(view: View, goal: GoalFigures | None, options: Options) -> tuple[Picture, ...]:
    subject = subject_of(view, goal, options)
    if subject.unknown or options.word("as") != "picture":
        return ()
    first = view.figures.now.today.replace(day=1)
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    heat = subject.heat(view, Span(first, last, months=1))
    name = picture_name("month", *subject.names, f"{first.year}-{first.month:02}")
    span = f"{phrases.month_name(first.month)} {first.year}"
    words = say(
        "picture.month_words", span=_title(subject, heat.span, span), found=_found(view, subject, heat)
    )
    title = f"{subject.title} · {span}" if subject.names else span
    return (Picture(name, month_picture(name, heat, title, _found(view, subject, heat), words), words),)


def _summary(view: View, goal: GoalFigures | None, options: Options) -> tuple[Picture, ...]:
    if goal is None:
        return ()
    strength = _strength(view, goal) if options.flag("strength") else ()
    return (*(_progress(view, goal) if options.flag("progress") else ()), *strength)


def _strength(view: View, goal: GoalFigures) -> tuple[Picture, ...]:
    wins, today = shown_wins(goal.wins), view.figures.now.today
    if not wins:
        return ()
    name = picture_name("strength", goal.goal.path)
    found = ", ".join(f"{win.win.name} {phrases.percent(win.strength)}" for win in wins)
    words = say(
        "picture.strength_words", title=goal.goal.title, first=phrases.short_date(first_day(wins, today), today),
        last=phrases.short_date(today, today), found=found,
    )  # fmt: skip
    title = f"{say('picture.strength')} · {goal.goal.title}"
    return (Picture(name, strength_picture(name, wins, title, words, today), words),)


def _progress(view: View, goal: GoalFigures) -> tuple[Picture, ...]:
    if goal.progress is None:
        return ()
    figures, today = view.figures, view.figures.now.today
    name = picture_name("progress", goal.goal.path)
    days = progress_days(goal, figures.goal, view.step_days, today)
    first, last = shown_days(goal, days, today)
    found = phrases.percent(goal.progress)
    if goal.pace is not None:
        found = (
            f"{found}, {say('picture.plan')} {phrases.percent(goal.pace.days_passed / goal.pace.days_in_all)}"
        )
    words = say(
        "picture.progress_words", title=goal.goal.title, first=phrases.short_date(first, today),
        last=phrases.short_date(last, today), found=found,
    )  # fmt: skip
    return (Picture(name, progress_picture(name, goal, days, found, words, today), words),)


def _span(view: View, options: Options) -> Span:
    return span_of(view.figures.now.today, options.number("year"), options.number("months") or 12)


def _words(key: str, view: View, subject: Subject, heat: Heat) -> str:

    return in_text(say(key, span=_title(subject, heat.span), found=_found(view, subject, heat)), 300)


def _title(subject: Subject, span: Span, shown: str = "") -> str:
    return say("picture.span", title=subject.title, span=shown or _span_words(span))


def _span_words(span: Span) -> str:
    if span.year is not None:
        return str(span.year)
    return say("picture.last_months", months=span.months) if span.months > 1 else say("picture.last_month")


def _found(view: View, subject: Subject, heat: Heat) -> str:
    """Return what a span of days holds: `412 wins on 203 days`; days in a row are nobody's business here."""
    if not heat.all_wins:
        return say("picture.none")
    days, wins = phrases.count(heat.days, "days"), phrases.count(heat.all_wins, "wins")
    if subject.win is not None:
        return say("picture.kept", days=days) if subject.win.is_limit else wins
    return say("picture.on_days", wins=wins, days=days) if view.show_streaks else str(wins)


_MAKERS: Mapping[str, Maker] = {"heatmap": _heatmap, "month": _month, "summary": _summary}
