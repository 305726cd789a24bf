"""The pictures of each block, and the heat map in plain characters where none is wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from ..parsers.block_options import Options
from ..streaks.figures import Figures
from ..streaks.goal_figures import GoalFigures
from ..streaks.progress_days import progress_days
from . import phrases
from .block_subject import Subject
from .calendar_blocks import last_months
from .heat import Heat, Span, goal_heat, span_of, vault_heat, win_heat
from .heat_map import heat_map
from .heat_text import heat_rows
from .month_picture import month_picture
from .picture import Picture, picture_name
from .progress_picture import progress_picture, shown_days
from .safe_text import in_text
from .strength_picture import first_day, shown_wins, strength_picture
from .view import View
from .words import say

Maker = Callable[[View, Subject, Options], Iterator[Picture]]


def block_pictures(name: str, view: View, subject: Subject, options: Options) -> tuple[Picture, ...]:
    """Return the pictures that a block of this name asks for; none where the vault has no place for them."""
    maker = _MAKERS.get(name)
    return tuple(maker(view, subject, options)) if maker is not None and view.album is not None else ()


def heatmap_block(view: View, subject: Subject, options: Options) -> str:
    """Return the heat map in plain characters, for where no picture is wanted."""
    about, span = _About.of(view, subject, options), _span(view, options)
    heat = about.heat(span)
    words = say("picture.heat_words", span=about.titled(_span_words(span)), found=about.found(heat))
    rows = "\n".join(heat_rows(heat))
    return f"{in_text(words, 300)}\n\n```text\n{rows}\n```\n"


@dataclass(frozen=True, slots=True)
class _About:
    """What a picture is about: the vault, a goal, or one micro-win."""

    view: View
    goal: GoalFigures | None
    win: Figures | None = None

    @classmethod
    def of(cls, view: View, subject: Subject, options: Options) -> _About:
        win = subject.wins[0] if options.word("win") else None
        return cls(view, subject.goal, win)

    @property
    def names(self) -> tuple[str, ...]:
        """What tells it from every other one in the name of a picture."""
        if self.win is not None:
            return (self.win.win.id,)
        return (self.goal.goal.path,) if self.goal is not None else ()

    def titled(self, span: str) -> str:
        """Return what it is called, with the days that are shown."""
        if self.win is not None:
            title = self.win.win.name
        else:
            title = self.goal.goal.title if self.goal is not None else say("picture.wins")
        return say("picture.span", title=title, span=span)

    def heat(self, span: Span) -> Heat:
        """Return its days with their wins."""
        figures = self.view.figures
        if self.win is not None:
            return win_heat(figures, self.win, span)
        return vault_heat(figures, span) if self.goal is None else goal_heat(figures, self.goal, span)

    def found(self, heat: Heat) -> str:
        """Return what a span of days holds: `412 wins on 203 days`; where streaks are hidden, so are the days."""
        days, wins = phrases.count(heat.days, "days"), phrases.count(heat.all_wins, "wins")
        if heat.at_most:
            return say("picture.kept", days=days)
        if not heat.all_wins:
            return say("picture.none")
        if self.win is not None:
            return wins
        return say("picture.on_days", wins=wins, days=days) if self.view.show_streaks else wins


def _heatmap(view: View, subject: Subject, options: Options) -> Iterator[Picture]:
    if options.word("as") == "picture":
        about, span = _About.of(view, subject, options), _span(view, options)
        heat, title = about.heat(span), about.titled(_span_words(span))
        shown = str(span.year) if span.year else f"{span.months}-months"
        name, found = picture_name("heatmap", *about.names, shown), about.found(heat)
        words = say("picture.heat_words", span=title, found=found)
        yield Picture(name, heat_map(name, heat, title, found, words), words)


def _month(view: View, subject: Subject, options: Options) -> Iterator[Picture]:
    if options.word("as") == "picture":
        about = _About.of(view, subject, options)
        yield from (_leaf(about, first) for first in last_months(view.figures.now.today, options))


def _leaf(about: _About, first: date) -> Picture:
    last = (first + timedelta(days=32)).replace(day=1) - timedelta(days=1)
    heat = about.heat(Span(first, last))
    month = f"{phrases.month_name(first.month)} {first.year}"
    name, found = picture_name("month", *about.names, f"{first:%Y-%m}"), about.found(heat)
    title = about.titled(month)
    words = say("picture.month_words", span=title, found=found)
    return Picture(name, month_picture(name, heat, title if about.names else month, found, words), words)


def _summary(view: View, subject: Subject, options: Options) -> Iterator[Picture]:
    wanted = options.words("pictures")
    if subject.goal is not None and "progress" in wanted:
        yield from _progress(view, subject.goal)
    if subject.goal is not None and "strength" in wanted:
        yield from _strength(view, subject.goal)


def _progress(view: View, goal: GoalFigures) -> Iterator[Picture]:
    if goal.progress is None:
        return
    today = view.figures.now.today
    rise = progress_days(goal, view.figures.goal, today)
    found = phrases.percent(goal.progress)
    if goal.pace is not None:
        expected = phrases.percent(goal.pace.days_passed / goal.pace.days_in_all)
        found = f"{found}, {say('picture.plan')} {expected}"
    first, last = shown_days(goal, rise.days, today)
    words = _from_to("picture.progress_words", goal, first, last, found)
    name = picture_name("progress", goal.goal.path)
    yield Picture(name, progress_picture(name, goal, rise, found, words, today), words)


def _strength(view: View, goal: GoalFigures) -> Iterator[Picture]:
    wins, today = shown_wins(goal.wins), view.figures.now.today
    if not wins:
        return
    found = ", ".join(f"{win.win.name} {phrases.percent(win.strength)}" for win in wins)
    words = _from_to("picture.strength_words", goal, first_day(wins, today), today, found)
    title = f"{say('picture.strength')} · {goal.goal.title}"
    name = picture_name("strength", goal.goal.path)
    yield Picture(name, strength_picture(name, wins, title, words, today), words)


def _from_to(key: str, goal: GoalFigures, first: date, last: date, found: str) -> str:
    shown = {"first": phrases.short_date(first, last), "last": phrases.short_date(last, date.min)}
    return say(key, title=goal.goal.title, found=found, **shown)


def _span(view: View, options: Options) -> Span:
    return span_of(view.figures.now.today, options.number("year"), options.number("months") or 12)


def _span_words(span: Span) -> str:
    if span.year is not None:
        return str(span.year)
    return say("picture.last_months", months=span.months) if span.months > 1 else say("picture.last_month")


_MAKERS: Mapping[str, Maker] = {"heatmap": _heatmap, "month": _month, "summary": _summary}
