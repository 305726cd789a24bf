"""How far a goal has come: its progress day by day, beside the plan where it has a date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from ..streaks.goal_figures import GoalFigures
from ..streaks.pace import Pace
from ..streaks.progress_days import Rise
from .chart import Chart, faint_line, line
from .svg import ACCENT, element, headline, ink, label, picture
from .words import say

Point = tuple[date, float]


def progress_picture(name: str, goal: GoalFigures, rise: Rise, found: str, words: str, today: date) -> str:
    """Return the curve of a goal's progress; dashed the plan, dotted where it leads at this rate."""
    first, last = shown_days(goal, rise.days, today)
    chart = Chart(first, last)
    points = from_the_start(rise, goal.progress or 0.0, first, today)
    end = points[-1]
    dot = element("circle", cx=chart.x(end[0]), cy=chart.y(end[1]), r=4, fill=ACCENT)
    told = [line(chart.curve(points, steps=True), ACCENT, 2.5), dot]
    labels = [*headline(goal.goal.title, found, chart.width), *chart.labels()]
    if goal.pace is not None:
        told.insert(0, faint_line(chart.curve(_plan(goal.pace)), "6 5"))
        labels.append(_plan_word(chart, goal.pace))
        told += [faint_line(chart.curve(ahead), "2 4") for ahead in _forecast(goal.pace, end, last)]
    title = say("picture.progress")
    return picture(name, (chart.width, chart.height), title, words, (ink(*labels), *chart.lines(), *told))


def shown_days(goal: GoalFigures, days: Sequence[Point], today: date) -> tuple[date, date]:
    """Return the first and the last day that are shown: of the plan where there is one, else what is known so far."""
    first = min([day for day, _ in days[:1]] + ([goal.goal.start] if goal.goal.start else []), default=today)
    if goal.pace is None:
        return min(first, today), today
    return min(first, goal.pace.aim.begin, today), max(goal.pace.aim.end, today)


def from_the_start(rise: Rise, progress: float, first: date, today: date) -> list[Point]:
    """Return the progress day by day up to today; what has no day is there from the beginning."""
    more = max(0.0, progress - rise.last)
    found = [(day, min(1.0, share + more)) for day, share in rise.days]
    return [(first, min(1.0, rise.before + more)), *found, (today, progress)]


def _plan(pace: Pace) -> list[Point]:
    """Return what is expected: it grows with the days that are no rest, as the pace has it."""
    middle = (pace.closed, pace.days_passed / pace.days_in_all)
    inside = [middle] if pace.aim.begin < pace.closed < pace.aim.end else []
    return [(pace.aim.begin, 0.0), *inside, (pace.aim.end, 1.0)]


def _plan_word(chart: Chart, pace: Pace) -> str:
    """Return the name of the plan: below its line near the end, or above where the line of the forecast runs below."""
    end = pace.aim.end
    if pace.forecast is None or pace.forecast.likely <= end:
        return label(say("picture.plan"), chart.x(end) - 4, chart.y(0.86), text_anchor="end")
    day = end - (end - pace.aim.begin) / 5
    return label(say("picture.plan"), chart.x(day) - 8, chart.y(0.8) - 4, text_anchor="end")


def _forecast(pace: Pace, end: Point, last: date) -> list[list[Point]]:
    """Return where it leads at this rate, up to the last day that is shown."""
    if pace.forecast is None or end[0] >= last:
        return []
    likely = pace.forecast.likely
    ahead = (min(likely, last) - end[0]).days / max((likely - end[0]).days, 1)
    return [[end, (min(likely, last), end[1] + (1 - end[1]) * ahead)]]
