"""The pace of a goal in words: what a day asks for, and when it ends at this rate."""

from __future__ import annotations

from datetime import date

from ..streaks.pace import Forecast, Pace
from . import phrases

_NAMES = {
    "done": "reached",
    "ahead": "ahead",
    "on_track": "on track",
    "behind": "behind",
    "not_started": "not begun",
}


def pace_line(pace: Pace, today: date) -> str:
    """Return how a goal goes: `on track: 328 words a day to 30 June; at this rate 8 July (4 to 15 July)`."""
    forecast = f"; at this rate {_forecast(pace.forecast, today)}" if pace.forecast else ""
    if pace.status == "done":
        return _NAMES["done"]
    if pace.status == "overdue":
        return f"its date was {phrases.short_date(pace.aim.end, today)}{forecast}"
    asked = _asked(pace, today)
    gentler = "; a later date or a smaller amount would fit better" if pace.at_risk else ""
    return f"{_NAMES[pace.status]}{asked}{forecast}{gentler}"


def _asked(pace: Pace, today: date) -> str:
    aim, end = pace.aim, phrases.short_date(pace.aim.end, today)
    if pace.needed is None:
        return f", with the date {end}"
    begin = f" from {phrases.short_date(aim.begin, today)}" if pace.status == "not_started" else ""
    missing = abs(aim.amount - pace.measured)
    if missing < pace.days_left:
        return (
            f": {phrases.count(missing, aim.unit)} in {phrases.count(pace.days_left, 'days')}{begin} to {end}"
        )
    return f": {phrases.count(pace.needed, aim.unit)} a day{begin} to {end}"


def _forecast(forecast: Forecast, today: date) -> str:
    """Return the likely day and the range; in the range a year stands only where it is another one."""
    likely = phrases.short_date(forecast.likely, today)
    first = phrases.short_date(forecast.earliest, forecast.likely)
    if forecast.latest is None:
        return (
            f"{likely} or later" if forecast.earliest == forecast.likely else f"{likely} ({first} or later)"
        )
    if forecast.earliest == forecast.latest:
        return likely
    same = (forecast.earliest.year, forecast.earliest.month) == (forecast.latest.year, forecast.latest.month)
    begin = str(forecast.earliest.day) if same else first
    return f"{likely} ({begin} to {phrases.short_date(forecast.latest, forecast.likely)})"
