"""The pace of a goal in words: what a day asks for, and when it ends at this rate."""

from __future__ import annotations

from datetime import date

from ..streaks.pace import Forecast, Pace
from . import phrases
from .words import say


def pace_line(pace: Pace, today: date) -> str:
    """Return how a goal goes: `on track: 328 words a day to 30 June; at this rate 8 July (4 to 15 July)`."""
    forecast = say("pace.forecast", when=_forecast(pace.forecast, today)) if pace.forecast else ""
    if pace.status == "done":
        return say("pace.done")
    if pace.status == "overdue":
        return say("pace.overdue", end=phrases.short_date(pace.aim.end, today)) + forecast
    gentler = say("pace.gentler") if pace.at_risk else ""
    return say(f"pace.{pace.status}", asked=_asked(pace, today)) + forecast + gentler


def _asked(pace: Pace, today: date) -> str:
    aim, end = pace.aim, phrases.short_date(pace.aim.end, today)
    if pace.needed is None:
        return say("pace.with_date", end=end)
    missing = abs(aim.amount - pace.measured)
    values = {"begin": phrases.short_date(aim.begin, today), "end": end}
    waits = pace.status == "not_started"
    if missing < pace.days_left:
        values |= {"amount": phrases.count(missing, aim.unit), "days": phrases.count(pace.days_left, "days")}
        return say("pace.in_all_from" if waits else "pace.in_all", **values)
    values["amount"] = phrases.count(pace.needed, aim.unit)
    return say("pace.rate_from" if waits else "pace.rate", **values)


def _forecast(forecast: Forecast, today: date) -> str:
    """Return the likely day and the range; a year stands only where it is another one than that of the day before it."""
    likely = phrases.short_date(forecast.likely, today)
    first = phrases.short_date(forecast.earliest, forecast.likely)
    if forecast.latest is None and forecast.earliest == forecast.likely:
        return say("pace.or_later", day=likely)
    if forecast.latest is None:
        return say("pace.range_open", day=likely, first=first)
    if forecast.earliest == forecast.latest:
        return likely
    same = (forecast.earliest.year, forecast.earliest.month) == (forecast.latest.year, forecast.latest.month)
    begin = say("dates.day", day=forecast.earliest.day) if same else first
    last = phrases.short_date(forecast.latest, forecast.earliest)
    return say("pace.range", day=likely, first=begin, last=last)
